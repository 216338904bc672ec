import type { me } from '../../../shared/contract/me.ts';
import { honours } from '../../../shared/domain/honours.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { HonourRules } from '../../../shared/domain/policy-pack.ts';
import type { LocalDate, Mark } from '../../../shared/domain/vocabulary.ts';
import { packFor } from '../../../shared/policy/index.ts';
import type { Page } from '../../../shared/store/client.ts';
import { queryAll } from '../../../shared/store/every.ts';
import type { DonationItem, ElsewhereItem, SiteItem } from '../../../shared/store/items/index.ts';
import { type Key, partitions } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';
import { donationView } from './donation-view.ts';

type Routes = (typeof me)['routes'];

/**
 * The figures are added up from the records whenever the list is opened: nothing is kept that could differ from them. So the
 * first page reads them all, once; each further page reads itself. Of those declared the verified ones count.
 */
export const listMyDonations: RouteHandler<Routes['GET /api/me/donations'], MeDeps> = async (
  { actor, query },
  deps,
) => {
  const pk = partitions.donations(actor.personId);
  const asked = pageOf(query, { pkName: 'pk', pk });
  const [sites, declared, read] = await Promise.all([
    deps.sites.list(),
    asked.start ? [] : deps.declared.elsewhere(actor.personId),
    asked.start
      ? deps.store.query<DonationItem>({ pk, newestFirst: true, ...asked }).then((page) => ({ page, all: undefined }))
      : everyDonation(deps, pk).then((all) => ({ page: newest(all, asked.limit), all })),
  ]);
  const { rules, today } = cityRules(sites, deps);
  return {
    ...pageAnswer(read.page, (item) => donationView(item, { rules, today })),
    ...(read.all && {
      honours: figures(
        rules,
        read.all,
        declared.filter(({ verified }) => verified),
      ),
    }),
  };
};

/** What the city's first site says of honours, and its date. */
export function cityRules(sites: readonly SiteItem[], deps: MeDeps): { rules: HonourRules; today: LocalDate } {
  const site = sites[0];
  if (!site) throw new ProblemError('not-found');
  const today = localDateOf(nowOf(deps.engine), site.zone);
  const rules = packFor(site.pack, today).honours;
  if (!rules) throw new ProblemError('not-found');
  return { rules, today };
}

function figures(rules: HonourRules, own: readonly DonationItem[], elsewhere: readonly ElsewhereItem[]) {
  const total = honours(rules, [...own, ...elsewhere]);
  const sure = (value: number, mark: Mark = rules.mark) => ({ value, mark });
  return {
    ...total,
    elsewhere: elsewhere.length,
    met: [...total.met],
    counts: {
      levels: rules.contribution.map(({ level, from }) => ({ honour: level, from })),
      lifetimeGolds: rules.lifetimeGolds,
      per200ml: sure(rules.timesPer200ml),
      per300ml: rules.times300ml,
      perPlateletUnit: sure(rules.timesPerPlateletUnit),
      plateletUnitMl: rules.plateletUnitMl,
      carryOver: rules.carryOver,
    },
    sources: [{ rule: rules.rule, source: rules.source, mark: rules.mark }],
  };
}

/** The first page of records that were read oldest first. */
function newest(all: readonly (DonationItem & Key)[], limit: number): Page<DonationItem> {
  const items = all.slice(-limit).reverse();
  const last = items.at(-1);
  return { items, ...(last && items.length < all.length && { next: { pk: last.pk, sk: last.sk } }) };
}

async function everyDonation(deps: MeDeps, pk: string): Promise<(DonationItem & Key)[]> {
  return await queryAll<DonationItem & Key>(deps.store, { pk });
}
