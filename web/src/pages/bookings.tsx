import { Button } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { isHere } from '../../../shared/domain/booking-states.ts';
import { useApi, usePages } from '../api/hooks.ts';
import type { Booking, Wait } from '../api/types.ts';
import { dateOf, withQuery } from '../lib/params.ts';
import { addDays, dateHere, dateIn, dayName } from '../lib/time.ts';
import { addMonths, monthOf } from '../lib/wanted.ts';
import { BookingCard } from '../ui/booking-card.tsx';
import { SignedIn } from '../ui/gate.tsx';
import { Month } from '../ui/month.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { isOpenWait, WaitCard, whenOfWait } from '../ui/wait-card.tsx';

/** Everything somebody has given their word for or waits for, giving and serving alike, as a list or by the month. */
export function BookingsPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const isMonth = search.get('view') === 'calendar';
  return (
    <SignedIn title={t('bookings.title')}>
      {() => (
        <Page title={t('bookings.title')} back="/me">
          <Ways isMonth={isMonth} />
          {isMonth ? <ByMonth /> : <List />}
        </Page>
      )}
    </SignedIn>
  );
}

function Ways({ isMonth }: { readonly isMonth: boolean }) {
  const { t } = useTranslation(['serve', 'pages']);
  const current = (yes: boolean) => (yes ? ({ 'aria-current': 'true' } as const) : {});
  return (
    <div className="agenda-ways">
      <nav aria-label={t('find.shown')} className="segments">
        <Link to="/bookings" {...current(!isMonth)}>
          {t('find.list')}
        </Link>
        <Link to="/bookings?view=calendar" {...current(isMonth)}>
          {t('find.calendar')}
        </Link>
      </nav>
      <LinkButton to="/pass" variant="default">
        {t('pages:nav.pass')}
      </LinkButton>
    </div>
  );
}

const MOST = 100;
const EVERY_MS = 60_000;

/** What stands on a page of somebody's time: a booking, or a wait for one. */
type Entry = { readonly at: string; readonly date: string; readonly key: string; readonly card: ReactNode };

const bookingEntry = (booking: Booking): Entry => ({
  at: booking.startsAt,
  date: booking.date,
  key: booking.bookingId,
  card: <BookingCard booking={booking} />,
});
const waitEntry = (wait: Wait): Entry => ({
  at: whenOfWait(wait),
  date: dateIn(wait.zone, whenOfWait(wait)),
  key: wait.waitId,
  card: <WaitCard wait={wait} />,
});
const soonestFirst = (a: Entry, b: Entry): number => (a.at < b.at ? -1 : 1);

const Cards = ({ entries }: { readonly entries: readonly Entry[] }) => (
  <ul className="stack">
    {entries.map(({ key, card }) => (
      <li key={key}>{card}</li>
    ))}
  </ul>
);

