import type { Store } from '../../shared/store/client.ts';
import type { DinItem, DonationItem, UnitItem } from '../../shared/store/items/index.ts';
import { indexes, keys } from '../../shared/store/keys.ts';
import { aPerson } from './people.ts';

const DATE = '2026-11-23';
const AT = '2026-11-23T01:00:00.000Z';

/** A stored donation whose red cells and plasma are at First Hospital, as if every step to there had been taken. */
export async function anIssuedDonation(store: Store, din: string): Promise<{ donor: string; din: string }> {
  const personId = await aPerson(store);
  const of = { din, personId, siteId: 'central' } as const;
  const drawn = { date: DATE, procedure: 'whole-blood', volumeMl: 400 } as const;
  const donation: DinItem = {
    kind: 'din',
    ...of,
    ...drawn,
    zone: 'Asia/Shanghai',
    collectedAt: AT,
    recordedBy: 'staff',
    accepted: [],
    gsi1pk: indexes.donated('central', DATE),
    gsi1sk: indexes.donatedSort(AT, din),
  };
  const record: DonationItem = {
    kind: 'donation',
    ...of,
    ...drawn,
    siteName: { zh: '中心血站', en: 'Central station' },
    reaction: false,
  };
  const units = (['red-cells', 'plasma'] as const).map(
    (component): UnitItem => ({
      kind: 'unit',
      ...of,
      unitId: component === 'plasma' ? 'wb-pl' : 'wb-rc',
      parentId: 'wb',
      component,
      stage: 'issued',
      hospital: 'First Hospital',
      changedAt: AT,
      accepted: [],
      version: 4,
    }),
  );
  const result = await store.transact([
    { Put: { Item: { ...keys.din(din), ...donation } } },
    { Put: { Item: { ...keys.donation(personId, DATE, din), ...record } } },
    ...units.map((unit) => ({ Put: { Item: { ...keys.unit(din, unit.unitId), ...unit } } })),
  ]);
  if (!result.ok) throw new Error('the donation could not be made');
  return { donor: personId, din };
}
