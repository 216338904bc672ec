import { createHash } from 'node:crypto';
import type { events } from '../../../shared/contract/events.ts';
import { draftEvent, newDraft } from '../../../shared/store/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { Idempotency } from '../../runtime/idempotency.ts';
import { answered } from './answered.ts';
import type { EventsDeps } from './deps.ts';
import { ownOrganisation } from './own.ts';
import { planned } from './plan.ts';

type Routes = (typeof events)['routes'];

export const createEvent: RouteHandler<Routes['POST /api/events'], EventsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const organisation = await ownOrganisation(deps, actor, body.organisationId);
  const draft = newDraft({
    eventId: eventIdOf(idempotency),
    organisation,
    ...planned(body),
    now: new Date(deps.clock.now()).toISOString(),
    idempotency,
  });
  return await answered(deps, await draftEvent(deps, draft, idempotency));
};

/** From the key, so that a repeat meets the event the first call made; 80 bits, lower case. */
const eventIdOf = ({ key }: Idempotency): string => `e${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;