function List() {
  const { t } = useTranslation();
  // A day early: elsewhere it may be yesterday still, and a night's shift began then.
  const from = addDays(dateHere(), -1);
  const coming = usePages('GET /api/me/bookings', { query: { from, limit: MOST } });
  const before = usePages('GET /api/me/bookings', { query: { to: dateHere() } });
  const waits = useApi('GET /api/waiting', {}, { every: EVERY_MS });
  const { hasNextPage, isFetching, isError, fetchNextPage } = coming;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const now = new Date().toISOString();
  const isLive = ({ status, endsAt }: Booking): boolean => (status === 'booked' || isHere(status)) && endsAt > now;
  const live = coming.items.filter(isLive);
  const upcoming = [
    ...live.map(bookingEntry),
    ...(waits.data?.items ?? []).filter((wait) => isOpenWait(wait, now)).map(waitEntry),
  ].sort(soonestFirst);
  const past = [
    // Given up before its day, and so not of the past by its date.
    ...coming.items.filter((each) => !isLive(each) && each.date > dateHere()),
    ...before.items.filter((each) => !isLive(each)),
  ];
  const error = coming.error ?? before.error ?? waits.error;
  if (error)
    return (
      <LoadError error={error} retry={() => void Promise.all([coming.refetch(), before.refetch(), waits.refetch()])} />
    );
  if (!coming.data || !before.data || !waits.data) return <Loading />;
  if (upcoming.length + past.length === 0) return <Nothing />;
  return (
    <>
      <h2>{t('bookings.upcoming')}</h2>
      {upcoming.length === 0 ? <p className="muted">{t('bookings.none')}</p> : <Cards entries={upcoming} />}
      {past.length > 0 && (
        <>
          <h2>{t('bookings.past')}</h2>
          <Cards entries={past.map(bookingEntry)} />
        </>
      )}
      {before.hasNextPage && (
        <Button variant="default" loading={before.isFetchingNextPage} onClick={() => void before.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <Empty title={t('bookings.empty')}>
      <p>{t('bookings.emptyText')}</p>
      <div className="row">
        <LinkButton to="/donate">{t('home.donate')}</LinkButton>
        <LinkButton to="/events" variant="default">
          {t('nav.events')}
        </LinkButton>
      </div>
    </Empty>
  );
}

/** A month with what is on each day, and the chosen day's below. What was cancelled is on no day. */
function ByMonth() {
  const [search] = useSearchParams();
  const today = dateHere();
  const asked = monthOf(search.get('month')) ?? dateOf(search.get('date'))?.slice(0, 7);
  // Begins where something comes next.
  const coming = useApi(
    'GET /api/me/bookings',
    { query: { from: today, limit: MOST } },
    { enabled: asked === undefined },
  );
  const waits = useApi('GET /api/waiting', {}, { every: EVERY_MS });
  const error = coming.error ?? waits.error;
  if (error) return <LoadError error={error} retry={() => void Promise.all([coming.refetch(), waits.refetch()])} />;
  if (!waits.data || (asked === undefined && !coming.data)) return <Loading />;
  const now = new Date().toISOString();
  const open = waits.data.items.filter((wait) => isOpenWait(wait, now));
  const next = [
    ...(coming.data?.items ?? [])
      .filter(({ status, endsAt }) => status !== 'cancelled' && endsAt > now)
      .map(bookingEntry),
    ...open.map(waitEntry),
  ].sort(soonestFirst)[0];
  return <OneMonth month={asked ?? (next?.date ?? today).slice(0, 7)} today={today} open={open} />;
}

function OneMonth({
  month,
  today,
  open,
}: {
  readonly month: string;
  readonly today: string;
  readonly open: readonly Wait[];
}) {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const [search] = useSearchParams();
  const asked = dateOf(search.get('date'));
  const first = `${month}-01`;
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const mine = useApi('GET /api/me/bookings', { query: { from: first, to: last, limit: MOST } }, { keep: true });
  if (mine.error) return <LoadError error={mine.error} retry={() => void mine.refetch()} />;
  if (!mine.data) return <Loading />;
  const bookings = mine.data.items.filter(({ status, date }) => status !== 'cancelled' && date.startsWith(month));
  const entries = [...bookings.map(bookingEntry), ...open.map(waitEntry)].sort(soonestFirst);
  const on = (date: string): Entry[] => entries.filter((each) => each.date === date);
  const next = entries.find(({ date }) => date.startsWith(month) && date >= today)?.date;
  const chosen = asked?.startsWith(month) ? asked : next;
  const there = chosen === undefined ? [] : on(chosen);
  return (
    <>
      <Month
        month={month}
        today={today}
        chosen={chosen}
        turn={(by) => withQuery(search, { month: addMonths(month, by), date: undefined })}
        names={{ before: t('find.before'), after: t('find.after') }}
        day={(date) => {
          const kinds = {
            donation: bookings.filter((each) => each.date === date && each.kind === 'donation').length,
            shift: bookings.filter((each) => each.date === date && each.kind === 'shift').length,
            wait: open.filter((wait) => waitEntry(wait).date === date).length,
          };
          const some = (['donation', 'shift', 'wait'] as const).filter((kind) => kinds[kind] > 0);
          if (some.length === 0) return undefined;
          return {
            to: withQuery(search, { month, date }),
            mark: (
              <span className="agenda-dots" aria-hidden="true">
                {some.map((kind) => (
                  <i key={kind} className={`agenda-${kind}`} />
                ))}
              </span>
            ),
            said: t('agenda.onDay', {
              day: dayName(date, language),
              what: some.map((kind) => t(`agenda.${kind}`, { n: kinds[kind] })).join(t('agenda.join')),
            }),
          };
        }}
      />
      <p className="agenda-key small" aria-hidden="true">
        {(['donation', 'shift', 'wait'] as const).map((kind) => (
          <span key={kind}>
            <i className={`agenda-${kind}`} />
            {t(`agenda.key.${kind}`)}
          </span>
        ))}
      </p>
      {chosen ? (
        <section aria-labelledby="that-day">
          <h2 id="that-day">{dayName(chosen, language)}</h2>
          {there.length > 0 ? <Cards entries={there} /> : <p className="muted">{t('agenda.noneThatDay')}</p>}
        </section>
      ) : (
        <p className="muted">{t('agenda.noneThatMonth')}</p>
      )}
    </>
  );
}
