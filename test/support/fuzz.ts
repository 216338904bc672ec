import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../local/engine.ts';
import { CLIENT_ID } from '../../local/subjects.ts';
import type { Route } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { indexes, partitions } from '../../shared/store/keys.ts';
import { inParallel } from '../../shared/store/parallel.ts';
import { aPerson } from '../builders/people.ts';
import { TEST_ISSUER } from './api.ts';
import { arrange, type City } from './arranged.ts';
import { faultHeard, say, utterances } from './fuzz/broken.ts';
import { chanceFrom } from './fuzz/chance.ts';
import { type Answered, faultOf } from './fuzz/judge.ts';
import { type Base, hostileRequest, type Wire } from './fuzz/request.ts';
import { aGateway, type Gateway, ROUTE_NAMES, type RouteName } from './gateway.ts';

export type FuzzOptions = {
  /** Hostile requests a route. */
  perRoute: number;
  seed: number;
  /** An engine that runs already; one is started where none is named. */
  engineEndpoint?: string;
  /** Connections over which a request is sent spoiled, beside those broken in a way of their own; none otherwise. */
  sockets?: number;
  /** Only these; all of the contract's otherwise. */
  routes?: readonly RouteName[];
  say?: (line: string) => void;
};
export type Fault = { route: RouteName | 'socket'; n: number; why: string; sent: string; got: string };
export type FuzzReport = {
  seed: number;
  requests: number;
  /** How many requests got each status. */
  statuses: Record<string, number>;
  slowestMs: number;
  faults: Fault[];
};

const ROUTES = Object.assign({}, ...Object.values(contract).map(({ routes }) => routes)) as Record<RouteName, Route>;
/** After so many requests a mutation gets a fresh thing to work on. */
const FRESH_EVERY = 20;
/** Routes that are attacked at once. */
const AT_ONCE = 8;
const MOST_FAULTS = 20;

/**
 * Attacks every route with hostile requests and holds each answer to what is promised: no fault of ours, a problem or one of
 * the gateway's fixed bodies, nothing of what is inside or of what was sent, nothing written by what is refused.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  if (options.engineEndpoint) return await fuzzAll(options, options.engineEndpoint);
  const folder = await mkdtemp(join(tmpdir(), 'nuanliu-fuzz-'));
  const engine = await startEngine({ dbPath: join(folder, 'engine.db') });
  try {
    return await fuzzAll(options, engine.endpoint);
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fuzzAll(options: FuzzOptions, engineEndpoint: string): Promise<FuzzReport> {
  const gateway = await aGateway(engineEndpoint);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE * 2 });
  const report: FuzzReport = { seed: options.seed, requests: 0, statuses: {}, slowestMs: 0, faults: [] };
  try {
    const city = await arrange(gateway);
    const waiting = [...(options.routes ?? ROUTE_NAMES)];
    const worker = async () => {
      for (let route = waiting.shift(); route; route = waiting.shift()) {
        await fuzzRoute(route, { gateway, city, agent, options, report });
        options.say?.(`${route}: ${options.perRoute} requests`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (options.sockets !== undefined) await overSockets(options.sockets, { gateway, city, options, report });
    const alive = await gateway.call('GET /api/health');
    if (alive.status !== 200) throw new Error(`afterwards the service was not well: ${alive.status}`);
    const logged = JSON.stringify(gateway.world.lines);
    if (logged.includes(MARK)) throw new Error('the log repeats what was sent');
    return report;
  } finally {
    agent.destroy();
    await gateway.stop();
  }
}

type Run = { gateway: Gateway; city: City; agent: Agent; options: FuzzOptions; report: FuzzReport };

/** In every hostile text; nothing of our own holds it. */
const MARK = 'zqx';

async function fuzzRoute(route: RouteName, { gateway, city, agent, options, report }: Run): Promise<void> {
  const { seed, perRoute } = options;
  const isMutation = !route.startsWith('GET ');
  let base: Base | undefined;
  for (let n = 0; n < perRoute && report.faults.length < MOST_FAULTS; n += 1) {
    const chance = chanceFrom(seed, route, n);
    if (!base || (isMutation && n % FRESH_EVERY === 0)) base = await baseOf(route, gateway, city);
    const mark = `${MARK}${chance.below(2 ** 30).toString(36)}`;
    // Now and then somebody who may not, or nobody.
    const token = chance.oneIn(10) ? await city.tokenOf(chance.pick(Object.values(city.people))) : base.token;
    const wire = hostileRequest(route, ROUTES[route], { ...base, ...(token && { token }) }, chance, mark);
    const started = performance.now();
    const answer = await send(gateway, agent, wire);
    report.slowestMs = Math.max(report.slowestMs, performance.now() - started);
    report.requests += 1;
    report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1;
    const why = faultOf(route, answer, mark);
    if (why) {
      const stack = answer.status === 500 ? gateway.world.lines.findLast(({ level }) => level === 'error') : undefined;
      const got = `${answer.status} ${answer.text.slice(0, 500)} ${stack ? JSON.stringify(stack.fields) : ''}`;
      report.faults.push({ route, n, why, sent: described(wire), got });
    }
  }
}

