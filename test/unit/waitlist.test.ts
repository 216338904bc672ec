import { describe, expect, it } from 'vitest';
import { quietUntil } from '../../shared/domain/quiet-hours.ts';
import type { WaitStatus } from '../../shared/domain/vocabulary.ts';
import {
  aheadOf,
  covers,
  inOrder,
  isInLine,
  isWaitedFor,
  type Line,
  mayWaitFor,
  nextInLine,
  nextStep,
  offerWindow,
  type QuietUntil,
  WAIT_ACTIONS,
  WAIT_TRANSITIONS,
  type Wait,
  type WaitedSlot,
} from '../../shared/domain/waitlist.ts';

const ZONE = 'Asia/Shanghai';
/** Ten in the morning there. */
const NOW = '2026-11-23T02:00:00.000Z';
const NEVER: QuietUntil = () => undefined;
const NIGHT: QuietUntil = (at, zone) => quietUntil(at, zone, { from: '21:00', to: '08:00' });
const everyone = () => true;

type Pool = WaitedSlot['pools'][number];
const pool = (more: Partial<Pool> = {}): Pool => ({ k: 0, free: 0, held: 0, open: true, waits: true, ...more });
const slot = (slotId: string, more: Partial<WaitedSlot> = {}): WaitedSlot => ({
  slotId,
  kind: 'donation',
  procedure: 'whole-blood',
  startsAt: '2026-11-24T01:00:00.000Z',
  endsAt: '2026-11-24T02:00:00.000Z',
  date: '2026-11-24',
  zone: ZONE,
  status: 'open',
  pools: [pool()],
  ...more,
});
const A = slot('a');
const B = slot('b', { startsAt: '2026-11-24T03:00:00.000Z' });

let joined = 0;
const wait = (personId: string, slotId: string | undefined, more: Partial<Wait> = {}): Wait => {
  joined += 1;
  return {
    waitId: slotId ?? 'any',
    personId,
    status: 'waiting',
    joinedAt: new Date(Date.parse('2026-11-20T00:00:00.000Z') + joined * 1000).toISOString(),
    ...(slotId !== undefined && { slotId }),
    procedure: 'whole-blood',
    notSlots: [],
    ...more,
  };
};
const offered = (personId: string, of: WaitedSlot, until: string, more: Partial<Wait> = {}): Wait =>
  wait(personId, of.slotId, { status: 'offered', offer: { slotId: of.slotId, pool: 0, until }, ...more });
const line = (waits: Wait[], slots: WaitedSlot[], more: Partial<Line<Wait>> = {}): Line<Wait> => ({
  now: NOW,
  waits,
  slots,
  qualifies: everyone,
  quiet: NEVER,
  ...more,
});

describe('the table of a wait', () => {
  it('says for each action what it leaves and where it leads', () => {
    expect(WAIT_ACTIONS.map((action) => [action, WAIT_TRANSITIONS[action].from, WAIT_TRANSITIONS[action].to])).toEqual([
      ['offer', ['waiting'], 'offered'],
      ['accept', ['offered'], 'accepted'],
      ['decline', ['offered'], 'declined'],
      ['pass', ['offered'], 'waiting'],
      ['withdraw', ['offered'], 'waiting'],
      ['lapse', ['offered'], 'lapsed'],
      ['leave', ['waiting', 'offered'], 'left'],
      ['close', ['waiting', 'offered'], 'closed'],
    ]);
  });
  it.each([
    ['waiting', true],
    ['offered', true],
    ['accepted', false],
    ['declined', false],
    ['lapsed', false],
    ['left', false],
    ['closed', false],
  ] as [WaitStatus, boolean][])('%s is in line: %s', (status, expected) => {
    expect(isInLine(status)).toBe(expected);
  });
});

