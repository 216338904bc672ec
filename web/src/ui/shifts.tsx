import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import type { EventView, Shift } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { listed } from '../lib/listed.ts';
import { dayName, foreignZone, moment, span, timeOf } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
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
  const { opensAt, closesAt } = event;
  const zone = foreignZone(event.zone, language);
  return (
    <>
      {zone && <p className="small muted">{t('common.localTime', { zone })}</p>}
      {[...groupBy(shifts, (shift) => shift.date)].map(([date, there]) => (
        <section key={date} aria-label={dayName(date, language)}>
          <h3 className="times-part">{dayName(date, language)}</h3>
          <ul className="shifts">
            {there.map((shift) => {
              const when = span(shift.startsAt, shift.endsAt, event.zone, language);
              const free = shift.free ?? 0;
              const over = shift.startsAt <= now;
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
                  {over ? (
                    <span className="muted">{t('events.over')}</span>
                  ) : opensAt !== undefined && now < opensAt ? (
                    <span className="muted small">
                      {t('events.opensShort', { when: moment(opensAt, event.zone, language) })}
                    </span>
                  ) : closesAt !== undefined && now >= closesAt ? (
                    <span className="muted small">{t('events.closed')}</span>
                  ) : free > 0 ? (
                    <Link
                      className="shift-go"
                      to={linkOf(shift)}
                      aria-label={t('events.signUpFor', { role: shift.role[language], when })}
                    >
                      {t('events.signUp')}
                    </Link>
                  ) : waits && shift.covers ? (
                    <Link
                      className="shift-go"
                      to={`/events/${event.eventId}/cover?${new URLSearchParams({ slot: shift.slotId })}`}
                      aria-label={t('events.coverFor', { role: shift.role[language], when })}
                    >
                      {t('events.cover')}
                    </Link>
                  ) : waits ? (
                    <Link
                      className="shift-go shift-wait"
                      to={linkOf(shift)}
                      aria-label={t('wait.here.shiftOf', { role: shift.role[language], when })}
                    >
                      {t('wait.here.go')}
                    </Link>
                  ) : (
                    <span className="muted">{t('events.full')}</span>
                  )}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </>
  );
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
