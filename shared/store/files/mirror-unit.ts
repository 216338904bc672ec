import type { Moment } from '../../domain/files/cells.ts';
import type { FileRecord } from '../../domain/files/rows.ts';
import { toInstant } from '../../domain/local-time.ts';
import type { Expiry } from '../../domain/unit-expiry.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import type { DinItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { mirrorStage } from '../transactions/mirror-stage.ts';
import { noonOf } from './load-history.ts';
import { idempotencyOf, recordOf } from './report-use.ts';
import { type RowContext, type RowDeps, type RowOutcome, sourceOf } from './row-deps.ts';

type Stage = Extract<FileRecord, { kind: 'stages' }>;

/**
 * The stage of a bag as the blood bank's own system has it. It is kept as it was said, with where it stands: nothing is decided here,
 * and where Nuanliu decides itself, nothing is taken.
 */
export async function mirrorUnit(deps: RowDeps, context: RowContext, row: Stage): Promise<RowOutcome> {
  const donation = await deps.store.get<DinItem>(keys.din(row.din), { consistent: true });
  if (!donation) return { field: 'din', why: 'din-unknown' };
  if (!context.sites.includes(donation.siteId)) return { field: 'din', why: 'din-other-site' };
  if (row.at.date < donation.date) return { field: 'at', why: 'before-donation' };
  const at = instantOf(row.at, donation.zone);
  if (typeof at !== 'string') return { field: 'at', ...at };
  const answer = await mirrorStage(deps, {
    din: row.din,
    component: row.component,
    nth: row.nth,
    stage: row.said.stage,
    note: row.said.note,
    at,
    source: sourceOf(context),
    hospital: row.hospital,
    ...(row.said.stage === 'used' && { hospitalRecord: recordOf(context, row), usedOn: row.at.date }),
    location: row.location,
    expiry: row.expires && expiryOf(row.expires),
    by: context.by,
    idempotency: idempotencyOf(context, row.component),
  });
  switch (answer.kind) {
    case 'done':
      return 'fresh';
    case 'same':
      return 'known';
    case 'older':
      return { field: 'at', why: 'superseded' };
    case 'master':
      return { why: 'own-master' };
    case 'hospital-missing':
      return { field: 'hospital', why: 'missing' };
    case 'cannot-be-made':
      return { field: 'component', why: 'no-such-unit' };
    case 'not-found':
      return { field: 'din', why: 'din-unknown' };
    default:
      return { why: 'unexpected' };
  }
}

/** Of a day without a time, its noon. A time that clocks skip or repeat is not guessed. */
export function instantOf(
  { date, time }: Moment,
  zone: string,
): Instant | { readonly why: 'ambiguous-date' | 'no-such-date' } {
  if (!time) return noonOf(date, zone);
  const read = toInstant(`${date}T${time.slice(0, 5)}`, zone);
  if (read.ok) return new Date(Date.parse(read.instant) + Number(time.slice(6)) * 1_000).toISOString();
  return { why: read.why === 'repeated' ? 'ambiguous-date' : 'no-such-date' };
}

const expiryOf = ({ date, time }: Moment): Expiry => ({ on: date, ...(time && { time: time.slice(0, 5) }) });
