import {
  EVENT_TRANSITIONS,
  type EventAction,
  type EventText,
  type PlannedShift,
  type SignUp,
} from '../domain/events.ts';
import type { SlotFacts } from '../domain/refusal.ts';
import type { CohostStatus, Instant, LocalDate } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Page, Store } from './client.ts';
import { withEach } from './every.ts';
import type {
  BookingItem,
  Cohost,
  CohostItem,
  EventItem,
  OrganisationItem,
  PoolItem,
  ShiftDefinition,
  SlotItem,
} from './items/index.ts';
import { indexes, keys, partitions, slotId } from './keys.ts';
import { inParallel } from './parallel.ts';
import { AGAIN, type Clock, type Random, withRetries } from './retry.ts';
import { newSlotItems, openPool, poolSizes, slotFacts } from './slots.ts';
import { cancel } from './transactions/cancel.ts';

/** Volunteers may change or cancel by themselves until this long before a shift. */
const SHIFT_CUTOFF_MINUTES = 120;
/** The most a transaction takes; an event that needs more cannot be published at once. */
const MAX_ITEMS = 100;

export type EventDeps = { readonly store: Store; readonly clock: Clock; readonly random: Random };

export type EventAnswer =
  | { readonly kind: 'done'; readonly event: EventItem }
  | { readonly kind: 'wrong-state' }
  /** Someone else's change came between. */
  | { readonly kind: 'changed' }
  /** A change of its times is still being carried out. */
  | { readonly kind: 'under-way' }
  | { readonly kind: 'key-reused' };

/** How many pools the slot of a shift has. */
export const poolsOf = ({ pools, places }: Pick<ShiftDefinition, 'pools' | 'places'>): number =>
  pools ?? poolSizes(places).length;

const eachPool = (shift: ShiftDefinition): number[] => Array.from({ length: poolsOf(shift) }, (_, k) => k);

/** Whether one transaction can open all these shifts, and later close them: the event, each slot and each pool. */
export const fitsOneTransaction = (shifts: readonly { readonly places: number }[]): boolean =>
  1 + shifts.reduce((sum, { places }) => sum + 1 + poolSizes(places).length, 0) <= MAX_ITEMS;

/** What an organiser's draft comes to: its words, its shifts as instants and when people may sign up. */
export type EventPlan = {
  readonly text: EventText;
  readonly shifts: readonly PlannedShift[];
  readonly signUp: SignUp;
};

/** The fields of an event that a draft or an edit of it sets. */
export function contentOf(eventId: string, organisation: OrganisationItem, { text, shifts, signUp }: EventPlan) {
  return {
    opensAt: signUp.opensAt,
    closesAt: signUp.closesAt,
    organisationId: organisation.organisationId,
    organisation: organisation.name,
    title: text.title,
    content: text.content,
    community: text.community,
    district: text.district,
    address: text.address,
    contactPhone: text.contactPhone,
    conditions: text.conditions,
    howToApply: text.howToApply,
    risks: text.risks,
    support: text.support,
    category: text.category,
    zone: text.zone,
    restMinutes: text.restMinutes,
    mostShifts: text.mostShifts,
    mostTeam: text.mostTeam,
    insures: text.insures,
    startsAt: shifts.map((shift) => shift.startsAt).reduce((a, b) => (a < b ? a : b)),
    endsAt: shifts.map((shift) => shift.endsAt).reduce((a, b) => (a > b ? a : b)),
    shifts: shifts.map(({ time, ...shift }): ShiftDefinition => {
      return { ...shift, slotId: slotId(eventId, shift.date, time, shift.shiftId) };
    }),
    gsi2pk: indexes.organisationEvents(organisation.organisationId),
  };
}

