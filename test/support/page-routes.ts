import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../../web/src/', import.meta.url));
const LAZY = /const (\w+) = (?:lazy|later)\(\(\) => .*?import\('\.\/([^']+)'\)/g;
const ROUTE = /<Route (?:index|path="([^"]+)") element=\{<(?:Later page=\{)?(\w+)\}? \/>\}/g;
/** Routes around others, which are no page. */
const FRAME = /<Route element=/g;

/** The patterns of every page, read from the routers: one that is nowhere else is still found. */
function readRoutes(file: string, under: string): string[] {
  const code = readFileSync(WEB + file, 'utf8');
  const files = new Map([...code.matchAll(LAZY)].map(([, name, from]) => [name, from]));
  const found = [...code.matchAll(ROUTE)];
  const written = code.split('<Route ').length - 1 - (code.match(FRAME)?.length ?? 0);
  if (found.length !== written) throw new Error(`${file}: a route is written in a way that is not read here`);
  return found.flatMap(([, path = '', page]) => {
    const whole = [under, path].filter(Boolean).join('/');
    if (!path.endsWith('/*')) return [`/${whole}`];
    return readRoutes(files.get(page) ?? '', whole.slice(0, -2));
  });
}

export const pageRoutes: readonly string[] = readRoutes('app.tsx', '');

const patternOf = (route: string): RegExp =>
  new RegExp(`^${route.replace('/*', '(/.*)?').replaceAll(/:\w+/g, '[^/]+')}$`);
/** How much of a route is left to the address: the routers, too, prefer the one that says most. */
const open = (route: string): number => route.split(/[:*]/).length + (route.endsWith('*') ? 10 : 0);

/** The pattern by which the routers find the page of an address. */
export const routeOf = (path: string): string | undefined =>
  pageRoutes.filter((route) => patternOf(route).test(path)).sort((a, b) => open(a) - open(b))[0];
