import type { blocks } from '../../../shared/contract/blocks.ts';
import { endBlock } from '../../../shared/store/transactions/make-block.ts';
import { releaseBlock } from '../../../shared/store/transactions/release-block.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { BlocksDeps } from './deps.ts';
import { answered, coveredSite } from './views.ts';

type Routes = (typeof blocks)['routes'];

export const release: RouteHandler<Routes['POST /api/blocks/{blockId}/release'], BlocksDeps> = async (
  { actor, params: { blockId }, body: { siteId, version }, idempotency },
  deps,
) => {
  await coveredSite(deps, actor, siteId);
  const input = { siteId, blockId, version, by: actor.personId, auditId: deps.newId(), idempotency };
  const answer = await endBlock(deps.engine, input);
  if (answer.kind !== 'done') return await answered(deps, answer);
  // From here on the clock would do it, within a minute: nobody waits for that who can see it done.
  await releaseBlock(deps.engine, answer.block);
  const block = await deps.blocks.get(siteId, blockId);
  return await answered(deps, { kind: 'done', block: block ?? answer.block });
};