/** A new draft. Its gsi2 sort is the instant it was made, which no later edit changes. */
export function newDraft(input: {
  eventId: string;
  organisation: OrganisationItem;
  text: EventText;
  shifts: readonly PlannedShift[];
  signUp?: SignUp;
  now: Instant;
  idempotency: Idempotency;
  /** Of a series, with those who are asked to co-host it as they do the first. */
  of?: { readonly seriesId: string; readonly cohosts: readonly Cohost[] };
}): EventItem {
  const { signUp = {}, text, shifts } = input;
  return defined({
    kind: 'event',
    eventId: input.eventId,
    ...contentOf(input.eventId, input.organisation, { text, shifts, signUp }),
    status: 'draft',
    seriesId: input.of?.seriesId,
    cohosts: input.of && input.of.cohosts.length > 0 ? [...input.of.cohosts] : undefined,
    changedAt: input.now,
    accepted: accept([], input.idempotency),
    version: 1,
    gsi2sk: indexes.eventSort(input.now, input.eventId),
  });
}

/** Stores a draft. Its id comes from the idempotency key, so that a repeat meets its own item and answers with it. */
export async function draftEvent(deps: EventDeps, draft: EventItem, idempotency: Idempotency): Promise<EventAnswer> {
  return await withRetries<EventAnswer>(async () => {
    const result = await deps.store.transact([
      { Put: { Item: { ...keys.event(draft.eventId), ...draft }, ConditionExpression: 'attribute_not_exists(pk)' } },
      ...(draft.cohosts ?? []).map(({ organisationId, status }) => cohostWrite(organisationId, draft.eventId, status)),
    ]);
    if (result.ok) return { kind: 'done', event: draft };
    const own = await createEvents(deps.store).get(draft.eventId);
    if (!own) return AGAIN;
    return wasAccepted(own.accepted, idempotency) === 'same' ? { kind: 'done', event: own } : { kind: 'key-reused' };
  }, deps);
}

type Request = {
  readonly version: number;
  readonly idempotency: Idempotency;
  /** Written with it. */
  readonly also?: readonly DraftItem[];
};

export async function editEvent(
  deps: EventDeps,
  before: EventItem,
  input: Request & EventPlan & { organisation: OrganisationItem },
): Promise<EventAnswer> {
  return await move(deps, before, 'edit', input, () => ({
    change: contentOf(before.eventId, input.organisation, input),
    also: [],
  }));
}

/** A shift as the slot that people sign up for. */
export const slotOfShift = (event: EventItem, shift: ShiftDefinition): Parameters<typeof newSlotItems>[0] => ({
  slotId: shift.slotId,
  slotKind: 'shift',
  containerId: event.eventId,
  organisationId: event.organisationId,
  place: event.title,
  address: event.address,
  shiftId: shift.shiftId,
  role: shift.role,
  ...(shift.minAge !== undefined && { minAge: shift.minAge }),
  ...(shift.maxAge !== undefined && { maxAge: shift.maxAge }),
  ...(shift.needs && { needs: shift.needs }),
  ...(event.restMinutes !== undefined && { restMinutes: event.restMinutes }),
  ...(event.mostShifts !== undefined && { mostShifts: event.mostShifts }),
  ...(event.opensAt && { opensAt: event.opensAt }),
  ...(event.closesAt && { closesAt: event.closesAt }),
  startsAt: shift.startsAt,
  endsAt: shift.endsAt,
  date: shift.date,
  zone: event.zone,
  places: shift.places,
  cutoffMinutes: SHIFT_CUTOFF_MINUTES,
});

/** What the rules need of a shift, from its event alone: as its slot has it. */
export const factsOfShift = (event: EventItem, shift: ShiftDefinition): SlotFacts =>
  slotFacts(slotOfShift(event, shift));

/** Opens every shift and shows the event, in one transaction. */
export async function publishEvent(deps: EventDeps, before: EventItem, input: Request): Promise<EventAnswer> {
  return await move(deps, before, 'publish', input, (event) => ({
    change: { gsi1pk: indexes.published(), gsi1sk: indexes.eventSort(event.endsAt, event.eventId) },
    also: event.shifts.flatMap((shift) => newSlotItems(slotOfShift(event, shift))),
  }));
}

/**
 * Ends an event. A draft is simply cancelled. A published one stops taking sign-ups in the same transaction, because every
 * pool is closed in it: from then on the bookings it holds can only grow fewer, and `cancelEventBookings` releases them.
 */
