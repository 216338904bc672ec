import * as z from 'zod';
import type { Route } from '../../../shared/contract/define.ts';
import type { Chance } from './chance.ts';
import { hostileText, hostileValue, type Shape, TEXTS, valueFor } from './values.ts';

/** A request as it goes over the wire. */
export type Wire = {
  method: string;
  /** Path and query, as they are. */
  target: string;
  headers: Record<string, string | string[]>;
  body: Buffer | undefined;
};

/** The call a request starts from: one that would do what its route is for. */
export type Base = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  token?: string;
  /** Cursors that were forged for this list. */
  cursors?: readonly string[];
  /** ID tokens that were forged. */
  idTokens?: readonly string[];
};

const shapeOf = (schema: z.ZodType | undefined): Shape | undefined =>
  schema && (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape);

const ascii = (value: string): string =>
  value.replaceAll(/[^!-~]/g, (unit) => encode(unit)).replaceAll(/[?#]/g, encode);
const encode = (value: string): string => {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half of a surrogate pair, as some clients send it.
    return '%ED%A0%80';
  }
};

/** One hostile request to a route: its schemas' forms at their edges, and against them, in the path, query, headers and body. */
export function hostileRequest(key: string, route: Route, base: Base, chance: Chance, mark: string): Wire {
  const [method = '', template = ''] = key.split(' ');
  const aims = ['headers', 'method', 'path', 'query', ...(route.params ? ['path'] : [])];
  if (route.query) aims.push('query', 'query');
  if (route.body) aims.push('body', 'body', 'body', 'body', 'json', 'json');
  const aimed = new Set(Array.from({ length: chance.pick([1, 1, 2, 3]) }, () => chance.pick(aims)));

  const path = aimed.has('path') ? hostilePath(template, route, base, chance, mark) : plainPath(template, base);
  const query = aimed.has('query') ? hostileQuery(route, base, chance, mark) : plainQuery(base);
  const body = bodyOf(route, base, aimed, chance, mark);
  const headers: Wire['headers'] = {
    host: 'localhost',
    'accept-language': chance.pick(['zh', 'en']),
    ...(base.token && { authorization: `Bearer ${base.token}` }),
    ...(body && {
      'content-type': 'application/json',
      'idempotency-key': `key-${mark}-${chance.below(1e6)}`,
      'content-length': String(body.byteLength),
    }),
    ...(aimed.has('headers') && hostileHeaders(chance, mark)),
  };
  const verb = aimed.has('method') ? chance.pick(METHODS) : method;
  return { method: verb, target: (path + query).slice(0, 12_000), headers, body };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', 'M-SEARCH'];

const plainPath = (template: string, { params }: Base): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params?.[name] ?? '-'));

