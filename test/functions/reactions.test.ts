import { beforeEach, expect, it } from 'vitest';
import type { AuditItem, LockItem, ReactionItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const FAINT = { kinds: ['vasovagal', 'haematoma'], grade: 2, note: '平卧，饮水' };
/** A donor who has just given, and how they took it. */
async function given(more: Record<string, unknown>) {
  const { donor, bookingId } = await station.booked();
  const din = station.newDin();
  await station.checkIn(bookingId);
  const answer = await station.complete(bookingId, din, more);
  return { donor, din, answer };
}
const known = async (din: string, as = station.staff) =>
  await station.call<{ recorded: boolean; reaction?: object }>('donations', 'GET /api/donations/{din}/reaction', {
    as,
    params: { din },
  });
const correct = async (din: string, reaction?: object, key?: string) =>
  await station.call<{ din: string }>('donations', 'POST /api/donations/{din}/corrections', {
    params: { din },
    body: { kind: 'reaction', ...(reaction && { reaction }), reason: '登记时漏了' },
    ...(key && { key }),
  });
const words = async (din: string) =>
  (await station.store.query<ReactionItem>({ pk: partitions.reactions(din), table: 'private', consistent: true }))
    .items;
const counted = async (donor: string) =>
  (await station.store.get<LockItem>(keys.lock(donor), { consistent: true }))?.reactionRecorded;

it('a reaction is kept by kind and grade with the donation, in the private table alone, and every look at it is recorded', async () => {
  const { donor, din, answer } = await given({ reaction: true, detail: FAINT });
  expect(answer.status).toBe(201);
  expect((await known(din)).body).toEqual({ recorded: true, reaction: FAINT });
  const chain = await station.store.query<object>({ pk: partitions.chain(din), consistent: true });
  const audit = await station.store.query<AuditItem>({ pk: partitions.audit('central', '2026-11-23') });
  expect(JSON.stringify([chain.items, audit.items, station.world.lines])).not.toMatch(/vasovagal|haematoma|平卧/);
  expect(audit.items).toContainEqual(expect.objectContaining({ action: 'reaction-read', subjects: [donor] }));
  const stranger = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] });
  expect((await known(din, stranger)).status).toBe(403);
});

it('what it was is said only of one that there was, and by the terms that there are', async () => {
  expect((await given({ reaction: false, detail: FAINT })).answer.body.code).toBe('invalid-input');
  expect((await given({ reaction: true, detail: { kinds: [], grade: 1 } })).answer.body.code).toBe('invalid-input');
  expect((await given({ reaction: true, detail: { kinds: ['fainted'], grade: 6 } })).answer.status).toBe(400);
});

it('one that shows later, or was none, is put right by a record of its own, and the rules follow at once', async () => {
  const { donor, din } = await given({});
  expect(await counted(donor)).toBe(false);
  const bruise = { kinds: ['haematoma'], grade: 1 };
  expect((await correct(din, bruise, 'one and the same')).status).toBe(201);
  expect((await correct(din, bruise, 'one and the same')).status).toBe(201);
  expect((await known(din)).body).toEqual({ recorded: true, reaction: bruise });
  expect(await counted(donor)).toBe(true);
  expect((await correct(din, bruise)).body.code).toBe('invalid-input');
  expect((await correct(din)).status).toBe(201);
  expect((await known(din)).body).toEqual({ recorded: false });
  expect(await counted(donor)).toBe(false);
  // What was said before is all still there.
  expect((await words(din)).map(({ n, reaction }) => [n, reaction])).toEqual([
    [1, bruise],
    [2, undefined],
  ]);
});
