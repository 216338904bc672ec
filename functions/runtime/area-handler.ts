import { createHash } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import type { Area, Route, RouteInput, RouteOutput } from '../../shared/contract/define.ts';
import type { Problem, ProblemCode } from '../../shared/contract/problem.ts';
import { instantNow } from '../../shared/domain/local-time.ts';
import { refusalSentence } from '../../shared/domain/refusal-sentences.ts';
import { DEVICE_HEADER } from '../../shared/domain/second-fact.ts';
import { stationFault } from '../../shared/domain/station.ts';
import type { Language } from '../../shared/domain/vocabulary.ts';
import { isTransient } from '../../shared/store/client.ts';
import type { FactorSessionItem } from '../../shared/store/items/index.ts';
import { type Caller, sessionDigest } from '../../shared/store/people.ts';
import { BusyError, type Clock } from '../../shared/store/retry.ts';
import type { Actor } from './actor.ts';
import { cameThroughFront } from './front-door.ts';
import { type Idempotency, idempotency } from './idempotency.ts';
import type { Log } from './log.ts';
import { type FieldError, type FieldFault, ProblemError } from './problem.ts';
import { fieldSentence, problemSentence } from './sentences.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Result = APIGatewayProxyStructuredResultV2;

/** The verified claims of the access token: issuer and subject are all we take from it. */
export type Claims = { readonly iss: string; readonly sub: string };

/** What every area needs beside its own: how a token becomes a person, and where log lines go. */
export type CommonDeps = {
  readonly people: {
    /** The person that a subject means on this device, or undefined until it was said there who that is. */
    linkOf(claims: Claims, from: { device?: string | undefined; now: string }): Promise<Caller | undefined>;
    /** What they may do, and in which browsers they have shown their second factor. */
    standing(personId: string): Promise<{ roles: Actor['roles']; sessions: readonly FactorSessionItem[] }>;
  };
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** Ids of failures and of log lines. */
  readonly newId: () => string;
};

type Roles<R extends Route> = R['roles'][number];

/** What a route's file gets: the parsed input, who calls, and what makes a retry safe. */
export type RouteRequest<R extends Route = Route> = RouteInput<R> & {
  readonly language: Language;
  /** Absent on public routes and before the first sign-in. */
  readonly actor: 'public' extends Roles<R> ? undefined : 'signed-in' extends Roles<R> ? undefined : Actor;
  readonly claims: 'public' extends Roles<R> ? undefined : Claims;
  /** The key of the browser that calls, where it sent one. */
  readonly device: string | undefined;
  /** Present on every mutation. */
  readonly idempotency: R extends { readonly body: z.ZodType } ? Idempotency : undefined;
};

export type RouteHandler<R extends Route, Deps> = (request: RouteRequest<R>, deps: Deps) => Promise<RouteOutput<R>>;

/** One handler a route of the area: a missing or a stray one is a compile error. */
export type AreaRoutes<A extends Area, Deps> = {
  readonly [K in keyof A['routes']]: RouteHandler<A['routes'][K], Deps>;
};

const MAX_BODY_BYTES = 64 * 1024;

/** A Lambda handler for an area: parses, checks roles, dispatches on the route key, answers, logs. */
export function areaHandler<A extends Area, GetDeps extends () => Promise<CommonDeps>>(
  area: A,
  getDeps: GetDeps,
  routes: AreaRoutes<A, Awaited<ReturnType<GetDeps>>>,
) {
  type Deps = Awaited<ReturnType<GetDeps>>;
  const handle = async (event: Event): Promise<Result> => {
    if (!cameThroughFront(event.headers)) throw new ProblemError('forbidden');
    const deps = (await getDeps()) as Deps;
    const route = area.routes[event.routeKey];
    const run = routes[event.routeKey as keyof A['routes']] as unknown as RouteHandler<Route, Deps> | undefined;
    if (!route || !run) throw new ProblemError('not-found');
    const claims = claimsOf(event, route);
    const device = deviceOf(event);
    const actor = claims && (await actorOf(claims, device, route, deps));
    const input = parseInput(event, route);
    const output = await run(
      {
        ...input,
        language: languageOf(event),
        actor: actor as never,
        claims: claims as never,
        device,
        idempotency: (route.body ? keyOf(event, claims, actor, input) : undefined) as never,
      },
      deps,
    );
    return answer(event, route, output);
  };

  return middy<Event, Result, Error, Context>()
    .use({
      after: async ({ event, response, context }) => logRequest(await getDeps(), event, context, response),
      onError: async (request) => {
        const deps = await getDeps();
        request.response = failure(request.event, request.error as Error, deps);
        logRequest(deps, request.event, request.context, request.response);
      },
    })
    .handler(handle);
}

