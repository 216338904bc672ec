import { type Correction, type Counted, counted, oncePerShift, type Served } from '../domain/hours.ts';
import type { Instant, LocalDate, Localized, ServiceWay } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Page, Store } from './client.ts';
import { type EraseStep, untilWritten } from './erase/step.ts';
import { queryAll } from './every.ts';
import type {
  CertificateItem,
  CertifiedItem,
  HoursAddedItem,
  HoursBookItem,
  HoursCorrectionItem,
  HoursRequestItem,
  HoursSettingsItem,
  ServiceItem,
  StarSettingsItem,
  VolunteerNumberItem,
} from './items/index.ts';
import { indexes, type Key, keys, partitions } from './keys.ts';

/** A stretch of service with what is known of it, timed or added by hand. */
export type HoursRecord = Served & {
  readonly personId: string;
  readonly organisationId: string;
  readonly eventId: string;
  readonly bookingId: string;
  readonly isWholeShift: boolean;
  readonly title: Localized;
  readonly role?: Localized;
  readonly community: Localized;
  readonly district: Localized;
  readonly zone: string;
  /** Of what was timed. */
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly how?: { readonly in: ServiceWay; readonly out: ServiceWay };
  /** Why it was added, or last corrected. */
  readonly reason?: string;
};
export type CountedRecord = Counted<HoursRecord>;

type RecordItem = ServiceItem | HoursAddedItem | HoursCorrectionItem;

const recordOf = (item: ServiceItem | HoursAddedItem): HoursRecord => ({
  recordId: item.kind === 'service' ? item.serviceId : item.recordId,
  personId: item.personId,
  date: item.date,
  minutes: item.minutes,
  isTimed: item.kind === 'service',
  category: item.category,
  organisationId: item.organisationId,
  eventId: item.eventId,
  bookingId: item.bookingId,
  isWholeShift: item.kind === 'hours-added' && item.isWholeShift === true,
  title: item.title,
  ...(item.role && { role: item.role }),
  community: item.community,
  district: item.district,
  zone: item.zone,
  ...(item.kind === 'service'
    ? { startedAt: item.startedAt, endedAt: item.endedAt, how: item.how }
    : { reason: item.reason }),
});

/** What one person's items count for, oldest first. */
function countedOf(items: readonly RecordItem[]): CountedRecord[] {
  const records = oncePerShift(items.flatMap((item) => (item.kind === 'hours-correction' ? [] : [recordOf(item)])));
  const corrections = items.filter((item) => item.kind === 'hours-correction');
  const reasons = new Map(corrections.toSorted((a, b) => a.n - b.n).map(({ of, reason }) => [of, reason]));
  return counted(records, corrections satisfies readonly Correction[])
    .map((record) => {
      const reason = reasons.get(record.recordId) ?? record.reason;
      return { ...record, ...(reason !== undefined && { reason }) };
    })
    .toSorted((a, b) => (a.date === b.date ? (a.recordId < b.recordId ? -1 : 1) : a.date < b.date ? -1 : 1));
}

/** What is kept of a person's hours beside what was timed. What a decision rests on: read strongly. */
export type ByHand = {
  readonly book: HoursBookItem | undefined;
  readonly added: readonly HoursAddedItem[];
  readonly corrections: readonly HoursCorrectionItem[];
  readonly number: VolunteerNumberItem | undefined;
  readonly certified: readonly CertifiedItem[];
};
/** All that is known of a person's hours. */
export type HoursOf = ByHand & {
  readonly records: readonly CountedRecord[];
  /** What was timed, to rest a write on. */
  readonly service: ReadonlyMap<string, ServiceItem>;
};

type Kept = HoursAddedItem | HoursCorrectionItem | HoursBookItem | VolunteerNumberItem | CertifiedItem;

