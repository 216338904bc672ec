import type * as z from 'zod';
import type { doubts, HospitalReport } from '../../../shared/contract/doubts.ts';
import { daysBetween } from '../../../shared/domain/dates.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { hospitalFigures } from '../../../shared/domain/hospital-reports.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { IssueItem, SiteItem } from '../../../shared/store/items/index.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { DoubtsDeps } from './deps.ts';
import { issuedSince } from './issued-since.ts';

type Routes = (typeof doubts)['routes'];
type Report = z.input<typeof HospitalReport>;

/** The longest list of what is unreported that a page shows; the file has all of it. */
const MOST_SHOWN = 200;

export const listHospitals: RouteHandler<Routes['GET /api/doubts/hospitals'], DoubtsDeps> = async (
  { actor, query },
  deps,
) => {
  const { site, issued, from, today } = await issuedSince(deps, actor, query);
  const waits = issued.filter(({ outcome }) => !outcome);
  return {
    from,
    to: today,
    hospitals: reports(issued, site),
    unreported: waits.slice(0, MOST_SHOWN).map(({ din, unitId, component, hospital, issuedAt }) => ({
      din,
      dinPrinted: printDin(din, site.dinScheme),
      unitId,
      component,
      hospital,
      issuedAt,
      days: daysBetween(localDateOf(issuedAt, site.zone), today),
    })),
    more: Math.max(0, waits.length - MOST_SHOWN),
  };
};

function reports(issued: readonly IssueItem[], site: SiteItem): Report[] {
  const figures = hospitalFigures(issued, site.zone);
  const known = new Set(figures.map(({ hospital }) => hospital));
  const idle = (site.units?.hospitals ?? []).filter(({ name }) => !known.has(name));
  return [
    ...figures,
    ...idle.map(({ name }) => ({
      hospital: name,
      issued: 0,
      used: 0,
      returned: 0,
      discarded: 0,
      unreported: 0,
      ways: { scan: 0, hand: 0, file: 0 },
    })),
  ];
}
