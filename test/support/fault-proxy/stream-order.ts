import type { Plan } from './plan.ts';

export type WireRecord = {
  dynamodb?: { SequenceNumber?: string; Keys?: Record<string, { S?: string }> };
};

const REMEMBERED = 50_000;

/**
 * The order in which a stream's records are handed out: another one, but for the records of one item, which is all that
 * DynamoDB promises across shards. A record that has once been handed out under a sequence number keeps it, so that a
 * reader who comes back to an earlier place meets what it met there before.
 */
export function createStreamOrder(plan: Plan) {
  const handedOut = new Map<string, WireRecord>();
  let drawn = 0;
  return (records: readonly WireRecord[]): WireRecord[] => {
    const fresh = records.filter((record) => !handedOut.has(sequenceOf(record)));
    const queues = new Map<string, WireRecord[]>();
    for (const record of fresh) {
      const item = itemOf(record);
      queues.set(item, [...(queues.get(item) ?? []), record]);
    }
    const waiting = [...queues.values()];
    for (const { dynamodb } of fresh) {
      const n = plan.rates.reorder ? plan.pick(drawn, waiting.length) : indexOfEarliest(waiting);
      drawn += 1;
      const queue = waiting[n] ?? [];
      const next = queue.shift() as WireRecord;
      if (queue.length === 0) waiting.splice(n, 1);
      handedOut.set(dynamodb?.SequenceNumber ?? '', {
        ...next,
        dynamodb: { ...next.dynamodb, SequenceNumber: dynamodb?.SequenceNumber ?? '' },
      });
    }
    const answer = records.map((record) => handedOut.get(sequenceOf(record)) ?? record);
    for (const old of handedOut.keys()) {
      if (handedOut.size <= REMEMBERED) break;
      handedOut.delete(old);
    }
    return answer;
  };
}

/** Which item a record is of, however the engine orders its key's parts. */
export const itemOf = ({ dynamodb }: WireRecord): string =>
  [dynamodb?.Keys?.['pk']?.S, dynamodb?.Keys?.['sk']?.S].join('\0');

const sequenceOf = (record: WireRecord): string => record.dynamodb?.SequenceNumber ?? '';

function indexOfEarliest(waiting: readonly WireRecord[][]): number {
  const firsts = waiting.map(([first]) => BigInt(first ? sequenceOf(first) : 0));
  return firsts.reduce((best, at, n) => (at < (firsts[best] ?? at) ? n : best), 0);
}
