import * as fc from 'fast-check';
import type { Chance } from './chance.ts';

/** What of a JSON Schema the generators read. */
export type Shape = {
  type?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
};

const text = (...units: number[]): string => String.fromCharCode(...units);

/** Texts that have broken something somewhere. */
export const TEXTS: readonly string[] = [
  '',
  ' ',
  '\t\r\n',
  '\0',
  'a\0b',
  `${text(0x202e)}txt.exe`,
  `e${text(0x301).repeat(60)}`,
  text(0xd800),
  `a${text(0xdfff, 0xd800)}b`,
  text(0xfeff),
  text(0xfffe, 0xffff),
  text(0x2028, 0x2029),
  'ｃｅｎｔｒａｌ',
  '１２３',
  '٣٤',
  '𝕬𝖇',
  '👨‍👩‍👧‍👦',
  'İßſ',
  'ﷺ'.repeat(13),
  "' OR 1=1 --",
  '"; DROP TABLE schedule; --',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}}#{7*7}%{7*7}',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%2e%2e%2f%00',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '0x10',
  '1e309',
  '[object Object]',
  '#',
  'p000001#LOCK',
  'a#b_c#d',
  '\r\nSet-Cookie: a=b',
  '\u001b[31m',
  '_',
  '-',
  'x'.repeat(81),
  'x'.repeat(5_000),
  '中'.repeat(700),
];

export const DATES: readonly string[] = [
  '0000-01-01',
  '0001-01-01',
  '1582-10-10',
  '1899-12-31',
  '1900-01-01',
  '1970-01-01',
  '2024-02-29',
  '2026-02-29',
  '2026-11-23',
  '2026-13-01',
  '2026-00-00',
  '2199-12-31',
  '2200-01-01',
  '9999-12-31',
  '+010000-01-01',
  '-000001-12-31',
  '2026-11-23T00:00:00Z',
  '2026-11-23[u-ca=hebrew]',
  '20261123',
];

const TIMES: readonly string[] = [
  '2027-03-28T01:30',
  '2027-10-31T01:30',
  '2026-02-30T09:00',
  '2026-11-28T24:00',
  '2026-99-99T99:99',
  '0000-00-00T00:00',
  '0000-01-01T00:00',
  '0001-01-01T00:00',
  '1883-11-18T12:03',
  '9999-12-31T23:59',
  '2011-12-30T10:00',
  '2026-11-28T09:00',
];

const ZONES: readonly string[] = [
  'Asia/Shanghai',
  'Europe/London',
  'America/New_York',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'UTC',
  'GMT',
  'Z',
  'asia/shanghai',
  'EST5EDT',
  '+08:00',
  '-00:00',
  'Factory',
  'localtime',
  'Etc/Unknown',
  'Asia/Shanghai[u-ca=chinese]',
];

const NUMBERS: readonly number[] = [
  0,
  -0,
  -1,
  1,
  2,
  0.1,
  1.5,
  99.999_999_999_999_99,
  1e-320,
  1e15,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  1e21,
  1.797_693_134_862_315_7e308,
];

const samples = new Map<string, readonly string[]>();
/** Texts of a pattern's form, whatever they mean. */
function matching(pattern: string, chance: Chance): string {
  let known = samples.get(pattern);
  if (!known) {
    known = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: 60, seed: 1 });
    samples.set(pattern, known);
  }
  return chance.pick(known);
}

/** A text that carries a mark, so that an answer which repeats any of it is found out. */
export function hostileText(chance: Chance, mark: string): string {
  const base = chance.pick(TEXTS);
  return chance.pick([base, `${mark}${base}`, `${base}${mark}`, `${base}${mark}${chance.pick(TEXTS)}`]);
}

export function nested(depth: number, inner: unknown, chance: Chance): unknown {
  let value = inner;
  const asList = chance.oneIn(2);
  for (let n = 0; n < depth; n += 1) value = asList ? [value] : { a: value };
  return value;
}

/** Anything at all, without regard to what was asked for. */
export function hostileValue(chance: Chance, mark: string): unknown {
  switch (chance.below(8)) {
    case 0:
      return chance.pick([null, true, false, [], {}, [null], [[]], { '': '' }]);
    case 1:
      return chance.pick(NUMBERS);
    case 2:
      return nested(chance.pick([3, 50, 1_500]), mark, chance);
    case 3:
      return Array.from({ length: chance.pick([1, 3, 500, 2_000]) }, () => mark);
    case 4:
      return Object.fromEntries(Array.from({ length: chance.pick([1, 30, 900]) }, (_, n) => [`${mark} ${n}`, n]));
    default:
      return hostileText(chance, mark);
  }
}

/** A value of a schema's form at its edges, or one that breaks it. */
export function valueFor(shape: Shape | undefined, name: string, chance: Chance, mark: string): unknown {
  if (!shape || chance.oneIn(3)) return hostileValue(chance, mark);
  if (shape.anyOf) return valueFor(chance.pick(shape.anyOf), name, chance, mark);
  if (shape.enum) return chance.pick([...shape.enum, `${mark}`, String(shape.enum[0]).toUpperCase()]);
  if (shape.const !== undefined) return shape.const;
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.properties ?? {}).map(([key, inner]) => [key, valueFor(inner, key, chance, mark)]),
      );
    case 'array':
      return Array.from({ length: chance.pick([0, 1, 2, 7, 21]) }, () => valueFor(shape.items, name, chance, mark));
    case 'boolean':
      return chance.pick([true, false, 'true', 1]);
    case 'integer':
    case 'number': {
      const { minimum: min = 0, maximum: max = 100 } = shape;
      return chance.pick([...NUMBERS, min, max, min - 1, max + 1, min + 0.5, String(min)]);
    }
    default:
      return textFor(shape, name, chance, mark);
  }
}

function textFor({ format, pattern, maxLength = 40 }: Shape, name: string, chance: Chance, mark: string): string {
  if (format === 'date') return chance.pick(DATES);
  if (name.endsWith('Local')) return chance.oneIn(2) ? chance.pick(TIMES) : matching(pattern ?? '.*', chance);
  if (name === 'zone') return chance.pick(ZONES);
  // Free text has no form to match.
  if (pattern && !pattern.includes('\\p') && !chance.oneIn(3)) return matching(pattern, chance).slice(0, maxLength);
  const unit = chance.pick(['x', '中', text(0xd800), '\0', 'é', '👍', text(0x202e)]);
  return chance.oneIn(2) ? unit.repeat(maxLength).slice(0, maxLength) : hostileText(chance, mark).slice(0, maxLength);
}
