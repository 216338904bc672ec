import { CsvError, parse } from 'csv-parse';
import type { FileField } from '../../../shared/domain/files/fields.ts';
import {
  type FileRecord,
  type FileRules,
  type RowCells,
  type RowRefusal,
  readRow,
} from '../../../shared/domain/files/rows.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import {
  importAudit,
  importWrite,
  NOTHING_DONE,
  type Pass,
  refusedWrite,
} from '../../../shared/store/files/imports.ts';
import { loadDeferral, loadDonation, loadDonor } from '../../../shared/store/files/load-history.ts';
import { reportUse } from '../../../shared/store/files/report-use.ts';
import type { RowContext, RowOutcome } from '../../../shared/store/files/row-deps.ts';
import type { ImportCounts, ImportItem, ImportRefusedItem, SiteItem } from '../../../shared/store/items/index.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { ImportsDeps } from './deps.ts';
import { createSeen, type Seen } from './seen.ts';

/** Rows at once; those of one donor, or of one donation number, follow one another. */
const AT_ONCE = 16;
/** Longer than any row of ours. */
const LONGEST_ROW = 20_000;

type Line = { readonly row: number; readonly cells: RowCells };
type Reading = { readonly item: ImportItem; readonly site: SiteItem; readonly rules: FileRules; readonly pass: Pass };

/**
 * Reads on in a file from where the last checkpoint is. A piece's rows are written one by one, each by itself and so that writing it
 * again changes nothing; then the checkpoint, with the counts and what was refused, in one transaction. So a crash at any moment
 * costs a piece of work and doubles nothing. Ends where the time is up, the file is, or somebody else has moved the checkpoint.
 */
export async function goOnWithImport(
  deps: ImportsDeps,
  { siteId, importId }: { siteId: string; importId: string },
  until: number,
): Promise<void> {
  let item = await deps.imports.get(siteId, importId);
  if (item?.status !== 'checking' && item?.status !== 'applying') return;
  const site = await deps.sites.get(siteId);
  if (!site) return;
  const pass: Pass = item.status === 'checking' ? 'check' : 'apply';
  const body = await deps.uploads.read(importId);
  if (!body) return void (await end(deps, { ...item, status: 'failed', fault: 'gone' }, item));

  const seen = createSeen();
  const parser = body.pipe(parse({ max_record_size: LONGEST_ROW }));
  body.once('error', (error) => parser.destroy(error));
  let index = 0;
  let piece: Line[] = [];
  const reading = (now: ImportItem): Reading => ({ item: now, site, pass, rules: rulesOf(deps, now, site) });
  /** False when it is somebody else's now. */
  const flush = async (current: ImportItem): Promise<ImportItem | undefined> => {
    const after = await readPiece(deps, reading(current), piece, seen);
    piece = [];
    return after;
  };
  try {
    let header: readonly FileField[] | undefined;
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (!header) {
        header = headerOf(item, cells);
        if (!header) throw new CsvError('CSV_INVALID_ARGUMENT', 'other columns');
        continue;
      }
      const line = lineOf(header, cells);
      if (!Number.isSafeInteger(line.row)) throw new CsvError('CSV_INVALID_ARGUMENT', 'no row');
      index += 1;
      if (index <= progress(item, pass).done) {
        // The dry run writes nothing, so what it has seen before a crash it has to see again.
        if (pass === 'check') replay(reading(item), line, seen);
        continue;
      }
      piece.push(line);
      if (piece.length < deps.piece) continue;
      const after: ImportItem | undefined = await flush(item);
      if (!after) return;
      item = after;
      if (deps.clock.now() >= until) return;
    }
    if (!header) throw new CsvError('CSV_INVALID_ARGUMENT', 'no columns');
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return void (await end(deps, { ...item, status: 'failed', fault: 'unreadable' }, item));
  } finally {
    body.destroy();
    parser.destroy();
  }
  if (piece.length > 0) {
    const after = await flush(item);
    if (!after) return;
    item = after;
  }
  const ended = await end(deps, { ...item, status: pass === 'check' ? 'checked' : 'applied' }, item);
  // Kept no longer than it is needed; what is left of it goes by itself within days.
  if (ended && pass === 'apply') await deps.uploads.remove(importId);
}

const progress = (item: ImportItem, pass: Pass): ImportCounts =>
  (pass === 'check' ? item.checked : item.applied) ?? NOTHING_DONE;

/** Only the columns that were named when the import was begun; anything else in it is not looked at. */
function headerOf({ fields }: ImportItem, cells: readonly string[]): readonly FileField[] | undefined {
  const same = cells.length === fields.length + 1 && cells[0] === 'row' && fields.every((it, n) => cells[n + 1] === it);
  return same ? fields : undefined;
}

