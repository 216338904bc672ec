import type { me } from '../../../shared/contract/me.ts';
import { honours, timesOf } from '../../../shared/domain/honours.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { packFor } from '../../../shared/policy/index.ts';
import type { DonationItem } from '../../../shared/store/items/index.ts';
import { partitions } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';

type Routes = (typeof me)['routes'];

/** The figures are added up from the records at each call: nothing is kept that could differ from them. */
export const listMyDonations: RouteHandler<Routes['GET /api/me/donations'], MeDeps> = async (
  { actor, query },
  deps,
) => {
  const pk = partitions.donations(actor.personId);
  const [sites, all, page] = await Promise.all([
    deps.sites.list(),
    everyDonation(deps, pk),
    deps.store.query<DonationItem>({ pk, newestFirst: true, ...pageOf(query, { pkName: 'pk', pk }) }),
  ]);
  const site = sites[0];
  if (!site) throw new ProblemError('not-found');
  const rules = packFor(site.pack, localDateOf(nowOf(deps.engine), site.zone)).honours;
  if (!rules) throw new ProblemError('not-found');
  const figures = honours(rules, all);
  return {
    ...pageAnswer(page, (item) => ({ ...item, times: timesOf(rules, item) })),
    honours: {
      ...figures,
      met: [...figures.met],
      sources: [{ rule: rules.rule, source: rules.source, mark: rules.mark }],
    },
  };
};

async function everyDonation(deps: MeDeps, pk: string): Promise<DonationItem[]> {
  const all: DonationItem[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await deps.store.query<DonationItem>({ pk, ...(start && { start }) });
    all.push(...page.items);
    start = page.next;
  } while (start);
  return all;
}