/** No name of a field: those a refusal may repeat. */
const SOCKET_MARK = `${MARK}!`;

/** What is no HTTP, or nearly: closed or answered 4xx, and nothing of it is done. */
async function overSockets(spoiled: number, { gateway, city, options, report }: Omit<Run, 'agent'>): Promise<void> {
  await gateway.changes();
  const token = await city.tokenOf(city.people.auditor);
  const said = utterances({ seed: options.seed, spoiled, mark: SOCKET_MARK, token });
  const port = Number(new URL(gateway.url).port);
  await inParallel([...said.entries()], AT_ONCE, async ([n, bytes]) => {
    const heard = await say(port, bytes);
    report.requests += 1;
    const why = faultHeard(heard, SOCKET_MARK);
    if (!why || report.faults.length >= MOST_FAULTS) return;
    const sent = JSON.stringify(bytes.toString('latin1').slice(0, 600));
    report.faults.push({ route: 'socket', n, why, sent, got: heard.heard.slice(0, 500) });
  });
  if ((await gateway.changes()).length > 0) throw new Error('something that is no request changed a table');
}

/** A request that would do what the route is for, from somebody who may, with what can be forged for it. */
async function baseOf(route: RouteName, gateway: Gateway, city: City): Promise<Base> {
  if (route === 'POST /api/factor/confirm' || route === 'POST /api/factor/show') {
    // What is shown may be held for a seat at a station; for nobody whom other routes are called by.
    const personId = await aPerson(gateway.store, { roles: [{ role: 'staff', scope: 'central' }] });
    return { ...(await city.authenticators([personId])), token: await city.tokenOf(personId) };
  }
  const { owner, ...call } = await city.calls[route]();
  const { roles } = ROUTES[route];
  const { people } = city;
  if (route === 'POST /api/me/sign-in') {
    const token = await city.tokenOf(people.donor);
    return {
      body: { idToken: await gateway.idToken(people.donor, '+8613900007392') },
      token,
      idTokens: await forgedIdTokens(gateway, people.donor),
    };
  }
  if (route === 'POST /api/me/erase') {
    const token = await city.tokenOf(await aPerson(gateway.store));
    return { ...call, token } as Base;
  }
  const self = roles.includes('staff') ? people.staff : roles.includes('organiser') ? people.organiser : people.owner;
  const token = roles.includes('public') ? undefined : await city.tokenOf(self);
  const base = { ...call, ...(token && { token }), cursors: forgedCursors(route, self, city) } as Base;
  if (route !== 'PATCH /api/me') return base;
  const { version } = await city.done<{ version: number }>(self, 'GET /api/me', {});
  return { ...base, body: { version, name: 'Name', weightKg: 60, birthDate: '1996-05-01', mutedTemplates: [] } };
}

/** ID tokens that only look like one, and some that the provider signed but should not have. */
async function forgedIdTokens(gateway: Gateway, sub: string): Promise<string[]> {
  const part = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: TEST_ISSUER,
    aud: CLIENT_ID,
    sub,
    exp: now + 600,
    phone_number: '+8613900007392',
    phone_number_verified: true,
  };
  const headers = [
    { alg: 'RS256' },
    { alg: 'RS256', kid: 'next' },
    { alg: 'RS256', kid: '__proto__' },
    { alg: 'RS256', kid: { a: 1 } },
    { alg: 'none' },
    { alg: 'HS256', kid: 'k' },
    { alg: 'ES256' },
    { alg: 'RSA1_5', kid: 'k' },
    { alg: ['RS256'] },
    { alg: 'RS256', kid: 'k', crit: ['x'], x: 1 },
    { alg: 'RS256', kid: 'k', b64: false, crit: ['b64'] },
    { alg: 'RS256', kid: 'k', jku: 'http://127.0.0.1:1/' },
    {},
    [],
    'null',
    '{',
  ];
  const signed = [
    { ...claims, exp: 'soon' },
    { ...claims, exp: Number.MAX_VALUE },
    { ...claims, aud: [CLIENT_ID, 7] },
    { ...claims, iss: [TEST_ISSUER] },
    { ...claims, sub: { toString: 1 } },
    { ...claims, phone_number: ['+8613900007392'] },
    { ...claims, phone_number: '+86139000073920000000' },
    { ...claims, nbf: 'x' },
    { ...claims, iat: -1 },
    [],
    null,
  ];
  return [
    ...headers.flatMap((header) => [
      `${part(header)}.${part(claims)}.AAAA`,
      `${part(header)}.${part(claims)}.`,
      `${part(header)}..`,
    ]),
    ...(await Promise.all(signed.map(async (payload) => await gateway.signed({ kid: 'k' }, JSON.stringify(payload))))),
    await gateway.signed({ kid: 'k' }, 'not json'),
    await gateway.signed({}, JSON.stringify(claims)),
    `${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`,
    '...',
    'a.b.c',
    'ey.ey.ey',
  ];
}

