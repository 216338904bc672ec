import type { identity } from '../../../shared/contract/identity.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { clashOf } from './clash.ts';
import type { IdentityDeps } from './deps.ts';
import { recordCard } from './record-card.ts';

type Routes = (typeof identity)['routes'];

export const findClash: RouteHandler<Routes['POST /api/identity/clashes'], IdentityDeps> = async (
  { actor, body },
  deps,
) => {
  const { booking, here, other } = await clashOf(deps, actor, body);
  const cards = { here: await recordCard(deps, here), other: await recordCard(deps, other) };
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'clash-read',
      scope: booking.containerId,
      zone: booking.zone,
      at: nowOf(deps),
      subjects: [here, other],
      id: deps.newId(),
    }),
  );
  return cards;
};
