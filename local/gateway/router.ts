import type { Route, RouteKey } from '../../shared/contract/define.ts';
import { type AreaName, contract } from '../../shared/contract/index.ts';

export type MatchedRoute = {
  readonly area: AreaName;
  readonly key: RouteKey;
  readonly route: Route;
  /** Percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
};

type Entry = {
  readonly area: AreaName;
  readonly key: RouteKey;
  readonly route: Route;
  readonly parts: readonly string[];
};

const nameOf = (part: string): string | undefined => /^\{(\w+)\}$/.exec(part)?.[1];

/**
 * Finds a request's route as an HTTP API does: the method and each part must be equal, `{name}` takes exactly one part that is not
 * empty, and where two routes would do, the one with the earlier literal part wins. A trailing slash is another path.
 */
export function createRouter(
  areas: { readonly [K in AreaName]: { readonly routes: Record<string, Route> } } = contract,
) {
  const entries: Entry[] = Object.entries(areas).flatMap(([area, { routes }]) =>
    Object.entries(routes).map(([key, route]) => ({
      area: area as AreaName,
      key: key as RouteKey,
      route,
      parts: key.split('/'),
    })),
  );
  entries.sort((a, b) => (specificity(a) < specificity(b) ? -1 : 1));

  return (method: string, rawPath: string): MatchedRoute | undefined => {
    const parts = `${method} ${rawPath}`.split('/');
    for (const entry of entries) {
      const params = match(entry.parts, parts);
      if (params) return { area: entry.area, key: entry.key, route: entry.route, params };
    }
    return undefined;
  };
}

/** Literal parts sort before parameters, part by part. */
const specificity = ({ parts }: Entry): string => parts.map((part) => (nameOf(part) ? '1' : '0')).join('');

function match(template: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (template.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, wanted] of template.entries()) {
    const part = parts[i] ?? '';
    const name = nameOf(wanted);
    if (!name) {
      if (part !== wanted) return undefined;
      continue;
    }
    if (part === '') return undefined;
    try {
      params[name] = decodeURIComponent(part);
    } catch {
      return undefined;
    }
  }
  return params;
}
