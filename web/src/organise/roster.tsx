import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useApi, usePages } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, dayName, timeOf } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { LineTable } from '../staff/line-table.tsx';
import { POLL_MS } from '../staff/use-roster.ts';
import { Status } from '../ui/booking-card.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { GuardianOf } from './guardian.tsx';
import { MyEventPage } from './mine.tsx';
import { SaveRoster } from './save-roster.tsx';

const MINUTE_MS = 60_000;

export function EventRosterPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('organise.rosterTitle')} wide>
      {({ event, own }) => <Day event={event} own={own} />}
    </MyEventPage>
  );
}

function Day({ event, own }: { readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const [search] = useSearchParams();
  const dates = [...new Set(event.shifts.map((shift) => shift.date))].sort();
  const date = dateOf(search.get('date')) ?? dates[0] ?? dateIn(event.zone, event.startsAt);
  const roster = usePages(
    'GET /api/events/{eventId}/roster',
    { params: { eventId: event.eventId }, query: { date, limit: 100 } },
    { every: POLL_MS },
  );
  const line = useApi(
    'GET /api/events/{eventId}/waiting',
    { params: { eventId: event.eventId }, query: { date } },
    { every: POLL_MS },
  );
  const now = useNow(MINUTE_MS);
  const roleOf = (shiftId: string): string =>
    event.shifts.find((shift) => shift.shiftId === shiftId)?.role[language] ?? shiftId;
  return (
    <>
      <div className="row">
        {event.status === 'published' && (
          <LinkButton to={`${own}/sign-up`} variant="default">
            {t('run.signUpFor.go')}
          </LinkButton>
        )}
        <LinkButton to={`${own}/print?date=${date}`} variant="default">
          {t('desk.print.go')}
        </LinkButton>
        <SaveRoster eventId={event.eventId} date={date} />
      </div>
      {dates.length > 1 && (
        <nav className="segments" aria-label={t('staff.date')}>
          {dates.map((each) => (
            <Link key={each} to={`?date=${each}`} aria-current={each === date ? 'date' : undefined}>
              {dayName(each, language)}
            </Link>
          ))}
        </nav>
      )}
      {roster.error && !roster.data ? (
        <LoadError error={roster.error} retry={() => void roster.refetch()} />
      ) : !roster.data ? (
        <Loading />
      ) : roster.items.length === 0 ? (
        <Empty title={t('organise.rosterEmpty')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('organise.rosterTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('organise.shift')}</th>
              <th scope="col">{t('organise.person')}</th>
              <th scope="col">{t('organise.statusColumn')}</th>
              <th scope="col">{t('run.confirmSkill.title')}</th>
            </tr>
          </thead>
          <tbody>
            {roster.items.map((entry) => (
              <tr key={entry.bookingId} className={`row-${entry.status}`}>
                <td>
                  {timeOf(entry.startsAt, event.zone)}–{timeOf(entry.endsAt, event.zone)} {roleOf(entry.shiftId)}
                </td>
                <th scope="row">
                  {entry.name} <span className="muted">{t('staff.last4', { digits: entry.phoneLast4 })}</span>
                  {entry.team && <span className="small under-name muted">{t('run.team', { name: entry.team })}</span>}
                  {entry.underAge && <GuardianOf guardian={entry.guardian} />}
                </th>
                <td>
                  <Status status={entry.status} />
                  {entry.seeksCover && <span className="small"> {t('run.seeksCover')}</span>}
                </td>
                <td>
                  <Link
                    to={`${own}/people/${entry.bookingId}?date=${date}`}
                    aria-label={t('run.confirmSkill.goFor', { name: entry.name })}
                  >
                    {t('run.confirmSkill.go')}
                  </Link>
                  {entry.status === 'booked' && entry.startsAt > now && (
                    <>
                      {' · '}
                      <Link
                        to={`${own}/people/${entry.bookingId}/withdraw?date=${date}`}
                        aria-label={t('run.withdrawFor.goFor', { name: entry.name })}
                      >
                        {t('run.withdrawFor.go')}
                      </Link>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {roster.hasNextPage && (
        <Button variant="default" loading={roster.isFetchingNextPage} onClick={() => void roster.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
      <section aria-labelledby="in-line">
        <h2 id="in-line">{t('line.title')}</h2>
        {line.error && !line.data ? (
          <LoadError error={line.error} retry={() => void line.refetch()} />
        ) : !line.data ? (
          <Loading />
        ) : line.data.items.length === 0 ? (
          <p className="muted">{t('line.empty')}</p>
        ) : (
          <LineTable
            items={line.data.items}
            note={t('line.note')}
            whatOf={(_, slotId) => event.shifts.find((shift) => shift.slotId === slotId)?.role[language]}
          />
        )}
      </section>
    </>
  );
}