describe('an offer', () => {
  const window = (now: string, startsAt: string, quiet: QuietUntil = NIGHT) =>
    offerWindow(now, { startsAt, zone: ZONE }, quiet);
  it.each([
    // Two hours by day.
    ['2026-11-23T02:00:00.000Z', '2026-11-24T02:00:00.000Z', { kind: 'now', until: '2026-11-23T04:00:00.000Z' }],
    // Shorter as the slot draws near: never later than an hour before it.
    ['2026-11-23T02:00:00.000Z', '2026-11-23T04:30:00.000Z', { kind: 'now', until: '2026-11-23T03:30:00.000Z' }],
    ['2026-11-23T02:00:00.000Z', '2026-11-23T03:20:00.000Z', { kind: 'now', until: '2026-11-23T02:20:00.000Z' }],
    // With less than twenty minutes to answer nobody is asked.
    ['2026-11-23T02:00:00.000Z', '2026-11-23T03:19:59.000Z', { kind: 'over' }],
    ['2026-11-23T02:00:00.000Z', '2026-11-23T01:00:00.000Z', { kind: 'over' }],
    // The night does not count: an hour before nine in the evening, an hour after eight in the morning.
    ['2026-11-23T12:00:00.000Z', '2026-11-24T10:00:00.000Z', { kind: 'now', until: '2026-11-24T01:00:00.000Z' }],
    ['2026-11-23T11:00:00.000Z', '2026-11-24T10:00:00.000Z', { kind: 'now', until: '2026-11-23T13:00:00.000Z' }],
    // In the night it waits for the morning, and where the morning is too late, it is over.
    ['2026-11-23T13:00:00.000Z', '2026-11-24T10:00:00.000Z', { kind: 'later', at: '2026-11-24T00:00:00.000Z' }],
    ['2026-11-23T23:59:00.000Z', '2026-11-24T01:20:00.000Z', { kind: 'later', at: '2026-11-24T00:00:00.000Z' }],
    ['2026-11-23T23:59:00.000Z', '2026-11-24T01:19:00.000Z', { kind: 'over' }],
  ] as const)('made at %s for a slot at %s: %o', (now, startsAt, expected) => {
    expect(window(now, startsAt)).toEqual(expected);
  });
  it('ends before nobody can sign up any more, where that is sooner, and is not made too close to it', () => {
    const until = (closesAt: string, startsAt = '2026-11-24T02:00:00.000Z') =>
      offerWindow(NOW, { startsAt, zone: ZONE, closesAt }, NEVER);
    expect(until('2026-11-23T03:00:00.000Z')).toEqual({ kind: 'now', until: '2026-11-23T03:00:00.000Z' });
    expect(until('2026-11-23T02:20:00.000Z').kind).toBe('now');
    expect(until('2026-11-23T02:19:59.999Z').kind).toBe('over');
    expect(until('2026-11-23T04:30:00.000Z', '2026-11-23T04:30:00.000Z')).toEqual({
      kind: 'now',
      until: '2026-11-23T03:30:00.000Z',
    });
  });
  it('runs as long as its rules say, in steps that need not divide it', () => {
    const rules = { minutes: 47, leastMinutes: 1, leadMinutes: 0 };
    expect(offerWindow(NOW, B, NEVER, rules)).toEqual({ kind: 'now', until: '2026-11-23T02:47:00.000Z' });
  });
  it('may be waited for while it could still be made by day', () => {
    expect(mayWaitFor('2026-11-23T23:40:00.000Z', A)).toBe(true);
    expect(mayWaitFor('2026-11-23T23:41:00.000Z', A)).toBe(false);
  });
});

