import * as z from 'zod';
import * as attendance from './attendance.ts';
import * as audit from './audit.ts';
import * as blocks from './blocks.ts';
import * as bookings from './bookings.ts';
import * as calls from './calls.ts';
import * as closures from './closures.ts';
import * as common from './common.ts';
import type { Route } from './define.ts';
import * as desk from './desk.ts';
import * as donations from './donations.ts';
import * as doubts from './doubts.ts';
import * as events from './events.ts';
import * as factors from './factors.ts';
import * as figures from './figures.ts';
import * as files from './files.ts';
import * as guardians from './guardians.ts';
import * as holds from './holds.ts';
import * as hours from './hours.ts';
import * as identity from './identity.ts';
import { contract } from './index.ts';
import * as insurance from './insurance.ts';
import * as laboratory from './laboratory.ts';
import * as line from './line.ts';
import * as me from './me.ts';
import * as messages from './messages.ts';
import * as planning from './planning.ts';
import * as precheck from './precheck.ts';
import * as problem from './problem.ts';
import * as recalls from './recalls.ts';
import * as records from './records.ts';
import * as roles from './roles.ts';
import * as sites from './sites.ts';
import * as stations from './stations.ts';
import * as teams from './teams.ts';
import * as units from './units.ts';
import * as waiting from './waiting.ts';

/** Every shape these export is a component of its own name; others are written out where they stand. */
const MODULES = [
  common,
  problem,
  sites,
  me,
  bookings,
  donations,
  desk,
  units,
  holds,
  recalls,
  identity,
  audit,
  events,
  attendance,
  guardians,
  insurance,
  teams,
  messages,
  records,
  precheck,
  waiting,
  line,
  planning,
  closures,
  files,
  doubts,
  laboratory,
  roles,
  factors,
  stations,
  blocks,
  figures,
  calls,
  hours,
];

type Json = Record<string, unknown>;
export type OpenApi = { openapi: string; paths: Record<string, Record<string, Json>>; components: Json } & Json;

/**
 * The contract as OpenAPI 3.1. Only the area that serves it and the scripts that keep it import this file, so that the
 * other Lambdas do not carry every area's shapes.
 */
export function buildOpenApi(): OpenApi {
  const registry = z.registry<{ id: string }>();
  const named = new Map<z.ZodType, string>();
  for (const [id, shape] of MODULES.flatMap((module) => Object.entries(module))) {
    if (!(shape instanceof z.ZodType)) continue;
    named.set(shape, id);
    registry.add(shape, { id });
  }
  // Shapes written inside a route are put through the registry too, so that what they hold of the named ones is a reference.
  const routes = Object.values(contract).flatMap((area) =>
    Object.entries(area.routes as Record<string, Route>).map(([key, route]) => ({ area: area.name, key, route })),
  );
  for (const { key, route } of routes) {
    for (const part of PARTS) {
      const shape = route[part];
      if (shape && !named.has(shape)) registry.add(shape, { id: `${part} ${key}` });
    }
  }
  // As an input's shape, an object of an answer stays open: a client made from this must not break when a field is added.
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: componentRef });
  const component = (id: string) => tidy(schemas[id] as Json);
  const schemaOf = (key: string, route: Route, part: (typeof PARTS)[number]): Json => {
    const shape = route[part];
    const name = shape && named.get(shape);
    return name ? { $ref: componentRef(name) } : component(`${part} ${key}`);
  };

  const paths: OpenApi['paths'] = {};
  for (const { area, key, route } of routes) {
    const [method = '', path = ''] = key.split(' ');
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = operation(area, key, route, (part) => schemaOf(key, route, part));
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Nuanliu 暖流',
      version: '1.0.0',
      description:
        'Donation slots, volunteer shifts, and every unit of blood until it is used. Errors are application/problem+json with a stable `code`, except for those the gateway itself makes (a missing or bad token 401, an unknown route 404, a throttle 429, no answer 503), whose body is `{"message": …}`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.values(contract).map(({ name }) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Access token of the issuer' },
      },
      parameters: PARAMETERS,
      responses: Object.fromEntries(
        [...new Set(Object.values(problem.PROBLEMS))].map((status) => [`Problem${status}`, problemResponse(status)]),
      ),
      schemas: Object.fromEntries([...named.values()].sort().map((id) => [id, component(id)])),
    },
  };
}

/**
 * The document as it is served, since whole it is too long for one answer: where each path stands, by area. It is itself
 * OpenAPI 3.1, and a tool that follows references reads all of it.
 */
export function openApiIndex(document: OpenApi): OpenApi {
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path,
      { $ref: `/api/openapi/${areaOf(item)}${pointer(path)}` as unknown as Json },
    ]),
  );
  return { ...document, paths, components: { securitySchemes: document.components['securitySchemes'] } };
}

