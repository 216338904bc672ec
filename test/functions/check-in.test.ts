import { mod11_2 } from 'cdigit';
import { beforeEach, describe, expect, it } from 'vitest';
import { passCodeOf } from '../../functions/runtime/booking-view.ts';
import type { AuditItem, BookingItem, DocumentItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { aPerson } from '../builders/people.ts';
import { allItems } from '../support/engine.ts';
import { aStation, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

/** Born 1990-01-01, a man, as the builder's people are. */
const CARD = { type: 'resident', number: '110105199001010010' };
const items = async () => await allItems(station.names);
const arrive = async (bookingId: string, body: Record<string, unknown>, key?: string) =>
  await station.call<{ status: string; knownBy?: string }>('donations', 'POST /api/donations/check-in', {
    body: { bookingId, ...body },
    ...(key && { key }),
  });
const bookingOf = async (bookingId: string) =>
  await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true });
const documents = async () => (await items()).filter(({ kind }) => kind === 'document') as unknown as DocumentItem[];

describe('without a key there is no check-in', () => {
  it('neither with none, nor with two, nor with the pass of another', async () => {
    const { bookingId } = await station.booked();
    const other = await station.booked();
    expect((await arrive(bookingId, {})).body.errors).toEqual([{ path: 'passCode', message: expect.any(String) }]);
    const both = { passCode: passCodeOf({ bookingId }), reason: 'a neighbour of mine' };
    expect((await arrive(bookingId, both)).body.code).toBe('invalid-input');
    const anothers = { passCode: passCodeOf(other) };
    expect((await arrive(bookingId, anothers)).body.code).toBe('pass-of-another');
    expect((await arrive(bookingId, { passCode: 'K7M4Q' })).body.code).toBe('invalid-input');
    expect((await bookingOf(bookingId))?.status).toBe('booked');
    expect((await station.complete(bookingId, station.newDin())).body.code).toBe('wrong-state');
  });

  it('and somebody known to staff without either is marked, with the reason in the audit log', async () => {
    const { donor, bookingId } = await station.booked();
    const done = await arrive(bookingId, { reason: '两名工作人员都认识' });
    expect([done.status, done.body.knownBy]).toEqual([200, 'known']);
    const audits = (await items()).filter(({ action }) => action === 'donor-checked-in') as unknown as AuditItem[];
    expect(audits).toHaveLength(1);
    expect(audits[0]).toMatchObject({
      by: station.staff,
      subjects: [donor],
      change: { knownBy: 'known', reason: '两名工作人员都认识' },
    });
  });
});

