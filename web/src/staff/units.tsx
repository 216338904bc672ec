import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { usePages } from '../api/hooks.ts';
import { timeOf } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { DateBar } from './date-bar.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { POLL_MS } from './use-roster.ts';

export function UnitsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('units.title')}>
      {() => <Day />}
    </Work>
  );
}

function Day() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const navigate = useNavigate();
  const { siteId, site, date, today } = useDesk();
  const [din, setDin] = useState('');
  const taken = usePages(
    'GET /api/units',
    { query: { siteId, date, limit: 100 } },
    { every: POLL_MS, enabled: site.data !== undefined },
  );
  const chainOf = (number: string): string =>
    `/staff/units/${encodeURIComponent(number)}?${new URLSearchParams({ site: siteId, date })}`;
  const find = (event: FormEvent): void => {
    event.preventDefault();
    if (din.trim()) void navigate(chainOf(din.trim()));
  };
  const failed = site.error ?? (taken.data ? undefined : taken.error);
  return (
    <Page title={site.data?.name[language] ?? t('units.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <div className="desk-tools">
        <DateBar date={date} today={today} />
        <search>
          <form className="find" onSubmit={find}>
            <TextInput
              label={t('units.find')}
              value={din}
              onChange={(event) => setDin(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              maxLength={40}
              classNames={{ input: 'mono' }}
            />
            <Button type="submit" variant="default">
              {t('units.findGo')}
            </Button>
          </form>
        </search>
      </div>
      {failed ? (
        <LoadError error={failed} retry={() => void taken.refetch()} />
      ) : !taken.data ? (
        <Loading lines={4} />
      ) : taken.items.length === 0 ? (
        <Empty title={t('units.empty')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('units.title')}</caption>
          <thead>
            <tr>
              {(['time', 'din', 'what', 'stage'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`units.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {taken.items.map((donation) => (
              <tr key={donation.din}>
                <td className="board-time">{timeOf(donation.collectedAt, site.data?.zone ?? 'UTC')}</td>
                <th scope="row">
                  <Link to={chainOf(donation.din)} className="mono">
                    {donation.dinPrinted}
                  </Link>
                </th>
                <td>
                  {t(`pages:procedure.${donation.procedure}`)} {t('pages:common.ml', { ml: donation.volumeMl })}
                </td>
                <td>
                  <ul className="stages">
                    {donation.units.map((unit) => (
                      <li key={unit.unitId} className={`stage stage-${unit.stage}`}>
                        {t(`component.${unit.component}`)} · {t(`stage.${unit.stage}`)}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {taken.hasNextPage && (
        <Button variant="default" loading={taken.isFetchingNextPage} onClick={() => void taken.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
    </Page>
  );
}
