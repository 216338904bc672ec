import { expect, it } from 'vitest';
import { isAddressed } from '../../shared/domain/notes.ts';
import { BOOKING_STATUSES, NOTE_AUDIENCES, type NoteAudience } from '../../shared/domain/vocabulary.ts';

const [STARTS, ENDS] = ['2026-11-28T01:00:00.000Z', '2026-11-28T03:00:00.000Z'];
const place = { startsAt: STARTS, endsAt: ENDS, createdAt: '2026-11-20T01:00:00.000Z' };
const told = (to: NoteAudience, at: string) =>
  BOOKING_STATUSES.filter((status) => isAddressed(to, { ...place, status }, at));

it('what an organiser writes is for whoever has a place, is here, or has not come', () => {
  expect(NOTE_AUDIENCES.map((to) => [to, told(to, STARTS)])).toEqual([
    ['signed-up', ['booked', 'arrived', 'screened', 'giving']],
    ['here', ['arrived', 'screened', 'giving']],
    ['absent', ['booked', 'noshow']],
  ]);
});

it('nobody is absent before their shift begins, nor once it is over', () => {
  expect(told('absent', '2026-11-28T00:59:59.999Z')).toEqual([]);
  expect(told('absent', '2026-11-28T02:59:59.999Z')).toEqual(['booked', 'noshow']);
  expect(told('absent', ENDS)).toEqual([]);
  expect(told('signed-up', ENDS)).toContain('booked');
});

it('nobody is told of a shift they took afterwards', () => {
  for (const to of NOTE_AUDIENCES) {
    expect(told(to, '2026-11-20T00:59:59.999Z')).toEqual([]);
  }
  expect(told('signed-up', place.createdAt)).toContain('booked');
});
