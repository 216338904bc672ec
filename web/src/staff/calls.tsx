import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { dayName } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { POLL_MS } from './use-roster.ts';

export type DonorCall = CallOutput<'GET /api/calls'>['items'][number];
type Day = CallOutput<'GET /api/calls/days'>['items'][number];

/** Coming days with places free, and the calls for donors so far. */
export function CallsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('calls.title')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date } = useDesk();
  const days = useApi('GET /api/calls/days', { query: { siteId } }, { every: POLL_MS });
  const calls = useApi('GET /api/calls', { query: { siteId } }, { every: POLL_MS });
  const failed = site.error ?? (days.data ? undefined : days.error) ?? (calls.data ? undefined : calls.error);
  const all = calls.data?.items ?? [];
  const running = all.filter(({ status }) => status === 'running');
  const past = all.filter(({ status }) => status !== 'running');
  return (
    <Page title={site.data?.name[language] ?? t('calls.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <p className="muted">{t('calls.lead')}</p>
      <div className="desk-tools">
        <LinkButton to={`/staff/${siteId}/calls/new`}>{t('calls.new')}</LinkButton>
        <LinkButton to={`/staff/${siteId}/calls/settings`} variant="default">
          {t('calls.settings')}
        </LinkButton>
      </div>
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void days.refetch();
            void calls.refetch();
          }}
        />
      ) : !days.data || !calls.data ? (
        <Loading lines={5} />
      ) : (
        <>
          {running.length > 0 && <List items={running} />}
          <h2>{t('calls.short')}</h2>
          {days.data.items.length === 0 ? (
            <Empty title={t('calls.shortEmpty')} />
          ) : (
            <Days siteId={siteId} items={days.data.items} />
          )}
          <h2>{t('calls.list')}</h2>
          {past.length === 0 ? <p className="muted">{t('calls.empty')}</p> : <List items={past} />}
        </>
      )}
    </Page>
  );
}

/** As many days as are looked at first. */
const FIRST_DAYS = 7;

function Days({ siteId, items: all }: { readonly siteId: string; readonly items: readonly Day[] }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const [more, setMore] = useState(false);
  const dates = [...new Set(all.map(({ date }) => date))].slice(0, FIRST_DAYS);
  const items = more ? all : all.filter(({ date }) => dates.includes(date));
  return (
    <>
      <table className="board">
        <caption className="sr-only">{t('calls.short')}</caption>
        <thead>
          <tr>
            {(['day', 'procedure', 'free', 'act'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`calls.columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ date, procedure, free, places, calling }) => (
            <tr key={`${date} ${procedure}`}>
              <th scope="row">{dayName(date, language)}</th>
              <td>{t(`pages:procedure.${procedure}`)}</td>
              <td>
                <span className="closure-answered">
                  <span className="places-bar" aria-hidden="true">
                    <span style={{ width: `${(100 * (places - free)) / places}%` }} />
                  </span>
                  {free === 0 ? t('calls.full') : t('calls.freeOf', { free, places })}
                </span>
              </td>
              <td>
                {calling ? (
                  <span className="tag">{t('calls.calling')}</span>
                ) : (
                  free > 0 && (
                    <Link
                      to={`/staff/${siteId}/calls/new?from=${date}&to=${date}&procedure=${procedure}`}
                      aria-label={t('calls.callForDay', {
                        day: dayName(date, language),
                        procedure: t(`pages:procedure.${procedure}`),
                      })}
                    >
                      {t('calls.callFor')}
                    </Link>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.length < all.length && (
        <p>
          <Button variant="default" onClick={() => setMore(true)}>
            {t('pages:common.more')}
          </Button>
        </p>
      )}
    </>
  );
}

function List({ items }: { readonly items: readonly DonorCall[] }) {
  const { t } = useTranslation(['work', 'pages']);
  return (
    <ul className="plain stack">
      {items.map((call) => (
        <li key={call.callId}>
          <Link className="card closure-card" to={`/staff/${call.siteId}/calls/${call.callId}`}>
            <b>
              <CallWhen call={call} />
            </b>
            <span>
              <CallWhat call={call} />
            </span>
            <span className={call.status === 'running' ? 'status status-booked' : 'status status-cancelled'}>
              {t(`calls.status.${call.status}`)}
            </span>
            <span>{t('calls.askedSoFar', { count: call.asked })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What is to be given, and by donors of which group. */
export function CallWhat({
  call: { procedure, abo, rhd },
}: {
  readonly call: Pick<DonorCall, 'procedure' | 'abo' | 'rhd'>;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const parts = [
    t(`pages:procedure.${procedure}`),
    abo && t('calls.group.abo', { abo }),
    rhd && t(`calls.group.${rhd}`),
  ];
  return <>{parts.filter(Boolean).join(' · ')}</>;
}

/** Its days, and of each the hours where it is not the whole day. */
export function CallWhen({
  call: { from, to, fromTime, toTime },
}: {
  readonly call: Pick<DonorCall, 'from' | 'to' | 'fromTime' | 'toTime'>;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const days =
    from === to
      ? dayName(from, language)
      : t('calls.days', { from: dayName(from, language), to: dayName(to, language) });
  const hours = fromTime || toTime ? t('calls.hours', { from: fromTime ?? '00:00', to: toTime ?? '24:00' }) : undefined;
  return <>{[days, hours].filter(Boolean).join(' ')}</>;
}
