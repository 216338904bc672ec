import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/error.ts';
import { call } from '../api/index.ts';
import { saveText } from '../staff/save-table.tsx';
import { useSentence } from '../ui/states.tsx';

/** A day's roster as a file for a spreadsheet. */
export function SaveRoster({ eventId, date }: { readonly eventId: string; readonly date: string }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const text = await call('GET /api/events/{eventId}/roster.csv', { params: { eventId }, query: { date } });
      saveText(text, `${eventId}-${date}.csv`);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="default" loading={busy} onClick={() => void save()}>
        {t('desk.tools.csv')}
      </Button>
      {error && (
        <p className="bad small" role="alert">
          {sentence(error)}
        </p>
      )}
    </>
  );
}
