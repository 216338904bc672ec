import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { localDateOf } from '../../shared/domain/local-time.ts';
import { SendError } from '../../shared/notify/sms.ts';
import { anIssuedDonation } from '../builders/donations.ts';
import { aStation, type Station } from '../support/station.ts';

const RUNS = 20;
/** Short, so that the tick has few minutes to read. */
const HOLD = 2 * 60_000;
const USED = '您的血液已用于临床';
const SORRY = '抱歉';

type Step =
  | { kind: 'use' | 'correct-use' | 'return' | 'issue' | 'expires'; unit: 'wb-rc' | 'wb-pl' }
  | { kind: 'stream'; how: 'in order' | 'reversed' | 'twice' }
  | { kind: 'queue' | 'hold' | 'fault' | 'recall' };

const unit = fc.constantFrom('wb-rc' as const, 'wb-pl' as const);
/** What may happen, in any order: staff at two bags, the stream, the queue, the clock, and a network that fails once. */
const single: fc.Arbitrary<Step[]> = fc
  .oneof<fc.Arbitrary<Step>[]>(
    fc.record({ kind: fc.constant('use' as const), unit }),
    fc.record({ kind: fc.constant('correct-use' as const), unit }),
    fc.record({ kind: fc.constant('stream' as const), how: fc.constantFrom('in order', 'reversed', 'twice') }),
    fc.constant({ kind: 'queue' as const }),
    fc.constant({ kind: 'hold' as const }),
    fc.constant({ kind: 'fault' as const }),
    fc.record({ kind: fc.constantFrom('return' as const, 'issue' as const, 'expires' as const), unit }),
    fc.constant({ kind: 'recall' as const }),
  )
  .map((it) => [it]);
/** Stretches that chance alone seldom makes: told as soon as possible, and corrected just before or after the claim. */
const phrase: fc.Arbitrary<Step[]> = fc.tuple(unit, fc.boolean()).map(([it, before]) => {
  const use: Step[] = [{ kind: 'use', unit: it }, { kind: 'stream', how: 'in order' }, { kind: 'hold' }];
  const correct: Step = { kind: 'correct-use', unit: it };
  return before ? [...use, correct, { kind: 'queue' }] : [...use, { kind: 'queue' }, correct];
});
const history = fc
  .array(fc.oneof({ weight: 5, arbitrary: single }, { weight: 2, arbitrary: phrase }), { minLength: 3, maxLength: 10 })
  .map((parts) => parts.flat());

type Donation = Awaited<ReturnType<typeof anIssuedDonation>>;
let station: Station;
/** The date at the station, whose clock the histories move on. */
const today = () => localDateOf(new Date(station.world.clock.now()).toISOString(), 'Asia/Shanghai');
const donations: Donation[] = [];

beforeAll(async () => {
  station = await aStation({ quiet: undefined, dailyCap: 1000, usedHoldSeconds: HOLD / 1000 });
  for (let n = 0; n < RUNS; n += 1) donations.push(await anIssuedDonation(station.store, station.newDin()));
  await station.settle();
});

it('a donor is told of a use once, only while it stands, and told once if that proves wrong', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
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
      let recalled = false;
      for (const it of steps) {
        switch (it.kind) {
          case 'use':
            await station.use(din, it.unit);
            break;
          case 'correct-use':
            await station.step(din, it.unit, 'correct-use');
            break;
          case 'return':
            await station.step(din, it.unit, 'return');
            break;
          case 'issue': {
            const before = await station.unit(din, it.unit);
            const { status } = await station.step(din, it.unit, 'issue', { hospital: 'First Hospital' });
            const { expiresOn = '9999' } = before as { expiresOn?: string };
            // The donation is of the 23rd, and so is every clock here: what expired on it has a day to go, or has gone.
            const gone = expiresOn < today();
            expect(status === 200).toBe(before.stage === 'stored' && !recalled && !gone);
            break;
          }
          case 'expires':
            await station.step(din, it.unit, 'set-expiry', { expiry: '2026-11-23' });
            break;
          case 'recall': {
            const { status } = await station.call('recalls', 'POST /api/recalls', {
              body: { din, scope: 'donation', reason: 'other' },
            });
            expect(status).toBe(201);
            recalled = true;
            // Nothing that no hospital has is where it could go on.
            for (const { stage } of (await station.chain(din)).units)
              expect(['quarantined', 'issued', 'used']).toContain(stage);
            break;
          }
          case 'stream': {
            const records = await station.read();
            if (it.how === 'twice') await station.announce(records);
            await station.announce(it.how === 'reversed' ? records.toReversed() : records);
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
