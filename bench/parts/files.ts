import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mod37_2 } from 'cdigit';
import { strToU8, zipSync } from 'fflate';
import type { FileKind } from '../../shared/domain/files/fields.ts';
import { importWrite, NOTHING_DONE } from '../../shared/store/files/imports.ts';
import type { ImportItem, SiteItem } from '../../shared/store/items/index.ts';
import { indexes, keys } from '../../shared/store/keys.ts';
import type { FileDone, FileJob } from '../importer.ts';
import { cpuSecondsOf } from '../processes.ts';
import { startTableEngine } from '../table-engine.ts';

/** `engineCpuSeconds`: what the table engine used meanwhile. */
type FileStep = FileDone & { readonly step: string; readonly engineCpuSeconds: number };
export type FilesResult = {
  readonly rows: number;
  readonly steps: readonly FileStep[];
};

const TABLE = 'schedule';
const SITE = 'central';
/** What is left to the heap where a process may have 256 MB in all. */
const HEAP_MB = 128;
/** As the function has it (infra/stacks/files.ts): a piece's rows wait together, and would make what is young grow as large as that. */
const YOUNG_MB = 8;
/** Memory may not depend on the rows: this is what an import may take, however long the file. */
const MOST_MB = 256;

const COLUMNS = ['name', 'phone', 'birthDate', 'sex', 'din', 'date', 'procedure', 'volume'] as const;
const HEADERS = ['姓名', '手机号', '出生日期', '性别', '献血码', '献血日期', '献血种类', '采血量'];

/** A donor of their own for each three donations. */
function rowOf(n: number): string[] {
  const donor = Math.floor(n / 3);
  const din = `N700125${String(n).padStart(6, '0')}`;
  return [
    `捐献者${donor}`,
    `137${String(donor).padStart(8, '0')}`,
    '1990-01-01',
    donor % 2 === 0 ? '男' : '女',
    din + mod37_2.compute(din),
    `202${2 + (n % 3)}-0${1 + (donor % 9)}-15`,
    '全血',
    '400',
  ];
}

/** Reads and imports a history of so many rows: as the page does it with each kind of file, then the dry run and the import itself. */
export async function files(options: {
  readonly rows: number;
  readonly basePort: number;
  readonly say: (line: string) => void;
}): Promise<FilesResult> {
  const folder = mkdtempSync(join(tmpdir(), 'nuanliu-bench-files-'));
  const engine = await startTableEngine({ port: options.basePort + 22, tables: [TABLE] });
  try {
    const paths = writeFiles(folder, options.rows);
    const steps: FileStep[] = [];
    const measure = async (step: string, job: FileJob): Promise<void> => {
      options.say(`files: ${step}, ${options.rows} rows`);
      const before = cpuSecondsOf([engine.pid()]);
      const done = await inOwnProcess(job);
      steps.push({ step, ...done, engineCpuSeconds: cpuSecondsOf([engine.pid()]) - before });
      if (done.rows !== options.rows) throw new Error(`${step}: ${done.rows} rows of ${options.rows}`);
      if (job.does === 'import' && done.peakMb > MOST_MB) throw new Error(`${step}: ${done.peakMb.toFixed(0)} MB`);
    };
    const kind: FileKind = 'donations';
    await measure('read CSV, UTF-8', { does: 'read', path: paths.csv, kind });
    await measure('read xlsx', { does: 'read', path: paths.xlsx, kind });
    const store = engine.storeOn(TABLE);
    const importId = await begin(store, options.rows);
    const job = {
      does: 'import',
      path: paths.upload,
      endpoint: engine.endpoint,
      table: TABLE,
      siteId: SITE,
      importId,
    } as const;
    await measure('dry run', job);
    await engine.restart();
    await goOn(store, importId, 'checked', { status: 'applying', applied: NOTHING_DONE });
    await measure('apply', job);
    const ended = await goOn(store, importId, 'applied');
    if (ended.applied?.fresh !== options.rows)
      throw new Error(`of ${options.rows} rows ${ended.applied?.fresh} are in`);
    return { rows: options.rows, steps };
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inOwnProcess(job: FileJob): Promise<FileDone> {
  const child = fork(fileURLToPath(new URL('../importer.ts', import.meta.url)), {
    execArgv: job.does === 'import' ? [`--max-old-space-size=${HEAP_MB}`, `--max-semi-space-size=${YOUNG_MB}`] : [],
  });
  try {
    child.send(job);
    const [answer] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => [{ failed: 'the process ended' }]),
    ])) as [FileDone | { failed: string }];
    if ('failed' in answer) throw new Error(answer.failed);
    return answer;
  } finally {
    child.disconnect();
  }
}

function writeFiles(folder: string, count: number) {
  const rows = Array.from({ length: count }, (_, n) => rowOf(n));
  const paths = { csv: join(folder, 'a.csv'), xlsx: join(folder, 'a.xlsx'), upload: join(folder, 'upload.csv') };
  writeFileSync(paths.csv, [HEADERS, ...rows].map((cells) => cells.join(',')).join('\r\n'));
  writeFileSync(
    paths.upload,
    [['row', ...COLUMNS], ...rows.map((cells, n) => [n + 2, ...cells])].map((cells) => cells.join(',')).join('\n'),
  );
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const sheet = [HEADERS, ...rows].map((cells, n) => `<row r="${n + 1}">${cells.map(cell).join('')}</row>`).join('');
  writeFileSync(
    paths.xlsx,
    zipSync({
      'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
    }),
  );
  return paths;
}

type TableStore = Awaited<ReturnType<typeof startTableEngine>>['storeOn'] extends (table: string) => infer S
  ? S
  : never;

async function begin(store: TableStore, rows: number): Promise<string> {
  const now = new Date().toISOString();
  const importId = 'fbench';
  const name = { zh: '站', en: 'Site' };
  const site: SiteItem = {
    kind: 'site',
    siteId: SITE,
    name,
    siteKind: 'centre',
    district: name,
    address: name,
    phone: '+861000000',
    zone: 'Asia/Shanghai',
    procedures: ['whole-blood'],
    pack: 'cn',
    cutoffMinutes: 120,
    dinScheme: 'isbt128',
  };
  const item: ImportItem = {
    kind: 'import',
    importId,
    siteId: SITE,
    zone: site.zone,
    fileKind: 'donations',
    fileName: 'bench.csv',
    bytes: 1,
    sha256: '',
    rows,
    fields: [...COLUMNS],
    rules: { bareDins: false, epoch: 1900 },
    sites: [SITE],
    status: 'checking',
    checked: NOTHING_DONE,
    by: 'bench',
    createdAt: now,
    changedAt: now,
    accepted: [],
    version: 1,
    gsi2pk: indexes.imported(SITE),
    gsi2sk: indexes.importSort(now, importId),
  };
  await store.put({ Item: { ...keys.site(SITE), ...site } });
  await store.transact([importWrite(undefined, item)]);
  return importId;
}

/** The import as it now stands, which must be so; changed where asked. */
async function goOn(
  store: TableStore,
  importId: string,
  status: ImportItem['status'],
  change?: Partial<ImportItem>,
): Promise<ImportItem> {
  const item = await store.get<ImportItem>(keys.import(SITE, importId), { consistent: true });
  if (item?.status !== status) throw new Error(`the import is ${item?.status}, not ${status}`);
  if (change) await store.transact([importWrite(item, { ...item, ...change })]);
  return item;
}
