import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import { useApi } from '../api/hooks.ts';
import type { DayOffer, DonationSlot, Site } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { dateOf, withQuery } from '../lib/params.ts';
import { addDays, dateIn, dayName, foreignZone, monthDay, nearDay, SLOT_DAYS, timeOf, weekday } from '../lib/time.ts';
import { BusIcon, HandsIcon } from './icons.tsx';
import { NothingThatDay } from './nothing-that-day.tsx';
import { LoadError, Loading, useLanguage } from './states.tsx';

/** What is free each day is a hint; what is free at each time of the day looked at is asked for more often. */
const DAYS_POLL_MS = 30_000;
const TIMES_POLL_MS = 10_000;

/** A strip of dates and the times of one of them, all in the address, so that Back undoes each choice and links can be shared. */
export function SlotPicker({
  site,
  procedure,
  linkOf,
  waitOf,
  except,
  byHand = false,
}: {
  readonly site: Site;
  readonly procedure: Procedure;
  readonly linkOf: (slot: DonationSlot) => string;
  /** Where somebody goes to wait for a place of a full day. */
  readonly waitOf?: (slot: DonationSlot) => string;
  /** The slot already held, when it is being changed. */
  readonly except?: string;
  /** Staff choose for somebody: what waits for volunteers may be taken all the same. */
  readonly byHand?: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const today = dateIn(site.zone, new Date());
  const last = addDays(today, SLOT_DAYS - 1);
  const asked = dateOf(search.get('from'));
  const from = asked && asked > today ? asked : today;
  const days = useApi(
    'GET /api/sites/{siteId}/days',
    { params: { siteId: site.siteId }, query: { from: today, to: last, procedure } },
    { every: DAYS_POLL_MS, staleTime: 5_000 },
  );
  const named = dateOf(search.get('date'));
  const inReach = named && named >= today && named <= last ? named : undefined;
  const shown = days.data?.items.filter(({ date }) => date >= from || date === inReach);
  const first = shown?.find(({ free, date }) => free > 0 && date >= from) ?? shown?.[0];
  const chosen = inReach ?? first?.date;
  if (days.error && !days.data) return <LoadError error={days.error} retry={() => void days.refetch()} />;
  if (!shown) return <Loading lines={2} />;
  if (from > last) return <p>{t('find.tooFar', { date: dayName(addDays(from, 1 - SLOT_DAYS), language) })}</p>;
  const day = shown.find(({ date }) => date === chosen);
  return (
    <>
      <section aria-labelledby="dates">
        <div className="strip-head">
          <h2 id="dates">{t('slots.dates')}</h2>
          {from > today && (
            <Link className="strip-all" to={withQuery(search, { from: undefined })}>
              {t('find.allDates')}
            </Link>
          )}
        </div>
        <Strip days={shown} chosen={chosen} today={today} />
      </section>
      {day && (
        <DayTimes
          site={site}
          procedure={procedure}
          day={day}
          days={shown}
          linkOf={linkOf}
          waitOf={waitOf}
          except={except}
          byHand={byHand}
        />
      )}
    </>
  );
}

function DayTimes({
  site,
  procedure,
  day,
  days,
  linkOf,
  waitOf,
  except,
  byHand,
}: {
  readonly site: Site;
  readonly procedure: Procedure;
  readonly day: DayOffer;
  readonly days: readonly DayOffer[];
  readonly linkOf: (slot: DonationSlot) => string;
  readonly waitOf: ((slot: DonationSlot) => string) | undefined;
  readonly except: string | undefined;
  readonly byHand: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { date } = day;
  const slots = useApi(
    'GET /api/sites/{siteId}/slots',
    { params: { siteId: site.siteId }, query: { from: date, to: date, procedure } },
    { every: TIMES_POLL_MS, staleTime: 2_000, enabled: day.closed === undefined },
  );
  const now = new Date().toISOString();
  const there = slots.data?.items.filter((slot) => slot.startsAt > now && slot.slotId !== except);
  const free = there?.filter((slot) => slot.status === 'open').reduce((sum, slot) => sum + slot.free, 0);
  const zone = foreignZone(site.zone, language);
  // The last one: of a full day it is the one that can be waited for longest.
  const waitFor =
    free === 0 ? there?.findLast(({ status, drive }) => status === 'open' && !drive?.heldBack) : undefined;
  const heldBack = there?.some(({ drive }) => (drive?.heldBack ?? 0) > 0) ?? false;
  const nothing = day.closed !== undefined || (there && free === 0 && !(byHand && heldBack));
  return (
    <section aria-live="polite" aria-labelledby="times" className="times">
      <h2 id="times">{t('slots.times', { day: dayName(date, language) })}</h2>
      {zone && <p className="small muted">{t('common.localTime', { zone })}</p>}
      {there && <Drives slots={there} byHand={byHand} />}
      {nothing && <NothingThatDay site={site} procedure={procedure} day={day} days={days} short={heldBack} />}
      {waitOf && waitFor && (
        <p>
          <Link to={waitOf(waitFor)}>{t('wait.ofDay')}</Link>
        </p>
      )}
      {day.closed === undefined &&
        (there ? (
          <>
            <Stops slots={there} />
            <Times slots={there} linkOf={linkOf} byHand={byHand} />
            <p className="small muted">{t('slots.updated')}</p>
          </>
        ) : slots.error ? (
          <LoadError error={slots.error} retry={() => void slots.refetch()} />
        ) : (
          <Loading lines={2} />
        ))}
    </section>
  );
}

function Strip({
  days,
  chosen,
  today,
}: {
  readonly days: readonly DayOffer[];
  readonly chosen: string | undefined;
  readonly today: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is to be brought into sight
  useEffect(() => {
    // With the frame that lays the page out anyway, and before it is seen.
    const frame = requestAnimationFrame(() => {
      const box = list.current;
      const current = box?.querySelector<HTMLElement>('[aria-current]');
      if (box && current) box.scrollLeft = current.offsetLeft - box.clientWidth / 2 + current.clientWidth / 2;
    });
    return () => cancelAnimationFrame(frame);
  }, [chosen]);
  return (
    <ol className="strip" ref={list}>
      {days.map(({ date, slots, free, places, closed, isShort }) => (
        <li key={date}>
          <Link
            to={withQuery(search, { date })}
            aria-current={date === chosen ? 'date' : undefined}
            className={free > 0 ? 'has-room' : slots > 0 ? 'is-full' : 'is-shut'}
            preventScrollReset
          >
            <span>{nearDay(date, today, language) ?? weekday(date, language)}</span>
            <b>{monthDay(date, language)}</b>
            <span>
              {free > 0
                ? t('slots.dayFree', { free })
                : closed
                  ? t(`find.short.${closed}`)
                  : t(isShort ? 'slots.short' : 'slots.dayFull')}
            </span>
            <Level part={places > 0 ? free / places : 0} />
          </Link>
        </li>
      ))}
    </ol>
  );
}

/** How much of the day is free, for the eye; the figure above says it in words. */
const Level = ({ part }: { readonly part: number }): ReactNode => (
  <span className="level" aria-hidden="true">
    <span style={{ width: `${Math.ceil(part * 100)}%` }} />
  </span>
);

/** The blood drive that times of the day are part of; whose volunteers are too few yet, and how that is mended. */
function Drives({ slots, byHand }: { readonly slots: readonly DonationSlot[]; readonly byHand: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const drives = groupBy(
    slots.flatMap(({ drive }) => (drive ? [drive] : [])),
    ({ eventId }) => eventId,
  );
  return [...drives].map(([eventId, there]) => {
    const missing = Math.max(...there.map((each) => each.missing));
    return (
      <div key={eventId} className={missing > 0 ? 'notice notice-warn' : 'notice'}>
        <HandsIcon size={20} />
        <div>
          <p>{t('slots.drive', { title: there[0]?.title[language] })}</p>
          {missing > 0 && <p>{t(byHand ? 'slots.driveShortDesk' : 'slots.driveShort', { count: missing })}</p>}
          <p>
            <Link to={`/events/${eventId}`}>{t(missing > 0 ? 'slots.driveJoin' : 'slots.driveSee')}</Link>
          </p>
        </div>
      </div>
    );
  });
}

function Stops({ slots }: { readonly slots: readonly DonationSlot[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const stops = [...new Set(slots.flatMap((slot) => slot.stop?.[language] ?? []))];
  return stops.map((stop) => (
    <p key={stop} className="with-icon">
      <BusIcon size={18} />
      {t('slots.stop', { stop })}
    </p>
  ));
}

function Times({
  slots,
  linkOf,
  byHand,
}: {
  readonly slots: readonly DonationSlot[];
  readonly linkOf: (slot: DonationSlot) => string;
  readonly byHand: boolean;
}) {
  const { t } = useTranslation();
  const parts = groupBy(slots, (slot) => {
    const hour = Number(timeOf(slot.startsAt, slot.zone).slice(0, 2));
    return hour < 12 ? ('morning' as const) : hour < 18 ? ('afternoon' as const) : ('evening' as const);
  });
  return [...parts].map(([part, there]) => (
    <div key={part}>
      <h3 className="times-part">{t(`slots.${part}`)}</h3>
      <ul className="chips">
        {there.map((slot) => (
          <li key={slot.slotId}>
            <TimeChip slot={slot} to={linkOf(slot)} byHand={byHand} />
          </li>
        ))}
      </ul>
    </div>
  ));
}

/** A time: a way to it while it has room, else said to be full or closed. */
function TimeChip({
  slot,
  to,
  byHand,
}: {
  readonly slot: DonationSlot;
  readonly to: string;
  readonly byHand: boolean;
}) {
  const { t } = useTranslation();
  const time = timeOf(slot.startsAt, slot.zone);
  const heldBack = slot.drive?.heldBack ?? 0;
  const free = slot.free + (byHand ? heldBack : 0);
  if (slot.status === 'open' && free > 0) {
    return (
      <Link to={to} className="chip">
        <b>{time}</b>
        <span>{t(slot.free > 0 ? 'slots.free' : 'slots.byHand', { free })}</span>
      </Link>
    );
  }
  return (
    <span className="chip chip-full">
      <b>{time}</b>
      <span>{slot.status !== 'open' ? t('slots.closed') : t(heldBack > 0 ? 'slots.short' : 'slots.full')}</span>
    </span>
  );
}
