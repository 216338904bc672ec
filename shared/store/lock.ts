import type { HeldQualification } from '../domain/qualifications.ts';
import type { Commitment, DeclaredWaits, EligibilityFacts, PastDonation } from '../domain/refusal.ts';
import { COUNTED_DAYS, MOST_REST_MINUTES } from '../domain/rest.ts';
import type { Procedure, Qualification } from '../domain/vocabulary.ts';
import type { DraftItem } from './client.ts';
import type { LockItem, SlotItem } from './items/index.ts';
import { bookingId, keys, parseSlotId, splitBookingId } from './keys.ts';

/** A person's lock as the rules read it. */
export type Lock = {
  readonly personId: string;
  readonly status: 'active' | 'inactive';
  readonly commitments: readonly Commitment[];
  readonly facts: EligibilityFacts;
  readonly version: number;
};

// Packed, a platelet donor's full year stays below 1 KB, and so a booking below seven write units; a month of forty shifts below 5 KB.
const SEPARATOR = ' ';
const MINUTE = 60_000;
const KINDS = { d: 'donation', s: 'shift' } as const;
const PROCEDURES: Record<string, Procedure> = { w: 'whole-blood', p: 'platelets' };
const LETTERS: Record<Procedure, string> = { 'whole-blood': 'w', platelets: 'p' };

const packTime = (instant: string): string => (Date.parse(instant) / MINUTE).toString(36);
const unpackTime = (packed: string): string => new Date(Number.parseInt(packed, 36) * MINUTE).toISOString();

const packCommitment = (it: Commitment): string =>
  [
    splitBookingId(it.bookingId).suffix,
    it.kind[0],
    packTime(it.startsAt),
    packTime(it.endsAt),
    it.slotId,
    ...(it.restMinutes ? [it.restMinutes] : []),
  ].join(SEPARATOR);

function unpackCommitment(packed: string, personId: string): Commitment {
  const [suffix = '', kind = 'd', start = '', end = '', slotId = '', rest] = packed.split(SEPARATOR);
  const eventId = kind === 's' ? parseSlotId(slotId)?.containerId : undefined;
  return {
    bookingId: bookingId(personId, suffix),
    kind: KINDS[kind as keyof typeof KINDS],
    startsAt: unpackTime(start),
    endsAt: unpackTime(end),
    slotId,
    ...(eventId !== undefined && { eventId }),
    ...(Number(rest) > 0 && { restMinutes: Number(rest) }),
  };
}

const packDonation = (it: PastDonation): string =>
  [it.date, it.procedure[0], it.volumeMl, ...(it.platelets ? [it.platelets] : [])].join(SEPARATOR);

function unpackDonation(packed: string): PastDonation {
  const [date = '', procedure = '', volume = '', platelets] = packed.split(SEPARATOR);
  return {
    date,
    procedure: PROCEDURES[procedure] ?? 'whole-blood',
    volumeMl: Number(volume),
    ...(platelets && { platelets: Number(platelets) as 1 | 2 }),
  };
}

/** `2027-10-01 p2026-11-29`: for everything, then by procedure. */
const packWaits = ({ until, untilFor = {} }: DeclaredWaits): string =>
  [
    ...(until ? [until] : []),
    ...Object.entries(untilFor).map(([procedure, wait]) => `${LETTERS[procedure as Procedure]}${wait}`),
  ].join(SEPARATOR);

function unpackWaits(packed: string): DeclaredWaits {
  const parts = packed.split(SEPARATOR);
  const until = parts.find((part) => !PROCEDURES[part[0] ?? '']);
  const untilFor = Object.fromEntries(
    parts.flatMap((part) => (PROCEDURES[part[0] ?? ''] ? [[PROCEDURES[part[0] ?? ''], part.slice(1)]] : [])),
  );
  return { ...(until && { until }), ...(Object.keys(untilFor).length > 0 && { untilFor }) };
}

