import { createHash } from 'node:crypto';
import type { Called, CallSettings } from '../../domain/calls.ts';
import type { CallStatus, Instant } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem } from '../client.ts';
import type { CallCodeItem, CallItem } from '../items/index.ts';
import { indexes, keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from '../transactions/deps.ts';
import { forgetAfter } from '../ttl.ts';
import { createCalls, RUNNING_VERSION } from './calls.ts';

export type CallAnswer =
  | { readonly kind: 'done'; readonly call: CallItem }
  /** Nothing is free in what it is to fill. */
  | { readonly kind: 'nothing-free' }
  /** Another call for some of the same places runs. */
  | { readonly kind: 'already-calling' }
  | { readonly kind: 'not-found' | 'key-reused' };

/** From the key, so that a repeat meets the call that the first made. */
const digestOf = ({ key }: Idempotency): string => createHash('sha256').update(`call ${key}`).digest('hex');
const callIdOf = (idempotency: Idempotency): string => `k${digestOf(idempotency).slice(0, 20)}`;
const CODE_LENGTH = 6;
/** Without letters that look like figures: somebody may have to type it. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const codeOf = (idempotency: Idempotency, nth: number): string =>
  [...createHash('sha256').update(`code ${idempotency.key} ${nth}`).digest().subarray(0, CODE_LENGTH)]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('');

/** The address in a text leads somewhere for this long after its day. */
const CODE_KEPT_DAYS = 60;

/** Whether two calls would fill some of the same places. */
const overlaps = (a: Called, b: Called): boolean =>
  a.procedure === b.procedure &&
  a.from <= b.to &&
  b.from <= a.to &&
  (a.fromTime ?? '00:00') < (b.toTime ?? '24:00') &&
  (b.fromTime ?? '00:00') < (a.toTime ?? '24:00');

/** Notes that donors are to be called; whom, in which order and when is the job's (go-on-calling.ts). */
export async function beginCall(
  deps: EngineDeps,
  input: {
    siteId: string;
    zone: string;
    called: Called;
    settings: CallSettings;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<CallAnswer> {
  const { siteId, zone, called, by, auditId, idempotency } = input;
  const calls = createCalls(deps.store);
  const callId = callIdOf(idempotency);
  return await withRetries<CallAnswer>(async (nth) => {
    const known = await calls.get(siteId, callId);
    if (known) {
      const same = wasAccepted(known.accepted, idempotency) === 'same';
      return same ? { kind: 'done', call: known } : { kind: 'key-reused' };
    }
    const others = await calls.ofSite(siteId);
    if (others.some((other) => other.status === 'running' && overlaps(other, called)))
      return { kind: 'already-calling' };
    const now = nowOf(deps);
    const free = (await calls.days(siteId, called, now)).reduce((sum, day) => sum + day.free, 0);
    if (free === 0) return { kind: 'nothing-free' };
    const call: CallItem = {
      kind: 'call',
      callId,
      siteId,
      zone,
      ...called,
      settings: input.settings,
      code: codeOf(idempotency, nth),
      status: 'running',
      freeAtStart: free,
      asked: 0,
      wave: 1,
      inWave: 0,
      nextAt: now,
      by,
      createdAt: now,
      accepted: accept([], idempotency),
      version: RUNNING_VERSION,
      gsi1pk: indexes.calling(),
      gsi1sk: indexes.callingSort(now, callId),
    };
    const code: CallCodeItem = { kind: 'call-code', siteId, callId };
    const { procedure, from, to } = called;
    const absent = 'attribute_not_exists(pk)';
    const result = await deps.store.transact([
      { Put: { Item: { ...keys.call(siteId, callId), ...call }, ConditionExpression: absent } },
      {
        Put: {
          Item: { ...keys.callCode(call.code), ...code, ...forgetAfter(`${to}T23:59:59.000Z`, CODE_KEPT_DAYS) },
          ConditionExpression: absent,
        },
      },
      {
        Put: auditItem({
          by,
          action: 'call-begun',
          scope: siteId,
          zone,
          at: now,
          id: auditId,
          change: { callId, procedure, from, to },
        }),
      },
    ]);
    return result.ok ? { kind: 'done', call } : AGAIN;
  }, deps);
}

/** Ends a running call: it leaves the job's index, and the texts that are bound to it and not sent yet are stopped at their claim. */
export const endWrite = (
  { siteId, callId }: Pick<CallItem, 'siteId' | 'callId'>,
  status: Exclude<CallStatus, 'running'>,
  now: Instant,
  by?: { readonly personId: string; readonly accepted: CallItem['accepted'] },
): DraftItem => ({
  Update: {
    Key: keys.call(siteId, callId),
    UpdateExpression: `SET #status = :status, #version = :after, #endedAt = :now${by ? ', #endedBy = :by, #accepted = :accepted' : ''} REMOVE #gsi1pk, #gsi1sk`,
    ConditionExpression: '#status = :running',
    ExpressionAttributeNames: {
      '#status': 'status',
      '#version': 'version',
      '#endedAt': 'endedAt',
      '#gsi1pk': 'gsi1pk',
      '#gsi1sk': 'gsi1sk',
      ...(by && { '#endedBy': 'endedBy', '#accepted': 'accepted' }),
    },
    ExpressionAttributeValues: {
      ':status': status,
      ':running': 'running',
      ':after': RUNNING_VERSION + 1,
      ':now': now,
      ...(by && { ':by': by.personId, ':accepted': by.accepted }),
    },
  },
});

/** Ends a call because its staff say so: nobody is asked from then on. Ended already, by itself or a colleague, it stays as it is. */
export async function stopCall(
  deps: EngineDeps,
  input: { siteId: string; callId: string; by: string; auditId: string; idempotency: Idempotency },
): Promise<CallAnswer> {
  return await withRetries<CallAnswer>(async () => {
    const before = await createCalls(deps.store).get(input.siteId, input.callId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known === 'other-input') return { kind: 'key-reused' };
    if (known || before.status !== 'running') return { kind: 'done', call: before };
    const now = nowOf(deps);
    const accepted = accept(before.accepted, input.idempotency);
    const result = await deps.store.transact([
      endWrite(before, 'stopped', now, { personId: input.by, accepted }),
      {
        Put: auditItem({
          by: input.by,
          action: 'call-stopped',
          scope: before.siteId,
          zone: before.zone,
          at: now,
          id: input.auditId,
          change: { callId: before.callId },
        }),
      },
    ]);
    // Ended by itself meanwhile: read anew.
    if (!result.ok) return AGAIN;
    const after = await createCalls(deps.store).get(input.siteId, input.callId);
    return after ? { kind: 'done', call: after } : { kind: 'not-found' };
  }, deps);
}
