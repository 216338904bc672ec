import { expect, it } from 'vitest';
import type { Commitment } from '../../shared/domain/refusal.ts';
import { keptCommitments, type Lock, packLock, unpackLock } from '../../shared/store/lock.ts';

const personId = '01k9xqz8v3n7r2m4t6w8y0abcd';
/** The longest there is: ids as they are made, and rest that its event asks for. */
const shiftOn = (startsAt: string): Commitment => ({
  bookingId: `${personId}_${'k'.repeat(22)}`,
  slotId: `01k9xqz8v3n7r2m4t6w8y0wxyz_${startsAt.slice(0, 10)}_0900_guide`,
  kind: 'shift',
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + 150 * 60_000).toISOString(),
  eventId: '01k9xqz8v3n7r2m4t6w8y0wxyz',
  restMinutes: 480,
});
const lockWith = (commitments: Commitment[]): Lock => ({
  personId,
  status: 'active',
  version: 9,
  commitments,
  facts: {
    birthDate: '1990-01-01',
    sex: 'male',
    weightKg: 70,
    repeatDonor: true,
    reactionRecorded: false,
    wantsExtendedAge: false,
    donations: Array.from({ length: 24 }, () => ({
      date: '2026-01-01',
      procedure: 'platelets',
      volumeMl: 250,
      platelets: 2,
    })),
  },
});
const after = (at: string, days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString();

it('a shift is remembered for as long as an event may count it, and no longer', () => {
  const start = '2026-11-01T01:00:00.000Z';
  const lock = unpackLock(packLock(lockWith([shiftOn(start)])));
  expect(keptCommitments(lock, after(start, 31))).toEqual([shiftOn(start)]);
  expect(keptCommitments(lock, after(start, 33))).toEqual([]);
});

it('forty shifts of a month, and a full year of platelets, stay within five write units', () => {
  const start = '2026-11-01T01:00:00.000Z';
  const packed = packLock(lockWith(Array.from({ length: 40 }, (_, n) => shiftOn(after(start, n * 0.75)))));
  expect(unpackLock(packed).commitments).toHaveLength(40);
  expect(JSON.stringify(packed).length).toBeLessThan(5 * 1024);
});
