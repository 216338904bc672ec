import { blocks } from '../../../shared/contract/blocks.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { blocksDeps } from './deps.ts';
import { getHeadcount } from './get-headcount.ts';
import { getInvitation } from './get-invitation.ts';
import { keepPlaces } from './keep-places.ts';
import { listBlocks } from './list-blocks.ts';
import { release } from './release.ts';

export const blocksRoutes = {
  'GET /api/blocks': listBlocks,
  'POST /api/blocks': keepPlaces,
  'POST /api/blocks/{blockId}/release': release,
  'GET /api/invitations/{code}': getInvitation,
  'GET /api/headcounts/{code}': getHeadcount,
};

const deps = once(() => blocksDeps(storeFromEnv(), systemWorld('blocks')));

export const handler = areaHandler(blocks, deps, blocksRoutes);
