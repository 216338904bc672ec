import { createCalls } from '../../../shared/store/calls/calls.ts';
import { messageId } from '../../../shared/store/keys.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { announceCalled } from '../common/announce-called.ts';
import type { TickDeps } from './deps.ts';
import { queueOverdue } from './queue-overdue.ts';

/** By then the stream has made a text, and a sender has taken it. */
const LATE_MS = 5 * 60_000;
const AT_ONCE = 8;

/**
 * Makes the texts of a call that the stream has not: whoever was asked and counted, before a process died or a record was lost, is
 * told, once. And those that nobody took go to the senders again. The nightly sweep would come when the day is over.
 */
export async function mendCalls(deps: TickDeps): Promise<void> {
  const calls = createCalls(deps.store);
  const to = new Date(deps.clock.now() - LATE_MS).toISOString();
  for (const { siteId, callId } of await calls.running()) {
    const call = await calls.get(siteId, callId);
    const from = call?.textsSeenTo ?? call?.createdAt;
    if (!call || !from || from >= to) continue;
    const asked = await calls.askedBetween(callId, from, to);
    await inParallel(asked, AT_ONCE, async ({ personId }) => {
      const ref = { personId, messageId: messageId('donation-called', callId, 'once') };
      if (await deps.messages.get(ref)) return await queueOverdue(deps, ref, LATE_MS);
      deps.log.warn('a call had no text', { callId });
      await announceCalled(deps, { personId, callId });
    });
    if (asked.length > 0) await calls.textsSeen(call, to);
  }
}
