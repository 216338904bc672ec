import type { UnitNow } from '../../domain/figures.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { asRead } from '../as-read.ts';
import type { Store } from '../client.ts';
import { type Chain, createDonations } from '../donations.ts';
import type { DinItem, DonationUnitsItem, UnitItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import type { EngineDeps } from '../transactions/deps.ts';

/** Notes that a day has to be counted again. Noted while it is being counted, it is counted once more. */
export const recountUpdate = (siteId: string, date: string, what: 'day' | 'units') => ({
  Key: keys.recount(siteId, date, what),
  UpdateExpression:
    'SET #version = if_not_exists(#version, :none) + :one, #kind = :kind, #siteId = :siteId, #date = :date, #what = :what',
  ExpressionAttributeNames: {
    '#version': 'version',
    '#kind': 'kind',
    '#siteId': 'siteId',
    '#date': 'date',
    '#what': 'what',
  },
  ExpressionAttributeValues: {
    ':none': 0,
    ':one': 1,
    ':kind': 'recount',
    ':siteId': siteId,
    ':date': date,
    ':what': what,
  },
});

/** What is kept of a donation's units; read before the chain that it is to say something of. */
export async function unitsKept(
  store: Store,
  { siteId, date, din }: Pick<DinItem, 'siteId' | 'date' | 'din'>,
): Promise<DonationUnitsItem | undefined> {
  return await store.get<DonationUnitsItem>(keys.unitsTaken(siteId, date, din), { consistent: true });
}

/**
 * Keeps what has become of a donation's units beside those of the same day, provided nobody has since `before` was read, and with
 * it that the day is to be counted anew. Nothing is written where nothing that counts has changed. False where somebody has.
 */
export async function keepUnits(store: Store, before: DonationUnitsItem | undefined, chain: Chain): Promise<boolean> {
  const { din } = chain;
  const after: Omit<DonationUnitsItem, 'version'> = {
    kind: 'donation-units',
    din: din.din,
    siteId: din.siteId,
    date: din.date,
    procedure: din.procedure,
    ...((din.held || din.recall) && { kept: true }),
    units: chain.units.map((unit) => unitNow(unit, din.zone)),
  };
  if (before && contentOf(before) === contentOf(after)) return true;
  const result = await store.transact([
    {
      Put: {
        Item: { ...keys.unitsTaken(din.siteId, din.date, din.din), ...after, version: (before?.version ?? 0) + 1 },
        ...asRead(before),
      },
    },
    { Update: recountUpdate(din.siteId, din.date, 'units') },
  ]);
  return result.ok;
}

const contentOf = ({ procedure, kept, units }: Omit<DonationUnitsItem, 'version'>): string =>
  JSON.stringify([
    procedure,
    kept ?? false,
    units.map(({ component, stage, expiresOn, usedOn }) => [component, stage, expiresOn, usedOn]),
  ]);

const unitNow = ({ component, stage, expiresOn, usedOn, changedAt }: UnitItem, zone: string): UnitNow => ({
  component,
  stage,
  ...(expiresOn && { expiresOn }),
  ...(stage === 'used' && { usedOn: usedOn ?? localDateOf(changedAt, zone) }),
});

/** The same, from a donation's number alone. */
export async function keepUnitsOf(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  donation: DinItem,
): Promise<void> {
  await withRetries(async () => {
    const before = await unitsKept(deps.store, donation);
    const chain = await createDonations(deps.store).chain(donation.din);
    return !chain || (await keepUnits(deps.store, before, chain)) || AGAIN;
  }, deps);
}
