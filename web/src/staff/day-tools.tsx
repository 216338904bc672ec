import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/error.ts';
import { call } from '../api/index.ts';
import { useSentence } from '../ui/states.tsx';
import { saveText } from './save-table.tsx';

/** What else is done with a day, beside following it. */
export function DayTools({ siteId, date }: { readonly siteId: string; readonly date: string }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const text = await call('GET /api/donations/roster.csv', { query: { siteId, date } });
      saveText(text, `${siteId}-${date}.csv`);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
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
