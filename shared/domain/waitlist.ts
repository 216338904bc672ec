import { earlierFirst } from './dates.ts';
import { addMinutes } from './local-time.ts';
import type { SlotFacts } from './refusal.ts';
import type { Instant, Procedure, SlotStatus, WaitStatus } from './vocabulary.ts';

export const WAIT_ACTIONS = ['offer', 'accept', 'decline', 'pass', 'withdraw', 'lapse', 'leave', 'close'] as const;
export type WaitAction = (typeof WAIT_ACTIONS)[number];

export type WaitTransition = { readonly from: readonly WaitStatus[]; readonly to: WaitStatus };

/**
 * Which statuses an action may leave, and where it leads: the store makes its conditions from this. `pass` lets one time of
 * a day go by and waits for another; `withdraw` takes back an offer that can no longer be kept, and the person waits on.
 */
export const WAIT_TRANSITIONS = {
  offer: { from: ['waiting'], to: 'offered' },
  accept: { from: ['offered'], to: 'accepted' },
  decline: { from: ['offered'], to: 'declined' },
  pass: { from: ['offered'], to: 'waiting' },
  withdraw: { from: ['offered'], to: 'waiting' },
  lapse: { from: ['offered'], to: 'lapsed' },
  leave: { from: ['waiting', 'offered'], to: 'left' },
  close: { from: ['waiting', 'offered'], to: 'closed' },
} as const satisfies Record<WaitAction, WaitTransition>;

/** Whether somebody in this status is still in the line. */
export const isInLine = (status: WaitStatus): boolean => status === 'waiting' || status === 'offered';

/** What the rules need of one person's wait: for one slot, or for any slot of that procedure on the day. */
export type Wait = {
  readonly waitId: string;
  readonly personId: string;
  readonly status: WaitStatus;
  readonly joinedAt: Instant;
  /** Absent: any time that day. */
  readonly slotId?: string;
  readonly procedure?: Procedure;
  /** Slots whose place the person has given up or let pass: never offered again. */
  readonly notSlots: readonly string[];
  readonly offer?: { readonly slotId: string; readonly pool: number; readonly until: Instant };
};

/** A slot of the day with its places: free to anyone, or held for those who wait. */
export type WaitedSlot = SlotFacts & {
  readonly status: SlotStatus;
  readonly pools: readonly {
    readonly k: number;
    readonly free: number;
    readonly held: number;
    readonly open: boolean;
    /** Set while somebody waits: then a place that comes back is held instead of free. */
    readonly waits: boolean;
  }[];
};

export type OfferRules = {
  /** How long an offer is open, counted outside the quiet hours. */
  readonly minutes: number;
  /** An offer that could not be open as long as this is not made. */
  readonly leastMinutes: number;
  /** An offer ends this long before the slot begins: whoever accepts must still get there. */
  readonly leadMinutes: number;
};
export const OFFER_RULES: OfferRules = { minutes: 120, leastMinutes: 20, leadMinutes: 60 };

/** The end of the quiet hours that an instant falls in at a place; undefined where it falls in none. */
export type QuietUntil = (at: Instant, zone: string) => Instant | undefined;

export type OfferWindow =
  | { readonly kind: 'now'; readonly until: Instant }
  /** It is night there: the offer is made in the morning, and its time begins then. */
  | { readonly kind: 'later'; readonly at: Instant }
  /** The slot begins too soon for anybody to be asked. */
  | { readonly kind: 'over' };

/** When a place of a slot may be offered, and until when: shorter as the slot draws near, never beginning at night. */
export function offerWindow(
  now: Instant,
  slot: Pick<SlotFacts, 'startsAt' | 'zone' | 'closesAt'>,
  quiet: QuietUntil,
  rules: OfferRules = OFFER_RULES,
): OfferWindow {
  const begins = quiet(now, slot.zone) ?? now;
  const begun = addMinutes(slot.startsAt, -rules.leadMinutes);
  // Whoever is asked has to answer before nobody can sign up any more.
  const last = slot.closesAt !== undefined && slot.closesAt < begun ? slot.closesAt : begun;
  if (addMinutes(begins, rules.leastMinutes) > last) return { kind: 'over' };
  if (begins > now) return { kind: 'later', at: begins };
  const until = awakeAfter(now, rules.minutes, (at) => quiet(at, slot.zone));
  return { kind: 'now', until: until < last ? until : last };
}

