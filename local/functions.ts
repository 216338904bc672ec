import { existsSync } from 'node:fs';
import { type AreaName, contract } from '../shared/contract/index.ts';
import type { LambdaHandler } from './lambda.ts';

export const EVENT_FUNCTIONS = ['announce', 'sender', 'tick', 'schedules'] as const;
export type EventFunction = (typeof EVENT_FUNCTIONS)[number];

export type Functions = {
  readonly areas: Readonly<Record<AreaName, LambdaHandler>>;
  readonly events: Readonly<Record<EventFunction, LambdaHandler>>;
};

const entry = (path: string): URL => new URL(`../functions/${path}/index.ts`, import.meta.url);

/** Imports every area of the contract and every consumer of events. Throws, naming them, if some are not there. */
export async function loadFunctions(): Promise<Functions> {
  const areas = Object.keys(contract) as AreaName[];
  const paths = [...areas.map((area) => `http/${area}`), ...EVENT_FUNCTIONS.map((name) => `events/${name}`)];
  const missing = paths.filter((path) => !existsSync(entry(path)));
  if (missing.length > 0) throw new Error(`functions/ has no index.ts for: ${missing.join(', ')}`);

  const load = async (path: string): Promise<LambdaHandler> => {
    const { handler } = (await import(entry(path).href)) as { handler?: LambdaHandler };
    if (typeof handler !== 'function') throw new Error(`functions/${path}/index.ts exports no handler`);
    return handler;
  };
  const loadAll = async <Name extends string>(folder: string, names: readonly Name[]) =>
    Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await load(`${folder}/${name}`)] as const)),
    ) as Record<Name, LambdaHandler>;
  return { areas: await loadAll('http', areas), events: await loadAll('events', EVENT_FUNCTIONS) };
}
