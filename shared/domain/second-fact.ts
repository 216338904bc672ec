import type { Instant, LocalDate } from './vocabulary.ts';

/**
 * When a number alone no longer says who is calling. Mobile numbers are given to others a few months after they are
 * given up, so a device that was away for long, and one that is new, must say something that only the person knows.
 */
const DAY_MS = 24 * 60 * 60_000;
const IDLE_DAYS = 90;
/** A visit is noted at most once in so many days: being idle is told in months. */
const NOTED_DAYS = 7;

const daysBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** Whether a device was away for so long that it must say again who is there. */
export const isIdle = (seenAt: Instant, now: Instant): boolean => daysBetween(seenAt, now) > IDLE_DAYS;

/** Whether a visit is worth a write. */
export const isWorthNoting = (seenAt: Instant, now: Instant): boolean => daysBetween(seenAt, now) > NOTED_DAYS;

/**
 * Whether a text to this number may reach somebody else: the person was away for long, or somebody began anew with the
 * number since they were last here.
 */
export const isNumberInDoubt = (
  person: { readonly createdAt: Instant; readonly seenAt?: Instant; readonly doubtedAt?: Instant },
  now: Instant,
): boolean => {
  const seenAt = person.seenAt ?? person.createdAt;
  return isIdle(seenAt, now) || (person.doubtedAt !== undefined && person.doubtedAt > seenAt);
};

/** How often a number may try to say who is calling, in a day. A guesser needs years; the person, two tries. */
export const MOST_TRIES = 5;
/**
 * How often in a day an organiser may ask of a number who has it, or put somebody on record with one: more than a day of calls, and
 * far too few to find out who is on record.
 */
export const MOST_LOOKUPS = 100;

export type Tries = { readonly date: LocalDate; readonly count: number };

/** The tries with one more, or undefined where today's are used up. */
export function oneMoreTry(before: Tries | undefined, date: LocalDate, most = MOST_TRIES): Tries | undefined {
  const count = before?.date === date ? before.count : 0;
  return count >= most ? undefined : { date, count: count + 1 };
}

/** The last four of an identity number as they are compared: an `x` at the end is the same as an `X`. */
export const normalLastFour = (typed: string): string => typed.trim().toUpperCase();

/**
 * The header in which a browser sends the key it made for itself and keeps: a token says whose number calls, this on which
 * device somebody has said who they are.
 */
export const DEVICE_HEADER = 'x-nuanliu-device';
