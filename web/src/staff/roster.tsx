import { Button } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { RosterEntry } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, timeOf } from '../lib/time.ts';
import { Status } from '../ui/booking-card.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage, useSentence } from '../ui/states.tsx';
import { DateBar } from './date-bar.tsx';
import { FindDonor, useFinder } from './find-donor.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { toast } from './toast.ts';
import { useRoster } from './use-roster.ts';

export function RosterPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('staff.roster')}>
      {() => <Day />}
    </Work>
  );
}

/** The site of the address and the day being looked at, today in its zone unless the address says another. */
export function useDesk() {
  const { siteId = '' } = useParams();
  const [search] = useSearchParams();
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const today = dateIn(site.data?.zone ?? 'UTC', new Date());
  return { siteId, site, today, date: dateOf(search.get('date')) ?? today };
}

function Day() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date, today } = useDesk();
  const roster = useRoster(siteId, date, site.data !== undefined);
  const count = (status: string): number => roster.items.filter((each) => each.status === status).length;
  const failed = site.error ?? (roster.data ? undefined : roster.error);
  const finder = useFinder({ siteId, date, items: roster.items });
  const board = useRef<HTMLTableSectionElement>(null);
  return (
    <Page title={site.data?.name[language] ?? t('staff.roster')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <div className="desk-tools desk-tools-top">
        <DateBar date={date} today={today} />
        <FindDonor finder={finder} board={board} />
      </div>
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void roster.refetch();
          }}
        />
      ) : !roster.data ? (
        <Loading lines={5} />
      ) : roster.items.length === 0 ? (
        <Empty title={t('staff.empty')} />
      ) : (
        <>
          <p className="counts" aria-live="polite">
            {t('staff.counts', {
              booked: count('booked'),
              arrived: count('arrived'),
              fulfilled: count('fulfilled'),
            })}{' '}
            <span className="small muted">{t('staff.live')}</span>
          </p>
          <table className="board" hidden={finder.shown.length === 0}>
            <caption className="sr-only">{t('staff.roster')}</caption>
            <thead>
              <tr>
                {(['time', 'person', 'procedure', 'status', 'act'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`staff.columns.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody ref={board}>
              {finder.shown.map((entry) => (
                <Row
                  key={entry.bookingId}
                  entry={entry}
                  siteId={siteId}
                  date={date}
                  {...(finder.code && { done: finder.clear })}
                />
              ))}
            </tbody>
          </table>
        </>
      )}
    </Page>
  );
}

function Row({
  entry,
  siteId,
  date,
  done: after,
}: {
  readonly entry: RosterEntry;
  readonly siteId: string;
  readonly date: string;
  /** After a check-in: ready for the next. */
  readonly done?: () => void;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const sentence = useSentence();
  const act = useAct('POST /api/donations/check-in', `check-in:${entry.bookingId}`);
  const name = entry.name;
  const checkIn = async (): Promise<void> => {
    const done = await act.run({ body: { bookingId: entry.bookingId } });
    if (!done) return;
    toast(t('staff.checkedIn', { name }));
    after?.();
  };
  const to = (page: string): string => `/staff/${siteId}/${page}/${entry.bookingId}?date=${date}`;
  return (
    <tr className={`row-${entry.status}`}>
      <td className="board-time">{timeOf(entry.startsAt, entry.zone)}</td>
      <th scope="row">
        {name} <span className="muted">{t('staff.last4', { digits: entry.phoneLast4 })}</span>
        {entry.firstTime && <span className="tag">{t('staff.first')}</span>}
      </th>
      <td>{t(`pages:procedure.${entry.procedure}`)}</td>
      <td>
        <Status status={entry.status} />
      </td>
      <td>
        <div className="board-acts">
          {entry.status === 'booked' && (
            <Button
              size="sm"
              loading={act.busy}
              data-check-in
              onClick={() => void checkIn()}
              aria-label={t('staff.checkInFor', { name })}
            >
              {t('staff.checkIn')}
            </Button>
          )}
          {entry.status === 'arrived' && (
            <>
              <Button
                size="sm"
                component={Link}
                to={to('complete')}
                color="pine"
                aria-label={t('staff.completeFor', { name })}
              >
                {t('staff.complete')}
              </Button>
              <Button
                size="sm"
                variant="default"
                component={Link}
                to={to('defer')}
                aria-label={t('staff.deferFor', { name })}
              >
                {t('staff.defer')}
              </Button>
            </>
          )}
          {entry.status === 'arrived' && (
            <Link to={to('elsewhere')} aria-label={t('staff.elsewhereFor', { name })}>
              {t('staff.elsewhere')}
            </Link>
          )}
          {entry.din && (
            <Link
              to={`/staff/units/${encodeURIComponent(entry.din)}?site=${siteId}&date=${date}`}
              aria-label={t('staff.chainFor', { name })}
            >
              {t('staff.chain')}
            </Link>
          )}
        </div>
        {act.error && (
          <p className="bad small" role="alert">
            {sentence(act.error)}
          </p>
        )}
      </td>
    </tr>
  );
}
