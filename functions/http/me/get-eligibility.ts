import type { me } from '../../../shared/contract/me.ts';
import { decideDonation, earliestDonation } from '../../../shared/domain/eligibility.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { PolicyPack } from '../../../shared/domain/policy-pack.ts';
import { refusalSentence } from '../../../shared/domain/refusal-sentences.ts';
import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import { NoPolicyPackError, packFor } from '../../../shared/policy/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';
import { toldOf } from './told.ts';

type Routes = (typeof me)['routes'];

/** Without a site, the first of the city's sites says which pack and zone hold. */
export const getEligibility: RouteHandler<Routes['GET /api/me/eligibility'], MeDeps> = async (
  { actor, query, language },
  deps,
) => {
  const [sites, lock] = await Promise.all([deps.sites.list(), deps.people.lock(actor.personId)]);
  const site = query.siteId === undefined ? sites[0] : sites.find(({ siteId }) => siteId === query.siteId);
  if (!site || !lock) throw new ProblemError('not-found');
  const date = query.date ?? localDateOf(nowOf(deps.engine), site.zone);
  const pack = query.date === undefined ? packFor(site.pack, date) : packAskedFor(site.pack, date);
  const offered = [
    ...new Set(query.siteId === undefined ? sites.flatMap(({ procedures }) => procedures) : site.procedures),
  ];
  const { deferredUntil, deferredUntilFor } = lock.facts;
  const deferred = deferredUntil !== undefined || deferredUntilFor !== undefined;
  const today = localDateOf(nowOf(deps.engine), site.zone);
  const told = deferred ? await toldOf(deps, actor.personId, { zone: site.zone, today }) : undefined;
  return {
    ...(told && { told }),
    pack: { id: pack.id, version: pack.version, name: pack.name, source: pack.source },
    zone: site.zone,
    date,
    procedures: offered.map((procedure) => {
      const decision = decideDonation(pack, lock.facts, { procedure, date });
      const from = earliestDonation(pack, lock.facts, procedure, date);
      return {
        procedure,
        ok: decision.ok,
        ...(from && { from }),
        reasons: decision.ok
          ? []
          : decision.reasons.map(({ params, ...reason }) => ({
              ...reason,
              sentence: refusalSentence({ ...reason, ...(params && { params }) }, language),
            })),
      };
    }),
  };
};

/** Somebody may ask about a day before the first edition of the rules. */
function packAskedFor(id: string, date: LocalDate): PolicyPack {
  try {
    return packFor(id, date);
  } catch (error) {
    if (!(error instanceof NoPolicyPackError)) throw error;
    throw new ProblemError('invalid-input', { fields: [{ path: 'query.date', why: 'not-allowed' }] });
  }
}
