import { Button, Input, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { type Found, findShifts, whenFound } from '../../../shared/domain/find-events.ts';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import type { Localized } from '../../../shared/domain/vocabulary.ts';
import { useMe, usePages } from '../api/hooks.ts';
import type { EventView, Shift } from '../api/types.ts';
import { useSession } from '../auth/use-session.ts';
import { dateOf, withQuery } from '../lib/params.ts';
import { dateIn, dayName, span, weekendOf } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { addMonths, ageOf, goesOnBy, MORE, monthOf, type When, wantedOf, whenOf } from '../lib/wanted.ts';
import { SignInButton } from '../ui/gate.tsx';
import { CalendarIcon, PinIcon } from '../ui/icons.tsx';
import { Month } from '../ui/month.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';

type FoundEvent = Found<EventView, Shift>;

/** As many as are looked through before somebody has to ask for more. */
const ENOUGH = 500;
const A_MINUTE = 60_000;

/** Goes on by itself until all is there, or enough; not past a page that could not be had, which is asked for again by hand. */
function useAll(query: {
  items: readonly unknown[];
  hasNextPage: boolean;
  isFetching: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}) {
  const { isFetching, fetchNextPage } = query;
  const goesOn = goesOnBy({ ...query, most: ENOUGH });
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  return goesOn;
}

/** Events that look for people, by all that matters to whoever looks; the address is the search, to be kept and sent on. */
export function EventsPage() {
  const { t } = useTranslation(['serve', 'pages']);
  const [search] = useSearchParams();
  const session = useSession();
  const events = usePages('GET /api/events', { query: { limit: 50 } });
  const wantsFit = search.has('fit');
  const open = usePages(
    'GET /api/me/open-shifts',
    { query: { limit: 50 } },
    { enabled: wantsFit && session !== undefined },
  );
  const [more, moreOpen] = [useAll(events), useAll(open)];
  const error = events.error ?? (wantsFit ? open.error : null);
  const isHere = events.data && (!wantsFit || !session || open.data);
  const slots = wantsFit && session ? new Set(open.items.flatMap(({ slotIds }) => slotIds)) : undefined;
  const now = useNow(A_MINUTE);
  const zone = events.items[0]?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = dateIn(zone, new Date());
  const found = findShifts<Shift, EventView>(events.items, wantedOf(search, today, slots), now);
  const isFiltered = wantsFit || whenOf(search) !== undefined || MORE.some((name) => search.has(name));
  const asks = wantsFit && !session;
  const me = useMe();
  const isAgeless = wantsFit && me.data !== undefined && me.data.birthDate === undefined;
  return (
    <Page title={t('event.title')} lead={t('event.lead')}>
      {error ? (
        <LoadError
          error={error}
          retry={() => {
            void events.refetch();
            if (wantsFit) void open.refetch();
          }}
        />
      ) : !events.data ? (
        <Loading lines={4} />
      ) : (
        <>
          <Choices search={search} events={events.items} />
          {asks ? (
            <div className="card">
              <p>{t('find.fitSignIn')}</p>
              <SignInButton />
            </div>
          ) : isAgeless ? (
            <div className="card">
              <p>{t('find.fitAge')}</p>
              <p>
                <Link to={`/profile/edit/birth-date?${new URLSearchParams({ return: `/events?${search}` })}`}>
                  {t('pages:check.complete')}
                </Link>
              </p>
            </div>
          ) : !isHere ? (
            <Loading lines={4} />
          ) : (
            <>
              {wantsFit && <p className="muted">{t('find.fitHint')}</p>}
              <p className="sr-only" role="status">
                {more || moreOpen ? t('find.loadingMore') : t('find.counted', { n: found.length })}
              </p>
              {found.length === 0 && !more && !moreOpen && (
                <Empty title={t(wantsFit ? 'find.fitNone' : isFiltered ? 'find.none' : 'find.empty')}>
                  {isFiltered && <Clear />}
                </Empty>
              )}
              {search.get('view') === 'calendar' ? (
                <Calendar found={found} today={today} search={search} />
              ) : (
                <List found={found} narrow={isFiltered} today={today} />
              )}
              {(more || moreOpen) && <p className="muted">{t('find.loadingMore')}</p>}
              {events.hasNextPage && !more && (
                <Button
                  variant="default"
                  loading={events.isFetchingNextPage}
                  onClick={() => {
                    void events.fetchNextPage();
                    if (open.hasNextPage) void open.fetchNextPage();
                  }}
                >
                  {t('pages:common.more')}
                </Button>
              )}
            </>
          )}
        </>
      )}
    </Page>
  );
}

const Clear = () => {
  const { t } = useTranslation('serve');
  return <Link to="/events">{t('find.clear')}</Link>;
};

/** What may be chosen: each choice is an address. */
function Choices({ search, events }: { readonly search: URLSearchParams; readonly events: readonly EventView[] }) {
  const { t } = useTranslation('serve');
  const when = whenOf(search);
  const to = (changes: Record<string, string | undefined>): string => withQuery(search, changes);
  const current = (yes: boolean) => (yes ? ({ 'aria-current': 'true' } as const) : {});
  const names: Record<When, string> = { weekend: t('find.weekend'), next: t('find.nextWeekend') };
  const isCalendar = search.get('view') === 'calendar';
  return (
    <div className="stack find">
      <nav aria-label={t('find.when')} className="filters">
        <Link to={to({ when: undefined })} {...current(!when)}>
          {t('find.any')}
        </Link>
        {(['weekend', 'next'] as const).map((each) => (
          <Link key={each} to={to({ when: each, month: undefined, date: undefined })} {...current(when === each)}>
            {names[each]}
          </Link>
        ))}
        <Link to={to({ fit: search.has('fit') ? undefined : '1' })} {...current(search.has('fit'))}>
          {t('find.fit')}
        </Link>
      </nav>
      <MoreChoices search={search} events={events} />
      <nav aria-label={t('find.shown')} className="segments">
        <Link to={to({ view: undefined, month: undefined, date: undefined })} {...current(!isCalendar)}>
          {t('find.list')}
        </Link>
        <Link to={to({ view: 'calendar' })} {...current(isCalendar)}>
          {t('find.calendar')}
        </Link>
      </nav>
    </div>
  );
}

function MoreChoices({ search, events }: { readonly search: URLSearchParams; readonly events: readonly EventView[] }) {
  const { t } = useTranslation('serve');
  const language = useLanguage();
  const navigate = useNavigate();
  const set = MORE.filter((name) => search.has(name)).length;
  const [age, setAge] = useState(search.get('age') ?? '');
  const choose = (name: (typeof MORE)[number], value: string): void => {
    // Of another district no community of this one is.
    const also = name === 'district' ? { community: undefined } : {};
    void navigate(withQuery(search, { [name]: value || undefined, ...also }), { replace: true });
  };
  const options = (all: readonly Localized[]): { value: string; label: string }[] => {
    const byName = new Map(all.map((each) => [each.zh, each[language]]));
    const chosen = [...byName].map(([value, label]) => ({ value, label }));
    return [{ value: '', label: t('find.all') }, ...chosen.sort((a, b) => a.label.localeCompare(b.label, language))];
  };
  /** With what the address says and no event has any more, so that it can be seen and taken back. */
  const withChosen = (name: (typeof MORE)[number], all: { value: string; label: string }[]) => {
    const value = search.get(name);
    return value && all.every((each) => each.value !== value) ? [...all, { value, label: value }] : all;
  };
  const district = search.get('district');
  const near = events.filter((event) => !district || event.district.zh === district);
  const shifts = near.flatMap((event) => event.shifts);
  const select = (name: (typeof MORE)[number], label: string, all: { value: string; label: string }[]) => (
    <Input.Wrapper id={name} label={label}>
      <Input
        component="select"
        value={search.get(name) ?? ''}
        onChange={({ currentTarget }) => choose(name, currentTarget.value)}
      >
        {withChosen(name, all).map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </Input>
    </Input.Wrapper>
  );
  const needed = [...new Set(shifts.flatMap(({ needs }) => needs ?? []))];
  return (
    <details className="find-more">
      <summary>{set > 0 ? t('find.moreSet', { count: set }) : t('find.more')}</summary>
      <div className="find-fields">
        {select('district', t('find.district'), options(events.map((event) => event.district)))}
        {select('community', t('find.community'), options(near.map((event) => event.community)))}
        {select('role', t('find.role'), options(shifts.map(({ role }) => role)))}
        {select('need', t('find.need'), [
          { value: '', label: t('find.all') },
          ...needed.map((value) => ({ value, label: QUALIFICATION_NAMES[value][language] })),
        ])}
        <TextInput
          label={t('find.age')}
          description={t('find.ageHint')}
          inputMode="numeric"
          maxLength={3}
          value={age}
          onChange={({ currentTarget: { value } }) => {
            setAge(value);
            if (value === '' || ageOf(value) !== undefined) choose('age', value);
          }}
        />
      </div>
      {set > 0 && <Clear />}
    </details>
  );
}

/** This weekend's first, then what comes later. */
function List({
  found,
  narrow,
  today,
}: {
  readonly found: readonly FoundEvent[];
  readonly narrow: boolean;
  readonly today: string;
}) {
  const { t } = useTranslation('serve');
  const groups: Record<'soon' | 'weekend' | 'later', FoundEvent[]> = { soon: [], weekend: [], later: [] };
  const weekend = weekendOf(today);
  for (const each of found) {
    const dates = each.shifts.map(({ date }) => date);
    groups[whenFound(dates, weekend)].push(each);
  }
  return (['soon', 'weekend', 'later'] as const)
    .filter((name) => groups[name].length > 0)
    .map((name) => (
      <section key={name} aria-labelledby={name}>
        <h2 id={name}>{t(`find.${name}`)}</h2>
        <Cards found={groups[name]} narrow={narrow} />
      </section>
    ));
}

const Cards = ({ found, narrow }: { readonly found: readonly FoundEvent[]; readonly narrow: boolean }) => (
  <ul className="cards">
    {found.map((each) => (
      <EventCard key={each.event.eventId} found={each} narrow={narrow} />
    ))}
  </ul>
);

/** A month with how much goes on each day, and that day's events below. */
function Calendar({
  found,
  today,
  search,
}: {
  readonly found: readonly FoundEvent[];
  readonly today: string;
  readonly search: URLSearchParams;
}) {
  const { t } = useTranslation('serve');
  const language = useLanguage();
  const on = new Map<string, FoundEvent[]>();
  for (const each of found) {
    for (const date of new Set(each.shifts.map((shift) => shift.date))) on.set(date, [...(on.get(date) ?? []), each]);
  }
  const first = [...on.keys()].filter((date) => date >= today).sort()[0];
  const asked = dateOf(search.get('date'));
  const month = monthOf(search.get('month')) ?? (asked ?? first ?? today).slice(0, 7);
  const inMonth = [...on.keys()].filter((date) => date.startsWith(month) && date >= today).sort()[0];
  const chosen = asked?.startsWith(month) ? asked : inMonth;
  const turn = (by: number): string => withQuery(search, { month: addMonths(month, by), date: undefined });
  const there = (chosen && on.get(chosen)) || [];
  return (
    <>
      <Month
        month={month}
        today={today}
        chosen={chosen}
        turn={turn}
        names={{ before: t('find.before'), after: t('find.after') }}
        day={(date) => {
          const count = on.get(date)?.length ?? 0;
          if (count === 0) return undefined;
          return {
            to: withQuery(search, { month, date }),
            mark: <span>{count}</span>,
            said: t('find.onDay', { day: dayName(date, language), count }),
          };
        }}
      />
      {chosen ? (
        <section aria-labelledby="that-day">
          <h2 id="that-day">{dayName(chosen, language)}</h2>
          {there.length > 0 ? (
            <Cards
              narrow
              found={there.map(({ event, shifts }) => ({
                event,
                shifts: shifts.filter(({ date }) => date === chosen),
              }))}
            />
          ) : (
            <p className="muted">{t('find.noneThatDay')}</p>
          )}
        </section>
      ) : (
        found.length > 0 && <p className="muted">{t('find.noneThatMonth')}</p>
      )}
    </>
  );
}

function EventCard({ found: { event, shifts }, narrow }: { readonly found: FoundEvent; readonly narrow: boolean }) {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const free = shifts.reduce((sum, shift) => sum + (shift.free ?? 0), 0);
  const roles = [...new Set(shifts.map(({ role }) => role[language]))];
  return (
    <li className="site is-event">
      <div className="site-head">
        <h3>
          <Link to={`/events/${event.eventId}`} className="stretched">
            {event.title[language]}
          </Link>
        </h3>
        <span className={free > 0 ? 'tag tag-pine' : 'tag'}>
          {free > 0 ? t('find.freeTotal', { free }) : t('find.full')}
        </span>
      </div>
      <p className="with-icon">
        <CalendarIcon size={18} />
        {span(event.startsAt, event.endsAt, event.zone, language)}
      </p>
      <p className="with-icon muted">
        <PinIcon size={18} />
        {event.district[language]} · {event.community[language]}
      </p>
      {narrow && shifts.length < event.shifts.length && (
        <p className="small">{t('find.fitting', { roles: roles.join(language === 'zh' ? '、' : ', ') })}</p>
      )}
      <p className="small muted">{t('event.organiser', { name: event.organisation[language] })}</p>
    </li>
  );
}
