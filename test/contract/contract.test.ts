import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Route } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { buildOpenApi, type OpenApi, openApiIndex, openApiOfArea } from '../../shared/contract/openapi.ts';
import { PROBLEMS } from '../../shared/contract/problem.ts';

const root = (path: string) => new URL(`../../${path}`, import.meta.url);

const routes = Object.values(contract).flatMap((area) =>
  Object.entries(area.routes as Record<string, Route>).map(([key, route]) => {
    const [method = '', path = ''] = key.split(' ');
    return { area: area.name, key, method, path, route };
  }),
);

type Parameter = { name?: string; in?: string; required?: boolean; $ref?: string };
type Operation = {
  operationId: string;
  parameters: Parameter[];
  responses: Record<string, unknown>;
  security: unknown[];
  'x-roles': string[];
};
const document = buildOpenApi();
const operationOf = ({ method, path }: { method: string; path: string }) =>
  document.paths[path]?.[method.toLowerCase()] as unknown as Operation;

describe('the document', () => {
  test('docs/openapi.json is what the contract says (npm run openapi)', () => {
    expect(JSON.parse(readFileSync(root('docs/openapi.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('describes every route and nothing else', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(routes.map(({ key }) => key).sort());
  });

  test('every reference leads somewhere, and no operation id is used twice', () => {
    expect(references(document).length).toBeGreaterThan(100);
    expect(dangling(document)).toEqual([]);
    const ids = routes.map((route) => operationOf(route).operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names every stable error code under its status', () => {
    const responses = document.components['responses'] as Record<string, { description: string }>;
    for (const [code, status] of Object.entries(PROBLEMS)) {
      expect(responses[`Problem${status}`]?.description).toMatch(new RegExp(`\\b${code}\\b`));
    }
  });
});

describe('the document as it is served', () => {
  const index = openApiIndex(document);

  test('says of every path in which area it is described, and there it is as in the whole', () => {
    expect(Object.keys(index.paths)).toEqual(Object.keys(document.paths));
    for (const [path, item] of Object.entries(index.paths)) {
      const [, area = '', pointer = ''] = /^\/api\/openapi\/([a-z]+)#\/paths\/(.+)$/.exec(String(item['$ref'])) ?? [];
      expect(pointer.replaceAll('~1', '/')).toBe(path);
      expect(openApiOfArea(document, area)?.paths[path]).toEqual(document.paths[path]);
    }
  });

  test.each(Object.keys(contract))('has all that its routes of %s lead to', (area) => {
    const part = openApiOfArea(document, area);
    expect(part && dangling(part)).toEqual([]);
  });

  test('of an area that is none is nothing', () => {
    expect(openApiOfArea(document, 'constructor')).toBeUndefined();
  });
});

function references(of: OpenApi): string[] {
  return [...JSON.stringify(of).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
}

const dangling = (of: OpenApi): string[] =>
  references(of).filter((path) => {
    let at: unknown = of;
    for (const step of path.split('/')) at = (at as Record<string, unknown> | undefined)?.[step];
    return at === undefined;
  });

describe.each(routes)('$key', (entry) => {
  const { area, key, method, path, route } = entry;
  const operation = operationOf(entry);

  test('states its roles, and the document asks for a token unless it is public', () => {
    expect(route.roles.length).toBeGreaterThan(0);
    if (route.roles.includes('public')) expect(route.roles).toEqual(['public']);
    expect(operation['x-roles']).toEqual(route.roles);
    expect(operation.security).toEqual(route.roles.includes('public') ? [] : [{ token: [] }]);
  });

  test('declares every parameter of its path, and no other', () => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort());
    expect(declared.every(({ required }) => required)).toBe(true);
  });

  test('takes a body and an Idempotency-Key exactly if it changes something', () => {
    const mutates = method !== 'GET';
    expect(route.body !== undefined).toBe(mutates);
    const key = operation.parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
    expect(key).toBe(mutates);
  });

  test('lets a shared cache keep only what is public and read', () => {
    if (route.cacheSeconds === undefined) return;
    expect(method).toBe('GET');
    expect(route.roles).toEqual(['public']);
  });

  test('refuses unknown keys', () => {
    // Of a body that is one of several, each.
    const parts = [route.params, route.query, route.body].flatMap((part) =>
      part instanceof z.ZodUnion ? (part.options as z.ZodType[]) : [part],
    );
    for (const part of parts) {
      const parsed = part?.safeParse({ 'an-unknown-key': 1 });
      if (parsed) expect(parsed.error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
    }
  });

  test('has a handler in a file of its own', async () => {
    const wiring = (await import(root(`functions/http/${area}/index.ts`).href)) as Record<string, unknown>;
    expect(wiring['handler']).toBeTypeOf('function');
    const table = wiring[`${area}Routes`] as Record<string, unknown>;
    expect(table[key]).toBeTypeOf('function');
    const source = readFileSync(root(`functions/http/${area}/index.ts`), 'utf8');
    const handler = new RegExp(`'${key.replaceAll(/[{}/]/g, '\\$&')}': (\\w+),?`).exec(source)?.[1];
    const file = new RegExp(`import \\{ ${handler} \\} from '(\\./[a-z-]+\\.ts)'`).exec(source)?.[1];
    expect(file, `${handler} is imported from a file of the area`).toBeDefined();
    const shared = [...source.matchAll(new RegExp(`from '${file?.replace('.', '\\.')}'`, 'g'))];
    expect(shared).toHaveLength(1);
    expect(existsSync(new URL(file ?? '', root(`functions/http/${area}/index.ts`)))).toBe(true);
  });
});