export function createHours(store: Store) {
  const strong = { consistent: true } as const;
  /** The book before what it vouches for: what comes in between has moved it on. */
  const byHand = async (personId: string): Promise<ByHand> => {
    const book = await store.get<HoursBookItem>(keys.hoursBook(personId), strong);
    const kept = await queryAll<Kept>(store, { pk: partitions.hours(personId), ...strong });
    return {
      book,
      added: kept.filter((item) => item.kind === 'hours-added'),
      corrections: kept.filter((item) => item.kind === 'hours-correction'),
      number: kept.find((item) => item.kind === 'volunteer-number'),
      certified: kept.filter((item) => item.kind === 'certified'),
    };
  };
  return {
    byHand,
    async of(personId: string): Promise<HoursOf> {
      const by = await byHand(personId);
      const service = await queryAll<ServiceItem>(store, { pk: partitions.service(personId), ...strong });
      return {
        ...by,
        records: countedOf([...service, ...by.added, ...by.corrections]),
        service: new Map(service.map((item) => [item.serviceId, item])),
      };
    },

    /** What an organisation has recorded between two dates, by person and date; as of a moment ago. */
    async ofOrganisation(organisationId: string, from: LocalDate, to: LocalDate): Promise<CountedRecord[]> {
      const items = await queryAll<RecordItem>(store, {
        pk: indexes.served(organisationId),
        index: 'gsi1',
        skBetween: indexes.servedBetween(from, to),
      });
      const people = new Map<string, RecordItem[]>();
      for (const item of items) people.set(item.personId, [...(people.get(item.personId) ?? []), item]);
      return [...people.values()].flatMap(countedOf);
    },

    async request(organisationId: string, requestId: string): Promise<HoursRequestItem | undefined> {
      return await store.get<HoursRequestItem>(keys.hoursRequest(organisationId, requestId), strong);
    },
    /** What was asked about a person's hours, the newest first; as of a moment ago. */
    async requestsAbout(personId: string): Promise<HoursRequestItem[]> {
      return await queryAll<HoursRequestItem>(store, {
        pk: indexes.hoursAsked(personId),
        index: 'gsi1',
        newestFirst: true,
      });
    },
    /** Those of an organisation that wait for somebody, the oldest first; or those that are decided, the newest first. */
    async requestsOf(
      organisationId: string,
      open: boolean,
      page: { limit: number; start?: Record<string, unknown> },
    ): Promise<Page<HoursRequestItem>> {
      return await store.query<HoursRequestItem>({
        pk: indexes.hoursStanding(organisationId, open),
        index: 'gsi2',
        newestFirst: !open,
        ...page,
      });
    },

    /** How many of an organisation's wait for somebody; as of a moment ago. */
    async waiting(organisationId: string): Promise<number> {
      const pk = indexes.hoursStanding(organisationId, true);
      return (await queryAll<HoursRequestItem>(store, { pk, index: 'gsi2' })).length;
    },

    async settings(organisationId: string): Promise<HoursSettingsItem | undefined> {
      return await store.get<HoursSettingsItem>(keys.hoursSettings(organisationId), strong);
    },
    async settingsOf(organisationIds: readonly string[]): Promise<(HoursSettingsItem | undefined)[]> {
      return (await store.batchGet(organisationIds.map(keys.hoursSettings))) as (HoursSettingsItem | undefined)[];
    },
    async stars(): Promise<StarSettingsItem | undefined> {
      return await store.get<StarSettingsItem>(keys.starSettings(), strong);
    },

    async certificates(codes: readonly string[]): Promise<CertificateItem[]> {
      const found = (await store.batchGet(codes.map(keys.certificate), strong)) as (CertificateItem | undefined)[];
      return found.filter((item) => item !== undefined);
    },
    async numbers(personIds: readonly string[]): Promise<(VolunteerNumberItem | undefined)[]> {
      return (await store.batchGet(personIds.map(keys.volunteerNumber))) as (VolunteerNumberItem | undefined)[];
    },
  };
}

/** That nothing was added or corrected since it was read. */
export const bookAsRead = (personId: string, book: HoursBookItem | undefined): DraftItem => ({
  ConditionCheck: { Key: keys.hoursBook(personId), ...asRead(book) },
});
/** That something is added, corrected, certified, or recorded otherwise, provided nothing was since it was read. */
export const bookWrite = (personId: string, book: HoursBookItem | undefined): DraftItem => {
  const after: HoursBookItem = { kind: 'hours-book', personId, version: (book?.version ?? 0) + 1 };
  return { Put: { Item: { ...after, ...keys.hoursBook(personId) }, ...asRead(book) } };
};

