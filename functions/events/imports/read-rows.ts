import { familiesOf } from '../../../shared/domain/files/families.ts';
import type { FileRecord } from '../../../shared/domain/files/rows.ts';
import type { DraftItem, TransactResult } from '../../../shared/store/client.ts';
import type { Pass } from '../../../shared/store/files/imports.ts';
import { loadDeferral, loadDonation, loadDonor } from '../../../shared/store/files/load-history.ts';
import { mirrorUnit } from '../../../shared/store/files/mirror-unit.ts';
import { reportResults } from '../../../shared/store/files/report-results.ts';
import { reportUse } from '../../../shared/store/files/report-use.ts';
import type { RowContext, RowOutcome } from '../../../shared/store/files/row-deps.ts';
import { createReads, isThere, NotTogether, packed, together } from '../../../shared/store/files/together.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import type { ImportsDeps } from './deps.ts';

/** Families at once, where each row is written by itself. */
const AT_ONCE = 16;
/** Transactions at once, where one holds many rows. */
const BUNDLES_AT_ONCE = 4;

/** A row that can be read, as the so-many-th of its piece. */
export type RowToRead = { readonly n: number; readonly context: RowContext; readonly record: FileRecord };
type Found = ReadonlyMap<number, RowOutcome>;

/**
 * What becomes of each row. Rows about one donor or one number are decided one after another; all families of a piece are read
 * together, and written as many at a time as a transaction holds. A family that this does not do for is read anew and written row by
 * row: what a row comes to is the same on either way.
 */
export async function readRows(deps: ImportsDeps, piece: readonly RowToRead[], pass: Pass): Promise<Found> {
  const families = familiesOf(piece, ({ record }) => keysOf(record));
  const outcomes = new Map<number, RowOutcome>();
  const reads = createReads(deps.store);
  const decided = await Promise.all(
    families.map(async (rows) => ({ rows, ...(await decidedTogether(deps, rows, reads)) })),
  );
  const keep = ({ found }: { readonly found: Found }): void => {
    for (const [n, outcome] of found) outcomes.set(n, outcome);
  };
  const alone = decided.filter(({ drafts }) => drafts === undefined).map(({ rows }) => rows);
  const whole = decided.filter((it) => it.drafts !== undefined);
  const writeAlone = async (rows: readonly RowToRead[]): Promise<void> => {
    for (const row of rows) outcomes.set(row.n, await outcomeAlone(deps, row));
  };
  if (pass === 'check') {
    for (const each of whole) keep(each);
    for (const row of alone.flat()) outcomes.set(row.n, await outcomeAlone(tried(deps, reads), row));
    return outcomes;
  }
  const writing = whole.filter((each) => each.drafts.length > 0);
  for (const each of whole) if (each.drafts.length === 0) keep(each);
  const { bundles, tooLarge, after } = packed(writing);
  alone.push(...tooLarge.map(({ rows }) => rows));
  await inParallel(bundles, BUNDLES_AT_ONCE, async (bundle) => {
    const result = await deps.store
      .transact(bundle.flatMap(({ drafts }) => drafts))
      .catch((error: unknown): TransactResult => {
        if (!isOfRow(error)) throw error;
        return { ok: false, reasons: [], conflict: false };
      });
    const isWritten =
      result.ok ||
      (await isThere(
        deps.store,
        bundle.flatMap(({ drafts }) => drafts),
      ));
    if (isWritten) for (const each of bundle) keep(each);
    else alone.push(...bundle.map(({ rows }) => rows));
  });
  await inParallel(alone, AT_ONCE, writeAlone);
  for (const { rows } of after) await writeAlone(rows);
  return outcomes;
}

/** What a dry run has instead of the store: one that writes nothing. */
const tried = (deps: ImportsDeps, reads: ReturnType<typeof createReads>): ImportsDeps => ({
  ...deps,
  store: together(deps.store, reads).store,
});

type Decided = { readonly drafts: readonly DraftItem[]; readonly found: Found };
const ALONE = { drafts: undefined, found: undefined } as const;

/** What a family comes to and what is to be written of it, with nothing written yet. */
async function decidedTogether(
  deps: ImportsDeps,
  rows: readonly RowToRead[],
  reads: ReturnType<typeof createReads>,
): Promise<Decided | typeof ALONE> {
  const { store, drafts } = together(deps.store, reads);
  // Whatever is tried again is tried by itself: here it would read the same.
  const sleep = async (): Promise<never> => {
    throw new NotTogether();
  };
  const found = new Map<number, RowOutcome>();
  try {
    for (const { n, context, record } of rows) {
      found.set(n, await outcomeOf({ ...deps, store, clock: { ...deps.clock, sleep } }, context, record));
    }
    return { drafts: drafts(), found };
  } catch (error) {
    if (error instanceof NotTogether || isOfRow(error)) return ALONE;
    throw error;
  }
}

async function outcomeAlone(deps: ImportsDeps, { context, record }: RowToRead): Promise<RowOutcome> {
  return await outcomeOf(deps, context, record).catch((error: unknown) => {
    if (!isOfRow(error)) throw error;
    deps.log.error('a row could not be written', { ...context.from, error: error.name });
    return { why: 'unexpected' } as const;
  });
}

/** Errors that come of what stands in one row, and would come again: they keep no other row from its turn. */
const OF_A_ROW = ['ValidationException', 'RangeError', 'TypeError'];
const isOfRow = (error: unknown): error is Error => error instanceof Error && OF_A_ROW.includes(error.name);

/** What a row is about: rows about the same follow one another. */
function keysOf(record: FileRecord): string[] {
  if (!('donor' in record)) return [record.din];
  const { donorNo, phone, birthDate } = record.donor;
  return [
    ...(donorNo ? [`number ${donorNo}`] : []),
    ...(phone && birthDate ? [`person ${phone} ${birthDate}`] : []),
    ...(record.kind === 'donations' ? [record.din] : []),
  ];
}

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
    case 'results':
      return await reportResults(deps, context, record);
    case 'stages':
      return await mirrorUnit(deps, context, record);
  }
}
