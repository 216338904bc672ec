import { addMinutes } from './local-time.ts';
import type { Instant } from './vocabulary.ts';

/** Places of one time that are kept for a work unit, apart from those that everybody books. */
export type BlockedTime = {
  /** The slot that holds them. */
  readonly slotId: string;
  /** The slot of the same time from which they came, and to which what is left goes back. */
  readonly of: string;
  readonly places: number;
  readonly startsAt: Instant;
};

/** As many as one block may name: all of it is made in one transaction. */
export const MOST_BLOCKED_TIMES = 20;

/** What a slot of a block knows of it. */
export type SlotBlock = {
  readonly id: string;
  readonly of: string;
  readonly unit: string;
  readonly code: string;
  readonly until: Instant;
};

/** A code as it is looked up: typed with another width, case or spacing, or with letters for digits, it is the same. */
export const readInvite = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\-–—]/g, '')
    .replaceAll(/[il]/g, '1')
    .replaceAll('o', '0');

/** Whether somebody with this code may take a place of the block. */
export const opensBlock = (block: Pick<SlotBlock, 'code' | 'until'>, code: string | undefined, now: Instant): boolean =>
  code !== undefined && readInvite(code) === block.code && now < block.until;

/** What is wrong with a block that somebody wants, or undefined: it ends before its last time begins, and not before now. */
export function blockFault(
  times: readonly { readonly startsAt: Instant }[],
  until: Instant,
  now: Instant,
): { readonly path: 'until' | 'slots'; readonly why: 'too-early' | 'too-late' } | undefined {
  if (times.some(({ startsAt }) => startsAt <= now)) return { path: 'slots', why: 'too-early' };
  if (until <= now) return { path: 'until', why: 'too-early' };
  const last = times.reduce((latest, { startsAt }) => (startsAt > latest ? startsAt : latest), '');
  return until > last ? { path: 'until', why: 'too-late' } : undefined;
}

/** Places that come back after the release are given to everybody within this long. */
const LOOK_AGAIN_MINUTES = 5;

/** When there is something to do for a block again: at its release, then while a place of it may still come back. */
export function blockWakesAt(
  block: { readonly until: Instant; readonly times: readonly Pick<BlockedTime, 'startsAt'>[] },
  now: Instant,
): Instant | undefined {
  if (now < block.until) return block.until;
  const open = block.times.some(({ startsAt }) => startsAt > now);
  return open ? addMinutes(now, LOOK_AGAIN_MINUTES) : undefined;
}
