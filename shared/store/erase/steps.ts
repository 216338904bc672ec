import { isHere } from '../../domain/booking-states.ts';
import type { EligibilityFacts } from '../../domain/refusal.ts';
import type { DraftItem, Store } from '../client.ts';
import { queryAll } from '../every.ts';
import type {
  BookingItem,
  DocumentItem,
  DocumentOfItem,
  IdentityItem,
  LinkedItem,
  LockItem,
  NamedItem,
  ProfileItem,
  SealedItem,
  SubjectItem,
} from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { lockWrite, unpackLock } from '../lock.ts';
import { namedWrite } from '../people.ts';
import { subjectWrite } from '../subjects.ts';
import { cancel } from '../transactions/cancel.ts';
import { nowOf } from '../transactions/deps.ts';
import { forgetAfter } from '../ttl.ts';
import { type EraseStep, untilWritten } from './step.ts';

/** The person can no longer be reached: not from any device, nor by their number. Others who share it keep their own links. */
export const cutLinks: EraseStep = async (deps, { personId }) => {
  const { items } = await deps.store.query<LinkedItem>({ ...partitions.linked(personId), consistent: true });
  for (const { subject } of items) {
    await untilWritten(deps, async (store) => await cutLink(store, personId, subject));
  }
  await untilWritten(deps, async (store) => {
    const profile = await store.get<ProfileItem>(keys.profile(personId), { consistent: true });
    const phone = profile?.phone && keys.phone(profile.phone, personId);
    return phone && (await store.get(phone, { consistent: true })) ? [{ Delete: { Key: phone } }] : [];
  });
};

/** What makes a subject mean the person no more, on whatever device. */
export async function cutLink(store: Store, personId: string, subject: string): Promise<DraftItem[]> {
  const before = await store.get<SubjectItem>(keys.subject(subject), { consistent: true });
  return [
    ...(before ? [subjectWrite(subject, before, withoutPerson(before, personId))] : []),
    { Delete: { Key: keys.linked(personId, subject) } },
  ];
}

/** The station no longer finds the person by name. Others of the same name and birth date keep theirs. */
export const forgetName: EraseStep = async (deps, { personId }) => {
  await untilWritten(deps, async (store) => {
    const profile = await store.get<ProfileItem>(keys.profile(personId), { consistent: true });
    if (!profile?.named) return [];
    const before = await store.get<NamedItem>(keys.named(profile.named), { consistent: true });
    if (!before?.people.includes(personId)) return [];
    return [
      namedWrite(
        profile.named,
        before,
        before.people.filter((id) => id !== personId),
      ),
    ];
  });
};

/** What is left of a subject's links, or undefined where that is nothing. */
function withoutPerson(before: SubjectItem, personId: string): SubjectItem | undefined {
  const { personId: direct, ...rest } = before;
  const devices = before.devices.filter((device) => device.personId !== personId);
  const kept = direct !== undefined && direct !== personId ? { personId: direct } : {};
  return devices.length > 0 || kept.personId ? { ...rest, ...kept, devices } : undefined;
}

/** Records of work done and of donations, which stay; somebody who is at the desk just now is seen to first. */
const stays = (status: BookingItem['status']): boolean => status === 'fulfilled' || isHere(status);

/** Each place that is still held goes to others as a cancelled one does; then all bookings go but those that were kept. */
export const releaseBookings: EraseStep = async (deps, { personId }) => {
  const bookings = await everyBooking(deps.store, personId);
  const now = nowOf(deps);
  for (const { bookingId, status, endsAt } of bookings) {
    if (status === 'booked' && endsAt > now) await cancel(deps, { bookingId, cause: 'erased' });
  }
  for (const { bookingId } of bookings) {
    await untilWritten(deps, async (store) => {
      const booking = await store.get<BookingItem>(keys.booking(bookingId), { consistent: true });
      if (!booking || stays(booking.status)) return [];
      return [
        {
          Delete: {
            Key: keys.booking(bookingId),
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': booking.version },
          },
        },
      ];
    });
  }
};

