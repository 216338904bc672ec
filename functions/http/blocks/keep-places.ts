import type { blocks } from '../../../shared/contract/blocks.ts';
import { readInvite } from '../../../shared/domain/blocks.ts';
import { toInstant } from '../../../shared/domain/local-time.ts';
import { makeBlock } from '../../../shared/store/transactions/make-block.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { BlocksDeps } from './deps.ts';
import { answered, coveredSite } from './views.ts';

type Routes = (typeof blocks)['routes'];

/** Short enough to be read out on the phone, long enough that none is found by trying. */
const CODE_LENGTH = 8;

export const keepPlaces: RouteHandler<Routes['POST /api/blocks'], BlocksDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const site = await coveredSite(deps, actor, body.siteId);
  const repeated = body.slots.findIndex((slot, n) => body.slots.findIndex((it) => it.slotId === slot.slotId) < n);
  if (repeated >= 0) {
    throw new ProblemError('invalid-input', { fields: [{ path: `slots.${repeated}.slotId`, why: 'repeated' }] });
  }
  const until = toInstant(body.until, site.zone);
  if (!until.ok) throw new ProblemError('invalid-input', { fields: [{ path: 'until', why: 'no-such-time' }] });
  const answer = await makeBlock(deps.engine, {
    // Of the key, so that a repeat meets its own.
    blockId: `b${Buffer.from(idempotency.key, 'base64url').toString('hex').slice(0, 24)}`,
    site,
    unit: body.unit,
    until: until.instant,
    // As it is looked up, whatever letters ids are made of.
    newCode: () => readInvite(deps.newId().slice(-CODE_LENGTH)),
    newHeadcountCode: () => deps.newId(),
    wanted: body.slots,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  return await answered(deps, answer);
};
