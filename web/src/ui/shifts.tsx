import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EventView, Shift } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { dayName, foreignZone, span, timeOf } from '../lib/time.ts';
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
  const now = new Date().toISOString();
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
                    {shift.minAge !== undefined && (
                      <span className="small muted">{t('check.minAge', { years: shift.minAge })}</span>
                    )}
                    <Places free={free} places={shift.places} />
                  </div>
                  {over ? (
                    <span className="muted">{t('events.over')}</span>
                  ) : free > 0 ? (
                    <Link
                      className="shift-go"
                      to={linkOf(shift)}
                      aria-label={t('events.signUpFor', { role: shift.role[language], when })}
                    >
                      {t('events.signUp')}
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
