import type { desk } from '../../../shared/contract/desk.ts';
import { decideDonation, earliestDonation } from '../../../shared/domain/eligibility.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { packFor } from '../../../shared/policy/index.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite, recordOf } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { bookingView, personView, reasonView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const getPerson: RouteHandler<Routes['GET /api/desk/people/{personId}'], DeskDeps> = async (
  { actor, params, query, language },
  deps,
) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const [profile, lock] = await Promise.all([deps.people.profile(params.personId), deps.people.lock(params.personId)]);
  if (!profile || !lock) throw new ProblemError('not-found');
  await recordRead(deps.store, recordOf(deps, site, actor.personId, 'person-read', [params.personId]).Put);
  const now = nowOf(deps);
  const mine = new Set(actor.roles.filter(({ role }) => role === 'staff').map(({ scope }) => scope));
  const live = lock.commitments.filter(({ kind, endsAt }) => kind === 'donation' && endsAt > now);
  const held = await Promise.all(live.map(async ({ bookingId }) => await deps.bookings.get(bookingId)));
  const date = localDateOf(now, site.zone);
  const pack = packFor(site.pack, date);
  return {
    ...personView(profile),
    version: profile.version,
    lacks: (['name', 'birthDate', 'sex', 'weightKg'] as const).filter((part) => !profile[part]),
    bookings: held.filter((it) => it !== undefined && mine.has(it.containerId)).map((it) => bookingView(it as never)),
    procedures: site.procedures.map((procedure) => {
      const decision = decideDonation(pack, lock.facts, { procedure, date });
      const from = earliestDonation(pack, lock.facts, procedure, date);
      return {
        procedure,
        ok: decision.ok,
        ...(from && { from }),
        reasons: decision.ok ? [] : decision.reasons.map((reason) => reasonView(reason, language)),
      };
    }),
  };
};
