import { DatabaseSync } from 'node:sqlite';
import { createQueue } from '../../local/endpoints/queue.ts';
import { serveEndpoints } from '../../local/endpoints/server.ts';
import { createTexts } from '../../local/endpoints/texts.ts';
import { newBooking } from '../../shared/store/bookings.ts';
import type { SlotItem } from '../../shared/store/items/index.ts';
import { bookingId, keys } from '../../shared/store/keys.ts';
import { boundTo, type MessageRef, newMessage } from '../../shared/store/messages.ts';
import * as city from '../city.ts';
import { startClient } from '../client.ts';
import { residentMb } from '../processes.ts';
import { startTableEngine } from '../table-engine.ts';

export type TextsResult = {
  readonly messages: number;
  readonly perSecond: number;
  /** Texts that the endpoint took, and how many of those were a second one of the same. */
  readonly arrived: number;
  /** Peak resident memory of the sender's process in each fifth of the run. */
  readonly peakMb: readonly number[];
};

const TABLE = 'schedule';
/** As SQS hands them to the sender: ten a batch, and a few batches at a time. */
const BATCH = 10;
const BATCHES_AT_ONCE = 4;
const LOOK_MS = 200;
/** What is left to the heap in a function of 512 MB. */
const HEAP_MB = 256;

/** Sends so many due messages through the sender and SNS's local endpoint. */
export async function texts(options: {
  readonly messages: number;
  readonly basePort: number;
  readonly say: (line: string) => void;
}): Promise<TextsResult> {
  const engine = await startTableEngine({ port: options.basePort + 20, tables: [TABLE] });
  const db = new DatabaseSync(':memory:');
  const now = () => Date.now();
  const endpoints = await serveEndpoints({
    objects: { fromFunction: async () => {} },
    texts: createTexts(db, now),
    queue: createQueue(db, now),
    tokens: async () => ({ error: 'no tokens here' }),
    secret: 'none',
  });
  const client = startClient([`--max-old-space-size=${HEAP_MB}`]);
  try {
    const refs = await loadMessages(engine.storeOn(TABLE), options.messages);
    options.say(`texts: ${options.messages} messages are due`);
    await engine.restart();
    const memory: number[] = [];
    const looking = setInterval(() => memory.push(residentMb(client.pid)), LOOK_MS);
    const batches = Array.from({ length: Math.ceil(refs.length / BATCH) }, (_, n) =>
      refs.slice(n * BATCH, (n + 1) * BATCH),
    );
    const timed = await client.run({
      side: 'sender',
      endpoint: engine.endpoint,
      table: TABLE,
      sns: endpoints.url,
      lanes: BATCHES_AT_ONCE,
      batches,
    });
    clearInterval(looking);
    if (timed.counts.error > 0) throw new Error(`${timed.counts.error} batches of messages failed`);
    const arrived = Number(db.prepare('SELECT COUNT(*) AS n FROM text').get()?.['n']);
    // Messages that end unsent are quick, and no figure; one in a hundred may wait for its second attempt.
    if (arrived < refs.length * 0.99) throw new Error(`of ${refs.length} messages ${arrived} arrived`);
    return {
      messages: refs.length,
      perSecond: refs.length / timed.seconds,
      arrived,
      peakMb: fifths(memory).map((part) => Math.max(...part)),
    };
  } finally {
    client.stop();
    await endpoints.close();
    db.close();
    await engine.stop();
  }
}

function fifths(samples: readonly number[]): number[][] {
  const size = Math.max(1, Math.ceil(samples.length / 5));
  return Array.from({ length: 5 }, (_, n) => samples.slice(n * size, (n + 1) * size)).filter((it) => it.length > 0);
}

/** Each message is about a booking of its own and for a person of its own, due a minute ago. */
async function loadMessages(store: Parameters<typeof city.load>[0], count: number): Promise<MessageRef[]> {
  const slot = city.slot('texts', city.inDays(5), 0, 1).items[0] as unknown as SlotItem;
  const minuteAgo = new Date(Date.now() - 60_000).toISOString();
  const refs: MessageRef[] = [];
  const AT_A_TIME = 2_000;
  for (let first = 0; first < count; first += AT_A_TIME) {
    const items: city.Item[] = [];
    for (let n = first; n < Math.min(count, first + AT_A_TIME); n += 1) {
      const personId = city.personOf(n);
      const id = bookingId(personId, 'b000000000000001');
      const booking = newBooking({
        bookingId: id,
        personId,
        slot,
        pool: 0,
        firstTime: true,
        now: minuteAgo,
        idempotency: { key: 'k', input: 'i' },
      });
      const message = newMessage({
        personId,
        template: 'donation-booked',
        subject: id,
        version: 1,
        scope: slot.containerId,
        zone: slot.zone,
        params: { when: '12月20日 09:00', place: slot.place, link: 'https://nuanliu.example/bookings' },
        bound: boundTo(keys.booking(id), 1),
        now: minuteAgo,
      });
      const profile = city.personItems(n, { iss: 'texts', sub: String(n) }).find(({ kind }) => kind === 'profile');
      items.push(
        profile ?? {},
        { ...keys.booking(id), ...booking },
        { ...keys.message(personId, message.messageId), ...message },
      );
      refs.push({ personId, messageId: message.messageId });
    }
    await city.load(store, items, TABLE);
  }
  return refs;
}
