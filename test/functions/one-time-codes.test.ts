import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { CODE_LIMITS, type Codes, createCodes } from '../../local/identity/codes.ts';

const PHONE = '+8613900000001';
const ADDRESS = '127.0.0.1';
let time: number;
let next: number;
let db: DatabaseSync;
let codes: Codes;

const open = () =>
  createCodes(db, { secret: 'secret', now: () => time, sixDigits: () => String(next++).padStart(6, '0') });

beforeEach(() => {
  time = Date.parse('2026-11-24T01:00:00.000Z');
  next = 100_000;
  db = new DatabaseSync(':memory:');
  codes = open();
});

const issue = (uid = 'one', phone = PHONE, address = ADDRESS): string => {
  const issued = codes.issue(uid, phone, address);
  if (!issued.ok) throw new Error(issued.why);
  return issued.code;
};

test('the code that was sent signs in, once', () => {
  const code = issue();
  expect(codes.check('one', code)).toEqual({ ok: true, phone: PHONE });
  expect(codes.check('one', code)).toEqual({ ok: false, why: 'expired' });
});

test('a code is good for its own sign-in only', () => {
  const code = issue('one');
  issue('two', '+8613900000002');
  expect(codes.check('two', code)).toMatchObject({ ok: false, why: 'wrong' });
});

test('a code ends after five minutes', () => {
  const code = issue();
  time += CODE_LIMITS.validMs;
  expect(codes.check('one', code)).toEqual({ ok: false, why: 'expired' });
});

test('five tries, and then not even the right code', () => {
  const code = issue();
  const answers = Array.from({ length: 5 }, () => codes.check('one', '999999'));
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.why))).toEqual([
    'wrong',
    'wrong',
    'wrong',
    'wrong',
    'exhausted',
  ]);
  expect(codes.check('one', code)).toEqual({ ok: false, why: 'exhausted' });
});

test('a number waits a minute between codes, whichever sign-in asks, and over a restart', () => {
  issue('one');
  time += 20_000;
  expect(codes.issue('two', PHONE, ADDRESS)).toEqual({ ok: false, why: 'too-soon', seconds: 40 });
  codes = open();
  expect(codes.issue('two', PHONE, ADDRESS)).toEqual({ ok: false, why: 'too-soon', seconds: 40 });
  time += 40_000;
  expect(codes.issue('two', PHONE, ADDRESS).ok).toBe(true);
});

test('a number gets six codes an hour', () => {
  for (let i = 0; i < CODE_LIMITS.perNumberHour; i += 1) {
    issue(`try-${i}`);
    time += 60_000;
  }
  expect(codes.issue('more', PHONE, ADDRESS)).toEqual({ ok: false, why: 'number-busy', seconds: 54 * 60 });
  time += 54 * 60_000;
  expect(codes.issue('more', PHONE, ADDRESS).ok).toBe(true);
});

test('an address may ask for a hundred codes an hour', () => {
  for (let i = 0; i < CODE_LIMITS.perAddressHour; i += 1) issue(`try-${i}`, `+86139${String(i).padStart(8, '0')}`);
  expect(codes.issue('more', '+8613800000000', ADDRESS)).toMatchObject({ ok: false, why: 'address-busy' });
  expect(codes.issue('more', '+8613800000000', '10.0.0.2').ok).toBe(true);
});

test('a newer code ends the one before', () => {
  const first = issue();
  time += 60_000;
  const second = issue();
  expect(codes.check('one', first)).toMatchObject({ ok: false, why: 'wrong' });
  expect(codes.check('one', second)).toMatchObject({ ok: true });
});

test('a code that could not be texted does not count', () => {
  issue();
  codes.forget('one', { unsent: true });
  expect(codes.phoneOf('one')).toBeUndefined();
  expect(codes.issue('one', PHONE, ADDRESS).ok).toBe(true);
});

test('codes are not kept in clear', () => {
  const code = issue();
  expect(JSON.stringify(db.prepare('SELECT * FROM code').all())).not.toContain(code);
});
