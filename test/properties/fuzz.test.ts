import { describe, expect, inject, it } from 'vitest';
import { inParallel } from '../../shared/store/parallel.ts';
import { arrange } from '../support/arranged.ts';
import { faultHeard, say, utterances } from '../support/fuzz/broken.ts';
import { runFuzz } from '../support/fuzz.ts';
import { aGateway, ROUTE_NAMES } from '../support/gateway.ts';

/** `FUZZ_SEED=… FUZZ_PER_ROUTE=…` replays or prolongs a run. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_123);
const PER_ROUTE = Number(process.env['FUZZ_PER_ROUTE'] ?? 50);
const SPOILED = 150;

it('no input makes any route fail, show what is inside, repeat what was sent, or write what it refuses', async () => {
  const report = await runFuzz({ perRoute: PER_ROUTE, seed: SEED, engineEndpoint: inject('engineEndpoint') });
  expect(report.faults, `seed ${SEED}`).toEqual([]);
  expect(report.requests).toBe(PER_ROUTE * ROUTE_NAMES.length);
  expect(report.slowestMs).toBeLessThan(10_000);
}, 600_000);

describe('requests that are no HTTP, or nearly', () => {
  it('are closed or answered 4xx, write nothing, and leave the gateway as well as before', async () => {
    const gateway = await aGateway(inject('engineEndpoint'));
    try {
      const { people, tokenOf } = await arrange(gateway);
      const before = await gateway.digest();
      // No name of a field: those a refusal may repeat.
      const mark = 'zqx!socket';
      const port = Number(new URL(gateway.url).port);
      const said = utterances({ seed: SEED, spoiled: SPOILED, mark, token: await tokenOf(people.auditor) });
      const faults: string[] = [];
      await inParallel(said, 16, async (bytes) => {
        const heard = await say(port, bytes);
        const fault = faultHeard(heard, mark);
        if (fault) faults.push(`${fault}\n${bytes.toString('latin1').slice(0, 300)}\n=> ${heard.heard.slice(0, 300)}`);
      });
      expect(faults, `seed ${SEED}`).toEqual([]);
      expect((await gateway.call('GET /api/health')).status).toBe(200);
      expect(await gateway.digest()).toBe(before);
    } finally {
      await gateway.stop();
    }
  });
});
