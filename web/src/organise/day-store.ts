import { hasJustCome } from '../../../shared/domain/service.ts';
import type { KeyValue } from '../api/action-key.ts';
import type { ApiError } from '../api/error.ts';
import type { CallOutput, EventView } from '../api/types.ts';
import { KEPT } from '../lib/kept.ts';

type Sheet = CallOutput<'GET /api/events/{eventId}/attendance'>;
export type Line = Sheet['items'][number];

/** How far the service's clock is ahead of this device's, as its last answer said. */
type Ahead = { readonly aheadMs: number };
export type Codes = CallOutput<'POST /api/events/{eventId}/codes'> & Ahead;

/** `heardAt`: when an answer came in. It may have been kept a while since. */
export const aheadOf = ({ now }: { readonly now: string }, heardAt: number): number => Date.parse(now) - heardAt;

/** A day as it was when there was last a line: enough to go on without one. */
export type KeptDay = Ahead & {
  readonly who: string;
  readonly event: EventView;
  readonly date: string;
  readonly items: readonly Line[];
  readonly keptAt: string;
};

export const keptDay = (who: string, event: EventView, sheet: Sheet, heardAt: number): KeptDay => ({
  who,
  event,
  date: sheet.date,
  items: sheet.items,
  keptAt: sheet.now,
  aheadMs: aheadOf(sheet, heardAt),
});

/** Something that was tapped or scanned here and that the service has not answered yet, or has refused. */
export type Tap = {
  /** The idempotency key it is sent under, however often. */
  readonly key: string;
  readonly who: string;
  readonly eventId: string;
  /** The date whose sheet it belongs to. */
  readonly date: string;
  readonly bookingId: string;
  readonly step: 'in' | 'out';
  readonly at: string;
  readonly passCode?: string;
  /** It was sent, and may have been written: from then on only the service can take it back. */
  readonly tried?: true;
  readonly refused?: { readonly code: string; readonly sentence?: string };
};

/** A day is kept one past its end, then it is only in the way. What was tapped stays until it is sent or somebody gives it up. */
const KEEP_MS = 86_400_000;

/** When the last shift of that date is over: an event goes on for weeks, and who was there on its first day need not be known for so long. */
const endOf = ({ event, date }: KeptDay): number =>
  Math.max(...event.shifts.flatMap((shift) => (shift.date === date ? [Date.parse(shift.endsAt)] : [])));
const endOfCodes = ({ from, codes, seconds }: Codes): number => (from + codes.length) * seconds * 1000;

type Kept = { readonly days: Readonly<Record<string, KeptDay>>; readonly codes: Readonly<Record<string, Codes>> };

/** Each line as read, or as heard of since: a sheet that was on its way while a tap was answered knows less of that line. */
export function withHeard(read: readonly Line[], heard: readonly Line[] = []): readonly Line[] {
  const by = new Map(heard.map((line) => [line.bookingId, line]));
  return read.map((line) => {
    const since = by.get(line.bookingId);
    return since && since.version > line.version ? since : line;
  });
}

/**
 * What an organiser's device keeps of a day: the sheet and codes while whoever is signed in stays so, and what they tapped until the
 * service has it, whatever happens to the page, the line or the session.
 */
export function dayStore(storage: KeyValue, now: () => number) {
  const listeners = new Set<() => void>();
  let writes = 0;
  const read = <T>(name: string, none: T): T => {
    try {
      return (JSON.parse(storage.getItem(name) ?? 'null') as T | null) ?? none;
    } catch {
      return none;
    }
  };
  const tell = (): void => {
    writes += 1;
    for (const listener of listeners) listener();
  };
  const taps = (): readonly Tap[] => read<Tap[]>(KEPT.taps, []);
  const writeTaps = (next: readonly Tap[]): void => {
    if (next.length === 0) storage.removeItem(KEPT.taps);
    else storage.setItem(KEPT.taps, JSON.stringify(next));
    tell();
  };
  const kept = (): Kept => {
    const { days = {}, codes = {} } = read<Partial<Kept>>(KEPT.days, {});
    const young = <T>(all: Readonly<Record<string, T>>, end: (each: T) => number): Record<string, T> =>
      Object.fromEntries(Object.entries(all).filter(([, each]) => end(each) + KEEP_MS > now()));
    return { days: young(days, endOf), codes: young(codes, endOfCodes) };
  };
  const writeKept = ({ days, codes }: Kept): void => {
    if (Object.keys(days).length + Object.keys(codes).length === 0) storage.removeItem(KEPT.days);
    else storage.setItem(KEPT.days, JSON.stringify({ days, codes }));
    tell();
  };
  const daysOf = (eventId: string): readonly KeptDay[] =>
    Object.values(kept().days).filter((day) => day.event.eventId === eventId);
  const nameOf = (eventId: string, part: string): string => `${eventId} ${part}`;
  const keep = (day: KeptDay): void => {
    const { days, codes } = kept();
    const name = nameOf(day.event.eventId, day.date);
    const items = withHeard(day.items, days[name]?.items);
    writeKept({ codes, days: { ...days, [name]: { ...day, items } } });
  };
  // What has had its time is not only looked past: it is gone.
  if (storage.getItem(KEPT.days) !== null) writeKept(kept());
  return {
    day: (eventId: string, date: string): KeptDay | undefined => kept().days[nameOf(eventId, date)],
    /** Some day of an event, for pages that need no more than what it is. */
    event: (eventId: string): KeptDay | undefined => daysOf(eventId)[0],
    keep,
    codes: (eventId: string, shiftId: string): Codes | undefined => kept().codes[nameOf(eventId, shiftId)],
    keepCodes(eventId: string, shiftId: string, made: Codes): void {
      const { days, codes } = kept();
      writeKept({ days, codes: { ...codes, [nameOf(eventId, shiftId)]: made } });
    },
    taps,
    add: (tap: Tap): void => writeTaps([...taps(), tap]),
    drop: (key: string): void => writeTaps(taps().filter((tap) => tap.key !== key)),
    /** Takes back what was never sent. */
    takeBack: (key: string): void => writeTaps(taps().filter((tap) => tap.key !== key || tap.tried)),
    trying: (key: string): void => writeTaps(taps().map((tap) => (tap.key === key ? { ...tap, tried: true } : tap))),
    refuse: (key: string, refused: NonNullable<Tap['refused']>): void =>
      writeTaps(taps().map((tap) => (tap.key === key ? { ...tap, refused } : tap))),
    /** Somebody has seen to what was refused of a booking. */
    settle: (bookingId: string): void => writeTaps(taps().filter((tap) => tap.bookingId !== bookingId || !tap.refused)),
    /** What the service answered of a line of a day that is kept. */
    answer(eventId: string, line: Line): void {
      for (const day of daysOf(eventId)) keep({ ...day, items: withHeard(day.items, [line]) });
    },
    /** A line as last heard of. */
    line: (eventId: string, of: string): Line | undefined =>
      daysOf(eventId)
        .flatMap(({ items }) => items)
        .find(({ bookingId }) => bookingId === of),
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** What changes with each write: for whoever looks again only then. */
    written: (): number => writes,
  };
}
export type DayStore = ReturnType<typeof dayStore>;

