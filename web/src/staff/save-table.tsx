import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { call } from '../api/index.ts';
import type { CallInput } from '../api/types.ts';
import { useSaveText } from '../lib/use-save-text.ts';
import { useSentence } from '../ui/states.tsx';

type Asked = CallInput<'GET /api/figures/table.csv'>['query'] | CallInput<'GET /api/figures/sites/table.csv'>['query'];

const tableOf = async (query: Asked): Promise<string> =>
  'siteId' in query
    ? await call('GET /api/figures/table.csv', { query })
    : await call('GET /api/figures/sites/table.csv', { query });

/** A table of the figures as a file for a spreadsheet. `what` names the table for who hears the page. */
export function SaveTable({ query, what }: { readonly query: Asked; readonly what: string }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const saving = useSaveText();
  const { busy, error } = saving;
  const save = async (): Promise<void> =>
    await saving.save(
      async () => await tableOf(query),
      `${'siteId' in query ? query.siteId : 'sites'}-${query.table}-${query.from}-${query.to}.csv`,
    );
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
