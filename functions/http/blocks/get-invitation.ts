import type { blocks } from '../../../shared/contract/blocks.ts';
import { readInvite } from '../../../shared/domain/blocks.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { BlocksDeps } from './deps.ts';

type Routes = (typeof blocks)['routes'];

export const getInvitation: RouteHandler<Routes['GET /api/invitations/{code}'], BlocksDeps> = async (
  { params },
  deps,
) => {
  const block = await deps.blocks.byCode(readInvite(params.code), 'invite');
  const site = block && (await deps.sites.get(block.siteId));
  if (!block || !site) throw new ProblemError('not-found');
  const now = nowOf(deps);
  const ended = block.until <= now;
  const ahead = block.times.filter(({ startsAt }) => startsAt > now);
  const pools = await Promise.all(
    ahead.map(async ({ slotId }) => await deps.slots.pools(slotId, { consistent: false })),
  );
  return {
    code: block.code,
    unit: block.unit,
    siteId: site.siteId,
    site: site.name,
    address: site.address,
    zone: block.zone,
    until: block.until,
    ended,
    times: ahead.map(({ slotId, places, date, startsAt, endsAt, procedure }, n) => ({
      slotId,
      date,
      startsAt,
      endsAt,
      procedure,
      places,
      free: ended ? 0 : (pools[n] ?? []).reduce((sum, { open, free }) => sum + (open ? free : 0), 0),
    })),
  };
};
