import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { SendError } from '../../shared/notify/sms.ts';
import { aStation, type Station } from '../support/station.ts';

const RUNS = 25;
/** Short, so that the tick has few minutes to read. */
const HOLD = 2 * 60_000;
const USED = '您的血液已用于临床';
const SORRY = '抱歉';

/** What may happen, in any order: staff at two bags, the stream, the queue, the clock, and a network that fails once. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('use', 'correct-use'), unit: fc.constantFrom('wb-rc', 'wb-pl') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('stream'), how: fc.constantFrom('in order', 'reversed', 'twice') }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'queue' }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'hold' }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'fault' }) },
);

type Donation = Awaited<ReturnType<Station['issued']>>;
let station: Station;
const donations: Donation[] = [];

beforeAll(async () => {
  station = await aStation({ quiet: undefined, dailyCap: 1000, usedHoldSeconds: HOLD / 1000 });
  for (let n = 0; n < RUNS; n += 1) donations.push(await station.issued());
  await station.settle();
});

it('a donor is told of a use once, only while it stands, and told once if that proves wrong', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { donor, din } = donations.pop() as Donation;
      const standing = async () => (await station.chain(din)).units.filter(({ stage }) => stage === 'used').length;
      let faults = 0;
      const toldWrongly: string[] = [];
      station.network.send = async (to, text) => {
        if (faults > 0) {
          faults -= 1;
          throw new SendError('not-accepted', 'ECONNREFUSED');
        }
        if (text.includes(USED) && (await standing()) === 0) toldWrongly.push(text);
        return await station.accept(to, text);
      };
      let faulted = false;
      for (const it of steps) {
        switch (it.kind) {
          case 'use':
            await station.use(din, (it as { unit: string }).unit);
            break;
          case 'correct-use':
            await station.step(din, (it as { unit: string }).unit, 'correct-use');
            break;
          case 'stream': {
            const records = await station.read();
            const { how } = it as { how: string };
            if (how === 'twice') await station.announce(records);
            await station.announce(how === 'reversed' ? records.toReversed() : records);
            break;
          }
          case 'queue':
            await station.send(station.queued.splice(0));
            break;
          case 'hold':
            station.world.advance(HOLD + 1000);
            await station.tick();
            break;
          case 'fault':
            // Two in a row would end before the staff, which is another promise.
            if (!faulted) faults = 1;
            faulted = true;
        }
      }
      await station.settle();
      for (let n = 0; n < 3; n += 1) await station.later(HOLD + 1000);

      const texts = await station.textsTo(donor);
      const told = texts.filter((text) => text.includes(USED)).length;
      const sorry = texts.filter((text) => text.startsWith(SORRY)).length;
      const stands = (await standing()) > 0;
      expect(toldWrongly).toEqual([]);
      expect(told).toBeLessThanOrEqual(1);
      expect(sorry).toBeLessThanOrEqual(told);
      if (stands) expect(told).toBe(1);
      else expect(sorry).toBe(told);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
