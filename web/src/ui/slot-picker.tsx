import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import { useApi } from '../api/hooks.ts';
import type { DonationSlot, Site } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { dateOf, withQuery } from '../lib/params.ts';
import { addDays, dateIn, dayName, foreignZone, monthDay, timeOf, weekday } from '../lib/time.ts';
import { BackIcon, BusIcon } from './icons.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from './states.tsx';

const DAYS = 14;
const POLL_MS = 10_000;

/** A strip of dates and the times of one of them, all in the address, so that Back undoes each choice. */
export function SlotPicker({
  site,
  procedure,
  linkOf,
  except,
}: {
  readonly site: Site;
  readonly procedure: Procedure;
  readonly linkOf: (slot: DonationSlot) => string;
  /** The slot already held, when it is being changed. */
  readonly except?: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const today = dateIn(site.zone, new Date());
  const asked = dateOf(search.get('from'));
  const from = asked && asked > today ? asked : today;
  const slots = useApi(
    'GET /api/sites/{siteId}/slots',
    { params: { siteId: site.siteId }, query: { from, to: addDays(from, DAYS - 1), procedure } },
    { every: POLL_MS, staleTime: 2_000 },
  );
  if (slots.error && !slots.data) return <LoadError error={slots.error} retry={() => void slots.refetch()} />;
  if (!slots.data) return <Loading lines={2} />;

  const now = new Date().toISOString();
  const ahead = slots.data.items.filter((slot) => slot.startsAt > now && slot.slotId !== except);
  const days = Array.from({ length: DAYS }, (_, n) => addDays(from, n)).map((date) => {
    const there = ahead.filter((slot) => slot.date === date);
    const free = there.reduce((sum, slot) => sum + (slot.status === 'open' ? slot.free : 0), 0);
    return { date, slots: there, free };
  });
  const chosen = dateOf(search.get('date'));
  const day = days.find(({ date }) => date === chosen) ?? days.find(({ free }) => free > 0) ?? days[0];
  const zone = foreignZone(site.zone, language);
  return (
    <>
      <section aria-labelledby="dates">
        <div className="strip-head">
          <h2 id="dates">{t('slots.dates')}</h2>
          <span className="strip-ways">
            {from > today && (
              <Link to={withQuery(search, { from: laterOf(addDays(from, -DAYS), today), date: undefined })}>
                <BackIcon size={16} />
                {t('slots.earlier')}
              </Link>
            )}
            <Link to={withQuery(search, { from: addDays(from, DAYS), date: undefined })}>
              {t('slots.later')}
              <span className="flip">
                <BackIcon size={16} />
              </span>
            </Link>
          </span>
        </div>
        <Strip days={days} chosen={day?.date} />
      </section>
      {day && (
        <section aria-live="polite" aria-labelledby="times" className="times">
          <h2 id="times">{t('slots.times', { day: dayName(day.date, language) })}</h2>
          {zone && <p className="small muted">{t('common.localTime', { zone })}</p>}
          <Stops slots={day.slots} />
          {day.slots.length === 0 ? (
            <p>{t('slots.noneDay')}</p>
          ) : (
            <>
              {day.free === 0 && <p className="strong">{t('slots.allFull')}</p>}
              <Times slots={day.slots} linkOf={linkOf} />
            </>
          )}
          {day.free === 0 && <Others days={days} />}
          <p className="small muted">{t('slots.updated')}</p>
        </section>
      )}
    </>
  );
}

const laterOf = (a: string, b: string): string => (a > b ? a : b);

type Day = { readonly date: string; readonly slots: readonly DonationSlot[]; readonly free: number };

function Strip({ days, chosen }: { readonly days: readonly Day[]; readonly chosen: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is to be brought into sight
  useEffect(() => {
    const box = list.current;
    const current = box?.querySelector<HTMLElement>('[aria-current]');
    if (box && current) box.scrollLeft = current.offsetLeft - box.clientWidth / 2 + current.clientWidth / 2;
  }, [chosen]);
  return (
    <ol className="strip" ref={list}>
      {days.map(({ date, slots, free }) => (
        <li key={date}>
          <Link
            to={withQuery(search, { date })}
            aria-current={date === chosen ? 'date' : undefined}
            className={free > 0 ? 'has-room' : slots.length > 0 ? 'is-full' : 'is-shut'}
          >
            <span>{weekday(date, language)}</span>
            <b>{monthDay(date, language)}</b>
            <span>
              {free > 0 ? t('slots.dayFree', { free }) : slots.length > 0 ? t('slots.dayFull') : t('slots.dayNone')}
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
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
}: {
  readonly slots: readonly DonationSlot[];
  readonly linkOf: (slot: DonationSlot) => string;
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
        {there.map((slot) => {
          const time = timeOf(slot.startsAt, slot.zone);
          const open = slot.status === 'open' && slot.free > 0;
          return (
            <li key={slot.slotId}>
              {open ? (
                <Link to={linkOf(slot)} className="chip">
                  <b>{time}</b>
                  <span>{t('slots.free', { free: slot.free })}</span>
                </Link>
              ) : (
                <span className="chip chip-full">
                  <b>{time}</b>
                  <span>{slot.status === 'open' ? t('slots.full') : t('slots.closed')}</span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  ));
}

function Others({ days }: { readonly days: readonly Day[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const open = days.filter(({ free }) => free > 0).slice(0, 4);
  if (open.length === 0) {
    return (
      <Empty title={t('slots.othersNone')}>
        <LinkButton to="/donate" variant="default">
          {t('slots.otherSites')}
        </LinkButton>
      </Empty>
    );
  }
  return (
    <div className="others">
      <h3>{t('slots.others')}</h3>
      <ul className="chips">
        {open.map(({ date, free }) => (
          <li key={date}>
            <Link to={withQuery(search, { date })} className="chip">
              <b>{dayName(date, language)}</b>
              <span>{t('slots.free', { free })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
