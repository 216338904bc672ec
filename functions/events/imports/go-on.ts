import { CsvError, parse } from 'csv-parse';
import { tidy } from '../../../shared/domain/files/cells.ts';
import type { FileField } from '../../../shared/domain/files/fields.ts';
import {
  type FileRules,
  type RowCells,
  type RowRead,
  type RowRefusal,
  readRow,
} from '../../../shared/domain/files/rows.ts';
import { siteNamed } from '../../../shared/domain/files/sites.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import {
  importAudit,
  importWrite,
  isKept,
  keptUntil,
  NOTHING_DONE,
  type Pass,
  refusedWrite,
} from '../../../shared/store/files/imports.ts';
import type { RowContext, RowOutcome } from '../../../shared/store/files/row-deps.ts';
import type { ImportCounts, ImportItem, ImportRefusedItem, SiteItem } from '../../../shared/store/items/index.ts';
import { requiredTests } from '../../../shared/store/laboratory.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { ImportsDeps } from './deps.ts';
import { type RowToRead, readRows } from './read-rows.ts';
import { createSeen, type Repeated, type Seen } from './seen.ts';

/** Longer than any row of ours. */
const LONGEST_ROW = 20_000;

type Line = { readonly row: number; readonly cells: RowCells };
type Reading = {
  readonly item: ImportItem;
  /** The file's own. */
  readonly site: SiteItem;
  /** Every site, where a column may name one. */
  readonly sites: readonly SiteItem[];
  readonly rulesAt: (site: SiteItem) => FileRules;
  readonly pass: Pass;
};

/**
 * Reads on in a file from where the last checkpoint is. A piece's rows are written so that writing them again changes nothing; then
 * the checkpoint, with the counts and what was refused, in one transaction. So a crash at any moment costs a piece of work and doubles
 * nothing. Ends where the time is up, the file is, or somebody else has moved the checkpoint.
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
  const sites = item.fields.includes('site') ? await deps.sites.list() : [];
  const reading = (now: ImportItem): Reading => {
    const known = new Map<string, FileRules>();
    const rulesAt = (at: SiteItem): FileRules => {
      const rules = known.get(at.siteId) ?? rulesOf(deps, now, at);
      known.set(at.siteId, rules);
      return rules;
    };
    return { item: now, site, sites, rulesAt, pass };
  };
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
    if (await end(deps, { ...item, status: 'failed', fault: 'unreadable' }, item)) await deps.uploads.remove(importId);
    return;
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

/** Deletes what was uploaded, of an import that staff have thrown away or have not applied in time, and then says so. */
export async function discardUpload(
  deps: ImportsDeps,
  { siteId, importId }: { siteId: string; importId: string },
): Promise<void> {
  const item = await deps.imports.get(siteId, importId);
  if (!item) return;
  const isThrownAway = item.status === 'discarding';
  if (!isThrownAway && !(isKept(item.status) && keptUntil(item) <= nowOf(deps))) return;
  // The upload first: what is said to be deleted is.
  await deps.uploads.remove(importId);
  await end(deps, { ...item, status: isThrownAway ? 'discarded' : 'expired' }, item);
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

const rulesOf = ({ clock, packOf }: ImportsDeps, item: ImportItem, site: SiteItem): FileRules => ({
  kind: item.fileKind,
  scheme: site.dinScheme,
  ...item.rules,
  products: site.units?.products,
  today: localDateOf(nowOf({ clock }), site.zone),
  ...(item.fileKind === 'results' && { tests: testsAt(site, localDateOf(nowOf({ clock }), site.zone), packOf) }),
});

function testsAt(site: SiteItem, date: string, packOf: ImportsDeps['packOf']): FileRules['tests'] {
  const pack = packOf({ pack: site.pack, date });
  return pack && requiredTests(site, pack);
}

function replay(reading: Reading, { cells }: Line, seen: Seen): void {
  const { read } = readAt(reading, cells);
  if (read.ok) seen.note(read.record);
}

/** A row by the rules of the site that it is about, and which that is. A site that its uploader does not work at is refused. */
function readAt(
  { item, site, sites, rulesAt }: Reading,
  cells: RowCells,
): { readonly read: RowRead; readonly at: SiteItem } {
  if (!item.fields.includes('site')) return { read: readRow(cells, rulesAt(site)), at: site };
  const named = siteNamed(cells.site ?? '', sites);
  const at = named ?? site;
  const read = readRow(cells, rulesAt(at));
  if (named && item.sites.includes(named.siteId)) return { read, at };
  const why = named ? 'site-not-covered' : tidy(cells.site ?? '') === '' ? 'missing' : 'unknown-word';
  const refusals = read.ok ? [] : read.refusals;
  return { read: { ok: false, refusals: [{ field: 'site', why }, ...refusals] }, at };
}

async function readPiece(deps: ImportsDeps, reading: Reading, piece: readonly Line[], seen: Seen) {
  const { item, pass } = reading;
  const before = progress(item, pass);
  const counts = { ...before, done: before.done + piece.length };
  const refused: ImportRefusedItem['rows'] = [];
  const outcomes = new Map<number, readonly RowRefusal[] | 'fresh' | 'known'>();
  const rows: (RowToRead & { readonly repeated: Repeated | undefined })[] = [];
  for (const [n, { row, cells }] of piece.entries()) {
    const { read, at } = readAt(reading, cells);
    if (!read.ok) {
      outcomes.set(n, read.refusals);
      continue;
    }
    const { record } = read;
    const repeated = pass === 'check' ? seen.note(record) : undefined;
    rows.push({ n, context: contextOf(reading, at, row), record, repeated });
  }
  const found = await readRows(deps, rows, pass);
  for (const { n, repeated } of rows) {
    const outcome = repeated ? repeated(found.get(n) as RowOutcome) : (found.get(n) as RowOutcome);
    outcomes.set(n, typeof outcome === 'string' ? outcome : [outcome]);
  }
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

const contextOf = ({ item, rulesAt, pass }: Reading, at: SiteItem, row: number): RowContext => ({
  site: at,
  numberedBy: item.siteId,
  sites: item.sites,
  from: { importId: item.importId, row },
  by: item.by,
  today: rulesAt(at).today,
  write: pass === 'apply',
});

/** False when it is somebody else's now. */
async function end(deps: ImportsDeps, after: ImportItem, before: ImportItem): Promise<boolean> {
  const now = nowOf(deps);
  const done = { ...after, changedAt: now };
  const audit = importAudit(deps, done, `import-${done.status}`, done.by, now);
  return (await deps.store.transact([importWrite(before, done), audit])).ok;
}