/** One area's routes with the components they lead to: a document of its own. Undefined for an area that is none. */
export function openApiOfArea(document: OpenApi, area: string): OpenApi | undefined {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([, item]) => areaOf(item) === area));
  if (Object.keys(paths).length === 0) return undefined;
  const components: Record<string, Json> = { securitySchemes: document.components['securitySchemes'] as Json };
  const todo = refsIn(paths);
  for (const ref of todo) {
    const [, , kind = '', name = ''] = ref.split('/');
    const component = (document.components[kind] as Json | undefined)?.[name];
    components[kind] = { ...components[kind], [name]: component };
    // A set goes on to what is added while it is walked.
    for (const further of refsIn(component)) todo.add(further);
  }
  return { ...document, tags: [{ name: area }], paths, components };
}

const areaOf = (item: Record<string, Json>): unknown =>
  Object.values(item).flatMap((operation) => operation['tags'])[0];
const pointer = (path: string): string => `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const refsIn = (value: unknown): Set<string> =>
  new Set([...JSON.stringify(value).matchAll(/"\$ref":"(#[^"]+)"/g)].map(([, ref = '']) => ref));

const PARTS = ['params', 'query', 'body', 'output'] as const;
const componentRef = (id: string): string => `#/components/schemas/${id}`;

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description:
      'Made anew for each thing the person means to do. Repeating an accepted request with its key answers as the first time did; the same key with other input is 422.',
    schema: { type: 'string', minLength: 8, maxLength: 128 },
  },
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    description: 'Language of sentences: zh or en; zh where neither is named',
    schema: { type: 'string' },
  },
} as const;

function operation(area: string, key: string, route: Route, schemaOf: (part: (typeof PARTS)[number]) => Json): Json {
  const open = route.roles.includes('public');
  return {
    operationId: operationId(key),
    tags: [area],
    summary: route.summary,
    'x-roles': route.roles,
    security: open ? [] : [{ token: [] }],
    parameters: [
      ...(route.params ? parameters('path', schemaOf('params')) : []),
      ...(route.query ? parameters('query', schemaOf('query')) : []),
      ...(route.body ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
      { $ref: '#/components/parameters/AcceptLanguage' },
    ],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf('body') } } },
    }),
    responses: {
      [route.status]: {
        description: route.status === 201 ? 'Made' : 'Done',
        ...(route.cacheSeconds !== undefined && {
          headers: {
            'Cache-Control': { schema: { const: `public, max-age=${route.cacheSeconds}` } },
            ETag: { schema: { type: 'string' } },
          },
        }),
        content: { [route.file?.type ?? 'application/json']: { schema: schemaOf('output') } },
      },
      ...(route.cacheSeconds !== undefined && { 304: { description: 'As in the copy whose ETag was given' } }),
      ...Object.fromEntries(
        problemStatuses(route).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
      ),
    },
  };
}

/** `POST /api/bookings/{bookingId}/cancel` -> `postBookingsBookingIdCancel`. */
const operationId = (key: string): string => {
  const [method = '', ...words] = key.replace(' /api', '').match(/[A-Za-z0-9]+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
};

const parameters = (place: 'path' | 'query', schema: Json): Json[] => {
  const required = (schema['required'] ?? []) as string[];
  return Object.entries(schema['properties'] as Record<string, Json>).map(([name, shape]) => ({
    name,
    in: place,
    ...(required.includes(name) && { required: true }),
    schema: shape,
  }));
};

/** What a route may answer with, by what it takes: the handler's shared part makes the same distinctions. */
function problemStatuses(route: Route): number[] {
  const statuses = new Set<number>([400, 500, 503]);
  if (!route.roles.includes('public')) for (const status of [401, 403]) statuses.add(status);
  if (route.params || route.query || route.body) statuses.add(404);
  if (route.body) for (const status of [409, 413, 415, 422]) statuses.add(status);
  if (route.query) statuses.add(422);
  return [...statuses].sort();
}

function problemResponse(status: number): Json {
  const codes = Object.entries(problem.PROBLEMS).flatMap(([code, of]) => (of === status ? [code] : []));
  return {
    description: `One of: ${codes.join(', ')}`,
    ...(status === 503 && { headers: { 'Retry-After': { schema: { type: 'integer' } } } }),
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: componentRef('Problem') }, { properties: { code: { enum: codes } } }] },
      },
    },
  };
}

/** Without what only says how zod checks: dialects and ids of each schema, the safe integers, the regex behind a format. */
function tidy(value: unknown): Json {
  return JSON.parse(
    JSON.stringify(value, (key, inner) => {
      if (key === '$schema' || key === '$id') return undefined;
      if (typeof inner === 'number' && Math.abs(inner) === Number.MAX_SAFE_INTEGER) return undefined;
      if (inner?.type === 'string' && inner.format && inner.pattern) return { ...inner, pattern: undefined };
      return inner;
    }),
  ) as Json;
}