export async function cancelEvent(deps: EventDeps, before: EventItem, input: Request): Promise<EventAnswer> {
  if (before.status === 'draft') {
    return await move(deps, before, 'withdraw', input, () => ({ change: {}, also: [] }));
  }
  return await move(deps, before, 'cancel', input, (event, now) => ({
    change: { gsi1pk: indexes.cancelling(), gsi1sk: indexes.eventSort(now, event.eventId) },
    also: event.shifts.flatMap((shift) => [
      slotStatus(shift.slotId, 'open', 'closing'),
      ...eachPool(shift).map((k) => openPool(shift.slotId, k, false)),
    ]),
  }));
}

export const slotStatus = (id: string, from: SlotItem['status'], to: SlotItem['status']): DraftItem => ({
  Update: {
    Key: keys.slot(id),
    UpdateExpression: 'SET #status = :to, #version = #version + :one',
    ConditionExpression: '#status = :from',
    ExpressionAttributeNames: { '#status': 'status', '#version': 'version' },
    ExpressionAttributeValues: { ':from': from, ':to': to, ':one': 1 },
  },
});

export type CohostStep = 'invite' | 'accept' | 'decline' | 'end';
/** Which states a co-host's part may be in for a step, `none` among them, and what it comes to. */
const COHOST_STEPS = {
  invite: { from: ['none', 'declined'], to: 'invited' },
  accept: { from: ['invited', 'declined'], to: 'accepted' },
  decline: { from: ['invited'], to: 'declined' },
  end: { from: ['invited', 'accepted', 'declined'], to: 'none' },
} as const satisfies Record<CohostStep, { from: readonly (CohostStatus | 'none')[]; to: CohostStatus | 'none' }>;

function cohostWrite(organisationId: string, eventId: string, status: CohostStatus): DraftItem {
  const item: CohostItem = { kind: 'cohost', organisationId, eventId, status };
  return { Put: { Item: { ...keys.cohost(organisationId, eventId), ...item } } };
}

/** What part another organisation has in an event, `none` where it was never asked. */
export const cohostStatus = (event: EventItem, organisationId: string): CohostStatus | 'none' =>
  event.cohosts?.find((each) => each.organisationId === organisationId)?.status ?? 'none';

/**
 * Another organisation's part in an event: asked, accepted, declined or ended, in the event itself, where its rights are read
 * from, and in that organisation's own list, with the record of who did it, in one transaction.
 */
