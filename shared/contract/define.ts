import type * as z from 'zod';

/** Who may call a route. `person` is anyone signed in; the others are items in the table, checked at each request. */
export type RouteRole = 'public' | 'signed-in' | 'person' | 'staff' | 'organiser' | 'auditor' | 'admin';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `METHOD /path`, exactly API Gateway's routeKey, so one string is declared, dispatched on and called. */
export type RouteKey = `${HttpMethod} /api${string}`;

export type Route = {
  /** Whoever has any of these may call; which sites or events that covers is decided in the handler. */
  readonly roles: readonly [RouteRole, ...RouteRole[]];
  readonly summary: string;
  /** Path parameters; each `{name}` of the path must be here. */
  readonly params?: z.ZodType<Record<string, string>>;
  readonly query?: z.ZodType<Record<string, unknown>>;
  readonly body?: z.ZodType;
  /** Status of success and the shape of its body. Undeclared keys are stripped. */
  readonly status: 200 | 201;
  readonly output: z.ZodType;
  /** Seconds a shared cache may keep the answer; it then also carries an ETag. Public GETs only. */
  readonly cacheSeconds?: number;
  /** May be called by whoever has the role before they have shown their second factor: it is how they do. */
  readonly beforeFactor?: true;
  /** May be called at a shared station by whoever has shown their second factor there and has yet to take a seat. */
  readonly beforeSeat?: true;
  /** The answer is a file and not JSON: `output` is its text. */
  readonly file?: { readonly type: 'text/calendar' | 'text/csv'; readonly name: string };
};

export type Area<Routes extends Record<string, Route> = Record<string, Route>> = {
  readonly name: string;
  readonly routes: Routes;
};

/** Declares an area: the routes one Lambda serves. */
export function area<const Name extends string, const Routes extends { readonly [K in RouteKey]?: Route }>(
  name: Name,
  routes: Routes,
): { readonly name: Name; readonly routes: Routes } {
  return { name, routes };
}

type Infer<S> = S extends z.ZodType ? z.output<S> : undefined;
/** What a handler receives, after parsing. */
export type RouteInput<R extends Route> = {
  readonly params: Infer<R['params']>;
  readonly query: Infer<R['query']>;
  readonly body: Infer<R['body']>;
};
/** What a handler answers with, before undeclared keys are stripped. */
export type RouteOutput<R extends Route> = z.input<R['output']>;
