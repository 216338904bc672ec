import { existsSync } from 'node:fs';
import { type AreaName, contract } from '../shared/contract/index.ts';
import type { LambdaHandler } from './lambda.ts';

export const EVENT_FUNCTIONS = ['announce', 'sender', 'tick', 'schedules', 'imports', 'seals'] as const;
export type EventFunction = (typeof EVENT_FUNCTIONS)[number];

const entry = (path: string): URL => new URL(`../functions/${path}/index.ts`, import.meta.url);

/** Every area of the contract, imported. Throws, naming them, if some are not there. */
export const loadAreas = async (): Promise<Readonly<Record<AreaName, LambdaHandler>>> =>
  await loadAll('http', Object.keys(contract) as AreaName[]);

/** Every consumer of events, imported. */
export const loadEventFunctions = async (): Promise<Readonly<Record<EventFunction, LambdaHandler>>> =>
  await loadAll('events', EVENT_FUNCTIONS);

async function loadAll<Name extends string>(
  folder: 'http' | 'events',
  names: readonly Name[],
): Promise<Record<Name, LambdaHandler>> {
  const missing = names.filter((name) => !existsSync(entry(`${folder}/${name}`)));
  if (missing.length > 0) throw new Error(`functions/${folder} has no index.ts for: ${missing.join(', ')}`);
  const load = async (name: Name): Promise<LambdaHandler> => {
    const { handler } = (await import(entry(`${folder}/${name}`).href)) as { handler?: LambdaHandler };
    if (typeof handler !== 'function') throw new Error(`functions/${folder}/${name}/index.ts exports no handler`);
    return handler;
  };
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await load(name)] as const))) as Record<
    Name,
    LambdaHandler
  >;
}