describe('who waits for what', () => {
  it('one slot, or any of the day with the same procedure, but never what they gave up', () => {
    expect(covers(wait('p', 'a'), A)).toBe(true);
    expect(covers(wait('p', 'a'), B)).toBe(false);
    expect(covers(wait('p', undefined), A)).toBe(true);
    expect(covers(wait('p', undefined, { procedure: 'platelets' }), A)).toBe(false);
    expect(covers(wait('p', undefined, { notSlots: ['a'] }), A)).toBe(false);
    expect(covers(wait('p', undefined, { notSlots: ['a'] }), B)).toBe(true);
    expect(covers(wait('p', 'a', { notSlots: ['a'] }), A)).toBe(false);
  });
  it('first come, first in line; at the same instant by id', () => {
    const [a, b] = [wait('a', 'a'), wait('b', 'a')];
    expect(inOrder([b, a])).toEqual([a, b]);
    const twin = { ...a, personId: 'c' };
    expect(inOrder([twin, a])).toEqual([a, twin]);
  });
  it('the next is the first who waits for it, qualifies and is not being asked already', () => {
    const first = wait('first', undefined, { procedure: 'platelets' });
    const asked = offered('asked', B, '2026-11-23T04:00:00.000Z');
    const again = wait('asked', 'a');
    const light = wait('light', 'a');
    const gone = wait('gone', 'a', { status: 'left' });
    const mine = wait('mine', undefined);
    const last = wait('last', 'a');
    const all = [last, mine, gone, light, again, asked, first];
    expect(nextInLine(all, A, (personId) => personId !== 'light')).toBe(mine);
    expect(nextInLine(all, A, () => false)).toBeUndefined();
    expect(nextInLine(all, A, (personId, { slotId }) => personId === 'last' && slotId === 'a')).toBe(last);
  });
  it('tells each how many could be asked before them', () => {
    const waits = [
      wait('p1', 'a'),
      wait('p2', undefined),
      wait('p3', 'b'),
      offered('p4', A, '2026-11-23T04:00:00.000Z'),
      wait('p5', undefined, { procedure: 'platelets' }),
      wait('p6', undefined, { notSlots: ['a'] }),
      wait('p1', undefined),
    ];
    expect(aheadOf(waits, wait('me', 'a'))).toBe(2);
    expect(aheadOf(waits, wait('me', 'b'))).toBe(4);
    expect(aheadOf(waits, wait('me', undefined))).toBe(4);
    expect(aheadOf(waits, waits[0] as Wait)).toBe(0);
    expect(aheadOf([...waits, wait('later', 'a')], waits[1] as Wait)).toBe(1);
    const mine = wait('p9', 'a');
    expect(aheadOf([mine, wait('p9', undefined)], mine)).toBe(0);
    expect(
      aheadOf([wait('s', 'x', { procedure: undefined as never })], wait('me', 'x', { procedure: undefined as never })),
    ).toBe(1);
  });
  it('a place is held while somebody in line could still be asked for it', () => {
    expect(isWaitedFor([wait('p', 'a')], A, NOW)).toBe(true);
    expect(isWaitedFor([offered('p', A, '2026-11-23T04:00:00.000Z')], A, NOW)).toBe(true);
    expect(isWaitedFor([wait('p', 'b')], A, NOW)).toBe(false);
    expect(isWaitedFor([wait('p', 'a', { status: 'lapsed' })], A, NOW)).toBe(false);
    expect(isWaitedFor([wait('p', 'a')], slot('a', { status: 'closed' }), NOW)).toBe(false);
    expect(isWaitedFor([wait('p', 'a')], A, '2026-11-24T00:00:00.000Z')).toBe(false);
    expect(isWaitedFor([], A, NOW)).toBe(false);
  });
});