function logRequest(deps: CommonDeps, event: Event, context: Context, response: Result | null | undefined): void {
  // The route's pattern, never the path or the query: those may hold ids.
  deps.log.info('request', {
    route: event.routeKey,
    status: response?.statusCode,
    requestId: context?.awsRequestId,
  });
}

const NONE = new Set<string>(['public']);

function claimsOf(event: Event, route: Route): Claims | undefined {
  if (route.roles.some((role) => NONE.has(role))) return undefined;
  const claims = event.requestContext.authorizer?.jwt?.claims;
  const iss = claims?.['iss'];
  const sub = claims?.['sub'];
  if (typeof iss !== 'string' || typeof sub !== 'string') throw new ProblemError('not-signed-in');
  return { iss, sub };
}

/** Any text is a key: one that nobody linked opens nothing. */
const deviceOf = (event: Event): string | undefined => event.headers[DEVICE_HEADER] || undefined;

async function actorOf(
  claims: Claims,
  device: string | undefined,
  route: Route,
  deps: CommonDeps,
): Promise<Actor | undefined> {
  if (route.roles.includes('signed-in')) return undefined;
  const caller = await deps.people.linkOf(claims, { device, now: new Date(deps.clock.now()).toISOString() });
  if (!caller) throw new ProblemError('person-unknown');
  if (route.roles.includes('person')) return { ...caller, roles: [] };
  const { roles, sessions } = await deps.people.standing(caller.personId);
  if (!roles.some(({ role }) => route.roles.includes(role))) throw new ProblemError('forbidden');
  if (!route.beforeFactor) requireFactor(sessions, sessionDigest(claims, device), route, deps.clock.now());
  return { ...caller, roles };
}

/** Throws unless the second factor was shown in this very browser and session, and not too long ago. */
function requireFactor(sessions: readonly FactorSessionItem[], here: string, route: Route, now: number): void {
  const shown = sessions.find(({ session }) => session === here);
  if (!shown || Date.parse(shown.until) <= now) throw new ProblemError('second-factor-needed');
  const fault = stationFault(shown.station, instantNow(now), route.beforeSeat === true);
  if (fault) throw new ProblemError(fault);
}

function keyOf(event: Event, claims: Claims | undefined, actor: Actor | undefined, input: unknown): Idempotency {
  const header = event.headers['idempotency-key'];
  if (!header || header.length < 8 || header.length > 128) throw new ProblemError('idempotency-key-missing');
  return idempotency(header, actor?.personId ?? `${claims?.iss} ${claims?.sub}`, event.routeKey, input);
}

function parseInput(event: Event, route: Route): { params: never; query: never; body: never } {
  return {
    params: parsePart(route.params, event.pathParameters ?? {}, 'path') as never,
    query: parsePart(route.query, event.queryStringParameters ?? {}, 'query') as never,
    body: (route.body ? parsePart(route.body, bodyOf(event), '') : undefined) as never,
  };
}

function bodyOf(event: Event): unknown {
  const type = event.headers['content-type'] ?? 'application/json';
  if (!/^application\/([a-z.+-]+\+)?json\b/i.test(type)) throw new ProblemError('unsupported-media-type');
  const raw = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64') : Buffer.from(event.body ?? '');
  if (raw.byteLength > MAX_BODY_BYTES) throw new ProblemError('body-too-large');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw new ProblemError('invalid-json');
  }
}

function parsePart(schema: z.ZodType | undefined, value: unknown, prefix: string): unknown {
  // A route that declares no query takes none.
  const parsed = (schema ?? z.strictObject({})).safeParse(value, { reportInput: true });
  if (parsed.success) return schema ? parsed.data : undefined;
  throw new ProblemError('invalid-input', { fields: fieldErrors(parsed.error, prefix) });
}

const FAULTS: Record<string, FieldFault> = {
  invalid_type: 'wrong-type',
  invalid_value: 'not-allowed',
  invalid_union: 'not-allowed',
  invalid_format: 'malformed',
  too_small: 'too-small',
  too_big: 'too-big',
  unrecognized_keys: 'unknown-key',
};
const MAX_FIELDS = 20;
const MAX_PATH = 100;

/** The name of a field as somebody might have misspelt it; of anything else only that it was there. */
const plain = (key: string): string => (/^[A-Za-z][\w-]{0,39}$/.test(key) ? key : '?');

