import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/error.ts';
import { call } from '../api/index.ts';
import { useSentence } from '../ui/states.tsx';

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
      // Reading the answer has taken its mark away, without which Excel guesses.
      const file = new Blob([`\uFEFF${text.replace(/^\uFEFF/, '')}`], { type: 'text/csv;charset=utf-8' });
      const link = Object.assign(document.createElement('a'), {
        href: URL.createObjectURL(file),
        download: `${siteId}-${date}.csv`,
      });
      link.click();
      URL.revokeObjectURL(link.href);
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
