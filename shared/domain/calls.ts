import { addSpan } from './dates.ts';
import { earliestDonation } from './eligibility.ts';
import { type BloodGroup, isSameGroup } from './laboratory.ts';
import { addMinutes } from './local-time.ts';
import type { PolicyPack } from './policy-pack.ts';
import type { Commitment, EligibilityFacts } from './refusal.ts';
import type { AboGroup, AgainWish, Instant, LocalDate, Procedure, RhdType } from './vocabulary.ts';

/** How a site calls donors when it is short: its staff's settings. */
export type CallSettings = {
  /** People asked at once, and how long it is waited for their answer before the next are. */
  readonly waveSize: number;
  readonly pauseMinutes: number;
  /** Nobody is called twice within so many days, whichever site calls. */
  readonly restDays: number;
  /** What a text costs, in hundredths of the currency unit, by segment; absent: nobody has said. */
  readonly centsPerSegment?: number;
};

export const CALL_SETTINGS: CallSettings = { waveSize: 20, pauseMinutes: 60, restDays: 30 };
export const CALL_BOUNDS = {
  waveSize: [1, 200],
  pauseMinutes: [10, 24 * 60],
  restDays: [7, 365],
  centsPerSegment: [0, 1000],
} as const satisfies Record<keyof CallSettings, readonly [number, number]>;

/** Dates that one call may be about. */
export const CALL_DAYS = 7;

/** What a call is for: places of these dates, and of a part of the day where it says so (`HH:MM` on the wall). */
export type Called = {
  readonly procedure: Procedure;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly fromTime?: string;
  readonly toTime?: string;
  /** Only donors whose group is on record as this; each part for itself. */
  readonly abo?: AboGroup;
  readonly rhd?: RhdType;
};

/** Whether somebody's group, as it is on record, is one that is called for; of a group that is not known, or in doubt, nobody is. */
export function isOfGroup({ abo, rhd }: Pick<Called, 'abo' | 'rhd'>, groups: readonly BloodGroup[]): boolean {
  if (!abo && !rhd) return true;
  const [first] = groups;
  return (
    first !== undefined &&
    groups.every((group) => isSameGroup(group, first)) &&
    (abo === undefined || first.abo === abo) &&
    (rhd === undefined || first.rhd === rhd)
  );
}

/** Whether a slot is one that a call is to fill; one that has begun, or begins within the hour, nobody can come to. */
export function isCalledFor(
  call: Called,
  slot: {
    readonly procedure?: Procedure;
    readonly date: LocalDate;
    readonly startsAt: Instant;
    readonly status: string;
  },
  time: string,
  now: Instant,
): boolean {
  const { procedure, from, to, fromTime = '00:00', toTime = '24:00' } = call;
  return (
    slot.status === 'open' &&
    slot.procedure === procedure &&
    slot.date >= from &&
    slot.date <= to &&
    time >= fromTime &&
    time < toTime &&
    slot.startsAt >= addMinutes(now, LEAD_MINUTES)
  );
}
/** To read a text, decide and come. */
const LEAD_MINUTES = 60;

/** Whether somebody who may be called wishes it for this procedure. */
export const isWished = (wish: AgainWish | undefined, procedure: Procedure): boolean =>
  wish === 'any' || wish === procedure;

/** From when somebody may give each procedure that they may be called for; without a date, they may not. */
export function callableFrom(
  pack: PolicyPack,
  facts: EligibilityFacts,
  wish: AgainWish | undefined,
  procedures: readonly Procedure[],
  today: LocalDate,
): { readonly procedure: Procedure; readonly from: LocalDate }[] {
  return procedures
    .filter((procedure) => isWished(wish, procedure))
    .flatMap((procedure) => {
      const from = earliestDonation(pack, facts, procedure, today);
      return from ? [{ procedure, from }] : [];
    });
}

/** Until when somebody holds a place to give: nobody is called who has one. */
export const heldUntil = (commitments: readonly Commitment[], now: Instant): Instant | undefined =>
  commitments
    .filter(({ kind, endsAt }) => kind === 'donation' && endsAt > now)
    .map(({ endsAt }) => endsAt)
    .sort()
    .at(-1);

/** The last date on which somebody called at this instant is left in peace. */
export const restsUntil = (calledAt: Instant, restDays: number): Instant => addMinutes(calledAt, restDays * 24 * 60);

/** What is known of somebody who may be called, without looking at them. */
export type Callable = {
  readonly from: LocalDate;
  readonly heldUntil?: Instant;
  readonly calledAt?: Instant;
};

/** Whether somebody may be called now for a date. */
export const isCallable = (it: Callable, date: LocalDate, restDays: number, now: Instant): boolean =>
  it.from <= date &&
  (it.heldUntil ?? '') <= now &&
  (it.calledAt === undefined || restsUntil(it.calledAt, restDays) <= now);

/** How a call goes on, or why it ends. */
export type CallStep =
  | { readonly kind: 'ask'; readonly most: number }
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'end'; readonly status: 'filled' | 'over' };

/**
 * What is done with a call now. It ends when its places are taken or begun. A wave that was stopped halfway is gone on with, and
 * nobody is asked in the quiet hours.
 */
export function callStep(
  call: { readonly nextAt: Instant; readonly inWave: number; readonly waveSize: number },
  slots: readonly { readonly free: number }[],
  quietUntil: Instant | undefined,
  now: Instant,
): CallStep {
  if (slots.length === 0) return { kind: 'end', status: 'over' };
  if (slots.every(({ free }) => free <= 0)) return { kind: 'end', status: 'filled' };
  if (quietUntil) return { kind: 'wait', until: quietUntil };
  if (call.nextAt > now) return { kind: 'wait', until: call.nextAt };
  return { kind: 'ask', most: call.waveSize - call.inWave };
}

/** What so many segments cost, in hundredths. */
export const costOf = (
  segments: number,
  { centsPerSegment }: { readonly centsPerSegment?: number | undefined },
): number | undefined => (centsPerSegment === undefined ? undefined : segments * centsPerSegment);

/** The dates from one to another. */
export function datesFrom(from: LocalDate, to: LocalDate): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let date = from; date <= to && dates.length < 400; date = addSpan(date, { value: 1, unit: 'day' }))
    dates.push(date);
  return dates;
}
