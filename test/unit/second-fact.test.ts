import { describe, expect, it } from 'vitest';
import {
  DEVICE_HEADER,
  isIdle,
  isNumberInDoubt,
  isWorthNoting,
  MOST_TRIES,
  normalLastFour,
  oneMoreTry,
  type Tries,
} from '../../shared/domain/second-fact.ts';

const NOW = '2026-11-28T01:00:00.000Z';
const ago = (days: number, ms = 0) => new Date(Date.parse(NOW) - days * 86_400_000 - ms).toISOString();

describe('a device', () => {
  it('that was away for more than 90 days says again who is there', () => {
    expect([isIdle(ago(90), NOW), isIdle(ago(90, 1), NOW)]).toEqual([false, true]);
  });
  it('is noted once a week', () => {
    expect([isWorthNoting(ago(7), NOW), isWorthNoting(ago(7, 1), NOW)]).toEqual([false, true]);
  });
  it('sends its key where servers look for it', () => {
    expect(DEVICE_HEADER).toBe('x-nuanliu-device');
  });
});

describe('a number', () => {
  it('is in doubt once its person was away for long, from the first day on', () => {
    expect(isNumberInDoubt({ createdAt: ago(90) }, NOW)).toBe(false);
    expect(isNumberInDoubt({ createdAt: ago(91) }, NOW)).toBe(true);
    expect(isNumberInDoubt({ createdAt: ago(400), seenAt: ago(1) }, NOW)).toBe(false);
    expect(isNumberInDoubt({ createdAt: ago(400), seenAt: ago(91) }, NOW)).toBe(true);
  });
  it('is in doubt once somebody began anew with it, until its person is there again', () => {
    const person = { createdAt: ago(400), seenAt: ago(3) };
    expect(isNumberInDoubt({ ...person, doubtedAt: ago(2) }, NOW)).toBe(true);
    expect(isNumberInDoubt({ ...person, doubtedAt: ago(3) }, NOW)).toBe(false);
    expect(isNumberInDoubt({ ...person, doubtedAt: ago(4) }, NOW)).toBe(false);
  });
});

it('so many tries are had in a day, and as many on the next', () => {
  let tries: Tries | undefined;
  for (let count = 1; count <= MOST_TRIES; count += 1) {
    tries = oneMoreTry(tries, '2026-11-28');
    expect(tries).toEqual({ date: '2026-11-28', count });
  }
  expect(oneMoreTry(tries, '2026-11-28')).toBeUndefined();
  expect(oneMoreTry(tries, '2026-11-29')).toEqual({ date: '2026-11-29', count: 1 });
  expect(oneMoreTry(tries, '2026-11-28', MOST_TRIES + 1)).toEqual({ date: '2026-11-28', count: MOST_TRIES + 1 });
});

it('the end of an identity number is the same with a small x and with spaces around it', () => {
  expect(normalLastFour(' 123x ')).toBe('123X');
});
