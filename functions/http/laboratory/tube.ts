import type * as z from 'zod';
import type { laboratory, TubeAnswer } from '../../../shared/contract/laboratory.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { readScan } from '../../../shared/domain/scan.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { audited, coveredSite } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';
import { standingView } from './views.ts';

type Routes = (typeof laboratory)['routes'];
type Answer = z.input<typeof TubeAnswer>;
type Refused = Extract<Answer, { kind: 'refused' }>;

const refused = (why: Refused['why'], dinPrinted?: string): Answer => ({ kind: 'refused', why, dinPrinted });

/** A tube is answered before the hand has the next one. */
export const tube: RouteHandler<Routes['GET /api/laboratory/tube'], LaboratoryDeps> = async (
  { actor, query },
  deps,
) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const read = readScan(query.code, site.dinScheme);
  if (read.kind === 'unreadable') {
    return refused(read.why === 'check-character' || read.why === 'facility' ? read.why : 'unreadable');
  }
  if (read.kind !== 'din') return refused('other-barcode');
  const donation = await deps.donations.byDin(read.din);
  const dinPrinted = printDin(read.din, site.dinScheme);
  if (!donation) return refused('unknown', dinPrinted);
  if (!actor.roles.some(({ role, scope }) => role === 'staff' && scope === donation.siteId)) {
    return refused('other-site', dinPrinted);
  }
  const of = await coveredSite(deps, actor, donation.siteId);
  await audited(deps, { actor, site: of, action: 'tube-scanned', subjects: [donation.personId] });
  if (donation.withdrawn) return refused('withdrawn', dinPrinted);
  return { kind: 'tube', tube: standingView(of, donation, await deps.laboratory.of(donation)) };
};
