import type { messages } from '../../../shared/contract/messages.ts';
import { accept, wasAccepted } from '../../../shared/store/accepted.ts';
import { auditItem } from '../../../shared/store/audit.ts';
import { asDue, messageWrite } from '../../../shared/store/messages.ts';
import { AGAIN, withRetries } from '../../../shared/store/retry.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { covers } from './covers.ts';
import type { MessagesDeps } from './deps.ts';
import { AUDITED } from './list-problems.ts';

type Routes = (typeof messages)['routes'];

/** Gives a text that did not surely arrive two more attempts. What it was bound to is checked again when it is claimed. */
export const resend: RouteHandler<Routes['POST /api/messages/problems/resend'], MessagesDeps> = async (
  { actor, body, idempotency },
  deps,
) =>
  await withRetries(async () => {
    const message = await deps.messages.get(body);
    if (!message || !covers(actor, message)) throw new ProblemError('not-found');
    const known = wasAccepted(message.accepted, idempotency);
    if (known === 'other-input') throw new ProblemError('idempotency-key-reused');
    if (known === 'same') return { status: 'due' as const };
    if (message.status !== 'failed' && message.status !== 'uncertain') throw new ProblemError('wrong-state');
    const now = nowOf(deps);
    const { reason: _, ...rest } = message;
    const result = await deps.store.transact([
      messageWrite(asDue(rest, now, { attempts: 0, accepted: accept(message.accepted, idempotency) })),
      {
        Put: auditItem({
          ...AUDITED,
          by: actor.personId,
          action: 'message-resent',
          at: now,
          subjects: [message.personId],
          id: deps.newId(),
        }),
      },
    ]);
    return result.ok ? { status: 'due' as const } : AGAIN;
  }, deps);
