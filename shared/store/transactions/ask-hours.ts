import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import { createHours, requestWrite } from '../hours.ts';
import type { HoursRequestItem } from '../items/index.ts';
import { indexes } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { activeCheck, isActive } from './check-in.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type AskAnswer =
  | { readonly kind: 'done'; readonly request: HoursRequestItem }
  | { readonly kind: 'key-reused' | 'not-found' | 'wrong-state' };

type Asked = Pick<
  HoursRequestItem,
  | 'requestId'
  | 'organisationId'
  | 'personId'
  | 'recordId'
  | 'eventId'
  | 'bookingId'
  | 'title'
  | 'role'
  | 'community'
  | 'district'
  | 'date'
  | 'zone'
  | 'minutes'
  | 'category'
  | 'reason'
  | 'askedBy'
  | 'isWholeShift'
>;

/** What a request that is there already answers to the call that made it, whatever has become of what it is about. */
export const askedBefore = (request: HoursRequestItem, idempotency: Idempotency): AskAnswer =>
  wasAccepted(request.accepted, idempotency) === 'same' ? { kind: 'done', request } : { kind: 'key-reused' };

/**
 * Asks that hours be added, or that a record be corrected: of a correction, what the record comes to now is kept with it. Nothing
 * counts before somebody else has approved.
 */
export async function askHours(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: { readonly asked: Asked; readonly audit?: DraftItem | undefined; readonly idempotency: Idempotency },
): Promise<AskAnswer> {
  const { asked, idempotency } = input;
  const hours = createHours(deps.store);
  return await withRetries<AskAnswer>(async () => {
    const before = await hours.request(asked.organisationId, asked.requestId);
    if (before) return askedBefore(before, idempotency);
    if (!(await isActive(deps.store, asked.personId))) return { kind: 'wrong-state' };
    const { records } = await hours.of(asked.personId);
    const record = records.find(({ recordId }) => recordId === asked.recordId);
    if (asked.recordId !== undefined && record?.organisationId !== asked.organisationId) return { kind: 'not-found' };
    const now = nowOf(deps);
    const request: HoursRequestItem = {
      kind: 'hours-request',
      ...asked,
      ...(record && { was: record.timed + record.byHand }),
      askedAt: now,
      status: 'asked',
      accepted: accept([], idempotency),
      version: 1,
      gsi1pk: indexes.hoursAsked(asked.personId),
      gsi1sk: indexes.hoursSort(now, asked.requestId),
      gsi2pk: indexes.hoursStanding(asked.organisationId, true),
      gsi2sk: indexes.hoursSort(now, asked.requestId),
    };
    const result = await deps.store.transact([
      requestWrite(request, undefined),
      activeCheck(asked.personId),
      ...(input.audit ? [input.audit] : []),
    ]);
    return result.ok ? { kind: 'done', request } : AGAIN;
  }, deps);
}
