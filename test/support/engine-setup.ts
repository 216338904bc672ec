import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../local/engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    engineEndpoint: string;
  }
}

/** One engine for all the files of a project, in a folder that goes with it. DYNAMODB_ENDPOINT names another instead. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const other = process.env['DYNAMODB_ENDPOINT'];
  if (other) {
    project.provide('engineEndpoint', other);
    return async () => {};
  }
  const folder = await mkdtemp(join(tmpdir(), 'nuanliu-test-'));
  const engine = await startEngine({ dbPath: join(folder, 'engine.db') });
  project.provide('engineEndpoint', engine.endpoint);
  return async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
