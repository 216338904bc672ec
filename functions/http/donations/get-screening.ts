import type { donations } from '../../../shared/contract/donations.ts';
import { screeningChecks } from '../../../shared/domain/screening.ts';
import { packFor } from '../../../shared/policy/index.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredBooking, coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

export const getScreening: RouteHandler<Routes['GET /api/donations/screening'], DonationsDeps> = async (
  { actor, query },
  deps,
) => {
  const booking = await coveredBooking(deps, actor, query.bookingId);
  const site = await coveredSite(deps, actor, booking.containerId);
  const lock = await deps.people.lock(booking.personId);
  const { procedure } = booking;
  if (!lock || !procedure) throw new ProblemError('not-found');
  const pack = packFor(site.pack, booking.date);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'screening-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [booking.personId],
      id: deps.newId(),
    }),
  );
  const { sex } = lock.facts;
  const profile = await deps.people.profile(booking.personId);
  return {
    checks: screeningChecks(pack, { sex, procedure, athlete: query.athlete === 'true' }),
    athletes: pack.screening.some(({ measure }) => measure === 'pulse-athlete'),
    units: pack.units,
    procedure,
    ...(profile && { language: profile.language }),
  };
};
