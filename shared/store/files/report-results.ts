import type { FileRecord } from '../../domain/files/rows.ts';
import { UNIT_SETTINGS } from '../../domain/unit-settings.ts';
import type { DinItem, LaboratoryItem, SiteItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { isReported, recordResults } from '../transactions/record-results.ts';
import { instantOf } from './mirror-unit.ts';
import { idempotencyOf } from './report-use.ts';
import { type RowContext, type RowDeps, type RowOutcome, sourceOf } from './row-deps.ts';

/**
 * What the laboratory of the blood bank's own system has found of a donation: kept as it is said, with that source, so that whoever
 * looks sees it and is told of what reacted. A group at odds with what is on record is kept too, and raised. Nothing is released by it.
 */
export async function reportResults(
  deps: RowDeps,
  context: RowContext,
  { din, at: said, found }: Extract<FileRecord, { kind: 'results' }>,
): Promise<RowOutcome> {
  const donation = await deps.store.get<DinItem>(keys.din(din), { consistent: true });
  if (!donation) return { field: 'din', why: 'din-unknown' };
  if (!context.sites.includes(donation.siteId)) return { field: 'din', why: 'din-other-site' };
  if (donation.withdrawn) return { field: 'din', why: 'din-unknown' };
  if (said.date < donation.date) return { field: 'at', why: 'before-donation' };
  const at = instantOf(said, donation.zone);
  if (typeof at !== 'string') return { field: 'at', ...at };
  if (!context.write) {
    const site = await deps.store.get<SiteItem>(keys.site(donation.siteId), { consistent: true });
    if ((site?.units ?? UNIT_SETTINGS).master !== 'other') return { why: 'own-master' };
    const results = await deps.store.get<LaboratoryItem>(keys.laboratory(din), { consistent: true, table: 'private' });
    const isNew = found.some((each) => !results?.entries.some((entry) => isReported(entry, each, at)));
    return isNew ? 'fresh' : 'known';
  }
  const answer = await recordResults(deps, {
    din,
    found,
    asItIs: true,
    reported: { row: sourceOf(context), at },
    by: context.by,
    auditId: deps.newId(),
    idempotency: idempotencyOf(context, 'results'),
  });
  switch (answer.kind) {
    case 'done':
      return 'fresh';
    case 'nothing-new':
      return answer.own ? 'fresh' : 'known';
    case 'master':
      return { why: 'own-master' };
    case 'bad-result':
      return { field: answer.test, why: 'test-unknown' };
    case 'not-found':
    case 'wrong-state':
      return { field: 'din', why: 'din-unknown' };
    default:
      return { why: 'unexpected' };
  }
}