const STEP_MINUTES = 5;

/** The instant by which so many minutes have passed outside the quiet hours; nobody could be asked in them anyway. */
function awakeAfter(from: Instant, minutes: number, quiet: (at: Instant) => Instant | undefined): Instant {
  let at = from;
  for (let left = minutes; left > 0; ) {
    const end = quiet(at);
    if (end) at = end;
    else {
      at = addMinutes(at, Math.min(left, STEP_MINUTES));
      left -= STEP_MINUTES;
    }
  }
  return at;
}

/** Whether somebody may still begin to wait for a slot. */
export const mayWaitFor = (now: Instant, slot: Pick<SlotFacts, 'startsAt' | 'zone' | 'closesAt'>): boolean =>
  offerWindow(now, slot, () => undefined).kind !== 'over';

/** Whether a place of this slot is what the person waits for. */
export const covers = (wait: Wait, slot: Pick<SlotFacts, 'slotId' | 'procedure'>): boolean =>
  (wait.slotId === undefined ? wait.procedure === slot.procedure : wait.slotId === slot.slotId) &&
  !wait.notSlots.includes(slot.slotId);

/** First come, first asked. */
export const inOrder = <W extends Wait>(waits: readonly W[]): W[] =>
  [...waits].sort((a, b) => earlierFirst(a.joinedAt, b.joinedAt) || earlierFirst(a.personId, b.personId));

/** The first in line for a place of this slot who qualifies and has not been asked already. */
export function nextInLine<W extends Wait>(
  waits: readonly W[],
  slot: WaitedSlot,
  qualifies: (personId: string, slot: SlotFacts) => boolean,
): W | undefined {
  const asked = new Set(waits.filter(({ status }) => status === 'offered').map(({ personId }) => personId));
  return inOrder(waits).find(
    (wait) =>
      wait.status === 'waiting' && covers(wait, slot) && !asked.has(wait.personId) && qualifies(wait.personId, slot),
  );
}

/**
 * How many people could be asked before this one: those who came earlier and wait for the same slot or any time that day.
 * For somebody who waits for any time, everyone earlier with that procedure on that day.
 */
export function aheadOf(waits: readonly Wait[], mine: Wait): number {
  const before = inOrder(waits.filter(({ status }) => status === 'waiting')).filter(
    (wait) =>
      wait.personId !== mine.personId &&
      inOrder([wait, mine])[0] === wait &&
      (mine.slotId === undefined
        ? wait.procedure === mine.procedure
        : covers(wait, { slotId: mine.slotId, ...(mine.procedure && { procedure: mine.procedure }) })),
  );
  return new Set(before.map(({ personId }) => personId)).size;
}

/** Whether a place that comes back in this slot is to be held: somebody is in line for it, and there is time to ask. */
export const isWaitedFor = (waits: readonly Wait[], slot: WaitedSlot, now: Instant): boolean =>
  slot.status === 'open' && mayWaitFor(now, slot) && waits.some((wait) => isInLine(wait.status) && covers(wait, slot));

export type LineStep<W extends Wait = Wait> =
  /** The time to answer is over: the place passes on. */
  | { readonly kind: 'lapse'; readonly wait: W }
  /** What was waited for will not take place. */
  | { readonly kind: 'close'; readonly wait: W }
  /** The offer cannot be kept, or the person no longer qualifies: the place passes on, the person waits on. */
  | { readonly kind: 'withdraw'; readonly wait: W }
  | {
      readonly kind: 'offer';
      readonly wait: W;
      readonly slot: WaitedSlot;
      readonly pool: number;
      readonly from: 'held' | 'free';
      readonly until: Instant;
    }
  /** Nobody can be asked: the place is anyone's again. */
  | { readonly kind: 'release'; readonly slot: WaitedSlot; readonly pool: number; readonly places: number }
  /** Nothing to do until then; without an instant, until something changes. */
  | { readonly kind: 'rest'; readonly wakeAt?: Instant };