describe('the next step of a line', () => {
  const held = slot('a', { pools: [pool(), pool({ k: 1, held: 2 })] });
  const free = slot('a', { pools: [pool({ free: 1 })] });

  it('offers a held place to the first in line', () => {
    const [first, second] = [wait('p1', 'a'), wait('p2', 'a')];
    expect(nextStep(line([second, first], [held]))).toEqual({
      kind: 'offer',
      wait: first,
      slot: held,
      pool: 1,
      from: 'held',
      until: '2026-11-23T04:00:00.000Z',
    });
  });
  it('offers a free place that somebody waits for, and a held one before it', () => {
    const first = wait('p1', 'a');
    expect(nextStep(line([first], [free]))).toMatchObject({ kind: 'offer', pool: 0, from: 'free' });
    const both = slot('a', { pools: [pool({ free: 1 }), pool({ k: 1, held: 1 })] });
    expect(nextStep(line([first], [both]))).toMatchObject({ pool: 1, from: 'held' });
    const closed = slot('a', { pools: [pool({ free: 1, open: false })] });
    expect(nextStep(line([first], [closed]))).toEqual({ kind: 'rest' });
  });
  it('counts a place that is in somebody’s hands as given, and the next as loose', () => {
    const one = slot('a', { pools: [pool({ held: 1 })] });
    const two = slot('a', { pools: [pool({ held: 2 })] });
    const until = '2026-11-23T04:00:00.000Z';
    const asked = offered('p1', one, until);
    const next = wait('p2', 'a');
    expect(nextStep(line([asked, next], [one]))).toEqual({ kind: 'rest', wakeAt: until });
    expect(nextStep(line([asked, next], [two]))).toMatchObject({ kind: 'offer', wait: next });
    expect(nextStep(line([asked], [two]))).toEqual({ kind: 'release', slot: two, pool: 0, places: 1 });
    // Another pool's offer, or another slot's, holds nothing here.
    const elsewhere = { ...asked, offer: { slotId: 'a', pool: 1, until } };
    expect(nextStep(line([elsewhere, next], [one]))).toMatchObject({ kind: 'offer', wait: next });
    expect(nextStep(line([offered('p3', B, until), next], [one, B]))).toMatchObject({ kind: 'offer', wait: next });
    const lapsed = { ...asked, status: 'lapsed' as const };
    expect(nextStep(line([lapsed, next], [one]))).toMatchObject({ kind: 'offer', wait: next });
  });
  it('gives back what nobody can be offered: no one is in line, none qualifies, it begins too soon, it is closed', () => {
    const release = { kind: 'release', slot: held, pool: 1, places: 2 };
    expect(nextStep(line([], [held]))).toEqual(release);
    expect(nextStep(line([wait('p', 'a')], [held], { qualifies: () => false }))).toEqual(release);
    expect(nextStep(line([wait('p', 'a')], [held], { now: '2026-11-24T00:00:00.000Z' }))).toEqual(release);
    const closed = slot('a', { status: 'closed', pools: [pool({ held: 1, open: false, free: 2 })] });
    expect(nextStep(line([], [closed]))).toMatchObject({ kind: 'release', places: 1 });
    const shut = slot('a', { pools: [pool({ held: 1, open: false })] });
    expect(nextStep(line([wait('p', 'a')], [shut]))).toMatchObject({ kind: 'release', places: 1 });
  });
  it('leaves a free place free where nobody can be offered it', () => {
    expect(nextStep(line([], [free]))).toEqual({ kind: 'rest' });
    expect(nextStep(line([wait('p', 'a')], [free], { qualifies: () => false }))).toEqual({ kind: 'rest' });
    expect(nextStep(line([wait('p', 'a')], [free], { now: '2026-11-24T00:30:00.000Z' }))).toEqual({ kind: 'rest' });
  });
  it('rests in the night until the morning, but not for a place that nobody could be offered then', () => {
    const night = { now: '2026-11-23T14:00:00.000Z', quiet: NIGHT };
    const noon = slot('a', { startsAt: '2026-11-24T04:00:00.000Z', pools: [pool({ held: 1 })] });
    expect(nextStep(line([wait('p', 'a')], [noon], night))).toEqual({
      kind: 'rest',
      wakeAt: '2026-11-24T00:00:00.000Z',
    });
    expect(nextStep(line([], [noon], night))).toMatchObject({ kind: 'release' });
    const early = slot('a', { startsAt: '2026-11-24T00:30:00.000Z', pools: [pool({ held: 1 })] });
    expect(nextStep(line([wait('p', 'a')], [early], night))).toMatchObject({ kind: 'release' });
    // One slot that has to wait keeps no other from its step.
    const other = slot('b', { startsAt: '2026-11-24T05:00:00.000Z', pools: [pool({ held: 1 })] });
    expect(nextStep(line([wait('p', 'a')], [noon, other], night))).toMatchObject({ kind: 'release', slot: other });
  });
  it('wakes at the first of what is to come, and never for what has been', () => {
    const waits = [
      offered('p1', A, '2026-11-23T04:00:00.000Z'),
      offered('p2', A, '2026-11-23T03:00:00.000Z'),
      wait('p3', 'a', { status: 'lapsed', offer: { slotId: 'a', pool: 0, until: '2026-11-23T02:30:00.000Z' } }),
    ];
    expect(nextStep(line(waits, [slot('a', { pools: [pool({ held: 2 })] })]))).toEqual({
      kind: 'rest',
      wakeAt: '2026-11-23T03:00:00.000Z',
    });
  });
  it('goes through the slots of the day in their order', () => {
    const [early, late] = [slot('a', { pools: [pool({ held: 1 })] }), { ...B, pools: [pool({ held: 1 })] }];
    expect(nextStep(line([wait('p', undefined)], [late, early]))).toMatchObject({ kind: 'offer', slot: early });
  });

  it('lets an offer lapse at its instant, before anything is given on', () => {
    const asked = offered('p1', held, NOW);
    expect(nextStep(line([wait('p0', 'a'), asked], [held]))).toEqual({ kind: 'lapse', wait: asked });
    const open = offered('p1', held, '2026-11-23T02:00:00.001Z');
    expect(nextStep(line([open], [held]))).toMatchObject({ kind: 'release' });
  });
  it('takes an offer back from who no longer qualifies, or whose slot is closed while others of the day are open', () => {
    const until = '2026-11-23T04:00:00.000Z';
    const asked = offered('p1', A, until);
    const taken = slot('a', { pools: [pool({ held: 1 })] });
    expect(nextStep(line([asked], [taken], { qualifies: () => false }))).toEqual({ kind: 'withdraw', wait: asked });
    const { slotId: _, ...anyTime } = asked;
    const closed = slot('a', { status: 'closing' });
    expect(nextStep(line([anyTime], [closed, B]))).toEqual({ kind: 'withdraw', wait: anyTime });
    expect(nextStep(line([anyTime], [B]))).toEqual({ kind: 'withdraw', wait: anyTime });
  });
  it('closes a wait when nothing it is for takes place any more', () => {
    const mine = wait('p1', 'a');
    const anyTime = wait('p2', undefined);
    const closed = slot('a', { status: 'closed' });
    expect(nextStep(line([mine, anyTime], [closed, B]))).toEqual({ kind: 'close', wait: mine });
    expect(nextStep(line([anyTime], [closed, B]))).toEqual({ kind: 'rest' });
    expect(nextStep(line([anyTime], [closed, { ...B, status: 'closing' }]))).toEqual({ kind: 'close', wait: anyTime });
    expect(nextStep(line([anyTime], [closed, { ...B, procedure: 'platelets' }]))).toMatchObject({ kind: 'close' });
    // One whose places are being changed is open again in a moment.
    expect(nextStep(line([mine], [slot('a', { status: 'settling' })]))).toEqual({ kind: 'rest' });
    const over = slot('a', { status: 'closed', startsAt: NOW });
    expect(nextStep(line([mine], [over]))).toEqual({ kind: 'rest' });
    expect(nextStep(line([{ ...mine, status: 'left' }], [closed]))).toEqual({ kind: 'rest' });
    expect(nextStep(line([mine], []))).toEqual({ kind: 'rest' });
  });
});