/** At most twenty, without the values: an error never repeats what was sent, but for the names of fields. */
function fieldErrors(error: z.ZodError, prefix: string): FieldError[] {
  const errors = error.issues.flatMap((issue): FieldError[] => {
    const at = (path: readonly PropertyKey[]) =>
      [prefix, ...path]
        .filter((part) => part !== '')
        .join('.')
        .slice(0, MAX_PATH);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: at([...issue.path, plain(key)]), why: 'unknown-key' as const }));
    }
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    const ofText = 'origin' in issue && issue.origin === 'string';
    const why = missing
      ? 'missing'
      : ofText && issue.code === 'too_small'
        ? 'too-short'
        : ofText && issue.code === 'too_big'
          ? 'too-long'
          : (FAULTS[issue.code] ?? 'malformed');
    return [{ path: at(issue.path), why }];
  });
  return errors.slice(0, MAX_FIELDS);
}

/** The first of zh and en that the caller accepts, by weight; Chinese where neither is named. */
export function languageOf(event: Pick<Event, 'headers'>): Language {
  const wanted = (event.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const q = rest.map((piece) => piece.trim()).find((piece) => piece.startsWith('q='));
      return { tag, q: q ? Number(q.slice(2)) || 0 : 1 };
    })
    .sort((a, b) => b.q - a.q);
  for (const { tag, q } of wanted) {
    if (q > 0 && tag.startsWith('en')) return 'en';
    if (q > 0 && tag.startsWith('zh')) return 'zh';
  }
  return 'zh';
}

type Written = { readonly body: string; readonly etag: string };
/** What was made of outputs that a public route answers with again while it remembers them. They are never changed. */
const written = new WeakMap<object, Written>();

/** Parsing and writing a week of slots costs more than reading it. */
function writeOnce(route: Route, output: unknown): Written {
  const known = typeof output === 'object' && output !== null ? written.get(output) : undefined;
  if (known) return known;
  const parsed = route.output.parse(output);
  const body = route.file ? String(parsed) : JSON.stringify(parsed);
  const made = { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` };
  if (typeof output === 'object' && output !== null) written.set(output, made);
  return made;
}

function answer(event: Event, route: Route, output: unknown): Result {
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': route.cacheSeconds === undefined ? 'no-store' : `public, max-age=${route.cacheSeconds}`,
  };
  if (route.file) {
    headers['content-type'] = `${route.file.type}; charset=utf-8`;
    // Shown, not only saved: a phone offers a time to its calendar.
    const shown = route.file.type === 'text/calendar' ? 'inline' : 'attachment';
    headers['content-disposition'] = `${shown}; filename="${route.file.name}"`;
  }
  if (route.cacheSeconds === undefined) {
    return { statusCode: route.status, headers, body: writeOnce(route, output).body };
  }
  const { body, etag } = writeOnce(route, output);
  headers['etag'] = etag;
  if (event.headers['if-none-match'] === etag) return { statusCode: 304, headers };
  return { statusCode: route.status, headers, body };
}

const BUSY_RETRY_SECONDS = 1;

function failure(event: Event, error: Error, deps: CommonDeps): Result {
  const instance = deps.newId();
  const language = languageOf(event);
  const known =
    error instanceof ProblemError
      ? error
      : error instanceof BusyError || isTransient(error)
        ? new ProblemError('busy', { retryAfterSeconds: BUSY_RETRY_SECONDS })
        : undefined;
  if (!known) {
    // Name and stack only: a message may quote input.
    deps.log.error('unexpected', { instance, route: event.routeKey, error: error.name, stack: stackOf(error) });
  }
  const code: ProblemCode = known?.code ?? 'internal';
  const reasons = (known?.reasons ?? []).map((reason) => ({
    ...reason,
    sentence: refusalSentence(reason, language, known?.of),
  }));
  const body: Problem = {
    type: `urn:nuanliu:problem:${code}`,
    title: code,
    status: known?.status ?? 500,
    code,
    detail: reasons[0]?.sentence ?? problemSentence(code, language),
    instance,
    ...(known?.fields.length && {
      errors: known.fields.map((field) => ({ path: field.path, message: fieldSentence(field, language) })),
    }),
    ...(reasons.length && { reasons: reasons.map(({ params: _, ...reason }) => reason) }),
    ...(known?.next && { next: known.next }),
  };
  return {
    statusCode: body.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      ...(known?.retryAfterSeconds && { 'retry-after': String(known.retryAfterSeconds) }),
    },
    body: JSON.stringify(body),
  };
}

/** Frames without the first lines, where the message stands. */
const stackOf = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .join('\n');
