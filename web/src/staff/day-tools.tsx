import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../api/index.ts';
import { useSaveText } from '../lib/use-save-text.ts';
import { useSentence } from '../ui/states.tsx';

/** What else is done with a day, beside following it. */
export function DayTools({ siteId, date }: { readonly siteId: string; readonly date: string }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const saving = useSaveText();
  const { busy, error } = saving;
  const save = async (): Promise<void> =>
    await saving.save(
      async () => await call('GET /api/donations/roster.csv', { query: { siteId, date } }),
      `${siteId}-${date}.csv`,
    );
  return (
    <div className="day-tools">
      <Button size="sm" component={Link} to={`/staff/${siteId}/people`}>
        {t('desk.tools.people')}
      </Button>
      <Button size="sm" variant="default" component={Link} to={`/staff/${siteId}/late?date=${date}`}>
        {t('desk.tools.late')}
      </Button>
      <Button size="sm" variant="default" component={Link} to={`/staff/${siteId}/print`}>
        {t('desk.tools.print')}
      </Button>
      <Button size="sm" variant="default" loading={busy} onClick={() => void save()}>
        {t('desk.tools.csv')}
      </Button>
      {error && (
        <p className="bad small" role="alert">
          {sentence(error)}
        </p>
      )}
    </div>
  );
}
