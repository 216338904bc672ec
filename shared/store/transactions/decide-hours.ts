import { decideFault, MOST_MINUTES, minutesOf, sumOf } from '../../domain/hours.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { asRead } from '../as-read.ts';
import type { DraftItem } from '../client.ts';
import { bookWrite, createHours, requestWrite, supersededWrites } from '../hours.ts';
import type { HoursAddedItem, HoursCorrectionItem, HoursRequestItem } from '../items/index.ts';
import { indexes, keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { serviceIdOf } from '../service.ts';
import { activeCheck, isActive } from './check-in.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type DecideAnswer =
  | { readonly kind: 'done'; readonly request: HoursRequestItem }
  | {
      readonly kind:
        | 'not-found'
        | 'own-request'
        | 'wrong-state'
        | 'changed-meanwhile'
        | 'more-than-a-day'
        | 'key-reused';
    };

/**
 * Somebody's yes or no to hours by hand, who is neither whom they are of nor who asked. With a yes the new record is written in the
 * same transaction; nothing that was there is changed, but certificates that count what is corrected say so from then on.
 */
export async function decideHours(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: {
    readonly organisationId: string;
    readonly requestId: string;
    readonly by: string;
    readonly approve: boolean;
    /** Where other minutes are approved than were asked for. */
    readonly minutes?: number | undefined;
    readonly answer?: string | undefined;
    readonly version: number;
    readonly audit: (request: HoursRequestItem) => DraftItem;
    readonly idempotency: Idempotency;
  },
): Promise<DecideAnswer> {
  const hours = createHours(deps.store);
  return await withRetries<DecideAnswer>(async () => {
    const before = await hours.request(input.organisationId, input.requestId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', request: before } : { kind: 'key-reused' };
    const fault = decideFault(before, input.by);
    if (fault) return { kind: fault };
    if (before.version !== input.version) return { kind: 'changed-meanwhile' };
    const at = nowOf(deps);
    const granted = input.minutes ?? before.minutes;
    const writes = input.approve ? await recorded(deps, before, { granted, by: input.by, now: at }) : [];
    if (!Array.isArray(writes)) {
      // Refused for how the hours stand: unless that is what this very request has made of them meanwhile.
      const now = await hours.request(input.organisationId, input.requestId);
      return now?.version === before.version ? writes : AGAIN;
    }
    const after: HoursRequestItem = {
      ...before,
      status: input.approve ? 'approved' : 'rejected',
      decidedBy: input.by,
      decidedAt: at,
      ...(input.approve && { granted }),
      ...(input.answer !== undefined && { answer: input.answer }),
      accepted: accept(before.accepted, input.idempotency),
      version: before.version + 1,
      gsi2pk: indexes.hoursStanding(before.organisationId, false),
      gsi2sk: indexes.hoursSort(at, before.requestId),
    };
    const result = await deps.store.transact([requestWrite(after, before), ...writes, input.audit(after)]);
    return result.ok ? { kind: 'done', request: after } : AGAIN;
  }, deps);
}

/** The new record that an approved request makes, resting on all that was read of the person's hours. */
async function recorded(
  deps: Pick<EngineDeps, 'store'>,
  request: HoursRequestItem,
  { granted, by, now }: { readonly granted: number; readonly by: string; readonly now: string },
): Promise<DraftItem[] | DecideAnswer> {
  const { personId, organisationId, recordId, requestId, reason, askedBy } = request;
  // Being joined with another, or forgotten.
  if (!(await isActive(deps.store, personId))) return { kind: 'wrong-state' };
  const of = await createHours(deps.store).of(personId);
  const record = recordId === undefined ? undefined : of.records.find((each) => each.recordId === recordId);
  // What it was about has been taken back, or comes to something else since.
  if (recordId !== undefined && (!record || minutesOf(record) !== request.was)) return { kind: 'changed-meanwhile' };
  const isOfBooking = (each: { bookingId: string }): boolean => each.bookingId === request.bookingId;
  // The shift has been recorded since, or was added on another request of the same.
  const isTwice = of.records.some((each) => isOfBooking(each) && (each.isTimed || each.isWholeShift));
  if (request.isWholeShift && isTwice) return { kind: 'changed-meanwhile' };
  const others = of.records.filter((each) => each.date === request.date && each !== record);
  if (minutesOf(sumOf(others)) + granted > MOST_MINUTES) return { kind: 'more-than-a-day' };
  const made = { personId, organisationId, minutes: granted, reason, askedBy, approvedBy: by, requestId, at: now };
  if (!record) {
    const added: HoursAddedItem = {
      kind: 'hours-added',
      recordId: requestId,
      ...made,
      eventId: request.eventId,
      bookingId: request.bookingId,
      title: request.title,
      ...(request.role && { role: request.role }),
      community: request.community,
      district: request.district,
      date: request.date,
      zone: request.zone,
      category: request.category,
      ...(request.isWholeShift && { isWholeShift: true }),
      gsi1pk: indexes.served(organisationId),
      gsi1sk: indexes.servedSort(request.date, requestId, personId),
    };
    return [
      bookWrite(personId, of.book),
      { Put: { Item: { ...added, ...keys.hoursAdded(personId, requestId) }, ...asRead(undefined) } },
      activeCheck(personId),
      ...(request.isWholeShift
        ? [{ ConditionCheck: { Key: keys.service(personId, serviceIdOf(request)), ...asRead(undefined) } }]
        : []),
    ];
  }
  const n = record.corrections + 1;
  const correction: HoursCorrectionItem = {
    kind: 'hours-correction',
    of: record.recordId,
    n,
    was: minutesOf(record),
    ...made,
    gsi1pk: indexes.served(organisationId),
    gsi1sk: indexes.servedSort(record.date, record.recordId, personId),
  };
  const timed = of.service.get(record.recordId);
  return [
    bookWrite(personId, of.book),
    { Put: { Item: { ...correction, ...keys.hoursCorrection(personId, record.recordId, n) }, ...asRead(undefined) } },
    activeCheck(personId),
    ...(timed ? [{ ConditionCheck: { Key: keys.service(personId, timed.serviceId), ...asRead(timed) } }] : []),
    ...(await supersededWrites(deps.store, of.certified, {
      records: [record],
      on: localDateOf(now, record.zone),
    })),
  ];
}
