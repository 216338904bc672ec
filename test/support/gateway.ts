import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttributeValue, CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { attendanceDeps } from '../../functions/http/attendance/deps.ts';
import { attendanceRoutes } from '../../functions/http/attendance/index.ts';
import { auditDeps } from '../../functions/http/audit/deps.ts';
import { auditRoutes } from '../../functions/http/audit/index.ts';
import { blocksDeps } from '../../functions/http/blocks/deps.ts';
import { blocksRoutes } from '../../functions/http/blocks/index.ts';
import { bookingsDeps } from '../../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../../functions/http/bookings/index.ts';
import { callsDeps } from '../../functions/http/calls/deps.ts';
import { callsRoutes } from '../../functions/http/calls/index.ts';
import { closuresDeps } from '../../functions/http/closures/deps.ts';
import { closuresRoutes } from '../../functions/http/closures/index.ts';
import { deskDeps } from '../../functions/http/desk/deps.ts';
import { deskRoutes } from '../../functions/http/desk/index.ts';
import { donationsDeps } from '../../functions/http/donations/deps.ts';
import { donationsRoutes } from '../../functions/http/donations/index.ts';
import { doubtsDeps } from '../../functions/http/doubts/deps.ts';
import { doubtsRoutes } from '../../functions/http/doubts/index.ts';
import { eventsDeps } from '../../functions/http/events/deps.ts';
import { eventsRoutes } from '../../functions/http/events/index.ts';
import { factorsDeps } from '../../functions/http/factors/deps.ts';
import { factorsRoutes } from '../../functions/http/factors/index.ts';
import { figuresDeps } from '../../functions/http/figures/deps.ts';
import { figuresRoutes } from '../../functions/http/figures/index.ts';
import { filesDeps } from '../../functions/http/files/deps.ts';
import { filesRoutes } from '../../functions/http/files/index.ts';
import { guardiansDeps } from '../../functions/http/guardians/deps.ts';
import { guardiansRoutes } from '../../functions/http/guardians/index.ts';
import { healthDeps } from '../../functions/http/health/deps.ts';
import { healthRoutes } from '../../functions/http/health/index.ts';
import { holdsDeps } from '../../functions/http/holds/deps.ts';
import { holdsRoutes } from '../../functions/http/holds/index.ts';
import { hoursDeps } from '../../functions/http/hours/deps.ts';
import { hoursRoutes } from '../../functions/http/hours/index.ts';
import { identityDeps } from '../../functions/http/identity/deps.ts';
import { identityRoutes } from '../../functions/http/identity/index.ts';
import { insuranceDeps } from '../../functions/http/insurance/deps.ts';
import { insuranceRoutes } from '../../functions/http/insurance/index.ts';
import { laboratoryDeps } from '../../functions/http/laboratory/deps.ts';
import { laboratoryRoutes } from '../../functions/http/laboratory/index.ts';
import { meDeps } from '../../functions/http/me/deps.ts';
import { idTokenVerifier } from '../../functions/http/me/id-token.ts';
import { meRoutes } from '../../functions/http/me/index.ts';
import { messagesDeps } from '../../functions/http/messages/deps.ts';
import { messagesRoutes } from '../../functions/http/messages/index.ts';
import { planningDeps } from '../../functions/http/planning/deps.ts';
import { planningRoutes } from '../../functions/http/planning/index.ts';
import { precheckDeps } from '../../functions/http/precheck/deps.ts';
import { precheckRoutes } from '../../functions/http/precheck/index.ts';
import { recallsDeps } from '../../functions/http/recalls/deps.ts';
import { recallsRoutes } from '../../functions/http/recalls/index.ts';
import { recordsDeps } from '../../functions/http/records/deps.ts';
import { recordsRoutes } from '../../functions/http/records/index.ts';
import { rolesDeps } from '../../functions/http/roles/deps.ts';
import { rolesRoutes } from '../../functions/http/roles/index.ts';
import { sitesDeps } from '../../functions/http/sites/deps.ts';
import { sitesRoutes } from '../../functions/http/sites/index.ts';
import { stationsDeps } from '../../functions/http/stations/deps.ts';
import { stationsRoutes } from '../../functions/http/stations/index.ts';
import { teamsDeps } from '../../functions/http/teams/deps.ts';
import { teamsRoutes } from '../../functions/http/teams/index.ts';
import { unitsDeps } from '../../functions/http/units/deps.ts';
import { unitsRoutes } from '../../functions/http/units/index.ts';
import { waitingDeps } from '../../functions/http/waiting/deps.ts';
import { waitingRoutes } from '../../functions/http/waiting/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { listen } from '../../local/front.ts';
import { createApi, gatewayAnswer } from '../../local/gateway/api.ts';
import { createAuthorizer } from '../../local/gateway/authorizer.ts';
import { createRouter } from '../../local/gateway/router.ts';
import type { LambdaHandler } from '../../local/lambda.ts';
import { AUDIENCE, CLIENT_ID } from '../../local/subjects.ts';
import { createTableInput, type TableNames } from '../../local/tables.ts';
import { type AreaName, type Contract, contract } from '../../shared/contract/index.ts';
import { ACCESS } from '../../shared/store/access.ts';
import { createStore, type Store } from '../../shared/store/client.ts';
import { TABLES } from '../../shared/store/table.ts';
import { TEST_ISSUER } from './api.ts';
import { guarded } from './guard.ts';
import { streamOf } from './stream.ts';
import { testWorld } from './world.ts';

