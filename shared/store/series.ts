import { createHash } from 'node:crypto';
import { dateOf, type EventFault, onDate, planEvent, planOf } from '../domain/events.ts';
import type { Instant, LocalDate, RepeatRule } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { Store } from './client.ts';
import { createEvents, draftEvent, type EventDeps, type EventPlan, newDraft, publishEvent } from './events.ts';
import { withEach } from './every.ts';
import type { EventItem, SeriesItem } from './items/index.ts';
import { indexes, keys } from './keys.ts';
import { AGAIN, withRetries } from './retry.ts';

export type SeriesAnswer =
  | { readonly kind: 'done'; readonly series: SeriesItem }
  /** It is one of a series already, or no longer stands. */
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'key-reused' };

/** From what makes it what it is, so that making it again meets the one that is there; lower case, 80 bits. */
const digest = (letter: string, ...of: readonly string[]): string =>
  letter + createHash('sha256').update(of.join(' ')).digest('hex').slice(0, 20);

/** The id of a series' event on a date; the first one has its own. */
export const eventIdOf = ({ seriesId, eventId, first }: SeriesItem, date: LocalDate): string =>
  date === first ? eventId : digest('e', seriesId, date);

/** Every event of a series, made or yet to be made, by date. */
export const eventsOf = (series: SeriesItem): { date: LocalDate; eventId: string }[] =>
  [series.first, ...series.dates].map((date) => ({ date, eventId: eventIdOf(series, date) }));

/** The same event on another date: what it comes to there, or why it cannot be, as where clocks jump over its hour. */
export function occurrence(event: EventItem, date: LocalDate): EventPlan | { readonly faults: readonly EventFault[] } {
  const moved = onDate(planOf(event), dateOf(event), date);
  const plan = planEvent(event.zone, moved.shifts, { ...moved, mostShifts: event.mostShifts });
  return plan.ok ? { text: event, shifts: plan.shifts, signUp: plan.signUp } : { faults: plan.faults };
}

/**
 * Begins a series with an event that is there already: the series and the event's part in it are one transaction. What
 * follows the table's stream makes the others, each once.
 */
export async function beginSeries(
  deps: EventDeps,
  input: {
    readonly eventId: string;
    readonly version: number;
    readonly every: RepeatRule;
    readonly dates: readonly LocalDate[];
    readonly publish: boolean;
    readonly by: string;
    readonly idempotency: Idempotency;
  },
): Promise<SeriesAnswer> {
  const seriesId = digest('r', input.eventId, input.idempotency.key);
  return await withRetries<SeriesAnswer>(async () => {
    const own = await createSeries(deps.store).get(seriesId);
    if (own) {
      return wasAccepted(own.accepted, input.idempotency) === 'same'
        ? { kind: 'done', series: own }
        : { kind: 'key-reused' };
    }
    const event = await createEvents(deps.store).get(input.eventId);
    if (!event || event.seriesId || (event.status !== 'draft' && event.status !== 'published')) {
      return { kind: 'wrong-state' };
    }
    if (event.version !== input.version) return { kind: 'changed' };
    const now: Instant = new Date(deps.clock.now()).toISOString();
    const series: SeriesItem = {
      kind: 'series',
      seriesId,
      organisationId: event.organisationId,
      eventId: event.eventId,
      first: dateOf(event),
      every: input.every,
      dates: [...input.dates],
      made: 0,
      publish: input.publish,
      status: 'making',
      by: input.by,
      createdAt: now,
      accepted: accept([], input.idempotency),
      version: 1,
      gsi1pk: indexes.making(),
      gsi1sk: indexes.makingSort(now, seriesId),
    };
    const result = await deps.store.transact([
      { Put: { Item: { ...series, ...keys.series(seriesId) }, ...asRead(undefined) } },
      {
        Put: {
          Item: { ...event, seriesId, version: event.version + 1, ...keys.event(event.eventId) },
          ...asRead(event),
        },
      },
    ]);
    return result.ok ? { kind: 'done', series } : AGAIN;
  }, deps);
}

/** Steps taken in one run, so that it ends whatever is in its way; the minute's clock goes on. */
const MOST_STEPS = 200;

/** What makes an event of a series the same one, whoever makes it and however often. */
const keyOf = (step: string, { seriesId }: SeriesItem, date: LocalDate): Idempotency => {
  const key = digest(step, seriesId, date);
  return { key, input: key };
};

/**
 * Makes what is left of a series, one event after another, noting each; may be stopped anywhere and run again, by several at
 * once. Each is what the first event is now, on its own date by the clocks there.
 */
export async function goOnMaking(deps: EventDeps, seriesId: string): Promise<void> {
  for (let n = 0; n < MOST_STEPS; n += 1) {
    const series = await createSeries(deps.store).get(seriesId);
    const date = series?.dates[series.made];
    if (series?.status !== 'making') return;
    if (date !== undefined) await makeOne(deps, series, date);
    const made = series.made + (date === undefined ? 0 : 1);
    const { gsi1pk: _, gsi1sk: __, ...rest } = series;
    const isDone = made >= series.dates.length;
    const after: SeriesItem = {
      ...(isDone ? rest : series),
      made,
      status: isDone ? 'made' : 'making',
      version: series.version + 1,
    };
    // Where another run was faster, it is looked at again.
    await deps.store.transact([{ Put: { Item: { ...after, ...keys.series(seriesId) }, ...asRead(series) } }]);
  }
}

async function makeOne(deps: EventDeps, series: SeriesItem, date: LocalDate): Promise<void> {
  const events = createEvents(deps.store);
  const first = await events.get(series.eventId);
  const plan = first && occurrence(first, date);
  // What was looked at before it began held then; what no longer does is left out.
  if (!first || !plan || 'faults' in plan) return;
  const eventId = eventIdOf(series, date);
  const drafting = keyOf('d', series, date);
  const draft = newDraft({
    eventId,
    organisation: { kind: 'organisation', organisationId: first.organisationId, name: first.organisation },
    ...plan,
    // In their order in the organisation's list, beside the first.
    now: series.createdAt,
    idempotency: drafting,
    of: {
      seriesId: series.seriesId,
      cohosts: (first.cohosts ?? [])
        .filter(({ status }) => status !== 'declined')
        .map((cohost) => ({ ...cohost, status: 'invited' })),
    },
  });
  await draftEvent(deps, draft, drafting);
  if (!series.publish) return;
  const made = await events.get(eventId);
  if (made?.status === 'draft' && made.version === 1) {
    await publishEvent(deps, made, { version: 1, idempotency: keyOf('p', series, date) });
  }
}

/** Goes on with every series whose making was stopped. One that fails does not keep the others waiting. */
export async function resumeMaking(deps: EventDeps): Promise<void> {
  await withEach<SeriesItem>(
    deps.store,
    { pk: indexes.making(), index: 'gsi1' },
    async ({ seriesId }) => await goOnMaking(deps, seriesId),
    'some series could not be made',
  );
}

export function createSeries(store: Store) {
  return {
    async get(seriesId: string): Promise<SeriesItem | undefined> {
      return await store.get<SeriesItem>(keys.series(seriesId), { consistent: true });
    },
    /** The events of a series that are there, by date. */
    async events(series: SeriesItem): Promise<EventItem[]> {
      const found = (await store.batchGet(eventsOf(series).map(({ eventId }) => keys.event(eventId)))) as (
        | EventItem
        | undefined
      )[];
      return found.filter((event) => event !== undefined);
    },
  };
}
