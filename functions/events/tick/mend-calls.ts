import type { Instant } from '../../../shared/domain/vocabulary.ts';
import { createCalls } from '../../../shared/store/calls/calls.ts';
import type { CallItem } from '../../../shared/store/items/index.ts';
import { messageId } from '../../../shared/store/keys.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { announceCalled } from '../common/announce-called.ts';
import type { TickDeps } from './deps.ts';

/** By then the stream has made a text. */
const LATE_MS = 5 * 60_000;
const AT_ONCE = 8;

/**
 * Makes the texts of a call that the stream has not: whoever was asked and counted, before a process died or a record was lost, is
 * told, once. The nightly sweep would come when the day is over.
 */
export async function mendCalls(deps: TickDeps): Promise<void> {
  const calls = createCalls(deps.store);
  const to = new Date(deps.clock.now() - LATE_MS).toISOString();
  const failures: unknown[] = [];
  for (const { siteId, callId } of await calls.running()) {
    const call = await calls.get(siteId, callId);
    if (call) await mend(deps, call, to).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'the texts of some calls could not be looked at');
}

/** From where the last look ended; one that fails is begun again there. */
async function mend(deps: TickDeps, call: CallItem, to: Instant): Promise<void> {
  const calls = createCalls(deps.store);
  const { callId, textsSeenTo: from = call.createdAt } = call;
  if (from >= to) return;
  const asked = await calls.askedBetween(callId, from, to);
  await inParallel(asked, AT_ONCE, async ({ personId }) => {
    const ref = { personId, messageId: messageId('donation-called', callId, 'once') };
    if (await deps.messages.get(ref)) return;
    deps.log.warn('a call had no text', { callId });
    await announceCalled(deps, { personId, callId });
  });
  if (asked.length > 0) await calls.textsSeen(call, to);
}