/** A record as certificates count it. */
type Countable = Pick<HoursRecord, 'recordId' | 'organisationId' | 'date'>;

/** Whether a certificate counts a record, as far as it says: one that does not say may count each of its organisation and time. */
const mayCount = (it: CertificateItem, { recordId, organisationId, date }: Countable): boolean =>
  it.recordIds?.includes(recordId) ?? (it.organisationId === organisationId && it.from <= date && date <= it.to);

/** That of a person's certificates those which count one of these records say from now on that it is no longer as it was. */
export async function supersededWrites(
  store: Store,
  certified: readonly CertifiedItem[],
  { records, on }: { readonly records: readonly Countable[]; readonly on: LocalDate },
): Promise<DraftItem[]> {
  const all = await createHours(store).certificates(certified.map(({ code }) => code));
  return all
    .filter((it) => !it.supersededOn && records.some((record) => mayCount(it, record)))
    .map(({ code }) => ({
      Update: {
        Key: keys.certificate(code),
        UpdateExpression: 'SET supersededOn = :on',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':on': on },
      },
    }));
}
/** As many of somebody's as a transaction marks beside the rest. */
export const MOST_CERTIFICATES = 60;

export const requestWrite = (after: HoursRequestItem, before: HoursRequestItem | undefined): DraftItem => ({
  Put: { Item: { ...after, ...keys.hoursRequest(after.organisationId, after.requestId) }, ...asRead(before) },
});

export type SettingAnswer<T> =
  | { readonly kind: 'done'; readonly item: T }
  | { readonly kind: 'changed-meanwhile' | 'key-reused' };

/** Puts an item that is set as a whole in place of the one that was read, with the record of who did it. */
export async function putSetting<T extends { accepted: HoursSettingsItem['accepted']; version: number }>(
  store: Store,
  key: Key,
  input: {
    readonly item: Omit<T, 'accepted' | 'version'>;
    readonly version: number;
    readonly idempotency: Idempotency;
    readonly also?: readonly DraftItem[];
  },
): Promise<SettingAnswer<T>> {
  const before = await store.get<T>(key, { consistent: true });
  const known = before && wasAccepted(before.accepted, input.idempotency);
  if (before && known) return known === 'same' ? { kind: 'done', item: before } : { kind: 'key-reused' };
  if ((before?.version ?? 0) !== input.version) return { kind: 'changed-meanwhile' };
  const item = {
    ...input.item,
    accepted: accept(before?.accepted ?? [], input.idempotency),
    version: input.version + 1,
  } as unknown as T;
  const result = await store.transact([
    { Put: { Item: { ...item, ...key }, ...asRead(before) } },
    ...(input.also ?? []),
  ]);
  if (result.ok) return { kind: 'done', item };
  // It may have been this very call, whose answer was lost.
  const now = await store.get<T>(key, { consistent: true });
  return now && wasAccepted(now.accepted, input.idempotency) === 'same'
    ? { kind: 'done', item: now }
    : { kind: 'changed-meanwhile' };
}

/** What a code certifies; undefined for one that was never given or is withdrawn. */
export const certifiedBy = async (store: Store, code: string): Promise<CertificateItem | undefined> =>
  await store.get<CertificateItem>(keys.certificate(code), { consistent: true });

/** Withdraws every certificate of a person, and forgets under which number they go elsewhere; what they served stays. */
export const withdrawCertificates: EraseStep = async (deps, { personId }) => {
  const { certified, number } = await createHours(deps.store).of(personId);
  for (const item of certified) {
    const { sk } = item as CertifiedItem & Key;
    await untilWritten(deps, async (store) =>
      (await store.get({ pk: partitions.hours(personId), sk }, { consistent: true }))
        ? [
            { Delete: { Key: keys.certificate(item.code) } },
            { Delete: { Key: { pk: partitions.hours(personId), sk } } },
          ]
        : [],
    );
  }
  if (number) await untilWritten(deps, async () => [{ Delete: { Key: keys.volunteerNumber(personId) } }]);
};
