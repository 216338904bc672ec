import type { hours } from '../../../shared/contract/hours.ts';
import { minutesOf, sumOf, sumsBy } from '../../../shared/domain/hours.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { HoursDeps } from './deps.ts';
import { coveredOrganisation } from './own.ts';

type Routes = (typeof hours)['routes'];

const MONTHS = Array.from({ length: 12 }, (_, n) => n + 1);
const numberOf = (records: readonly { personId: string }[]): number =>
  new Set(records.map(({ personId }) => personId)).size;

/** Sums alone: who served is told by the export, which is on record. */
export const getOrganisationHours: RouteHandler<
  Routes['GET /api/organisations/{organisationId}/hours'],
  HoursDeps
> = async ({ actor, params, query }, deps) => {
  const { organisationId } = await coveredOrganisation(deps, actor, params.organisationId);
  const { year } = query;
  const [all, waiting] = await Promise.all([
    deps.hours.ofOrganisation(organisationId, `${year}-01-01`, `${year}-12-31`),
    deps.hours.waiting(organisationId),
  ]);
  const records = all.filter((record) => minutesOf(record) > 0);
  const months = sumsBy(records, ({ date }) => Number(date.slice(5, 7)));
  const placeOf = ({ district, community }: (typeof records)[number]): string =>
    JSON.stringify([district.zh, community.zh]);
  return {
    year,
    ...sumOf(records),
    people: numberOf(records),
    records: records.length,
    waiting,
    months: MONTHS.map((month) => {
      const { timed, byHand } = months.get(month) ?? { timed: 0, byHand: 0 };
      return { month, timed, byHand };
    }),
    communities: [...new Set(records.map(placeOf))]
      .map((place) => {
        const own = records.filter((record) => placeOf(record) === place);
        const [first] = own as [(typeof own)[number], ...typeof own];
        return {
          community: first.community,
          district: first.district,
          ...sumOf(own),
          people: numberOf(own),
          records: own.length,
        };
      })
      .toSorted((a, b) => minutesOf(b) - minutesOf(a)),
    categories: [...sumsBy(records, ({ category }) => category)]
      .map(([category, { timed, byHand }]) => ({ category, timed, byHand }))
      .toSorted((a, b) => minutesOf(b) - minutesOf(a)),
  };
};
