import { isInLine } from '../../domain/waitlist.ts';
import type { WaitLineItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { nowOf } from '../transactions/deps.ts';
import { createWaits, lineWrite } from '../waits.ts';
import { type EraseStep, untilWritten } from './step.ts';

const AT_ONCE = 100;

/** The person is in no line any more, and what they waited for is forgotten; a place that was held for them passes on. */
export const leaveWaits: EraseStep = async (deps, { personId }) => {
  const waits = createWaits(deps.store);
  for (const { waitId } of await waits.ofPerson(personId, AT_ONCE)) {
    await untilWritten(deps, async (store) => {
      const wait = await waits.get(waitId, personId);
      if (!wait) return [];
      const inLine = isInLine(wait.status);
      const key = keys.waitLine(wait.containerId, wait.date);
      const line = inLine ? await store.get<WaitLineItem>(key, { consistent: true }) : undefined;
      return [
        {
          Delete: {
            Key: keys.wait(waitId, personId),
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': wait.version },
          },
        },
        ...(inLine ? [lineWrite(wait, line, wait.status === 'offered' ? nowOf(deps) : line?.wakeAt)] : []),
      ];
    });
  }
};
