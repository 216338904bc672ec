import { describe, expect, it } from 'vitest';
import { openSeat, sealSeat } from '../../web/src/station/seal.ts';

const encoded = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
const keptOf = (sub: string) => ({
  session: { accessToken: `a token of ${sub}`, idToken: `${encoded({})}.${encoded({ sub, name: '许若川' })}.` },
  place: '/staff/central',
});
const SEAT_KEY = Buffer.alloc(32, 7).toString('base64url');
const XU = { personId: 'p-xu', sub: 'sub-xu' };
const TIAN = { personId: 'p-tian', sub: 'sub-tian' };

describe('what a station keeps of somebody', () => {
  it('is opened with the key of their seat, and with no other', async () => {
    const kept = keptOf(XU.sub);
    const sealed = (await sealSeat(kept, SEAT_KEY, XU)) ?? '';
    expect(sealed).not.toContain(kept.session.accessToken);
    expect(await openSeat(sealed, SEAT_KEY, XU)).toEqual(kept);
    expect(await openSeat(sealed, Buffer.alloc(32, 8).toString('base64url'), XU)).toBeUndefined();
  });

  it('is never a colleague’s session, whoever has signed in in their tab', async () => {
    expect(await sealSeat(keptOf(TIAN.sub), SEAT_KEY, XU)).toBeUndefined();
  });

  it('opens for nobody in another’s place', async () => {
    const sealed = (await sealSeat(keptOf(TIAN.sub), SEAT_KEY, TIAN)) ?? '';
    for (const owner of [XU, { ...XU, sub: TIAN.sub }, { ...TIAN, sub: XU.sub }]) {
      expect(await openSeat(sealed, SEAT_KEY, owner)).toBeUndefined();
    }
  });
});
