import type { donations } from '../../../shared/contract/donations.ts';
import { parsePassCode } from '../../../shared/domain/pass-code.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { isPassOf } from '../../runtime/booking-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';
import { rosterEntries } from './roster-entry.ts';
import { wholeDay } from './whole-day.ts';

type Routes = (typeof donations)['routes'];

/** Codes are not stored: the day's bookings are read and theirs compared, so a booking pays nothing for having a pass. */
export const findByPass: RouteHandler<Routes['GET /api/donations/pass'], DonationsDeps> = async (
  { actor, query },
  deps,
) => {
  const { zone } = await coveredSite(deps, actor, query.siteId);
  const code = parsePassCode(query.code);
  if (!code) throw new ProblemError('invalid-input', { fields: [{ path: 'query.code', why: 'mistyped' }] });
  const own = (await wholeDay(deps, query)).filter((booking) => isPassOf(code, booking));
  // A pass is its person's: of what they gave up that day nobody at the desk asks, unless there is nothing else.
  const held = own.filter(({ status }) => status !== 'cancelled');
  const found = held.length > 0 ? held : own;
  const subjects = [...new Set(found.map(({ personId }) => personId))];
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'site-pass-read',
      scope: query.siteId,
      zone,
      at: nowOf(deps),
      subjects,
      id: deps.newId(),
    }),
  );
  return { items: await rosterEntries(deps, found) };
};