type KeyName = 'pk' | 'gsi1pk' | 'gsi2pk';
/** Whoever has read the source knows which partition a list is in. */
function listOf(route: RouteName, self: string, { shown }: City): [KeyName, string] | undefined {
  const today = '2026-11-23';
  const lists: Partial<Record<RouteName, [KeyName, string]>> = {
    'GET /api/me/bookings': ['pk', partitions.bookings(self)],
    'GET /api/me/donations': ['pk', partitions.donations(self)],
    'GET /api/me/messages': ['gsi1pk', indexes.ledger(self)],
    'GET /api/donations/roster': ['gsi1pk', indexes.roster('central', today)],
    'GET /api/units': ['gsi1pk', indexes.donated('central', today)],
    'GET /api/holds': ['pk', partitions.holds('central', true).pk],
    'GET /api/laboratory': ['gsi1pk', indexes.donated('central', today)],
    'GET /api/laboratory/alerts': ['pk', partitions.labAlerts('central', true).pk],
    'GET /api/doubts': ['gsi1pk', indexes.doubted('central', true)],
    'GET /api/messages/problems': ['gsi2pk', indexes.problem('2026-11')],
    'GET /api/events': ['gsi1pk', indexes.published()],
    'GET /api/organisations/{organisationId}/events': ['gsi2pk', indexes.organisationEvents('helpers')],
    'GET /api/events/{eventId}/roster': ['gsi1pk', indexes.roster(shown.eventId, '2026-11-28')],
  };
  return lists[route];
}

/** Cursors of the right form that no list of ours ever gave. */
function forgedCursors(route: RouteName, self: string, city: City): string[] {
  const list = listOf(route, self, city);
  const as = (json: string) => Buffer.from(json).toString('base64url');
  if (!list) return [as('{}')];
  const [name, pk] = list;
  const index = name === 'pk' ? {} : { [name]: pk, [name.replace('pk', 'sk')]: 'a' };
  const odd = ['a', '~', '\0', ' ', '中'.repeat(500), 'é'.repeat(511), 'x'.repeat(511), '\u{1F600}'.repeat(255)];
  const made = odd.flatMap((sk) => [
    { pk: name === 'pk' ? pk : 'X', sk, ...index },
    { pk: name === 'pk' ? pk : sk, sk: 'X', ...index, ...(name !== 'pk' && { [name.replace('pk', 'sk')]: sk }) },
  ]);
  const right = { pk: name === 'pk' ? pk : 'X', sk: 'X', ...index };
  return [
    ...made.map((key) => as(JSON.stringify(key))),
    as(JSON.stringify(right).replace('"X"', '"\\ud800"')),
    as(JSON.stringify({ ...right, sk: '' })),
    as(JSON.stringify({ ...right, sk: 1 })),
    as(JSON.stringify({ ...right, more: 'x' })),
    as(JSON.stringify(right).replace('}', ',"__proto__":{"sk":"a"}}')),
    as(JSON.stringify([right])),
    as('null'),
    `${as(JSON.stringify(right))}=`,
    '%%%',
  ];
}

async function send(gateway: Gateway, agent: Agent, { method, target, headers, body }: Wire): Promise<Answered> {
  const { hostname, port } = new URL(gateway.url);
  return await new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: hostname, port, method, path: target, headers, agent, setHost: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const id = String(answer.headers['apigw-requestid'] ?? '');
          const text = Buffer.concat(chunks).toString();
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, writes: gateway.writesOf(id) });
        });
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const described = ({ method, target, headers, body }: Wire): string =>
  [
    `${method} ${target.slice(0, 400)}`,
    JSON.stringify({ ...headers, authorization: String(headers['authorization']).slice(0, 12) }).slice(0, 600),
    body ? JSON.stringify(body.toString('latin1').slice(0, 600)) : '',
  ].join('\n  ');