describe('an identity document', () => {
  it('is claimed at its first check-in, and known again at the next', async () => {
    const first = await station.booked({ facts: { birthDate: '1990-01-01', sex: 'male' } });
    expect((await arrive(first.bookingId, { document: CARD }, 'the-first-check-in')).status).toBe(200);
    // The answer was lost: the same call again is the same check-in.
    expect((await arrive(first.bookingId, { document: CARD }, 'the-first-check-in')).status).toBe(200);
    const other = { type: 'passport', number: 'E12345678' };
    expect((await arrive(first.bookingId, { document: other }, 'the-first-check-in')).body.code).toBe(
      'idempotency-key-reused',
    );
    const [claimed, ...more] = await documents();
    expect(more).toEqual([]);
    expect(claimed).toMatchObject({ personId: first.donor, type: 'resident', claimedBy: station.staff });
  });

  it('is read in full width, with spaces', async () => {
    const { bookingId } = await station.booked({ facts: { birthDate: '1990-01-01', sex: 'male' } });
    const typed = { type: 'resident', number: '１１０１０５ 19900101 ００１０' };
    expect((await arrive(bookingId, { document: typed })).status).toBe(200);
  });

  it('is nowhere to be read: not in either table, not in the log, not in an answer', async () => {
    const { bookingId } = await station.booked({ facts: { birthDate: '1990-01-01', sex: 'male' } });
    const done = await arrive(bookingId, { document: CARD });
    const wrong = await arrive(bookingId, { document: { ...CARD, number: '110105199001010019' } });
    expect(wrong.body.errors).toEqual([{ path: 'document.number', message: expect.any(String) }]);
    const everything = JSON.stringify([await items(), station.world.lines, done.body, wrong.body]);
    expect(everything).toContain(bookingId);
    expect(everything).not.toContain('1101051990');
    expect(everything).not.toContain('990101001');
  });

  it('of another is refused, and nobody is checked in', async () => {
    const facts = { birthDate: '1990-01-01', sex: 'male' } as const;
    const first = await station.booked({ facts });
    const second = await station.booked({ facts });
    await arrive(first.bookingId, { document: CARD });
    const clash = await arrive(second.bookingId, { document: CARD });
    expect([clash.status, clash.body.code]).toEqual([409, 'document-of-another']);
    expect(JSON.stringify(clash.body)).not.toContain(first.donor);
    expect((await bookingOf(second.bookingId))?.status).toBe('booked');
    expect((await documents()).map(({ personId }) => personId)).toEqual([first.donor]);
  });

  it('shown at two desks at once for two people becomes one’s', async () => {
    const facts = { birthDate: '1990-01-01', sex: 'male' } as const;
    const both = [await station.booked({ facts }), await station.booked({ facts })];
    const answers = await Promise.all(both.map(({ bookingId }) => arrive(bookingId, { document: CARD })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await documents()).toHaveLength(1);
  });

  it('fills in what the profile lacks, for the rules too', async () => {
    const { donor, bookingId } = await station.booked();
    const people = createPeople(station.store);
    const key = keys.profile(donor);
    await station.store.update({
      Key: key,
      UpdateExpression: 'REMOVE #birthDate',
      ExpressionAttributeNames: { '#birthDate': 'birthDate' },
    });
    const facts = (await people.lock(donor))?.facts;
    const sex = facts?.sex === 'female' ? '11010519900101002' : '11010519900101001';
    const number = mod11_2.generate(sex);
    expect((await arrive(bookingId, { document: { type: 'resident', number } })).status).toBe(200);
    expect((await people.profile(donor))?.birthDate).toBe('1990-01-01');
    expect((await people.lock(donor))?.facts.birthDate).toBe('1990-01-01');
  });

  it('that says otherwise than the profile waits for staff to look, and then the profile follows it', async () => {
    const { donor, bookingId } = await station.booked({ facts: { birthDate: '1991-05-05', sex: 'male' } });
    const differs = await arrive(bookingId, { document: CARD });
    expect([differs.status, differs.body.code]).toEqual([409, 'document-differs']);
    expect(differs.body.errors?.map(({ path }) => path)).toEqual(['birthDate']);
    expect((await bookingOf(bookingId))?.status).toBe('booked');
    expect((await arrive(bookingId, { document: CARD, correct: true })).status).toBe(200);
    const people = createPeople(station.store);
    expect((await people.profile(donor))?.birthDate).toBe('1990-01-01');
    expect((await people.lock(donor))?.facts.birthDate).toBe('1990-01-01');
    const [audit] = (await items()).filter(({ action }) => action === 'donor-checked-in') as unknown as AuditItem[];
    expect(audit?.change).toEqual({ knownBy: 'document', corrected: 'birthDate' });
  });

  it('of somebody too young lets nobody in, whatever their profile said', async () => {
    const { donor, bookingId } = await station.booked({ facts: { birthDate: '1991-05-05', sex: 'male' } });
    const number = mod11_2.generate('11010520100101001');
    const answer = await arrive(bookingId, { document: { type: 'resident', number }, correct: true });
    expect(answer.body.code).toBe('refused');
    expect(answer.body.reasons?.map(({ code }) => code)).toEqual(['too-young']);
    expect((await createPeople(station.store).profile(donor))?.birthDate).toBe('1991-05-05');
  });

  it('shown at a check-in that is undone is nobody’s again; one shown before stays', async () => {
    const facts = { birthDate: '1990-01-01', sex: 'male' } as const;
    const { donor, bookingId } = await station.booked({ facts });
    const undo = async () =>
      await station.call('donations', 'POST /api/donations/undo', {
        body: { bookingId, version: (await bookingOf(bookingId))?.version },
      });
    const passport = { type: 'passport', number: 'E12345678' };
    await arrive(bookingId, { document: CARD });
    expect((await undo()).status).toBe(200);
    expect(await documents()).toEqual([]);
    expect((await items()).filter(({ kind }) => kind === 'document-of')).toEqual([]);
    expect((await bookingOf(bookingId))?.knownBy).toBeUndefined();

    const other = await station.booked({ facts });
    expect((await arrive(other.bookingId, { document: CARD })).status).toBe(200);
    await arrive(bookingId, { document: passport });
    await undo();
    await arrive(bookingId, { reason: 'known to us' });
    expect((await undo()).status).toBe(200);
    expect((await documents()).map(({ personId }) => personId)).toEqual([other.donor]);
    expect(donor).not.toBe(other.donor);
  });

  it('of a type without a check digit is known by type and number', async () => {
    const first = await station.booked();
    const second = await station.booked();
    await arrive(first.bookingId, { document: { type: 'passport', number: 'E12345678' } });
    // Another type with the same number is another document.
    expect((await arrive(second.bookingId, { document: { type: 'taiwan', number: 'E12345678' } })).status).toBe(200);
  });
});

it('nobody who is being forgotten is checked in any more', async () => {
  const { donor, bookingId } = await station.booked();
  await aPerson(station.store);
  await station.store.update({
    Key: keys.lock(donor),
    UpdateExpression: 'SET #status = :inactive',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':inactive': 'inactive' },
  });
  expect((await station.checkIn(bookingId)).body.code).toBe('wrong-state');
});
