import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import type { EventView, Shift } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { listed } from '../lib/listed.ts';
import { dayName, foreignZone, moment, span, timeOf } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { type WayIn, waysIn } from '../lib/ways-in.ts';
import { useLanguage } from './states.tsx';

/** Shifts of an event by day, each with the places it still has. */
export function Shifts({
  event,
  shifts = event.shifts,
  linkOf,
  waits = false,
}: {
  readonly event: EventView;
  readonly shifts?: readonly Shift[];
  readonly linkOf: (shift: Shift) => string;
  /** Whether somebody may wait for a place where there is none. */
  readonly waits?: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  // To the second: places can be had at the very moment of opening.
  const now = useNow(1_000);
  const zone = foreignZone(event.zone, language);
  return (
    <>
      {zone && <p className="small muted">{t('common.localTime', { zone })}</p>}
      {[...groupBy(shifts, (shift) => shift.date)].map(([date, there]) => (
        <section key={date} aria-label={dayName(date, language)}>
          <h3 className="times-part">{dayName(date, language)}</h3>
          <ul className="shifts">
            {there.map((shift) => {
              const free = shift.free ?? 0;
              return (
                <li key={shift.slotId} className="shift">
                  <div>
                    <b>{shift.role[language]}</b>
                    <span>
                      {timeOf(shift.startsAt, event.zone)}–{timeOf(shift.endsAt, event.zone)}
                    </span>
                    <Needs shift={shift} />
                    <Places free={free} places={shift.places} />
                    {free === 0 && shift.covers && <span className="small">{t('events.coverAsked')}</span>}
                  </div>
                  <span className="shift-ways">
                    {waysIn({ ...shift, free, covers: shift.covers ?? 0 }, event, now, waits).map((way) => (
                      <Way key={way} way={way} event={event} shift={shift} to={linkOf(shift)} />
                    ))}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </>
  );
}

function Way({
  way,
  event,
  shift,
  to,
}: {
  readonly way: WayIn;
  readonly event: EventView;
  readonly shift: Shift;
  readonly to: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zone, opensAt } = event;
  const named = { role: shift.role[language], when: span(shift.startsAt, shift.endsAt, zone, language) };
  switch (way) {
    case 'over':
      return <span className="muted">{t('events.over')}</span>;
    case 'opens':
      return (
        <span className="muted small">
          {t('events.opensShort', { when: moment(opensAt ?? shift.startsAt, zone, language) })}
        </span>
      );
    case 'closed':
      return <span className="muted small">{t('events.closed')}</span>;
    case 'full':
      return <span className="muted">{t('events.full')}</span>;
    case 'sign-up':
      return (
        <Link className="shift-go" to={to} aria-label={t('events.signUpFor', named)}>
          {t('events.signUp')}
        </Link>
      );
    case 'cover':
      return (
        <Link
          className="shift-go"
          to={`/events/${event.eventId}/cover?${new URLSearchParams({ slot: shift.slotId })}`}
          aria-label={t('events.coverFor', named)}
        >
          {t('events.cover')}
        </Link>
      );
    case 'wait':
      return (
        <Link className="shift-go shift-wait" to={to} aria-label={t('wait.here.shiftOf', named)}>
          {t('wait.here.go')}
        </Link>
      );
  }
}

/** What a shift asks of whoever takes a place in it, and how many it takes to go ahead. */
export function Needs({ shift }: { readonly shift: Shift }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { minAge, maxAge, needs, minimum } = shift;
  const said = [
    minAge !== undefined && t('check.minAge', { years: minAge }),
    maxAge !== undefined && t('events.maxAge', { years: maxAge }),
    needs &&
      t('events.needs', {
        names: listed(
          needs.map((each) => QUALIFICATION_NAMES[each][language]),
          language,
        ),
      }),
    minimum !== undefined && t('events.minimum', { count: minimum }),
  ].filter((each) => each !== false && each !== undefined);
  return said.length > 0 ? <span className="small muted">{said.join(' · ')}</span> : null;
}

/** Places taken, drawn, with the figure beside it. */
function Places({ free, places }: { readonly free: number; readonly places: number }) {
  const { t } = useTranslation();
  const taken = places > 0 ? (places - free) / places : 1;
  return (
    <span className="places">
      <span className="places-bar" aria-hidden="true">
        <span style={{ width: `${Math.round(taken * 100)}%` }} />
      </span>
      <span className="small">{free > 0 ? t('events.free', { free, places }) : t('events.full')}</span>
    </span>
  );
}
