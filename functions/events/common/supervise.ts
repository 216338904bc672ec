import { addSpan } from '../../../shared/domain/dates.ts';
import { ownGroup } from '../../../shared/domain/laboratory.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { doubtsOf, type Finding, givenTooSoon, numberDoubt } from '../../../shared/domain/supervision.ts';
import { packFor } from '../../../shared/policy/index.ts';
import type { Store } from '../../../shared/store/client.ts';
import type { Chain } from '../../../shared/store/donations.ts';
import { inLine } from '../../../shared/store/doubts.ts';
import { queryAll } from '../../../shared/store/every.ts';
import type {
  DinItem,
  DonationItem,
  DoubtItem,
  LaboratoryItem,
  ProfileItem,
} from '../../../shared/store/items/index.ts';
import { keys, partitions } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { unitAsRead } from '../../../shared/store/units.ts';
import type { AnnounceDeps } from './announce-deps.ts';

/** No interval between two donations is longer. */
const YEAR = { value: 1, unit: 'year' } as const;
/** Items of one transaction, less some. */
const AT_ONCE = 90;

/**
 * Keeps what a chain makes doubtful beside it: found, closed or open again, each by a deterministic id, provided every unit is still as it
 * was read and nobody has settled anything meanwhile. Says whether the donation is doubtful; undefined when something has changed.
 */
export async function supervise(
  deps: AnnounceDeps,
  chain: Chain,
  kept: readonly DoubtItem[],
): Promise<{ readonly doubtful: boolean } | undefined> {
  // Of a donation that was not given, or has another number, nothing is doubtful any more.
  const findings = chain.din.withdrawn
    ? []
    : [
        ...doubtsOf({ ...chain.din, ...(await groupsOf(deps, chain)), units: chain.units, steps: chain.steps }),
        ...(await tooSoon(deps, chain.din)),
        ...(await ofNumber(deps, chain.din)),
      ];
  const { writes, doubtful } = inLine(chain.din, findings, kept, nowOf(deps));
  if (writes.length === 0) return { doubtful };
  const asRead = chain.units.slice(0, AT_ONCE - 1).map(unitAsRead);
  const some = writes.slice(0, AT_ONCE - asRead.length);
  const result = await deps.store.transact([...some, ...asRead]);
  // What one transaction cannot hold, the next try finds.
  return result.ok && some.length === writes.length ? { doubtful } : undefined;
}

/** What the laboratory found of its group, and what hospitals say. Where neither was ever recorded, nobody asks. */
async function groupsOf({ store }: AnnounceDeps, { din }: Chain) {
  if (!din.labAt) return {};
  const results = await store.get<LaboratoryItem>(keys.laboratory(din.din), { consistent: true, table: 'private' });
  return { group: ownGroup(results?.entries ?? []), reported: results?.reported };
}

async function ofNumber(deps: AnnounceDeps, din: DinItem): Promise<Finding[]> {
  // Numbers from before opening are as the station kept them.
  if (din.historical) return [];
  const site = (await deps.sites()).find(({ siteId }) => siteId === din.siteId);
  return numberDoubt(din.din, site?.units?.numbers);
}

async function tooSoon(deps: AnnounceDeps, din: DinItem): Promise<Finding[]> {
  // Whoever loaded it vouches for the station's history as it is.
  if (din.historical) return [];
  const site = (await deps.sites()).find(({ siteId }) => siteId === din.siteId);
  if (!site) return [];
  const [others, profile] = await Promise.all([
    donationsBetween(deps.store, din.personId, addSpan(din.date, { value: -1, unit: 'year' }), din.date),
    deps.store.get<ProfileItem>(keys.profile(din.personId)),
  ]);
  return givenTooSoon(packFor(site.pack, din.date), din, others, profile?.sex);
}

/** A person's donations that one of theirs may be too soon after, or that may be too soon after it. */
export async function laterDonations(deps: AnnounceDeps, din: DinItem): Promise<readonly DonationItem[]> {
  const today = localDateOf(nowOf(deps), din.zone);
  const to = addSpan(din.date, YEAR);
  return await donationsBetween(deps.store, din.personId, din.date, to < today ? to : today);
}

async function donationsBetween(store: Store, personId: string, from: string, to: string): Promise<DonationItem[]> {
  return await queryAll<DonationItem>(store, { ...partitions.donationsBetween(personId, from, to), consistent: true });
}
