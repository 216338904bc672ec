import { auditItem } from '../../../shared/store/audit.ts';
import { type CohostStep, moveCohost } from '../../../shared/store/events.ts';
import type { OrganisationItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { Idempotency } from '../../runtime/idempotency.ts';
import { answered } from './answered.ts';
import type { EventsDeps } from './deps.ts';

/** A step of another organisation's part in an event, with the record of who took it. */
export async function cohostStep(
  deps: EventsDeps,
  actor: Actor,
  input: { eventId: string; organisation: OrganisationItem; step: CohostStep; idempotency: Idempotency },
) {
  const auditId = deps.newId();
  const answer = await moveCohost(deps, {
    ...input,
    audit: ({ eventId, zone }) => ({
      Put: auditItem({
        by: actor.personId,
        action: `event-cohost-${input.step}`,
        scope: eventId,
        zone,
        at: nowOf(deps),
        id: auditId,
        change: { organisationId: input.organisation.organisationId },
      }),
    }),
  });
  return await answered(deps, answer);
}
