import type { closures } from '../../../shared/contract/closures.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { MoveItem, SiteItem } from '../../../shared/store/items/index.ts';
import { acceptMove } from '../../../shared/store/transactions/accept-move.ts';
import { cancel } from '../../../shared/store/transactions/cancel.ts';
import { reschedule } from '../../../shared/store/transactions/reschedule.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { Idempotency } from '../../runtime/idempotency.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { auditOf, coveredClosure } from './covered.ts';
import type { ClosuresDeps } from './deps.ts';
import { movedView, toldOf } from './views.ts';

type Routes = (typeof closures)['routes'];
type Asked = { answer: 'accept' | 'cancel' | 'other'; slotId?: string | undefined };

/** Does for somebody on the phone, or at the desk, what they would do on the page; who did it is recorded first. */
export const answerForCaller: RouteHandler<Routes['POST /api/closures/{closureId}/answers'], ClosuresDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { site, closure } = await coveredClosure(deps, actor, { siteId: body.siteId, ...params });
  const move = await deps.closures.move(closure.closureId, body.bookingId);
  if (!move) throw new ProblemError('not-found');
  if (body.answer === 'other' && body.slotId === undefined) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'slotId', why: 'missing' }] });
  }
  await answer(deps, actor, site, move, body, idempotency);
  const [told] = await toldOf(deps, [(await deps.closures.move(closure.closureId, body.bookingId)) ?? move]);
  if (!told) throw new ProblemError('not-found');
  return movedView(told, await deps.people.profile(move.personId));
};

async function answer(
  deps: ClosuresDeps,
  actor: Actor,
  site: SiteItem,
  { closureId, bookingId, personId }: MoveItem,
  asked: Asked,
  idempotency: Idempotency,
): Promise<void> {
  const audit = auditOf(deps, site, actor.personId, `move-${asked.answer}`, [personId]);
  if (asked.answer === 'accept') {
    const also = [{ Put: audit }];
    settled(await acceptMove(deps.engine, { closureId, bookingId, by: actor.personId, idempotency, also }));
    return;
  }
  await recordRead(deps.store, audit);
  if (asked.answer === 'cancel') settled(await cancel(deps.engine, { bookingId, cause: 'person', idempotency }));
  else settled(await reschedule(deps.engine, { bookingId, slotId: asked.slotId ?? '', idempotency }));
}

type Answer =
  | Awaited<ReturnType<typeof acceptMove>>
  | Awaited<ReturnType<typeof cancel>>
  | Awaited<ReturnType<typeof reschedule>>;

function settled(done: Answer): void {
  switch (done.kind) {
    case 'done':
      return;
    case 'refused':
      throw new ProblemError('refused', { reasons: done.reasons });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'wrong-state':
      throw new ProblemError('wrong-state');
    case 'other-kind':
    case 'no-slot':
    case 'not-found':
      throw new ProblemError('not-found');
  }
}
