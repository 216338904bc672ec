import { addMinutes } from './local-time.ts';
import type { Instant, TeamSeatStatus } from './vocabulary.ts';

/** A team is its lead and at least one other, and never larger than this, whatever an event allows. */
export const MOST_TEAM = 20;

export type TeamRules = {
  /** How long those who are named have to say yes. */
  readonly hours: number;
  /** With less than this no team is begun: nobody could answer. */
  readonly leastMinutes: number;
  /** What nobody has taken is everybody's this long before the shift. */
  readonly leadMinutes: number;
};
export const TEAM_RULES: TeamRules = { hours: 48, leastMinutes: 60, leadMinutes: 120 };

/** Until when a team's places are kept for those who are named; undefined where it is too late to begin one. */
export function teamUntil(
  now: Instant,
  { startsAt, closesAt }: { readonly startsAt: Instant; readonly closesAt?: Instant | undefined },
  rules: TeamRules = TEAM_RULES,
): Instant | undefined {
  const ends = [
    addMinutes(now, rules.hours * 60),
    addMinutes(startsAt, -rules.leadMinutes),
    ...(closesAt ? [closesAt] : []),
  ].reduce((a, b) => (a < b ? a : b));
  return ends < addMinutes(now, rules.leastMinutes) ? undefined : ends;
}

export const TEAM_STEPS = ['accept', 'decline', 'withdraw', 'lapse', 'move'] as const;
export type TeamStep = (typeof TEAM_STEPS)[number];

/** A place that is kept for somebody ends once: whoever was named says so, the lead takes it back, the time is over, or the shift is on at another time. */
export const TEAM_TRANSITIONS = {
  accept: { from: ['asked'], to: 'accepted' },
  decline: { from: ['asked'], to: 'declined' },
  withdraw: { from: ['asked'], to: 'withdrawn' },
  lapse: { from: ['asked'], to: 'lapsed' },
  move: { from: ['asked'], to: 'moved' },
} as const satisfies Record<TeamStep, { readonly from: readonly TeamSeatStatus[]; readonly to: TeamSeatStatus }>;

export const isAsked = ({ status }: { readonly status: TeamSeatStatus }): boolean => status === 'asked';

/** Which pools a team's places come from, as few as can be; undefined where there are not as many free. */
export function poolsFor(
  pools: readonly { readonly k: number; readonly free: number; readonly open: boolean }[],
  places: number,
): readonly number[] | undefined {
  const from: number[] = [];
  for (const { k, free, open } of pools.toSorted((a, b) => b.free - a.free)) {
    if (open) from.push(...Array.from({ length: Math.min(free, places - from.length) }, () => k));
  }
  return from.length === places ? from : undefined;
}
