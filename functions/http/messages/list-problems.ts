import type { messages } from '../../../shared/contract/messages.ts';
import { auditItem, recordRead, SHARED_SCOPES } from '../../../shared/store/audit.ts';
import { indexes } from '../../../shared/store/keys.ts';
import { monthOf } from '../../../shared/store/messages.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { covers } from './covers.ts';
import type { MessagesDeps } from './deps.ts';

type Routes = (typeof messages)['routes'];

/** Audit partition of what is read across sites, by dates in UTC. */
export const AUDITED = { scope: 'messages', zone: SHARED_SCOPES.messages } as const;

export const listProblems: RouteHandler<Routes['GET /api/messages/problems'], MessagesDeps> = async (
  { actor, query },
  deps,
) => {
  const now = nowOf(deps);
  const month = query.month ?? monthOf(now);
  const pk = indexes.problem(month);
  const page = await deps.messages.problems(month, pageOf(query, { pkName: 'gsi2pk', pk }));
  const items = page.items.filter((message) => covers(actor, message));
  await recordRead(
    deps.store,
    auditItem({
      ...AUDITED,
      by: actor.personId,
      action: 'message-problems-read',
      at: now,
      subjects: [...new Set(items.map(({ personId }) => personId))],
      id: deps.newId(),
    }),
  );
  return pageAnswer({ ...page, items }, (message) => ({
    personId: message.personId,
    messageId: message.messageId,
    template: message.template,
    status: message.status === 'failed' ? 'failed' : 'uncertain',
    attempts: message.attempts,
    reason: message.reason,
    createdAt: message.createdAt,
    lastAttemptAt: message.lastAttemptAt,
  }));
};
