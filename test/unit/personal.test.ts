import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACCESS } from '../../shared/store/access.ts';
import { NOT_PERSONAL, PERSONAL } from '../../shared/store/personal.ts';

const ITEMS = new URL('../../shared/store/items/', import.meta.url);

/** Every kind that an item's type names. */
const kinds = readdirSync(ITEMS).flatMap((file) =>
  [...readFileSync(new URL(file, ITEMS), 'utf8').matchAll(/\bkind: '([a-z-]+)'/g)].map(([, kind]) => kind ?? ''),
);

it('every kind of item says what erasing a person does with it and where their export shows it, or that it is about nobody', () => {
  expect(kinds.length).toBeGreaterThan(20);
  const listed = [...Object.keys(PERSONAL), ...NOT_PERSONAL];
  expect(kinds.filter((kind) => !listed.includes(kind))).toEqual([]);
  expect(listed.filter((kind, n) => listed.indexOf(kind) !== n)).toEqual([]);
});

it('what keeps or hides something says why, and what goes with another kind goes with one that goes', () => {
  for (const [kind, { erased, exported }] of Object.entries(PERSONAL)) {
    if ('kept' in erased) expect(erased.kept.length, kind).toBeGreaterThan(20);
    if ('goesWith' in erased) expect(PERSONAL[erased.goesWith]?.erased, kind).toHaveProperty('step');
    if (typeof exported === 'object') expect(exported.not.length, kind).toBeGreaterThan(10);
  }
});

it('what lets somebody in goes before all else, what names them goes last, and a kind added in between keeps it so', () => {
  const order = Object.keys(PERSONAL);
  expect(order.indexOf('subject')).toBeLessThan(order.indexOf('booking'));
  expect(Object.entries(PERSONAL).findLast(([, { erased }]) => 'step' in erased || 'deleted' in erased)?.[0]).toBe(
    'profile',
  );
});

it('nothing that runs may read who was sealed', () => {
  for (const [name, { private: granted }] of Object.entries(
    ACCESS as Record<string, { private?: Record<string, readonly string[]> }>,
  )) {
    expect(granted?.['sealed']?.filter((action) => action !== 'put') ?? [], name).toEqual([]);
  }
});

it('what was recorded can be changed by nothing that runs, and is read for an auditor alone', () => {
  for (const [name, { schedule }] of Object.entries(
    ACCESS as Record<string, { schedule: Record<string, readonly string[]> }>,
  )) {
    // Who seals a day reads it, and cannot even add to it.
    const allowed = name === 'audit' ? ['read', 'put'] : name === 'seals' ? ['read'] : ['put'];
    expect(schedule['audit']?.filter((action) => !allowed.includes(action)) ?? [], name).toEqual([]);
  }
});
