import { useTranslation } from 'react-i18next';
import { BOARD_STATUSES, countDay, minutesLate } from '../../../shared/domain/day-board.ts';
import type { BookingStatus } from '../../../shared/domain/vocabulary.ts';
import type { ApiError } from '../api/error.ts';
import type { RosterEntry } from '../api/types.ts';
import { timeOf } from '../lib/time.ts';
import { useSentence } from '../ui/states.tsx';

/** What the board is narrowed to: one state, or whoever is late. */
export type Chosen = BookingStatus | 'late' | undefined;

export const isChosen = (entry: RosterEntry, chosen: Chosen, now: string): boolean =>
  chosen === undefined || (chosen === 'late' ? minutesLate(entry, now) !== undefined : entry.status === chosen);

/** Where the day stands: how many in each state, who is late, and how the hours fill. */
export function DaySummary({
  items,
  now,
  chosen,
  choose,
}: {
  readonly items: readonly RosterEntry[];
  readonly now: string;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}) {
  const { t } = useTranslation('work');
  const zone = items[0]?.zone ?? 'UTC';
  const { byStatus, late, hours } = countDay(items, now, (at) => timeOf(at, zone).slice(0, 2));
  const chips = [
    { name: undefined, label: t('board.all'), count: items.length },
    ...BOARD_STATUSES.filter((status) => status !== 'cancelled' || byStatus.cancelled > 0).map((status) => ({
      name: status,
      label: t(`board.state.${status}`),
      count: byStatus[status],
    })),
    ...(late > 0 ? [{ name: 'late' as const, label: t('board.late'), count: late }] : []),
  ];
  const most = Math.max(1, ...hours.map(({ expected }) => expected));
  return (
    <section className="day-summary" aria-label={t('board.summary')}>
      <div className="day-chips">
        {chips.map(({ name, label, count }) => (
          <button
            key={label}
            type="button"
            className={`day-chip day-chip-${name ?? 'all'}`}
            aria-pressed={chosen === name}
            onClick={() => choose(chosen === name ? undefined : name)}
          >
            {label} <b>{count}</b>
          </button>
        ))}
      </div>
      <ol className="day-hours" aria-label={t('board.hours')}>
        {hours.map(({ hour, expected, came }) => (
          <li key={hour}>
            <span className="hour-bar" aria-hidden="true" style={{ height: `${(expected / most) * 100}%` }}>
              <i style={{ height: `${(came / expected) * 100}%` }} />
            </span>
            <span aria-hidden="true">{hour}</span>
            <b aria-hidden="true">
              {came}/{expected}
            </b>
            <span className="sr-only">{t('board.hour', { hour, came, expected })}</span>
          </li>
        ))}
      </ol>
      <p className="small muted">{t('staff.live')}</p>
    </section>
  );
}

/** A state in the board's words, which are the desk's and not the donor's. */
export function BoardStatus({ status }: { readonly status: BookingStatus }) {
  const { t } = useTranslation('work');
  return <span className={`status status-${status}`}>{t(`board.state.${status}`)}</span>;
}

type Step = NonNullable<RosterEntry['step']>;

/** Longer ago nobody waits: the board was forgotten. */
const TOLD_MINUTES = 240;

/** Since when it stands so, and who of the station did it. */
export function StepSaid({
  entry,
  step,
  now,
}: {
  readonly entry: RosterEntry;
  readonly step: Step;
  readonly now: string;
}) {
  const { t } = useTranslation('work');
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(step.at)) / 60_000));
  const waits = entry.status === 'arrived' || entry.status === 'screened' || entry.status === 'giving';
  return (
    <span className="step-said small muted">
      {t(step.by ? 'board.by' : 'board.byRule', {
        time: timeOf(step.at, entry.zone),
        by: step.by ?? '',
        what: t(`board.step.${step.action}`),
      })}
      {waits && minutes > 0 && minutes < TOLD_MINUTES && ` · ${t('board.since', { minutes })}`}
    </span>
  );
}

/** Why a step was not taken: where a colleague was first, who and when. */
export function WhoWasFirst({ error, entry }: { readonly error: ApiError | undefined; readonly entry: RosterEntry }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  if (!error) return null;
  const { step } = entry;
  const first = (error.code === 'wrong-state' || error.code === 'changed-meanwhile') && step;
  return (
    <p className="bad small" role="alert">
      {first
        ? t(step.by ? 'board.first' : 'board.firstRule', {
            by: step.by ?? '',
            time: timeOf(step.at, entry.zone),
            what: t(`board.step.${step.action}`),
          })
        : sentence(error)}
    </p>
  );
}
