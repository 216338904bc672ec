import type * as z from 'zod';
import type { Elsewhere } from '../../shared/contract/elsewhere.ts';
import type { ElsewhereItem } from '../../shared/store/items/index.ts';

/** A declared donation as its donor and the desk see it. */
export const elsewhereView = (it: ElsewhereItem): z.input<typeof Elsewhere> => ({
  declaredId: it.declaredId,
  date: it.date,
  procedure: it.procedure,
  volumeMl: it.volumeMl,
  ...(it.platelets && { platelets: it.platelets }),
  ...(it.place && { place: it.place }),
  ...(it.verified && { verifiedAt: it.verified.at }),
  version: it.version,
});