/** Every route of the contract, by its key. */
export type RouteName = { [A in AreaName]: keyof Contract[A]['routes'] & string }[AreaName];

/** How large every uploaded file is. */
export const UPLOADED_BYTES = 42;

export const ROUTE_NAMES = Object.values(contract).flatMap(({ routes }) => Object.keys(routes)) as RouteName[];

/** What is wrong with a token; `good` is right in everything. */
export const TOKEN_KINDS = [
  'good',
  'expired',
  'not-yet',
  'forged',
  'other-audience',
  'other-issuer',
  'id-token',
  'unsigned',
  'anothers-subject',
  'signed-with-the-public-key',
  'garbage',
  'empty',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export type Sent = {
  params?: Record<string, string> | undefined;
  query?: Record<string, string> | undefined;
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
};
export type Got = { status: number; headers: Headers; text: string; json: Record<string, unknown> };

/**
 * The API as it is deployed on one machine, in this process: the port's front, the gateway with its router and its authorizer,
 * and every area behind its own grants, on fresh tables. What each request wrote is counted on the way to the table.
 */
export async function aGateway(engineEndpoint: string) {
  const still = testWorld();
  // Stands still, but waits in earnest: two that meet at one item would otherwise use up their patience at once.
  const world = { ...still, clock: { now: still.clock.now, sleep: async (ms: number) => void (await sleep(ms)) } };
  const client = { ...LOCAL_AWS, endpoint: engineEndpoint };
  const run = randomUUID().slice(0, 8);
  const names: TableNames = { schedule: `schedule-${run}`, private: `private-${run}` };
  const base = new DynamoDBClient(client);
  // Of both tables, so that whatever changes in either is seen.
  for (const table of TABLES) {
    await base.send(new CreateTableCommand(createTableInput({ ...table, stream: true }, names[table.name])));
  }
  const streams = await Promise.all(Object.values(names).map(async (name) => await streamOf(name, client)));
  const storeOn = () => createStore({ tableName: names.schedule, privateTableName: names.private, client });
  const request = new AsyncLocalStorage<{ writes: number }>();
  const behind = (name: keyof typeof ACCESS): Store => {
    const store = guarded(storeOn(), ACCESS[name], names.private);
    store.base.middlewareStack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        const tally = request.getStore();
        if (tally && !/^(Get|BatchGet|Query)/.test(String(context['commandName']))) tally.writes += 1;
        return answer;
      },
      { step: 'initialize', name: 'tally' },
    );
    return store;
  };

  const pair = await generateKeyPair('RS256', { extractable: true });
  const stranger = await generateKeyPair('RS256');
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
  // A second key, as providers publish while they change theirs.
  const nextJwk = { ...(await exportJWK((await generateKeyPair('RS256')).publicKey)), kid: 'next', alg: 'RS256' };

  const front = await listen({ host: '127.0.0.1', port: 0, origin: 'http://127.0.0.1' });
  const url = `http://127.0.0.1:${(front.server.address() as AddressInfo).port}`;
  const verify = idTokenVerifier({ issuer: TEST_ISSUER, clientId: CLIENT_ID, jwksUri: `${url}/identity/jwks` });

  /** Every file that was announced is there at once, with the content that was announced. */
  const uploads = {
    sign: async (importId: string) => ({ url: `https://uploads.test/${importId}`, headers: {} }),
    size: async () => UPLOADED_BYTES,
  };
  const seals = { get: async () => undefined };
  const deps = {
    health: healthDeps(behind('health'), world),
    sites: sitesDeps(behind('sites'), world),
    me: meDeps(behind('me'), world, verify, async () => 'a key of the tests'),
    precheck: precheckDeps(behind('precheck'), world),
    blocks: blocksDeps(behind('blocks'), world),
    bookings: bookingsDeps(behind('bookings'), world),
    donations: donationsDeps(behind('donations'), world, async () => 'a key of the tests'),
    desk: deskDeps(behind('desk'), world, async () => 'a key of the tests'),
    units: unitsDeps(behind('units'), world),
    holds: holdsDeps(behind('holds'), world),
    doubts: doubtsDeps(behind('doubts'), world),
    recalls: recallsDeps(behind('recalls'), world),
    laboratory: laboratoryDeps(behind('laboratory'), world),
    hours: hoursDeps(behind('hours'), world),
    identity: identityDeps(behind('identity'), world, async () => 'a key of the tests'),
    audit: auditDeps(behind('audit'), world, () => seals),
    records: recordsDeps(behind('records'), world),
    roles: rolesDeps(behind('roles'), world, async () => 'a key of the tests'),
    stations: stationsDeps(
      behind('stations'),
      world,
      async () => 'a key of the tests',
      () => `seat-${world.newId()}`,
    ),
    factors: factorsDeps(behind('factors'), world, async () => 'a key of the tests'),
    events: eventsDeps(behind('events'), world),
    attendance: attendanceDeps(behind('attendance'), world),
    teams: teamsDeps(behind('teams'), world),
    guardians: guardiansDeps(behind('guardians'), world, 'https://nuanliu.example'),
    insurance: insuranceDeps(behind('insurance'), world, async () => 'a key of the tests'),
    messages: messagesDeps(behind('messages'), world),
    waiting: waitingDeps(behind('waiting'), world),
    closures: closuresDeps(behind('closures'), world),
    planning: planningDeps(behind('planning'), world),
    figures: figuresDeps(behind('figures'), world),
    calls: callsDeps(behind('calls'), world, { publicUrl: 'https://nuanliu.example', signature: '' }),
    files: filesDeps(behind('files'), world, uploads),
  };
  const areas: Record<AreaName, unknown> = {
    health: areaHandler(contract.health, async () => deps.health, healthRoutes),
    sites: areaHandler(contract.sites, async () => deps.sites, sitesRoutes),
    me: areaHandler(contract.me, async () => deps.me, meRoutes),
    precheck: areaHandler(contract.precheck, async () => deps.precheck, precheckRoutes),
    blocks: areaHandler(contract.blocks, async () => deps.blocks, blocksRoutes),
    bookings: areaHandler(contract.bookings, async () => deps.bookings, bookingsRoutes),
    desk: areaHandler(contract.desk, async () => deps.desk, deskRoutes),
    donations: areaHandler(contract.donations, async () => deps.donations, donationsRoutes),
    units: areaHandler(contract.units, async () => deps.units, unitsRoutes),
    holds: areaHandler(contract.holds, async () => deps.holds, holdsRoutes),
    doubts: areaHandler(contract.doubts, async () => deps.doubts, doubtsRoutes),
    recalls: areaHandler(contract.recalls, async () => deps.recalls, recallsRoutes),
    laboratory: areaHandler(contract.laboratory, async () => deps.laboratory, laboratoryRoutes),
    hours: areaHandler(contract.hours, async () => deps.hours, hoursRoutes),
    identity: areaHandler(contract.identity, async () => deps.identity, identityRoutes),
    audit: areaHandler(contract.audit, async () => deps.audit, auditRoutes),
    records: areaHandler(contract.records, async () => deps.records, recordsRoutes),
    roles: areaHandler(contract.roles, async () => deps.roles, rolesRoutes),
    stations: areaHandler(contract.stations, async () => deps.stations, stationsRoutes),
    factors: areaHandler(contract.factors, async () => deps.factors, factorsRoutes),
    events: areaHandler(contract.events, async () => deps.events, eventsRoutes),
    attendance: areaHandler(contract.attendance, async () => deps.attendance, attendanceRoutes),
    teams: areaHandler(contract.teams, async () => deps.teams, teamsRoutes),
    guardians: areaHandler(contract.guardians, async () => deps.guardians, guardiansRoutes),
    insurance: areaHandler(contract.insurance, async () => deps.insurance, insuranceRoutes),
    messages: areaHandler(contract.messages, async () => deps.messages, messagesRoutes),
    waiting: areaHandler(contract.waiting, async () => deps.waiting, waitingRoutes),
    closures: areaHandler(contract.closures, async () => deps.closures, closuresRoutes),
    planning: areaHandler(contract.planning, async () => deps.planning, planningRoutes),
    figures: areaHandler(contract.figures, async () => deps.figures, figuresRoutes),
    calls: areaHandler(contract.calls, async () => deps.calls, callsRoutes),
    files: areaHandler(contract.files, async () => deps.files, filesRoutes),
  };
  /** Request ids, and what each wrote. */
  const writes = new Map<string, number>();
  const counted =
    (handler: LambdaHandler): LambdaHandler =>
    async (event, context) => {
      const tally = { writes: 0 };
      const answer = await request.run(tally, async () => await handler(event, context));
      writes.set(context.awsRequestId, tally.writes);
      return answer;
    };
  const api = createApi({
    match: createRouter(),
    authorize: createAuthorizer({ issuer: TEST_ISSUER, publicJwk, now: () => Date.now() }),
    areas: Object.fromEntries(
      Object.entries(areas).map(([name, handler]) => [name, counted(handler as LambdaHandler)]),
    ) as Record<AreaName, LambdaHandler>,
    now: () => world.clock.now(),
  });
  front.open({
    api,
    identity: (_, res) =>
      void res
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: [publicJwk, nextJwk] })),
    phone: (_, res) => gatewayAnswer(res, 404),
    site: (_, res) => gatewayAnswer(res, 404),
  });

  const seconds = () => Math.floor(Date.now() / 1_000);
  async function token(sub: string, kind: TokenKind = 'good', claims: Record<string, unknown> = {}): Promise<string> {
    if (kind === 'garbage') return 'not.a.token';
    if (kind === 'empty') return '';
    const jwt = new SignJWT({ client_id: CLIENT_ID, ...claims })
      .setProtectedHeader({ alg: kind === 'signed-with-the-public-key' ? 'HS256' : 'RS256', kid: 'k' })
      .setIssuer(kind === 'other-issuer' ? 'https://elsewhere.test' : TEST_ISSUER)
      .setAudience(kind === 'other-audience' ? 'another-api' : kind === 'id-token' ? CLIENT_ID : AUDIENCE)
      .setSubject(sub)
      .setIssuedAt(seconds() - 120)
      .setExpirationTime(seconds() + (kind === 'expired' ? -60 : 3_600));
    if (kind === 'not-yet') jwt.setNotBefore(seconds() + 600);
    if (kind === 'signed-with-the-public-key') {
      return await jwt.sign(new TextEncoder().encode(JSON.stringify(publicJwk)));
    }
    const signed = await jwt.sign(kind === 'forged' ? stranger.privateKey : pair.privateKey);
    if (kind === 'anothers-subject') {
      const [head, payload = '', signature] = signed.split('.');
      const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'somebody-else' };
      return [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
    }
    if (kind !== 'unsigned') return signed;
    const none = Buffer.from(JSON.stringify({ alg: 'none', kid: 'k' })).toString('base64url');
    return `${none}.${signed.split('.')[1]}.AA`;
  }
  const idToken = async (sub: string, phone: string) =>
    await token(sub, 'id-token', { phone_number: phone, phone_number_verified: true });

  async function call(route: string, sent: Sent = {}): Promise<Got> {
    const [method = '', template = ''] = route.split(' ');
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(sent.params?.[name] ?? '-'));
    const query = sent.query ? `?${new URLSearchParams(sent.query)}` : '';
    const answer = await fetch(`${url}${path}${query}`, {
      method,
      headers: {
        'accept-language': 'en',
        ...(sent.body !== undefined && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        ...(sent.token !== undefined && { authorization: `Bearer ${sent.token}` }),
        ...sent.headers,
      },
      ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
    });
    const text = await answer.text();
    let json = {};
    try {
      json = JSON.parse(text);
    } catch {
      // Left empty: whoever expects a problem finds none.
    }
    return { status: answer.status, headers: answer.headers, text, json };
  }

  /** Every item that was written or deleted since this was last asked, as it is now. */
  async function changes(): Promise<Record<string, unknown>[]> {
    const records = (await Promise.all(streams.map(async (read) => await read()))).flat();
    return records.map(({ dynamodb }) =>
      unmarshall((dynamodb?.NewImage ?? dynamodb?.Keys) as Record<string, AttributeValue>),
    );
  }

  return {
    url,
    world,
    store: storeOn(),
    token,
    idToken,
    /** Any header over any payload, signed by the provider. */
    signed: async (header: Record<string, unknown>, payload: string): Promise<string> =>
      await new CompactSign(new TextEncoder().encode(payload))
        .setProtectedHeader({ alg: 'RS256', ...header })
        .sign(pair.privateKey, { crit: { b64: true } }),
    call,
    changes,
    /** How often a request wrote to a table, by the id in its answer's `apigw-requestid`; 0 for one that reached no function. */
    writesOf: (requestId: string | null | undefined): number => writes.get(requestId ?? '') ?? 0,
    async stop() {
      const closed = once(front.server, 'close');
      front.server.close();
      front.server.closeAllConnections();
      await closed;
      base.destroy();
    },
  };
}
export type Gateway = Awaited<ReturnType<typeof aGateway>>;
