import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/error.ts';
import { call } from '../api/index.ts';
import type { CallInput } from '../api/types.ts';
import { useSentence } from '../ui/states.tsx';

type Asked = CallInput<'GET /api/figures/table.csv'>['query'];

/** A table of the figures as a file for a spreadsheet. `what` names the table for who hears the page. */
export function SaveTable({ query, what }: { readonly query: Asked; readonly what: string }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const text = await call('GET /api/figures/table.csv', { query });
      saveText(text, `${query.siteId}-${query.table}-${query.from}-${query.to}.csv`);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <p>
      <Button
        size="sm"
        variant="default"
        loading={busy}
        aria-label={t('figures.csvOf', { what })}
        onClick={() => void save()}
      >
        {t('figures.csv')}
      </Button>
      {error && (
        <span className="bad small" role="alert">
          {sentence(error)}
        </span>
      )}
    </p>
  );
}

/** Reading the answer has taken its mark away, without which Excel guesses. */
export function saveText(text: string, name: string): void {
  const file = new Blob([`\uFEFF${text.replace(/^\uFEFF/, '')}`], { type: 'text/csv;charset=utf-8' });
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}
