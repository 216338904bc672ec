import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/store/keys.ts';
import { aStation, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

type Mine = {
  items: { din: string; journey: { stages: { stage: string; on?: string }[]; open: boolean } }[];
  honours?: { donations: number; round: number; counts: { levels: unknown[]; per300ml: object } };
  cursor?: string;
};
const DAY = 24 * 60 * 60_000;

const mine = async (as: string, query: Record<string, string> = {}) =>
  (await station.call<Mine>('me', 'GET /api/me/donations', { as, query })).body;
const journeyOf = async (donor: string) => (await mine(donor)).items[0]?.journey;
const stagesOf = async (donor: string) => (await journeyOf(donor))?.stages.map(({ stage }) => stage);

describe('a donor’s list', () => {
  it('follows a donation from the chair to the patient, its components folded into one', async () => {
    const { donor, din } = await station.given();
    await station.settle();
    expect(await journeyOf(donor)).toEqual({ stages: [{ stage: 'collected', on: '2026-11-23' }], open: true });
    await station.step(din, 'wb', 'test');
    await station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma'] });
    await station.issue(din, 'wb-rc');
    await station.settle();
    expect(await stagesOf(donor)).toEqual(['collected', 'tests-finished', 'in-use']);
    await station.use(din, 'wb-rc');
    await station.settle();
    expect(await journeyOf(donor)).toEqual({
      stages: [
        { stage: 'collected', on: '2026-11-23' },
        { stage: 'tests-finished' },
        { stage: 'in-use' },
        { stage: 'used', on: '2026-11-23' },
      ],
      open: false,
    });
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    expect(await stagesOf(donor)).toEqual(['collected', 'tests-finished', 'in-use']);
  });

  it('is the same, day after day, for those put aside, thrown away, kept back and never needed', async () => {
    const [waits, aside, thrown, kept] = await Promise.all([1, 2, 3, 4].map(async () => await station.given()));
    const all = [waits, aside, thrown, kept] as { donor: string; din: string }[];
    await station.step(waits?.din ?? '', 'wb', 'test');
    await station.step(aside?.din ?? '', 'wb', 'quarantine');
    await station.step(thrown?.din ?? '', 'wb', 'discard', { note: 'HBsAg' });
    await station.call('holds', 'POST /api/holds', { body: { din: kept?.din } });
    await station.settle();
    for (const days of [0, 6, 1, 30, 300, 120, 200]) {
      station.world.advance(days * DAY);
      const seen = await Promise.all(all.map(async ({ donor }) => JSON.stringify(await journeyOf(donor))));
      expect(new Set(seen).size).toBe(1);
    }
    expect(await journeyOf(aside?.donor ?? '')).toEqual({
      stages: [{ stage: 'collected', on: '2026-11-23' }, { stage: 'tests-finished' }, { stage: 'not-needed' }],
      open: false,
    });
    const texts = await Promise.all(all.map(async ({ donor }) => (await station.textsTo(donor)).length));
    expect(new Set(texts).size).toBe(1);
    expect(JSON.stringify(await mine(thrown?.donor ?? ''))).not.toMatch(/discard|quarantin|HBsAg|held|stage":"wb/);
  });

  it('says on its first page what the records add up to, and of which figures we are not sure', async () => {
    const { donor } = await station.given();
    const first = await mine(donor, { limit: '1' });
    expect(first.honours).toMatchObject({ donations: 1, round: 2, counts: { per300ml: { value: 1.5, mark: 'R' } } });
    expect(first.honours?.counts.levels).toEqual([
      { honour: 'bronze', from: 20 },
      { honour: 'silver', from: 30 },
      { honour: 'gold', from: 40 },
    ]);
    expect(first.cursor).toBeUndefined();
  });

  it('goes on page after page, newest first, each donation once', async () => {
    const { donor } = await station.given();
    const [one] = (await mine(donor)).items;
    const earlier = await givenBefore(donor);
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page: Mine = await mine(donor, { limit: '2', ...(cursor && { cursor }) });
      expect(page.honours !== undefined).toBe(pages === 0);
      seen.push(...page.items.map(({ din }) => din));
      cursor = page.cursor;
      pages += 1;
    } while (cursor);
    expect(seen).toEqual([one?.din, ...earlier]);
    expect(pages).toBe(3);
  });

  /** Earlier donations, from before opening. */
  async function givenBefore(personId: string): Promise<string[]> {
    const { store } = station;
    const dins = Array.from({ length: 4 }, (_, n) => `G12342500000${9 - n}`);
    for (const [n, din] of dins.entries()) {
      const date = `2025-0${9 - n}-01`;
      await store.put({
        Item: {
          ...keys.donation(personId, date, din),
          kind: 'donation',
          din,
          personId,
          siteId: 'central',
          date,
          procedure: 'whole-blood',
          volumeMl: 200,
          historical: true,
        },
      });
    }
    return dins;
  }
});
