import type { Instant, Role } from './vocabulary.ts';

/**
 * Whoever has a role shows something they have besides the number that texts reach: the six digits that their authenticator
 * makes of a secret and the time (RFC 6238). Shown once, it holds in that browser for a shift.
 */
const HOURS: Readonly<Record<Role, number>> = {
  staff: 12,
  organiser: 12,
  // They let others in, or read what everybody did: asked for more often.
  auditor: 4,
  admin: 4,
};

/** Until when a second factor that is shown now holds: as long as the strictest of somebody's roles allows. */
export const factorUntil = (roles: readonly { readonly role: Role }[], now: Instant): Instant =>
  new Date(Date.parse(now) + Math.min(...roles.map(({ role }) => HOURS[role])) * 60 * 60_000).toISOString();

/** Whether somebody who is given a role besides those they have is asked sooner than what they have shown holds. */
export const isAskedSooner = (role: Role, held: readonly { readonly role: Role }[]): boolean =>
  held.some((it) => HOURS[role] < HOURS[it.role]);

/** How long somebody has to put a new secret into their authenticator and to show that they did. */
const ENROLMENT_MINUTES = 15;
export const enrolmentUntil = (now: Instant): Instant =>
  new Date(Date.parse(now) + ENROLMENT_MINUTES * 60_000).toISOString();

/** Seconds for which a code stands, and how many before and after the present one are taken: clocks are never quite right. */
export const CODE_SECONDS = 30;
export const CODE_WINDOW = 1;

const stepAt = (now: number): number => Math.floor(now / 1000 / CODE_SECONDS);

/** A press as it is counted: against each code that it is held, as the one a moment later is another. */
export const pressInStep = (key: string, now: number): string => `${key} ${stepAt(now)}`;

/** The step whose code this is, if it may be taken: within the window, and after every one that was taken before. */
export function stepTaken(delta: number | null, now: number, lastStep: number | undefined): number | undefined {
  if (delta === null) return undefined;
  const step = stepAt(now) + delta;
  return lastStep !== undefined && step <= lastStep ? undefined : step;
}