function hostilePath(template: string, route: Route, base: Base, chance: Chance, mark: string): string {
  const shape = shapeOf(route.params);
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const given = base.params?.[name] ?? '';
    const value = String(valueFor(shape?.properties?.[name], name, chance, mark));
    return chance.pick([
      encode(value),
      encode(value),
      encode(value),
      ascii(value),
      encode(encode(value)),
      `${encode(given)}${chance.pick(ODD_ESCAPES)}`,
      [...given].map((unit) => `%${unit.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
      encode(given.toUpperCase()),
      '',
    ]);
  });
  return chance.pick([
    path,
    path,
    path,
    path,
    `${path}/`,
    path.replace('/api/', '//api//'),
    path.replace('/api/', '/api/../api/'),
    path.replace('/api/', '/api/%2e%2e/api/'),
    path.replace('api', '%61pi'),
    `${path};jsessionid=${mark}`,
    `${path}${chance.pick(ODD_ESCAPES)}`,
    `${path}/${encode(hostileText(chance, mark))}`,
    `/api${'/x'.repeat(chance.pick([1, 400]))}`,
    path.toUpperCase(),
  ]);
}

const ODD_ESCAPES = [
  '%2F',
  '%2f..%2f',
  '%00',
  '%ff',
  '%zz',
  '%',
  '%c0%af',
  '%ed%a0%80',
  '%252e',
  '%0d%0aX:1',
  '%E2%80%AE',
  '+',
];

const plainQuery = ({ query }: Base): string => (query ? `?${new URLSearchParams(query)}` : '');

function hostileQuery(route: Route, base: Base, chance: Chance, mark: string): string {
  const shape = shapeOf(route.query);
  const names = Object.keys(shape?.properties ?? {});
  const given = Object.entries(base.query ?? {});
  const pairs: [string, string][] = given.map(([name, value]) => [name, encode(value)]);
  for (let n = chance.pick([1, 1, 2]); n > 0; n -= 1) {
    const name = names.length > 0 && !chance.oneIn(6) ? chance.pick(names) : chance.pick(['x', mark, ...TEXTS]);
    const value =
      name === 'cursor' && base.cursors && !chance.oneIn(4)
        ? chance.pick(base.cursors)
        : String(valueFor(shape?.properties?.[name], name, chance, mark)).slice(0, 6_000);
    const at = pairs.findIndex(([known]) => known === name);
    const pair: [string, string] = [chance.oneIn(12) ? `${encode(name)}[]` : encode(name), encode(value)];
    // In the place of the right one, or beside it.
    if (at >= 0 && !chance.oneIn(3)) pairs[at] = pair;
    else pairs.push(pair);
  }
  const query = pairs.map(([name, value]) => chance.pick([`${name}=${value}`, `${name}=${value}`, name])).join('&');
  return chance.pick([
    `?${query}`,
    `?${query}`,
    `?${query}`,
    `?${query}${chance.pick(ODD_ESCAPES)}`,
    `?&&${query}&=`,
    '??',
    '?=',
    '?',
  ]);
}

function bodyOf(
  route: Route,
  base: Base,
  aimed: ReadonlySet<string>,
  chance: Chance,
  mark: string,
): Buffer | undefined {
  if (!route.body) return aimed.has('headers') && chance.oneIn(4) ? Buffer.from(`{"a":"${mark}"}`) : undefined;
  const value = aimed.has('body') ? hostileBody(route, base, chance, mark) : base.body;
  const json = JSON.stringify(value) ?? '';
  return aimed.has('json') ? hostileJson(json, chance, mark) : Buffer.from(json);
}

/** The right body with one or two things in it wrong, or at the edge. */
function hostileBody(route: Route, base: Base, chance: Chance, mark: string): unknown {
  const shape = shapeOf(route.body);
  if (chance.oneIn(8)) return valueFor(shape, '', chance, mark);
  if (chance.oneIn(12)) return hostileValue(chance, mark);
  const body = structuredClone(base.body) as Record<string, unknown>;
  if (base.idTokens && chance.oneIn(2)) return { ...body, idToken: chance.pick(base.idTokens) };
  for (let n = chance.pick([1, 1, 2, 4]); n > 0; n -= 1) spoil(body, shape, chance, mark);
  return body;
}

function spoil(at: Record<string, unknown>, shape: Shape | undefined, chance: Chance, mark: string): void {
  const names = Object.keys({ ...shape?.properties, ...at });
  if (names.length === 0 || chance.oneIn(8)) {
    Object.defineProperty(at, chance.pick([...TEXTS, mark, 'personId']), {
      value: hostileValue(chance, mark),
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return;
  }
  const name = chance.pick(names);
  const inner = shape?.properties?.[name];
  const value = at[name];
  const deeper = Array.isArray(value) ? value[0] : value;
  if (deeper !== null && typeof deeper === 'object' && !chance.oneIn(3)) {
    spoil(deeper as Record<string, unknown>, Array.isArray(value) ? inner?.items : inner, chance, mark);
    return;
  }
  const how = chance.below(9);
  if (how === 0) delete at[name];
  else if (how === 1) at[name] = [value];
  else if (Array.isArray(value) && chance.oneIn(3)) at[name] = Array.from({ length: 60 }, () => value[0]);
  else at[name] = valueFor(inner, name, chance, mark);
}

/** The text of a body, broken on its way or in another encoding. */
function hostileJson(json: string, chance: Chance, mark: string): Buffer {
  const utf8 = Buffer.from(json);
  const inside = (more: string): Buffer => Buffer.from(json.replace(/^\{/, `{${more}${json === '{}' ? '' : ','}`));
  const first = /"(\w+)":/.exec(json)?.[1] ?? 'a';
  switch (chance.below(16)) {
    case 0:
      return utf8.subarray(0, chance.below(utf8.byteLength));
    case 1: {
      const flipped = Buffer.from(utf8);
      for (let n = 0; n < 3; n += 1) flipped[chance.below(flipped.byteLength)] = chance.below(256);
      return flipped;
    }
    case 2:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8]);
    case 3:
      return Buffer.from(`\ufeff${json}`, 'utf16le');
    case 4:
      return Buffer.concat([
        utf8.subarray(0, -1),
        Buffer.from(`,"${mark}":"`),
        Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
        Buffer.from('"}'),
      ]);
    case 5:
      return Buffer.from(json.replace(/"([^"]{3,})"(?=[,}])/, `"${mark}\\ud800"`));
    case 6:
      return inside(`"__proto__":{"admin":true,"${mark}":1}`);
    case 7:
      return inside(`"constructor":{"prototype":{"admin":true}},"__proto__":null`);
    case 8:
      return inside(`"${first}":"${mark}"`);
    case 9:
      return Buffer.from(
        json.replace(
          /:\s*(-?\d+)/,
          `:${chance.pick(['1e309', '-1e309', '-0', 'NaN', 'Infinity', '01', '0x1', '1.', '9'.repeat(400)])}`,
        ),
      );
    case 10:
      return Buffer.from(`${json}${chance.pick([',', '}', json, '\0', `//${mark}`, ' '.repeat(1_000)])}`);
    case 11:
      return Buffer.from(chance.pick(['[', '{"a":', '"'].map((unit) => unit.repeat(30_000))));
    case 12:
      return Buffer.from(`${'{"a":'.repeat(9_000)}"${mark}"${'}'.repeat(9_000)}`);
    case 13:
      return inside(`"${mark}":"${'x'.repeat(chance.pick([60_000, 65_536, 200_000]))}"`);
    case 14:
      return Buffer.from(
        chance.pick(['', 'null', 'true', '0', `"${mark}"`, '[]', '{}', `<a>${mark}</a>`, 'a=1&b=2', '{{}}']),
      );
    default:
      return inside(Array.from({ length: 3_000 }, (_, n) => `"${mark}${n}":${n}`).join(','));
  }
}

const LATIN = 'ÿ'.repeat(20);

function hostileHeaders(chance: Chance, mark: string): Wire['headers'] {
  const long = mark.repeat(400);
  return chance.pick<Wire['headers']>([
    { 'idempotency-key': '' },
    { 'idempotency-key': 'short' },
    { 'idempotency-key': mark.repeat(20) },
    { 'idempotency-key': [`${mark}-1`, `${mark}-2`] },
    { 'idempotency-key': `${mark}${LATIN}` },
    { 'idempotency-key': `${mark}\t"{}[]<script>` },
    { 'accept-language': long },
    { 'accept-language': `${mark};q=NaN, en;q=1e309, zh;q=-1, *;q=__proto__, ;;;,,,` },
    { 'accept-language': [`${mark}`, 'en', 'zh'] },
    { 'accept-language': Array.from({ length: 700 }, () => 'x').join(',') },
    { 'content-type': 'text/html' },
    { 'content-type': `application/json; charset=utf-16; ${mark}` },
    { 'content-type': 'application/json; charset=utf-7' },
    { 'content-type': 'application/octet-stream' },
    { 'content-type': 'multipart/form-data; boundary=a' },
    { 'content-type': `application/${'a.'.repeat(3_000)}` },
    { 'content-type': `application/${'a+'.repeat(2_000)}json${mark}` },
    { 'content-type': 'application/vnd.api+json' },
    { 'content-type': '' },
    { 'content-type': ['application/json', 'text/plain'] },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': `br, ${mark}` },
    { 'if-none-match': `"${mark}", *, W/"` },
    { 'if-modified-since': '9999-99-99' },
    { authorization: '' },
    { authorization: `Bearer ${mark}` },
    { authorization: `Basic ${mark}` },
    { authorization: `Bearer ${long}.${long}.${long}` },
    { authorization: [`Bearer ${mark}`, 'Bearer a.b.c'] },
    { cookie: `${mark}=1; __proto__=2; ; =;` },
    { 'x-origin-key': mark },
    { 'x-forwarded-for': `127.0.0.1, ${mark}` },
    { 'x-http-method-override': 'DELETE' },
    { 'x-amzn-trace-id': `Root=${mark}` },
    { __proto__x: mark, constructor: mark, tostring: mark },
    { host: `${mark}.example:99999` },
    { range: `bytes=0-${mark}` },
    { origin: `https://${mark}.example`, 'access-control-request-method': 'DELETE' },
    { 'x-long': long.slice(0, 7_000) },
    Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`x-${n}`, mark])),
    { te: 'trailers' },
    { 'user-agent': `${mark} ${LATIN}` },
  ]);
}
