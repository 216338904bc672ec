import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { addDays, monthName, weekday } from '../lib/time.ts';
import { weeksOf } from '../lib/wanted.ts';
import { useLanguage } from './states.tsx';

const A_MONDAY = '2026-11-23';

/** A day with something on it: where it leads, what is seen under its number, and the whole of it in words. */
export type MonthDay = { readonly to: string; readonly mark: ReactNode; readonly said: string };

/** A month in weeks that begin on Monday. Days with nothing on them lead nowhere. */
export function Month({
  month,
  today,
  chosen,
  turn,
  names,
  day,
}: {
  readonly month: string;
  readonly today: string;
  readonly chosen: string | undefined;
  /** The address of the month before (-1) or after (1). */
  readonly turn: (by: -1 | 1) => string;
  readonly names: { readonly before: string; readonly after: string };
  readonly day: (date: string) => MonthDay | undefined;
}) {
  const language = useLanguage();
  return (
    <section className="month" aria-labelledby="month">
      <div className="month-head">
        <Link to={turn(-1)} aria-label={names.before}>
          ‹
        </Link>
        <h2 id="month">{monthName(month, language)}</h2>
        <Link to={turn(1)} aria-label={names.after}>
          ›
        </Link>
      </div>
      <div className="month-days" aria-hidden="true">
        {Array.from({ length: 7 }, (_, n) => addDays(A_MONDAY, n)).map((date) => (
          <span key={date}>{weekday(date, language).replace('周', '')}</span>
        ))}
      </div>
      <div className="month-days">
        {weeksOf(month)
          .flat()
          .map((date, n) => {
            // biome-ignore lint/suspicious/noArrayIndexKey: what is empty has no other name
            if (date === undefined) return <span key={n} />;
            const there = day(date);
            const number = Number(date.slice(-2));
            if (!there) {
              return (
                <span key={date} className={date === today ? 'month-none is-today' : 'month-none'}>
                  {number}
                </span>
              );
            }
            return (
              <Link
                key={date}
                to={there.to}
                className={date === today ? 'month-day is-today' : 'month-day'}
                {...(date === chosen && { 'aria-current': 'date' })}
              >
                <b>{number}</b>
                {there.mark}
                <span className="sr-only">{there.said}</span>
              </Link>
            );
          })}
      </div>
    </section>
  );
}