/** `haircutting`, on their own word; `induction helpers 2027-11-30`, confirmed by an organisation until then. */
const packQualification = ({ qualification, by, until }: HeldQualification): string =>
  [qualification, ...(by ? [by, ...(until ? [until] : [])] : [])].join(SEPARATOR);

function unpackQualification(packed: string): HeldQualification {
  const [qualification = '', by, until] = packed.split(SEPARATOR);
  return { qualification: qualification as Qualification, ...(by && { by }), ...(until && { until }) };
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

export function packLock({ facts, commitments, ...lock }: Lock): LockItem {
  const { elsewhere, declared, qualifications, guardianFor, ...known } = facts;
  return {
    kind: 'lock',
    ...lock,
    ...known,
    commitments: commitments.map(packCommitment),
    donations: facts.donations.map(packDonation),
    ...(elsewhere && { elsewhere: elsewhere.map(packDonation) }),
    ...(declared && { declared: mapValues(declared, packWaits) }),
    ...(qualifications && { qualifications: qualifications.map(packQualification) }),
    ...(guardianFor && { guardianFor: [...guardianFor] }),
  };
}

export function unpackLock(item: LockItem): Lock {
  return {
    personId: item.personId,
    status: item.status,
    version: item.version,
    commitments: item.commitments.map((packed) => unpackCommitment(packed, item.personId)),
    facts: {
      donations: item.donations.map(unpackDonation),
      repeatDonor: item.repeatDonor,
      reactionRecorded: item.reactionRecorded,
      wantsExtendedAge: item.wantsExtendedAge,
      ...(item.birthDate && { birthDate: item.birthDate }),
      ...(item.sex && { sex: item.sex }),
      ...(item.weightKg && { weightKg: item.weightKg }),
      ...(item.deferredUntil && { deferredUntil: item.deferredUntil }),
      ...(item.deferredUntilFor && { deferredUntilFor: item.deferredUntilFor }),
      ...(item.deferredPermanently && { deferredPermanently: true }),
      ...(item.elsewhere && { elsewhere: item.elsewhere.map(unpackDonation) }),
      ...(item.declared && { declared: mapValues(item.declared, unpackWaits) }),
      ...(item.qualifications && { qualifications: item.qualifications.map(unpackQualification) }),
      ...(item.guardianFor && { guardianFor: item.guardianFor }),
    },
  };
}

/** A place in a slot as the lock of whoever takes it keeps it. */
export const commitmentOf = (
  id: string,
  { slotId, slotKind, containerId, startsAt, endsAt, restMinutes }: SlotItem,
): Commitment => ({
  bookingId: id,
  slotId,
  kind: slotKind,
  startsAt,
  endsAt,
  ...(slotKind === 'shift' && { eventId: containerId }),
  ...(restMinutes !== undefined && { restMinutes }),
});

/** Commitments that hold somebody: what has ended holds no one. */
export const liveCommitments = (lock: Lock, now: string): Commitment[] =>
  lock.commitments.filter(({ endsAt }) => endsAt > now);

/**
 * How long after its end a shift is remembered: while its event may count it, also one that comes to count only later, and for the
 * rest after it.
 */
const rememberedMinutes = ({ kind }: Commitment): number =>
  kind === 'donation' ? 0 : COUNTED_DAYS * 24 * 60 + MOST_REST_MINUTES;

/** What stays in the lock whenever it is written: what holds somebody, and shifts that still say something of others. */
export const keptCommitments = (lock: Lock, now: string): Commitment[] =>
  lock.commitments.filter((it) => Date.parse(it.endsAt) + rememberedMinutes(it) * MINUTE > Date.parse(now));

/**
 * Replaces the lock, provided nobody has since it was read and the person is active. The whole item is written: it is
 * small, and a change of any part of it is a change of what others decide on.
 */
export function lockWrite(before: Lock, after: Partial<Pick<Lock, 'commitments' | 'facts' | 'status'>>): DraftItem {
  return {
    Put: {
      Item: { ...keys.lock(before.personId), ...packLock({ ...before, ...after, version: before.version + 1 }) },
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': before.version },
    },
  };
}
