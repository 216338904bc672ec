import type * as z from 'zod';
import type { Hold } from '../../../shared/contract/holds.ts';
import { printDin } from '../../../shared/domain/din.ts';
import type { Chain } from '../../../shared/store/donations.ts';
import type { HoldItem, SiteItem } from '../../../shared/store/items/index.ts';
import { isOut } from '../../../shared/store/transactions/hold-donation.ts';
import { colleagues } from '../../runtime/colleagues.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoldsDeps } from './deps.ts';

/** Each hold with what is out of it now, and the name of who has seen to it. */
export async function holdViews(
  deps: HoldsDeps,
  site: SiteItem,
  held: readonly { hold: HoldItem; chain: Chain }[],
): Promise<z.input<typeof Hold>[]> {
  const nameOf = await colleagues(
    deps.people,
    held.map(({ hold }) => hold.acknowledgedBy),
  );
  return held.map(({ hold, chain }) => ({
    din: hold.din,
    dinPrinted: printDin(hold.din, site.dinScheme),
    date: chain.din.date,
    procedure: chain.din.procedure,
    askedAt: hold.askedAt,
    out: chain.units.filter(isOut).map(({ unitId, component, stage, hospital }) => ({
      unitId,
      component,
      stage: stage === 'used' ? ('used' as const) : ('issued' as const),
      hospital,
    })),
    acknowledgedBy: hold.acknowledgedBy && (nameOf(hold.acknowledgedBy) ?? ''),
    acknowledgedAt: hold.acknowledgedAt,
  }));
}

/** What is wrong with an act on a hold, as its problem. */
export function refuse(kind: 'not-found' | 'wrong-state' | 'key-reused'): never {
  throw new ProblemError(kind === 'key-reused' ? 'idempotency-key-reused' : kind);
}
