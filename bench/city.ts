import { addSpan } from '../shared/domain/dates.ts';
import { localDateOf, toInstant } from '../shared/domain/local-time.ts';
import type { LocalDate } from '../shared/domain/vocabulary.ts';
import type { DraftItem, Store } from '../shared/store/client.ts';
import { factorSessionItem } from '../shared/store/factors.ts';
import type { SiteItem, SlotItem } from '../shared/store/items/index.ts';
import { keys, slotId } from '../shared/store/keys.ts';
import { directLink, newPersonItems } from '../shared/store/people.ts';
import { newSlotItems } from '../shared/store/slots.ts';

/** Items of a measured city, as plain items to be written in bulk: the same for every side that speaks DynamoDB. */
export type Item = Record<string, unknown>;

const ZONE = 'Asia/Shanghai';
const NOW = new Date().toISOString();
const both = (zh: string, en: string) => ({ zh, en });
export const today = (): LocalDate => localDateOf(NOW, ZONE);
export const inDays = (days: number): LocalDate => addSpan(today(), { value: days, unit: 'day' });

export const phoneOf = (n: number): string => `+86139${String(n).padStart(8, '0')}`;
export const personOf = (n: number): string => `p${String(n).padStart(15, '0')}`;

const itemOf = (draft: DraftItem): Item => ('Put' in draft ? (draft.Put.Item ?? {}) : {});

/** A healthy man of thirty, and the subject of his token. */
export function personItems(n: number, subject: { iss: string; sub: string }): Item[] {
  const personId = personOf(n);
  return [
    ...directLink(subject, personId),
    ...newPersonItems({
      personId,
      phone: phoneOf(n),
      language: 'zh',
      now: NOW,
      name: '测试',
      facts: { birthDate: '1996-05-01', sex: 'male', weightKg: 70 },
    }),
  ].map(itemOf);
}

/** That somebody with a role has shown their second factor. */
export const factorItem = (n: number, subject: { iss: string; sub: string }): Item =>
  itemOf(factorSessionItem({ ...subject, device: undefined }, personOf(n), '9999-12-31T00:00:00.000Z'));

export function siteItem(siteId: string): Item {
  const site: SiteItem = {
    kind: 'site',
    screening: 'paper',
    laboratory: 'elsewhere',
    siteId,
    name: both('中心血站', 'Central blood station'),
    siteKind: 'centre',
    district: both('江岸区', 'Riverside'),
    address: both('江岸路 1 号', '1 Riverside Road'),
    phone: '+862112345678',
    zone: ZONE,
    procedures: ['whole-blood'],
    pack: 'cn',
    cutoffMinutes: 120,
    dinScheme: 'isbt128',
  };
  return { ...keys.site(siteId), ...site };
}

const SLOT_MINUTES = 10;
/** More would not fit between eight and the evening. */
export const SLOTS_A_DAY = 40;

export type MeasuredSlot = { readonly slotId: string; readonly items: Item[] };

/** The n-th slot of a site's day. */
export function slot(siteId: string, date: LocalDate, n: number, places: number): MeasuredSlot {
  const minutes = 8 * 60 + n * SLOT_MINUTES;
  const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  const starts = toInstant(`${date}T${time.join(':')}`, ZONE);
  if (!starts.ok) throw new Error(`${date} has no ${time.join(':')}`);
  const id = slotId(siteId, date, time.join(''), 'whole-blood');
  const meta: Omit<SlotItem, 'kind' | 'pools' | 'status' | 'version'> = {
    slotId: id,
    slotKind: 'donation',
    containerId: siteId,
    place: both('中心血站', 'Central blood station'),
    address: both('江岸路 1 号', '1 Riverside Road'),
    procedure: 'whole-blood',
    pack: 'cn',
    startsAt: starts.instant,
    endsAt: new Date(Date.parse(starts.instant) + SLOT_MINUTES * 60_000).toISOString(),
    date,
    zone: ZONE,
    places,
    cutoffMinutes: 120,
  };
  return { slotId: id, items: newSlotItems(meta).map(itemOf) };
}

/** The one shift of an event, for which sign-up has just opened. */
export function shift(eventId: string, date: LocalDate, places: number): MeasuredSlot {
  const starts = toInstant(`${date}T09:00`, ZONE);
  if (!starts.ok) throw new Error(`${date} has no nine o’clock`);
  const id = slotId(eventId, date, '0900', 'help');
  const meta: Omit<SlotItem, 'kind' | 'pools' | 'status' | 'version'> = {
    slotId: id,
    slotKind: 'shift',
    containerId: eventId,
    organisationId: 'helpers',
    place: both('周末益起来', 'Weekend Together'),
    address: both('江岸路 1 号', '1 Riverside Road'),
    shiftId: 'help',
    role: both('志愿者', 'Helper'),
    opensAt: NOW,
    startsAt: starts.instant,
    endsAt: new Date(Date.parse(starts.instant) + 3 * 60 * 60_000).toISOString(),
    date,
    zone: ZONE,
    places,
    cutoffMinutes: 720,
  };
  return { slotId: id, items: newSlotItems(meta).map(itemOf) };
}

/** Puts items, as many at a time as a request takes, several requests at once. */
export async function load(store: Store, items: readonly Item[], table: string): Promise<void> {
  const { BatchWriteCommand, DynamoDBDocumentClient } = await import('@aws-sdk/lib-dynamodb');
  const doc = DynamoDBDocumentClient.from(store.base, { marshallOptions: { removeUndefinedValues: true } });
  const batches: Item[][] = [];
  for (let n = 0; n < items.length; n += 25) batches.push(items.slice(n, n + 25));
  const lane = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      let wanted: { PutRequest: { Item: Item } }[] = batch.map((Item) => ({ PutRequest: { Item } }));
      while (wanted.length > 0) {
        const { UnprocessedItems } = await doc.send(new BatchWriteCommand({ RequestItems: { [table]: wanted } }));
        wanted = (UnprocessedItems?.[table] ?? []) as typeof wanted;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}
