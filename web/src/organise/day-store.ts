import type { KeyValue } from '../api/action-key.ts';
import type { ApiError } from '../api/error.ts';
import type { CallOutput, EventView } from '../api/types.ts';
import { KEPT } from '../lib/kept.ts';

export type Line = CallOutput<'GET /api/events/{eventId}/attendance'>['items'][number];
export type Codes = CallOutput<'POST /api/events/{eventId}/codes'>;

/** A day as it was when there was last a line: enough to go on without one. */
export type KeptDay = {
  readonly who: string;
  readonly event: EventView;
  readonly date: string;
  readonly items: readonly Line[];
  readonly keptAt: string;
  /** How far the service's clock is ahead of this device's. */
  readonly aheadMs: number;
};

/** Something that was tapped or scanned here and that the service has not answered yet, or has refused. */
export type Tap = {
  /** The idempotency key it is sent under, however often. */
  readonly key: string;
  readonly who: string;
  readonly eventId: string;
  readonly bookingId: string;
  readonly step: 'in' | 'out';
  readonly at: string;
  readonly passCode?: string;
  readonly refused?: { readonly code: string; readonly sentence?: string };
};

const TAPS = 'nuanliu.taps';
/** A day is kept one past its end, then it is only in the way. What was tapped stays until it is sent or somebody gives it up. */
const KEEP_MS = 86_400_000;

/**
 * What an organiser's device keeps of a day: the sheet and codes while whoever is signed in stays so, and what they tapped until the
 * service has it, whatever happens to the page, the line or the session.
 */
export function dayStore(storage: KeyValue, now: () => number) {
  const listeners = new Set<() => void>();
  const read = <T>(name: string, none: T): T => {
    try {
      return (JSON.parse(storage.getItem(name) ?? 'null') as T | null) ?? none;
    } catch {
      return none;
    }
  };
  const write = (name: string, value: unknown): void => {
    storage.setItem(name, JSON.stringify(value));
    for (const listener of listeners) listener();
  };
  type Days = Record<string, KeptDay>;
  const days = (): Days =>
    Object.fromEntries(
      Object.entries(read<{ days?: Days }>(KEPT.days, {}).days ?? {}).filter(
        ([, { event }]) => Date.parse(event.endsAt) + KEEP_MS > now(),
      ),
    );
  const codes = (): Record<string, Codes> => read<{ codes?: Record<string, Codes> }>(KEPT.days, {}).codes ?? {};
  const taps = (): readonly Tap[] => read<Tap[]>(TAPS, []);
  return {
    day: (eventId: string, date: string): KeptDay | undefined => days()[`${eventId} ${date}`],
    /** Some day of an event, for pages that need no more than what it is. */
    event: (eventId: string): KeptDay | undefined => Object.values(days()).find((day) => day.event.eventId === eventId),
    keep: (day: KeptDay): void =>
      write(KEPT.days, { days: { ...days(), [`${day.event.eventId} ${day.date}`]: day }, codes: codes() }),
    codes: (eventId: string, shiftId: string): Codes | undefined => codes()[`${eventId} ${shiftId}`],
    keepCodes: (eventId: string, shiftId: string, made: Codes): void =>
      write(KEPT.days, { days: days(), codes: { ...codes(), [`${eventId} ${shiftId}`]: made } }),
    taps,
    add: (tap: Tap): void => write(TAPS, [...taps(), tap]),
    drop: (key: string): void =>
      write(
        TAPS,
        taps().filter((tap) => tap.key !== key),
      ),
    refuse: (key: string, refused: NonNullable<Tap['refused']>): void =>
      write(
        TAPS,
        taps().map((tap) => (tap.key === key ? { ...tap, refused } : tap)),
      ),
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** What changes with each write: for whoever looks again only then. */
    written: (): string => `${storage.getItem(TAPS) ?? ''} ${storage.getItem(KEPT.days)?.length ?? 0}`,
  };
}
export type DayStore = ReturnType<typeof dayStore>;

/** Whether a tap was not decided on: it waits for a line, a free moment of the service or a sign-in. */
export const isToBeSentAgain = ({ status, code }: Pick<ApiError, 'status' | 'code'>): boolean =>
  status === 0 || status === 401 || status === 429 || status >= 500 || code === 'person-unknown';

/**
 * Sends what one person tapped, in its order, until it is all sent or cannot be. One that is refused is kept with the reason and
 * holds up no other. Whether nothing is left to send.
 */
export async function sendTaps(
  store: DayStore,
  who: string,
  send: (tap: Tap) => Promise<void>,
  asApiError: (error: unknown) => Pick<ApiError, 'status' | 'code' | 'sentence'> | undefined,
): Promise<boolean> {
  for (;;) {
    const next = store.taps().find((tap) => tap.who === who && !tap.refused);
    if (!next) return true;
    try {
      await send(next);
      store.drop(next.key);
    } catch (error) {
      const said = asApiError(error);
      if (!said || isToBeSentAgain(said)) return false;
      store.refuse(next.key, { code: said.code, ...(said.sentence && { sentence: said.sentence }) });
    }
  }
}

/** A line of the sheet, with what was last tapped of it that the service has yet to answer. */
export type Shown = Line & { readonly unsent?: Tap };

/** The sheet as the organiser sees it: as it was last known, with what they have tapped since. */
export function withTaps(lines: readonly Line[], taps: readonly Tap[]): readonly Shown[] {
  return lines.map((line) => {
    let seen: Shown = line;
    for (const tap of taps) if (tap.bookingId === line.bookingId && !tap.refused) seen = withTap(seen, tap);
    return seen;
  });
}

function withTap(line: Shown, tap: Tap): Shown {
  const way = tap.passCode === undefined ? 'tap' : 'pass';
  const { attended, status } = line;
  const isPast = status === 'fulfilled' || (status === 'arrived' && tap.step === 'in');
  if (isPast || (tap.step === 'out' && !attended)) return { ...line, unsent: tap };
  const shown = { ...line, canUndo: false, unsent: tap };
  return tap.step === 'in' || !attended
    ? { ...shown, status: 'arrived', attended: { startedAt: tap.at, in: way } }
    : { ...shown, status: 'fulfilled', attended: { ...attended, endedAt: tap.at, out: way } };
}

/** Whoever is scanned again so soon after they came is not leaving. */
const JUST_CAME_MS = 5 * 60_000;

/** What a scanned pass is for. */
export function stepOfScan(line: Line, now: number): 'in' | 'out' | 'just-came' | 'has-left' {
  if (line.status === 'fulfilled') return 'has-left';
  if (line.status !== 'arrived') return 'in';
  return now - Date.parse(line.attended?.startedAt ?? '') < JUST_CAME_MS ? 'just-came' : 'out';
}
