import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../../web/src/api/action-key.ts';
import { type Session, sessionStore } from '../../web/src/auth/session-store.ts';
import { afterLook } from '../../web/src/station/idle.ts';
import { type KeptSeat, seatKeeper } from '../../web/src/station/keeper.ts';
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

/** Somebody's session, as their provider gave it. */
const sessionOf = (sub: string, token = `a token of ${sub}`): Session => ({
  ...keptOf(sub).session,
  accessToken: token,
  expiresAt: 0,
  refreshToken: 'again',
});

describe('while somebody is at a station', () => {
  let sealed: string | undefined;
  let seatKey = SEAT_KEY;
  const here = () => ({ ...XU, name: '许若川', seatKey });
  const opened = async () => sealed && (await openSeat<KeptSeat>(sealed, SEAT_KEY, XU));
  const keeper = () =>
    seatKeeper(here, (seat) => {
      sealed = seat.sealed;
    });

  it('one thing of theirs that could not be kept bars none that comes after it', async () => {
    const keep = keeper();
    seatKey = 'no key';
    await expect(keep({ session: sessionOf(XU.sub) })).rejects.toThrow();
    seatKey = SEAT_KEY;
    await keep({ session: sessionOf(XU.sub) });
    expect(await opened()).toMatchObject({ session: { accessToken: 'a token of sub-xu' } });
  });

  it('a session that is renewed as it locks takes nothing of what they had typed', async () => {
    const keep = keeper();
    const typed = [{ field: 'new-name#0', value: '李一粟' }];
    const kept = keep({ session: sessionOf(XU.sub), place: '/staff/central/people/new', typed });
    await Promise.all([kept, keep({ session: sessionOf(XU.sub, 'the next') })]);
    expect(await opened()).toMatchObject({
      session: { accessToken: 'the next' },
      place: '/staff/central/people/new',
      typed,
    });
  });
});

describe('a session that is being renewed', () => {
  const storage = memoryStorage();
  const session = sessionStore(
    () => storage,
    () => undefined,
  );
  const refused = () => Object.assign(new Error('invalid_grant'), { name: 'ErrorResponse' });

  it('is nobody’s again once its owner has gone, and never in another’s place', async () => {
    for (const next of [undefined, sessionOf(TIAN.sub)]) {
      session.set(sessionOf(XU.sub));
      await session.renew(async () => {
        session.set(next);
        return sessionOf(XU.sub, 'late');
      });
      expect(session.get()).toEqual(next);
    }
  });

  it('is renewed for whoever is still here, and ends when their provider says so', async () => {
    session.set(sessionOf(XU.sub));
    await session.renew(async () => sessionOf(XU.sub, 'the next'));
    expect(session.get()?.accessToken).toBe('the next');
    await session.renew(async () => {
      throw refused();
    });
    expect(session.get()).toBeUndefined();
  });

  it('that its provider refuses signs out nobody who is here by then', async () => {
    session.set(sessionOf(XU.sub));
    const next = sessionOf(TIAN.sub);
    await session.renew(async () => {
      session.set(next);
      throw refused();
    });
    expect(session.get()).toEqual(next);
  });

  it('tells when another is here, and not when the same one is again', async () => {
    const told: string[] = [];
    session.set(sessionOf(XU.sub));
    const stop = session.onAnother(() => void told.push(session.get()?.accessToken ?? ''));
    for (const it of [sessionOf(XU.sub, 'renewed'), undefined, sessionOf(XU.sub), sessionOf(TIAN.sub)]) session.set(it);
    stop();
    expect(told).toEqual(['a token of sub-tian']);
  });
});

describe('a tab of a station that nobody touches', () => {
  const lockMs = 3 * 60_000;
  const NOW = 1_000_000_000;
  const look = (more: Partial<Parameters<typeof afterLook>[0]>) =>
    afterLook({ here: 'xu', touched: NOW - lockMs, turn: undefined, now: NOW, lockMs, ...more });

  it('locks it once its time is over, also where the device slept meanwhile or its clock was put back', () => {
    expect(look({})).toBe('lock');
    expect(look({ touched: NOW - lockMs + 1 })).toBe('go-on');
    expect(look({ touched: NOW - 8 * 3_600_000, turn: { personId: 'xu', at: NOW - 8 * 3_600_000 } })).toBe('lock');
    expect(look({ turn: { personId: 'xu', at: NOW + 3_600_000 } })).toBe('lock');
    expect(look({ touched: NOW + 3_600_000 })).toBe('go-on');
  });

  it('locks nobody out who works in another: themselves, or a colleague whose turn it has become', () => {
    expect(look({ turn: { personId: 'xu', at: NOW - 1_000 } })).toBe('go-on');
    expect(look({ turn: { personId: 'tian', at: NOW - 1_000 } })).toBe('give-way');
    expect(look({ touched: NOW, turn: { personId: 'tian', at: NOW - 60_000 } })).toBe('give-way');
    expect(look({ touched: NOW, turn: { at: NOW } })).toBe('give-way');
  });
});