async function everyBooking(store: Store, personId: string): Promise<BookingItem[]> {
  return await queryAll<BookingItem>(store, { pk: partitions.bookings(personId), consistent: true });
}

const NOTHING_KNOWN: EligibilityFacts = {
  donations: [],
  repeatDonor: false,
  reactionRecorded: false,
  wantsExtendedAge: false,
};

/** The lock stays, inactive and empty: it refuses whatever was still on its way to a booking. */
export const stillLock: EraseStep = async (deps, { personId }) => {
  await untilWritten(deps, async (store) => {
    const item = await store.get<LockItem>(keys.lock(personId), { consistent: true });
    const lock = item && unpackLock(item);
    if (!lock || isStill(item)) return [];
    return [lockWrite(lock, { status: 'inactive', commitments: [], facts: NOTHING_KNOWN })];
  });
};

const isStill = (lock: LockItem): boolean =>
  lock.status === 'inactive' &&
  !(
    lock.birthDate ||
    lock.sex ||
    lock.weightKg ||
    lock.elsewhere ||
    lock.declared ||
    lock.qualifications ||
    lock.guardianFor
  ) &&
  lock.commitments.length === 0;

/** The law's longest term that we have read (EU); an operator whose law says less may shorten it. */
const SEALED_DAYS = 30 * 366;

/**
 * The last step: the profile and the second fact go, and with them the note that there was something to do. Who has given
 * blood, or was asked to wait, is put away sealed first, because a unit must lead back to its donor: docs/erase.md.
 */
export const forgetCard: EraseStep = async (deps, { personId }) => {
  await untilWritten(deps, async (store) => {
    const [profile, identity, donations, deferrals] = await Promise.all([
      store.get<ProfileItem>(keys.profile(personId), { consistent: true }),
      store.get<IdentityItem>(keys.identity(personId), { consistent: true, table: 'private' }),
      store.query({ pk: partitions.donations(personId), consistent: true, limit: 1 }),
      store.query({ pk: partitions.deferrals(personId), consistent: true, limit: 1, table: 'private' }),
    ]);
    const gave = donations.items.length > 0 || deferrals.items.length > 0;
    const documents = await documentsOf(store, personId);
    return [
      ...(profile && gave ? [sealed(profile, { identity, documents }, nowOf(deps))] : []),
      // Nobody's again: whoever shows it next is somebody new.
      ...documents.flatMap(({ index }): DraftItem[] => [
        { Delete: { Key: keys.document(index), table: 'private' } },
        { Delete: { Key: keys.documentOf(personId, index), table: 'private' } },
      ]),
      { Delete: { Key: keys.profile(personId) } },
      { Delete: { Key: keys.identity(personId), table: 'private' } },
      { Delete: { Key: keys.erasure(personId) } },
    ];
  });
};

type Claimed = { readonly index: string; readonly item: DocumentItem | undefined };

async function documentsOf(store: Store, personId: string): Promise<Claimed[]> {
  const { items } = await store.query<DocumentOfItem>({
    pk: partitions.documentsOf(personId),
    consistent: true,
    table: 'private',
  });
  return await Promise.all(
    items.map(async ({ index }) => ({
      index,
      item: await store.get<DocumentItem>(keys.document(index), { consistent: true, table: 'private' }),
    })),
  );
}

function sealed(
  profile: ProfileItem,
  { identity, documents }: { identity: IdentityItem | undefined; documents: readonly Claimed[] },
  now: string,
): DraftItem {
  const item: SealedItem = {
    kind: 'sealed',
    personId: profile.personId,
    ...(profile.phone && { phone: profile.phone }),
    ...(profile.name && { name: profile.name }),
    ...(profile.birthDate && { birthDate: profile.birthDate }),
    ...(identity && { lastFour: identity.lastFour }),
    ...(documents.length > 0 && {
      documents: documents.flatMap(({ index, item }) =>
        item ? [{ type: item.type, index, sealed: item.sealed }] : [],
      ),
    }),
    sealedAt: now,
  };
  return {
    Put: { Item: { ...keys.sealed(profile.personId), ...item, ...forgetAfter(now, SEALED_DAYS) }, table: 'private' },
  };
}