const UNDECIDED: readonly ApiError['code'][] = ['person-unknown', 'second-factor-needed', 'station-locked'];

/** Whether a tap was not decided on: it waits for a line, a free moment of the service, a sign-in or what goes with one. */
export const isToBeSentAgain = ({ status, code }: Pick<ApiError, 'status' | 'code'>): boolean =>
  status === 0 || status === 401 || status === 429 || status >= 500 || UNDECIDED.includes(code);

/**
 * Sends what one person tapped, in its order, until it is all sent or cannot be. One that is refused is kept with the reason and
 * holds up no other. Each goes under a token that is theirs (`tokenOf`), whoever else has signed in on this device since. Whether
 * nothing is left to send.
 */
export async function sendTaps(
  store: DayStore,
  who: string,
  tokenOf: (who: string) => Promise<string | undefined>,
  send: (tap: Tap, token: string) => Promise<Line>,
  asApiError: (error: unknown) => Pick<ApiError, 'status' | 'code' | 'sentence'> | undefined,
): Promise<boolean> {
  const waiting = () => store.taps().find((tap) => tap.who === who && !tap.refused);
  while (waiting()) {
    const token = await tokenOf(who).catch(() => undefined);
    const next = waiting();
    if (!next) break;
    if (token === undefined) return false;
    store.trying(next.key);
    try {
      const line = await send(next, token);
      // First: between the two the line may die, or the page be closed.
      store.answer(next.eventId, line);
      store.drop(next.key);
    } catch (error) {
      const said = asApiError(error);
      if (!said || isToBeSentAgain(said)) return false;
      store.refuse(next.key, { code: said.code, ...(said.sentence && { sentence: said.sentence }) });
    }
  }
  return true;
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

/**
 * Whose line a scanned pass means. A pass is its person's, who may have several shifts that day: that of the shift that is looked at, else the
 * one they are at, else the next that is not over, else the last.
 */
export function lineOfPass(
  lines: readonly Shown[],
  shifts: readonly { readonly shiftId: string; readonly startsAt: string; readonly endsAt: string }[],
  { code, chosen, now }: { readonly code: string; readonly chosen: string | undefined; readonly now: number },
): Shown | undefined {
  const timeOf = ({ shiftId }: Line) => shifts.find((shift) => shift.shiftId === shiftId);
  const starts = (line: Line): string => timeOf(line)?.startsAt ?? '';
  const own = lines
    // A sheet kept from before knows no other codes.
    .filter(({ passCode, formerCodes = [] }) => passCode === code || formerCodes.includes(code))
    .sort((a, b) => (starts(a) < starts(b) ? -1 : 1));
  return (
    own.find(({ shiftId }) => shiftId === chosen) ??
    own.find(({ status }) => status === 'arrived') ??
    own.find((line) => line.status !== 'fulfilled' && Date.parse(timeOf(line)?.endsAt ?? '') > now) ??
    own.at(-1)
  );
}

/** What a scanned pass is for. */
export function stepOfScan(line: Line, now: number): 'in' | 'out' | 'just-came' | 'has-left' {
  if (line.status === 'fulfilled') return 'has-left';
  if (line.status !== 'arrived') return 'in';
  return line.attended && hasJustCome(line.attended.startedAt, new Date(now).toISOString()) ? 'just-came' : 'out';
}