const lineOf = (header: readonly FileField[], [row, ...cells]: readonly string[]): Line => ({
  row: Number(row),
  cells: Object.fromEntries(header.map((field, n) => [field, cells[n] ?? ''])),
});

const rulesOf = ({ clock }: ImportsDeps, item: ImportItem, site: SiteItem): FileRules => ({
  kind: item.fileKind,
  scheme: site.dinScheme,
  ...item.rules,
  products: site.units?.products,
  today: localDateOf(nowOf({ clock }), site.zone),
});

function replay({ rules }: Reading, { cells }: Line, seen: Seen): void {
  const read = readRow(cells, rules);
  if (read.ok) seen.note(read.record);
}

async function readPiece(deps: ImportsDeps, reading: Reading, piece: readonly Line[], seen: Seen) {
  const { item, pass } = reading;
  const before = progress(item, pass);
  const counts = { ...before, done: before.done + piece.length };
  const refused: ImportRefusedItem['rows'] = [];
  const outcomes = new Map<number, readonly RowRefusal[] | 'fresh' | 'known'>();
  /** Of each donor and each donation number, the row that was last about it: the next waits for it, as the file has them. */
  const last = new Map<string, Promise<void>>();
  const runs: (() => Promise<void>)[] = [];
  for (const [n, { row, cells }] of piece.entries()) {
    const read = readRow(cells, reading.rules);
    if (!read.ok) {
      outcomes.set(n, read.refusals);
      continue;
    }
    const { record } = read;
    const repeated = pass === 'check' ? seen.note(record) : undefined;
    const before = keysOf(record).map((key) => last.get(key));
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    for (const key of keysOf(record)) last.set(key, ended);
    runs.push(async () => {
      try {
        await Promise.all(before);
        const found = await outcomeOf(deps, contextOf(reading, row), record).catch((error: unknown) => {
          if (!isOfRow(error)) throw error;
          deps.log.error('a row could not be written', { importId: item.importId, row, error: error.name });
          return { why: 'unexpected' } as const;
        });
        const outcome = repeated ? repeated(found) : found;
        outcomes.set(n, typeof outcome === 'string' ? outcome : [outcome]);
      } finally {
        resolve();
      }
    });
  }
  // Begun in the file's order, so that whoever waits waits for one that has begun.
  await inParallel(runs, AT_ONCE, async (run) => await run());
  for (const [n, { row }] of piece.entries()) {
    const outcome = outcomes.get(n);
    if (outcome === 'fresh' || outcome === 'known') counts[outcome] += 1;
    else {
      counts.refused += 1;
      for (const refusal of outcome ?? []) refused.push({ row, ...refusal });
    }
  }
  const now = nowOf(deps);
  const after: ImportItem = { ...item, [pass === 'check' ? 'checked' : 'applied']: counts, changedAt: now };
  const result = await deps.store.transact([
    importWrite(item, after),
    ...(refused.length > 0 ? [refusedWrite(item.importId, pass, before.done, refused, now)] : []),
  ]);
  // Stopped by somebody, or another run is ahead of this one.
  return result.ok ? { ...after, version: item.version + 1 } : undefined;
}

/** Errors that come of what stands in one row, and would come again: they keep no other row from its turn. */
const OF_A_ROW = ['ValidationException', 'RangeError', 'TypeError'];
const isOfRow = (error: unknown): error is Error => error instanceof Error && OF_A_ROW.includes(error.name);

/** What a row is about: rows about the same follow one another. */
function keysOf(record: FileRecord): string[] {
  if (record.kind === 'usage') return [record.din];
  const { donorNo, phone, birthDate } = record.donor;
  return [
    ...(donorNo ? [`number ${donorNo}`] : []),
    ...(phone && birthDate ? [`person ${phone} ${birthDate}`] : []),
    ...(record.kind === 'donations' ? [record.din] : []),
  ];
}

const contextOf = ({ item, site, rules, pass }: Reading, row: number): RowContext => ({
  site,
  sites: item.sites,
  from: { importId: item.importId, row },
  by: item.by,
  today: rules.today,
  write: pass === 'apply',
});

async function outcomeOf(deps: ImportsDeps, context: RowContext, record: FileRecord): Promise<RowOutcome> {
  switch (record.kind) {
    case 'donors':
      return await loadDonor(deps, context, record);
    case 'donations':
      return await loadDonation(deps, context, record);
    case 'deferrals':
      return await loadDeferral(deps, context, record);
    case 'usage':
      return await reportUse(deps, context, record);
  }
}

/** False when it is somebody else's now. */
async function end(deps: ImportsDeps, after: ImportItem, before: ImportItem): Promise<boolean> {
  const now = nowOf(deps);
  const done = { ...after, changedAt: now };
  const audit = importAudit(deps, done, `import-${done.status}`, done.by, now);
  return (await deps.store.transact([importWrite(before, done), audit])).ok;
}
