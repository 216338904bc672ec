import type { Idempotency } from '../../../shared/store/accepted.ts';
import {
  type AccountChangeWish,
  accountAction,
  askAccountChange,
} from '../../../shared/store/transactions/change-account.ts';
import type { Actor } from '../../runtime/actor.ts';
import { changed } from './change-view.ts';
import type { RolesDeps } from './deps.ts';
import { recordOf } from './record.ts';

/** Asks another admin for a change of somebody's account. */
export async function ask(
  deps: RolesDeps,
  actor: Actor,
  input: { personId: string; wish: AccountChangeWish; idempotency: Idempotency },
) {
  const { personId, wish, idempotency } = input;
  const change = {
    knownBy: wish.knownBy,
    reason: wish.reason,
    // Of the numbers, what tells them apart.
    ...(wish.what === 'phone' && { phoneWas: wish.was, phoneNow: wish.phone.slice(-4) }),
  };
  const answer = await askAccountChange(deps.engine, {
    ...input,
    // Of the key, so that a repeat meets its own.
    changeId: `a${Buffer.from(idempotency.key, 'base64url').toString('hex').slice(0, 24)}`,
    by: actor.personId,
    key: await deps.factKey(),
    audit: recordOf(deps, actor.personId, accountAction(wish.what, 'asked'), [personId], { change }),
  });
  return await changed(deps, actor, answer);
}
