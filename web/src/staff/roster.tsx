import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { isBookingAllowed, isHere } from '../../../shared/domain/booking-states.ts';
import { minutesLate } from '../../../shared/domain/day-board.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { RosterEntry } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, moment, timeOf } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { BoardStatus, type Chosen, DaySummary, isChosen, StepSaid, WhoWasFirst } from './board.tsx';
import { DateBar } from './date-bar.tsx';
import { DayTools } from './day-tools.tsx';
import { FindDonor, useFinder } from './find-donor.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { toast } from './toast.ts';
import { useRoster } from './use-roster.ts';

/** How often what is late, and what may still be undone, is looked at again. */
const TURN_MS = 15_000;

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
  const now = useNow(TURN_MS);
  const [chosen, setChosen] = useState<Chosen>();
  const failed = site.error ?? (roster.data ? undefined : roster.error);
  const finder = useFinder({ siteId, date, today, items: roster.items });
  // Whoever is looked for is found whatever the board was narrowed to.
  const shown = finder.typed.trim() ? finder.shown : finder.shown.filter((entry) => isChosen(entry, chosen, now));
  const board = useRef<HTMLTableSectionElement>(null);
  return (
    <Page title={site.data?.name[language] ?? t('staff.roster')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <DayTools siteId={siteId} date={date} />
      <div className="desk-tools desk-tools-top">
        <DateBar date={date} today={today} />
        <FindDonor finder={finder} board={board} isToday={date === today} />
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
          <DaySummary items={roster.items} now={now} chosen={chosen} choose={setChosen} />
          <table className="board" hidden={shown.length === 0}>
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
              {shown.map((entry) => (
                <Row
                  key={entry.bookingId}
                  entry={entry}
                  siteId={siteId}
                  date={date}
                  now={now}
                  today={today}
                  refresh={() => {
                    void roster.refetch();
                    // A line that a pass has found is asked for by itself.
                    if (finder.code) void finder.pass.refetch();
                  }}
                  {...(finder.code && { pass: finder.code, done: finder.clear })}
                />
              ))}
            </tbody>
          </table>
          {shown.length === 0 && chosen && <Empty title={t('staff.noneSo')} />}
        </>
      )}
    </Page>
  );
}

function Row({
  entry,
  siteId,
  date,
  now,
  today,
  refresh,
  pass,
  done: after,
}: {
  readonly entry: RosterEntry;
  readonly siteId: string;
  readonly date: string;
  readonly now: string;
  readonly today: string;
  readonly refresh: () => void;
  /** The code of the pass that found this line: with it one press checks in. */
  readonly pass?: string;
  /** After a check-in: ready for the next. */
  readonly done?: () => void;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const checkIn = useAct('POST /api/donations/check-in', `check-in:${entry.bookingId}`);
  const begin = useAct('POST /api/donations/begin', `begin:${entry.bookingId}`);
  const undo = useAct('POST /api/donations/undo', `undo:${entry.bookingId}`);
  const { name, step, status } = entry;
  const body = { bookingId: entry.bookingId };
  const late = minutesLate(entry, now);
  const to = (page: string): string => `/staff/${siteId}/${page}/${entry.bookingId}?date=${date}`;
  /** Whatever else was tried on this line before is answered by this. */
  const doing = async <T,>(act: { run: () => Promise<T | undefined> }, said: string): Promise<boolean> => {
    for (const each of [checkIn, begin, undo]) each.reset();
    const done = await act.run();
    if (done) toast(said);
    else refresh();
    return done !== undefined;
  };
  return (
    <tr className={`row-${status}`}>
      <td className="board-time">{timeOf(entry.startsAt, entry.zone)}</td>
      <th scope="row">
        {name}{' '}
        <span className="muted">
          {entry.phoneLast4 ? t('staff.last4', { digits: entry.phoneLast4 }) : t('desk.people.noPhone')}
        </span>
        {entry.firstTime && <span className="tag">{t('staff.first')}</span>}
        {entry.walkIn && <span className="tag">{t('desk.walkIn')}</span>}
        {entry.late && <span className="tag">{t('desk.lateMark')}</span>}
        {entry.knownBy === 'known' && <span className="tag">{t('identity.checkIn.marked')}</span>}
      </th>
      <td>{t(`pages:procedure.${entry.procedure}`)}</td>
      <td>
        <BoardStatus status={status} />
        {late !== undefined && (
          <span className="tag tag-late">
            {late < 120
              ? t('board.lateBy', { minutes: late })
              : t('board.lateByHours', { hours: Math.floor(late / 60) })}
          </span>
        )}
        {step && <StepSaid entry={entry} step={step} now={now} />}
        {entry.late && (
          <span className="step-said small muted">
            {t('desk.lateBy', { by: entry.late.by ?? '', when: moment(entry.late.at, entry.zone, language) })}
          </span>
        )}
      </td>
      <td>
        <div className="board-acts">
          {isBookingAllowed('check-in', status) && date === today && !pass && (
            <Button
              size="sm"
              variant={status === 'noshow' ? 'default' : 'filled'}
              component={Link}
              to={to('check-in')}
              aria-label={t('staff.checkInFor', { name })}
            >
              {t('staff.checkIn')}
            </Button>
          )}
          {isBookingAllowed('check-in', status) && date === today && pass && (
            <Button
              size="sm"
              variant={status === 'noshow' ? 'default' : 'filled'}
              loading={checkIn.busy}
              data-check-in
              onClick={() =>
                void doing(
                  { run: () => checkIn.run({ body: { ...body, passCode: pass } }) },
                  t('staff.checkedIn', { name }),
                ).then((done) => done && after?.())
              }
              aria-label={t('staff.checkInFor', { name })}
            >
              {t('staff.checkIn')}
            </Button>
          )}
          {isBookingAllowed('screen', status) && (
            <Button
              size="sm"
              variant="outline"
              color="pine"
              component={Link}
              to={to('screening')}
              aria-label={t('screening.linkFor', { name })}
            >
              {t('screening.link')}
            </Button>
          )}
          {isBookingAllowed('begin', status) && (
            <Button
              size="sm"
              loading={begin.busy}
              onClick={() => void doing({ run: () => begin.run({ body }) }, t('board.begun', { name }))}
              aria-label={t('board.beginFor', { name })}
            >
              {t('board.begin')}
            </Button>
          )}
          {isHere(status) && (
            <>
              <Button
                size="sm"
                component={Link}
                to={to('complete')}
                color="pine"
                variant={status === 'giving' ? 'filled' : 'outline'}
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
          {step?.undoUntil && step.undoUntil > now && (
            <Button
              size="sm"
              variant="subtle"
              color="gray"
              loading={undo.busy}
              onClick={() =>
                void doing(
                  { run: () => undo.run({ body: { ...body, version: entry.version } }) },
                  t('board.undone', { name }),
                )
              }
              aria-label={t('board.undoFor', { name, what: t(`board.step.${step.action}`) })}
            >
              {t('board.undo')}
            </Button>
          )}
          {status === 'booked' && entry.endsAt > now && (
            <Link
              to={`/staff/${siteId}/people/${entry.personId}`}
              aria-label={t('desk.person.changeFor', { when: name })}
            >
              {t('desk.person.change')}
            </Link>
          )}
          {isHere(status) && (
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
        <WhoWasFirst error={checkIn.error ?? begin.error ?? undo.error} entry={entry} />
      </td>
    </tr>
  );
}
