import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { engineBinary } from '../../local/engine.ts';
import { newBooking } from '../../shared/store/bookings.ts';
import type { SlotItem } from '../../shared/store/items/index.ts';
import { bookingId, keys } from '../../shared/store/keys.ts';
import * as city from '../city.ts';
import { startTableEngine } from '../table-engine.ts';
import { measureOperations, type Operations } from './operations.ts';

export type Growth = { readonly bookings: number; readonly operations: Operations };

const TABLE = 'schedule';
const A_DAY = 40;
const A_PERSON = 5;

/** The same operations beside ever more bookings in the table. */
export async function growth(options: {
  readonly sizes: readonly number[];
  readonly times: number;
  readonly basePort: number;
  readonly say: (line: string) => void;
}): Promise<Growth[]> {
  const found: Growth[] = [];
  const port = options.basePort + 10;
  for (const bookings of options.sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'nuanliu-bench-'));
    try {
      const began = performance.now();
      await fill(folder, bookings, port);
      options.say(`growth: ${bookings} bookings imported in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
      const engine = await startTableEngine({ port, tables: [TABLE], folder });
      try {
        // Once unmeasured, so that no size pays for warming up.
        await measureOperations(engine.storeOn(TABLE), TABLE, Math.ceil(options.times / 4), 0);
        const operations = await measureOperations(engine.storeOn(TABLE), TABLE, options.times, 1);
        found.push({ bookings, operations });
      } finally {
        await engine.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return found;
}

/** Makes the engine's file with so many bookings in it, five a person and forty a site and day, by the engine's own import. */
async function fill(folder: string, bookings: number, port: number): Promise<void> {
  const binary = engineBinary();
  if (!binary) throw new Error('the table engine is not published for this platform');
  const data = join(folder, 'export', TABLE, 'data');
  mkdirSync(data, { recursive: true });
  const lines = Readable.from(linesOf(bookings));
  await pipeline(lines, createGzip({ level: 1 }), createWriteStream(join(data, 'bookings.json.gz')));
  writeFileSync(join(folder, 'schema.json'), JSON.stringify([await describe(port)]));
  const args = ['--source', 'export', '--schema', 'schema.json', '--output', 'engine.db'];
  execFileSync(binary, ['import', ...args], { cwd: folder, stdio: 'ignore' });
  rmSync(join(folder, 'export'), { recursive: true });
}

/** The table as an engine describes it that has it. */
async function describe(port: number): Promise<unknown> {
  const engine = await startTableEngine({ port, tables: [TABLE] });
  const { Table } = await engine.storeOn(TABLE).base.send(new DescribeTableCommand({ TableName: TABLE }));
  await engine.stop();
  return { Table };
}

/** Written by hand from one booking a time of day: a million are made in seconds. */
function* linesOf(bookings: number): Generator<string> {
  const templates = Array.from({ length: A_DAY }, (_, time) => {
    const item = marshall(templateAt(time), { removeUndefinedValues: true });
    return `${JSON.stringify({ Item: item })}\n`;
  });
  let chunk = '';
  for (let n = 0; n < bookings; n += 1) {
    chunk += (templates[n % A_DAY] ?? '')
      .replaceAll(SITE, `g${Math.floor(n / A_DAY)}`)
      .replaceAll(PERSON, city.personOf(50_000_000 + Math.floor(n / A_PERSON)))
      .replaceAll(SUFFIX, `b${String(n).padStart(15, '0')}`);
    if (n % A_DAY === A_DAY - 1) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

const [SITE, PERSON, SUFFIX] = ['~site~', '~person~', '~suffix~'] as const;

function templateAt(time: number): city.Item {
  const slot = city.slot(SITE, city.inDays(2), time, 1).items[0] as unknown as SlotItem;
  const id = bookingId(PERSON, SUFFIX);
  const digest = '0123456789abcdefghijkl';
  return {
    ...keys.booking(id),
    ...newBooking({
      bookingId: id,
      personId: PERSON,
      slot,
      pool: 0,
      firstTime: false,
      now: slot.startsAt,
      idempotency: { key: digest, input: digest },
    }),
  };
}
