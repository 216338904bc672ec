import { expect, it } from 'vitest';
import { siteNamed } from '../../shared/domain/files/sites.ts';

const site = (siteId: string, zh: string, en: string) => ({ siteId, name: { zh, en } });
const SITES = [
  site('central', '中心血站', 'Central Blood Station'),
  site('north', '北区献血屋', 'Blood House'),
  site('south', '南区献血屋', 'Blood House'),
];
const named = (cell: string) => siteNamed(cell, SITES)?.siteId;

it('a cell names a site by its id or by its name, however it is written', () => {
  expect([
    named('central'),
    named('CENTRAL '),
    named('中心血站'),
    named(' 中心 血站。'),
    named('central-blood station'),
  ]).toEqual(Array.from({ length: 5 }, () => 'central'));
});

it('a cell that names none, two or nothing names no site', () => {
  expect([named('西区'), named('Blood House'), named(''), named(' - ')]).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
  expect(siteNamed('-', [site('x', '。', '!')])).toBeUndefined();
});

it('an id goes before a name', () => {
  expect(siteNamed('South', [site('east', '东区', 'South'), ...SITES])?.siteId).toBe('south');
});
