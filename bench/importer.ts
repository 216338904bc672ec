import { createReadStream, readFileSync } from 'node:fs';
import { importsDeps } from '../functions/events/imports/deps.ts';
import { goOnWithImport } from '../functions/events/imports/go-on.ts';
import { newId, systemClock, systemRandom } from '../functions/runtime/init.ts';
import { createLog } from '../functions/runtime/log.ts';
import { LOCAL_AWS } from '../local/aws.ts';
import { columnsOf, type FileKind } from '../shared/domain/files/fields.ts';
import { createStore } from '../shared/store/client.ts';
import { reduce } from '../web/src/files/reduce.ts';
import { openTable, seeRows } from '../web/src/files/table.ts';

/** What one process does with a file: reads it as the page does, or goes through it as the importer does. */
export type FileJob =
  | { readonly does: 'read'; readonly path: string; readonly kind: FileKind }
  | {
      readonly does: 'import';
      readonly path: string;
      readonly endpoint: string;
      readonly table: string;
      readonly siteId: string;
      readonly importId: string;
    };
export type FileDone = {
  readonly seconds: number;
  /** Of this process. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly rows: number;
};

async function run(job: FileJob): Promise<number> {
  if (job.does === 'read') {
    const file = new Blob([readFileSync(job.path)]);
    const table = await openTable(file, job.kind);
    const { header } = await seeRows(table, job.kind);
    if (!header) throw new Error('no header');
    return (await reduce(table, header, { kind: job.kind, columns: columnsOf(job.kind, header.cells) })).rows;
  }
  const client = { ...LOCAL_AWS, endpoint: job.endpoint };
  const store = createStore({ tableName: job.table, privateTableName: 'private', client });
  const deps = importsDeps(
    store,
    { clock: systemClock, random: systemRandom, newId, log: createLog('bench') },
    {
      secret: async () => 'a key of the measurement',
      identityKey: async () => 'another key of the measurement',
      uploads: { read: async () => createReadStream(job.path), remove: async () => {} },
    },
  );
  await goOnWithImport(deps, job, Date.now() + 3_600_000);
  return (await deps.imports.get(job.siteId, job.importId))?.rows ?? 0;
}

process.on('message', (job: FileJob) => {
  const from = performance.now();
  void run(job).then(
    (rows): void => {
      const seconds = (performance.now() - from) / 1_000;
      const used = process.cpuUsage();
      const done: FileDone = {
        seconds,
        cpuSeconds: (used.user + used.system) / 1e6,
        rows,
        peakMb: process.resourceUsage().maxRSS / 1024,
      };
      process.send?.(done);
    },
    (error: unknown) => process.send?.({ failed: String(error instanceof Error ? error.stack : error) }),
  );
});
process.on('disconnect', () => process.exit(0));
