import type * as z from 'zod';
import type { precheck } from '../../../shared/contract/precheck.ts';
import { CONSENT_WORDING, type ConsentPurpose } from '../../../shared/domain/vocabulary.ts';
import type { ConsentItem } from '../../../shared/store/items/index.ts';

type View = z.input<(typeof precheck)['routes']['PUT /api/precheck/consents/{purpose}']['output']>;

/** A purpose's consent as its person sees it: not given where nothing was said. */
export const consentView = (purpose: ConsentPurpose, item: ConsentItem | undefined): View => ({
  purpose,
  given: item?.given ?? false,
  ...(item && { wording: item.wording, at: item.at }),
  currentWording: CONSENT_WORDING[purpose],
  version: item?.version ?? 0,
});