export async function moveCohost(
  deps: EventDeps,
  input: {
    readonly eventId: string;
    readonly organisation: OrganisationItem;
    readonly step: CohostStep;
    readonly idempotency: Idempotency;
    readonly audit: (event: EventItem) => DraftItem;
  },
): Promise<EventAnswer> {
  const { organisationId, name } = input.organisation;
  const { from, to } = COHOST_STEPS[input.step];
  return await withRetries<EventAnswer>(async () => {
    const before = await createEvents(deps.store).get(input.eventId);
    if (!before) return { kind: 'wrong-state' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', event: before } : { kind: 'key-reused' };
    const now = cohostStatus(before, organisationId);
    if (before.organisationId === organisationId || !from.some((status) => status === now))
      return { kind: 'wrong-state' };
    const others = (before.cohosts ?? []).filter((each) => each.organisationId !== organisationId);
    const cohosts: Cohost[] = to === 'none' ? others : [...others, { organisationId, name, status: to }];
    const after = defined<EventItem>({
      ...before,
      cohosts: cohosts.length > 0 ? cohosts : undefined,
      accepted: accept(before.accepted, input.idempotency),
      version: before.version + 1,
    });
    const result = await deps.store.transact([
      { Put: { Item: { ...after, ...keys.event(before.eventId) }, ...asRead(before) } },
      to === 'none'
        ? { Delete: { Key: keys.cohost(organisationId, input.eventId) } }
        : cohostWrite(organisationId, input.eventId, to),
      input.audit(before),
    ]);
    return result.ok ? { kind: 'done', event: after } : AGAIN;
  }, deps);
}

type Change = Partial<Omit<EventItem, 'gsi1pk' | 'gsi1sk'>> & { gsi1pk?: string; gsi1sk?: string };

/** One step of an event's life, with whatever must happen in the same transaction. */
async function move(
  deps: EventDeps,
  first: EventItem,
  action: EventAction,
  { version, idempotency, also: more = [] }: Request,
  plan: (before: EventItem, now: Instant) => { change: object; also: DraftItem[] },
): Promise<EventAnswer> {
  let before: EventItem | undefined = first;
  return await withRetries<EventAnswer>(async (n) => {
    if (n > 0) before = await createEvents(deps.store).get(first.eventId);
    if (!before) return { kind: 'wrong-state' };
    const known = wasAccepted(before.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'done', event: before } : { kind: 'key-reused' };
    if (!EVENT_TRANSITIONS[action].from.some((status) => status === before?.status)) return { kind: 'wrong-state' };
    if (before.version !== version) return { kind: 'changed' };
    // Those who are being moved to another time are told of that first; it takes a moment.
    if (before.changing && before.changing.from.length > 0) return { kind: 'under-way' };
    const now = new Date(deps.clock.now()).toISOString();
    const { change, also } = plan(before, now);
    const after = next(before, action, now, { ...change, accepted: accept(before.accepted, idempotency) });
    const result = await deps.store.transact([eventWrite(before, after, action), ...also, ...more]);
    return result.ok ? { kind: 'done', event: after } : AGAIN;
  }, deps);
}

/** The event after a step. It leaves the index it was in, unless the step puts it in one. */
function next(before: EventItem, action: EventAction, now: Instant, change: Change): EventItem {
  const { gsi1pk: _pk, gsi1sk: _sk, ...kept } = before;
  return defined({
    ...kept,
    ...change,
    status: EVENT_TRANSITIONS[action].to,
    changedAt: now,
    version: before.version + 1,
  });
}

/** Replaces the event, provided nobody has since it was read and the step may leave the state it is in. */
function eventWrite(before: EventItem, after: EventItem, action: EventAction): DraftItem {
  const { from } = EVENT_TRANSITIONS[action];
  return {
    Put: {
      Item: { ...keys.event(before.eventId), ...after },
      ConditionExpression: `#version = :version AND #status IN (${from.map((_, n) => `:from${n}`).join(', ')})`,
      ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
      ExpressionAttributeValues: {
        ':version': before.version,
        ...Object.fromEntries(from.map((status, n) => [`:from${n}`, status])),
      },
    },
  };
}

/** Without the fields that are undefined, so that what is answered is what is stored. */
export const defined = <T extends object>(item: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as T;

type PageStart = { limit: number; start?: Record<string, string> };

/** Places of a slot that nobody has. */
export type Room = { readonly free: number; readonly held: number };

export function createEvents(store: Store) {
  return {
    async get(eventId: string): Promise<EventItem | undefined> {
      return await store.get<EventItem>(keys.event(eventId), { consistent: true });
    },

    async organisation(organisationId: string): Promise<OrganisationItem | undefined> {
      return await store.get<OrganisationItem>(keys.organisation(organisationId));
    },

    /** Every organisation: a city has some dozens. */
    async organisations(): Promise<OrganisationItem[]> {
      return (await store.query<OrganisationItem>({ pk: partitions.organisations() })).items;
    },

    /** Events in which an organisation has a part beside the one that owns them. */
    async cohosted(organisationId: string, page: PageStart): Promise<Page<CohostItem & { event?: EventItem }>> {
      const found = await store.query<CohostItem>({ pk: partitions.cohosted(organisationId), ...page });
      const events = (await store.batchGet(found.items.map(({ eventId }) => keys.event(eventId)))) as EventItem[];
      return { ...found, items: found.items.map((item, n) => ({ ...item, ...(events[n] && { event: events[n] }) })) };
    },

    /** Published events that end at or after an instant, soonest first. */
    async published(from: Instant, page: PageStart): Promise<Page<EventItem>> {
      // A page may go on from an event that has ended since: the range has to take in the key it starts at.
      const at = page.start?.['gsi1sk'] ?? from;
      return await store.query<EventItem>({
        pk: indexes.published(),
        index: 'gsi1',
        skBetween: [at < from ? at : from, LAST_SORT],
        ...page,
      });
    },

    /** Every event of an organisation, newest first. */
    async ofOrganisation(organisationId: string, page: PageStart): Promise<Page<EventItem>> {
      return await store.query<EventItem>({
        pk: indexes.organisationEvents(organisationId),
        index: 'gsi2',
        newestFirst: true,
        ...page,
      });
    },

    /** Of each shift, by its slot, the places that anyone may take and those kept for who waits, as of a moment ago. */
    async room(events: readonly EventItem[]): Promise<Map<string, Room>> {
      const pools = events
        .filter(({ status }) => status !== 'draft')
        .flatMap(({ shifts }) => shifts)
        .flatMap((shift) => eachPool(shift).map((k) => keys.pool(shift.slotId, k)));
      const room = new Map<string, Room>();
      for (const pool of (await store.batchGet(pools)) as (PoolItem | undefined)[]) {
        if (!pool) continue;
        const { free, held } = room.get(pool.slotId) ?? { free: 0, held: 0 };
        room.set(pool.slotId, { free: free + (pool.open ? pool.free : 0), held: held + (pool.held ?? 0) });
      }
      return room;
    },

    /** Bookings of an event on a local date, by start. From an index: a moment behind. */
    async roster(eventId: string, date: LocalDate, page: Partial<PageStart>): Promise<Page<BookingItem>> {
      return await store.query<BookingItem>({ pk: indexes.roster(eventId, date), index: 'gsi1', ...page });
    },
  };
}

/** Sorts after every instant. */
const LAST_SORT = '~';

/** An index may be this far behind before we trust that it shows every booking; in practice it is well under a second. */
const INDEX_SETTLES_MS = 60_000;
/** Bookings released at once: enough to be quick, few enough to leave the table to others. */
const AT_ONCE = 8;

export type Swept = {
  /** Bookings released by this sweep. */
  readonly released: number;
  readonly finished: boolean;
};

/**
 * Releases everyone signed up for an event that is being cancelled, one transaction a person; the stream tells them.
 * May be stopped anywhere and run again, by several at once. The roster is an index and so may lag: the event stays
 * `cancelling` until a sweep, a minute or more after sign-up ended, finds nobody left.
 */
export async function cancelEventBookings(
  store: Store,
  eventId: string,
  deps: { readonly clock: Clock; readonly random: Random },
): Promise<Swept> {
  const events = createEvents(store);
  const event = await events.get(eventId);
  if (event?.status !== 'cancelling') return { released: 0, finished: event?.status === 'cancelled' };
  const engine = { ...deps, store, packOf: () => undefined };

  let found = 0;
  let released = 0;
  for (const date of new Set(event.shifts.map((shift) => shift.date))) {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await events.roster(eventId, date, start ? { start: start as Record<string, string> } : {});
      const live = page.items.filter(({ status }) => status === 'booked');
      found += live.length;
      await inParallel(live, AT_ONCE, async ({ bookingId }) => {
        const answer = await cancel(engine, { bookingId, cause: 'event-cancelled', at: eventId });
        if (answer.kind === 'done') released += 1;
      });
      start = page.next;
    } while (start);
  }

  if (found > 0 || deps.clock.now() - Date.parse(event.changedAt) < INDEX_SETTLES_MS)
    return { released, finished: false };
  const after = next(event, 'finish', new Date(deps.clock.now()).toISOString(), {});
  const result = await store.transact([
    eventWrite(event, after, 'finish'),
    ...event.shifts.map((shift) => slotStatus(shift.slotId, 'closing', 'closed')),
  ]);
  // Lost to another sweep or to a passing conflict: the next minute's will see which.
  return { released, finished: result.ok };
}

/** Sweeps every event that is still being cancelled. One that fails does not keep the others waiting. */
export async function resumeCancellations(
  store: Store,
  deps: { readonly clock: Clock; readonly random: Random },
): Promise<void> {
  await withEach<EventItem>(
    store,
    { pk: indexes.cancelling(), index: 'gsi1' },
    async ({ eventId }) => await cancelEventBookings(store, eventId, deps),
    'some events could not be swept',
  );
}