/** A day's line as it is: everyone in it and every slot of the day. */
export type Line<W extends Wait> = {
  readonly now: Instant;
  readonly waits: readonly W[];
  readonly slots: readonly WaitedSlot[];
  readonly qualifies: (personId: string, slot: SlotFacts) => boolean;
  readonly quiet: QuietUntil;
};

/**
 * The next single step of a day's line; taken one by one until it rests. Offers that cannot stand go first, so that what
 * they held is given on; then each place that is held for nobody, and each free one that somebody still waits for.
 */
export function nextStep<W extends Wait>(line: Line<W>): LineStep<W> {
  const { now, waits, slots } = line;
  const byId = new Map(slots.map((slot) => [slot.slotId, slot]));
  for (const wait of inOrder(waits)) {
    const step = endOf(wait, line, byId);
    if (step) return step;
  }
  const wakes: Instant[] = waits.flatMap(({ status, offer }) => (status === 'offered' && offer ? [offer.until] : []));
  for (const slot of [...slots].sort((a, b) => earlierFirst(a.startsAt, b.startsAt))) {
    const step = placeOf(slot, line);
    if (step?.kind === 'rest') wakes.push(...(step.wakeAt ? [step.wakeAt] : []));
    else if (step) return step;
  }
  const wakeAt = wakes.filter((at) => at > now).sort(earlierFirst)[0];
  return { kind: 'rest', ...(wakeAt && { wakeAt }) };
}

/** One that settles is open again in a moment. */
const isClosed = (status: SlotStatus): boolean => status === 'closing' || status === 'closed';

/** What ends a wait, or the offer it has, whatever places there are. */
function endOf<W extends Wait>(
  wait: W,
  { now, slots, qualifies }: Line<W>,
  byId: ReadonlyMap<string, WaitedSlot>,
): LineStep<W> | undefined {
  if (!isInLine(wait.status)) return undefined;
  const wanted = slots.filter((slot) => slot.startsAt > now && covers(wait, slot));
  if (wanted.length > 0 && wanted.every(({ status }) => isClosed(status))) return { kind: 'close', wait };
  if (wait.status !== 'offered' || !wait.offer) return undefined;
  if (wait.offer.until <= now) return { kind: 'lapse', wait };
  const offered = byId.get(wait.offer.slotId);
  if (offered?.status !== 'open' || !qualifies(wait.personId, offered)) return { kind: 'withdraw', wait };
  return undefined;
}

/** What becomes of a slot's places that are in nobody's hands. */
function placeOf<W extends Wait>(slot: WaitedSlot, line: Line<W>): LineStep<W> | undefined {
  const { now, waits, qualifies, quiet } = line;
  const handed = (k: number) =>
    waits.filter(({ status, offer }) => status === 'offered' && offer?.slotId === slot.slotId && offer.pool === k)
      .length;
  const loose = slot.pools.map((pool) => ({ ...pool, held: pool.held - handed(pool.k) }));
  const held = loose.find((pool) => pool.held > 0);
  const free = slot.status === 'open' ? loose.find((pool) => pool.open && pool.free > 0) : undefined;
  const pool = held ?? free;
  if (!pool) return undefined;
  const release = held && ({ kind: 'release', slot, pool: held.k, places: held.held } as const);
  if (slot.status !== 'open' || !pool.open) return release;
  const window = offerWindow(now, slot, quiet);
  if (window.kind === 'over') return release;
  const wait = nextInLine(waits, slot, qualifies);
  if (!wait) return release;
  if (window.kind === 'later') return { kind: 'rest', wakeAt: window.at };
  return { kind: 'offer', wait, slot, pool: pool.k, from: held ? 'held' : 'free', until: window.until };
}
