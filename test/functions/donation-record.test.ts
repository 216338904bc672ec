import { beforeEach, describe, expect, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import { withdrawProofs } from '../../shared/store/proofs.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

type Record_ = { code: string; maskedName: string; name?: string };
const date = '2026-11-23';
const make = async (as: string, din: string) =>
  await station.call<Record_>('me', 'POST /api/me/donations/{din}/record', { as, params: { din }, body: { date } });
const verify = async (code: string) =>
  await station.call<Record_>('records', 'GET /api/records/{code}', { as: '', params: { code } });

describe('a donation record', () => {
  it('proves by its code that somebody gave, when, where and what, and nothing more', async () => {
    const { donor, din } = await station.given({ name: '林见暖' });
    const made = (await make(donor, din)).body;
    expect(made).toMatchObject({ name: '林见暖', din, date });
    expect((await verify(made.code)).body).toEqual({
      code: made.code,
      maskedName: '林＊＊',
      date,
      recordedBy: { zh: '中心血站', en: 'Central station' },
      procedure: 'whole-blood',
      volumeMl: 400,
    });
    expect((await verify(made.code.toLowerCase().replaceAll('-', ' '))).status).toBe(200);
  });

  it('has one code for good, however often and at once it is asked for', async () => {
    const { donor, din } = await station.given();
    const codes = await Promise.all([1, 2, 3, 4].map(async () => (await make(donor, din)).body.code));
    expect(new Set(codes).size).toBe(1);
    const mine = await station.call<{ recordCode?: string }>('me', 'GET /api/me/donations/{din}', {
      as: donor,
      params: { din },
      query: { date },
    });
    expect(mine.body.recordCode).toBe(codes[0]);
  });

  it('is nobody else’s to ask for, and no code but a given one proves anything', async () => {
    const { din } = await station.given();
    expect((await make(await aPerson(station.store), din)).body.code).toBe('not-found');
    for (const code of ['0000-0000-0000-0000', 'x', din, '林见暖']) {
      const answer = await verify(code);
      expect([answer.status, (answer.body as never as { code: string }).code]).toEqual([404, 'not-found']);
    }
  });

  it('proves nothing any more once its donor is unknown', async () => {
    const { donor, din } = await station.given();
    const { code } = (await make(donor, din)).body;
    const deps = engineDeps(station.store, station.world);
    const erasure = { kind: 'erasure', personId: donor, askedAt: '2026-11-23T02:00:00.000Z' } as const;
    await withdrawProofs(deps, erasure);
    await withdrawProofs(deps, erasure);
    expect((await verify(code)).status).toBe(404);
  });
});
