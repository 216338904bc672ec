import { setTimeout as sleep } from 'node:timers/promises';
import type { WaitItem, WaitLineItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { lineWrite } from '../../../shared/store/waits.ts';
import { createChance } from './chance.ts';
import type { Stage } from './stage.ts';

const LOOK_MS = 300;
/** About three hundred calls: so much is to happen between two of them, however slow the machine is. */
const BETWEEN_BYTES = 90_000;

/**
 * Two hours pass for an offer, now and then: nobody waits for them, so the end of one that is open is set to this moment, and
 * its list is due, which is all that time does. It is written past the proxy, on condition that the offer is still open.
 */
export function letOffersLapse(
  { store, changes }: Pick<Stage, 'store' | 'changes'>,
  progress: () => number,
  seed: number,
) {
  const chance = createChance(seed + 991);
  const waking = new AbortController();
  const done = (async () => {
    const open = new Map<string, WaitItem>();
    let read = 0;
    let next = BETWEEN_BYTES;
    while (!waking.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: waking.signal }).catch(() => {});
      if (progress() < next) continue;
      const all = changes();
      for (const item of all.slice(read)) {
        if (item.kind !== 'wait') continue;
        const id = `${item.waitId} ${item.personId}`;
        if (item.status === 'offered') open.set(id, item);
        else open.delete(id);
      }
      read = all.length;
      const wait = chance.of([...open.values()]);
      // A crash may be under way; the next one will do.
      if (!wait) continue;
      await pass(store, wait).catch(() => {});
      next = progress() + BETWEEN_BYTES;
    }
  })();
  return {
    stop: async () => {
      waking.abort();
      await done;
    },
  };
}

async function pass(store: Stage['store'], wait: WaitItem): Promise<void> {
  const now = new Date().toISOString();
  const line = await store.get<WaitLineItem>(keys.waitLine(wait.containerId, wait.date), { consistent: true });
  await store.transact([
    {
      Update: {
        Key: keys.wait(wait.waitId, wait.personId),
        UpdateExpression: 'SET #offer.#until = :now',
        ConditionExpression: '#status = :offered AND #version = :version',
        ExpressionAttributeNames: { '#offer': 'offer', '#until': 'until', '#status': 'status', '#version': 'version' },
        ExpressionAttributeValues: { ':now': now, ':offered': 'offered', ':version': wait.version },
      },
    },
    lineWrite(wait, line, now),
  ]);
}
