import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { call } from '../api/index.ts';
import { useSaveText } from '../lib/use-save-text.ts';
import { useSentence } from '../ui/states.tsx';

/** A day's roster as a file for a spreadsheet. */
export function SaveRoster({ eventId, date }: { readonly eventId: string; readonly date: string }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const saving = useSaveText();
  const { busy, error } = saving;
  const save = async (): Promise<void> =>
    await saving.save(
      async () => await call('GET /api/events/{eventId}/roster.csv', { params: { eventId }, query: { date } }),
      `${eventId}-${date}.csv`,
    );
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
