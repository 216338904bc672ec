import { createHmac } from 'node:crypto';
import { isIdle, normalLastFour } from '../domain/second-fact.ts';
import type { Instant, LocalDate } from '../domain/vocabulary.ts';
import type { Idempotency } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import type { IdentityItem, LinkedDevice, PhoneItem, ProfileItem, SubjectItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';
import { deviceDigest, linkedItem, newPersonItems, subjectDigest } from './people.ts';
import { AGAIN, withRetries } from './retry.ts';
import { isSame } from './same.ts';
import { subjectWrite } from './subjects.ts';
import { type EngineDeps, nowOf } from './transactions/deps.ts';
import { createTries } from './tries.ts';

export type SecondFact = { readonly birthDate: LocalDate; readonly lastFour: string };
type Subject = { readonly iss: string; readonly sub: string };

/** The digits are as few as they are well known to whoever wants to try them all: only a key that is elsewhere hides them. */
export const lastFourDigest = (key: string, personId: string, lastFour: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([personId, normalLastFour(lastFour)]))
    .digest('base64url');

/** What a person's second fact is stored as, in place of what was read. */
export const identityItem = (
  fact: { personId: string; now: Instant } & ({ lastFour: string; key: string } | { digest: string }),
  before?: IdentityItem,
): DraftItem => {
  const item: IdentityItem = {
    kind: 'identity',
    personId: fact.personId,
    lastFour: 'digest' in fact ? fact.digest : lastFourDigest(fact.key, fact.personId, fact.lastFour),
    setAt: fact.now,
    version: (before?.version ?? 0) + 1,
  };
  return {
    Put: {
      Item: { ...keys.identity(fact.personId), ...item },
      table: 'private',
      ...asRead(before),
    },
  };
};

/** Who is meant by a number and a second fact, how often that may be tried, and on which devices it was said. */
export function createSecondFacts(deps: EngineDeps, secret: () => Promise<string>) {
  const { store } = deps;
  const tries = createTries(deps);

  const matches = async (profile: ProfileItem | undefined, fact: SecondFact): Promise<boolean> => {
    const identity =
      profile &&
      (await store.get<IdentityItem>(keys.identity(profile.personId), { consistent: true, table: 'private' }));
    // As much is done for a wrong one as for a right one.
    const digest = lastFourDigest(await secret(), profile?.personId ?? '', fact.lastFour);
    return isSame(digest, identity?.lastFour ?? '') && isSame(fact.birthDate, profile?.birthDate ?? '');
  };

  return {
    matches: async (personId: string, fact: SecondFact): Promise<boolean> =>
      await matches(await store.get<ProfileItem>(keys.profile(personId), { consistent: true }), fact),

    /** Keeps the fact, as a digest, and notes on the profile that there is one. Setting it twice is setting it once. */
    async set(personId: string, lastFour: string): Promise<void> {
      const key = await secret();
      await withRetries(async () => {
        const before = await store.get<IdentityItem>(keys.identity(personId), { consistent: true, table: 'private' });
        const result = await store.transact([
          identityItem({ personId, lastFour, now: nowOf(deps), key }, before),
          {
            Update: {
              Key: keys.profile(personId),
              UpdateExpression: 'SET #secondFact = :yes, #version = #version + :one',
              ConditionExpression: 'attribute_exists(pk)',
              ExpressionAttributeNames: { '#secondFact': 'secondFact', '#version': 'version' },
              ExpressionAttributeValues: { ':yes': true, ':one': 1 },
            },
          },
        ]);
        return result.ok || AGAIN;
      }, deps);
    },

    /** The person of a number with this birth date and these last four; the first of them, should there be two. */
    async find(phone: string, fact: SecondFact): Promise<string | undefined> {
      const profiles = await sharers(store, phone);
      const found: ProfileItem[] = [];
      for (const profile of profiles) if (await matches(profile, fact)) found.push(profile);
      return found.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0]?.personId;
    },

    /** Counts a try before it is made. */
    mayTry: async (phone: string, idempotency: Idempotency) => await tries.mayTry(keys.tries(phone), idempotency),

    /** One that was right is not held against anybody. */
    forgive: async (phone: string) => await tries.forgive(keys.tries(phone)),

    /**
     * From now on this device of this subject means this person, while they have the number by which they were found. Answers with
     * whom it means, should another call have been first.
     */
    async link(at: Subject & { device: string; phone: string }, personId: string): Promise<string | undefined> {
      const Key = keys.phone(at.phone, personId);
      return await linkDevice(deps, at, personId, async (now) =>
        (await store.get(Key, { consistent: true }))
          ? [seenWrite(personId, now), { ConditionCheck: { Key, ConditionExpression: 'attribute_exists(pk)' } }]
          : undefined,
      );
    },

    /** A person of their own, on this device. Whoever else has the number is in doubt until they are here again. */
    async begin(
      at: Subject & { device: string },
      person: Omit<Parameters<typeof newPersonItems>[0], 'now' | 'named'> & { phone: string },
    ): Promise<string> {
      const begun = await linkDevice(deps, at, person.personId, async (now) => [
        ...newPersonItems({ ...person, now }),
        ...(await sharers(store, person.phone)).map(({ personId }) => doubtWrite(personId, now)),
      ]);
      return begun ?? person.personId;
    },

    /** Notes that the person was here on this device. Lost to another write, it is noted another day. */
    async note(at: Subject & { device: string }, personId: string): Promise<void> {
      const subject = subjectDigest(at);
      const before = await store.get<SubjectItem>(keys.subject(subject), { consistent: true });
      const device = deviceDigest(at.device);
      const here = before?.devices.find((it) => it.device === device);
      if (!before || here?.personId !== personId) return;
      const now = nowOf(deps);
      const devices = before.devices.map((it) => (it.device === device ? { ...it, seenAt: now } : it));
      await store.transact([subjectWrite(subject, before, { ...before, devices }), seenWrite(personId, now)]);
    },
  };
}

/** The profiles of everybody with this number. */
async function sharers(store: Store, phone: string): Promise<ProfileItem[]> {
  const { items } = await store.query<PhoneItem>({ pk: partitions.phones(phone), consistent: true });
  const profiles = await store.batchGet(
    items.map(({ personId }) => keys.profile(personId)),
    { consistent: true },
  );
  return (profiles as (ProfileItem | undefined)[]).filter((it) => it !== undefined);
}

const MOST_DEVICES = 10;

async function linkDevice(
  deps: EngineDeps,
  at: Subject & { device: string },
  personId: string,
  /** What is written beside it; undefined: it is not to be. */
  more: (now: Instant) => Promise<DraftItem[] | undefined>,
): Promise<string | undefined> {
  const subject = subjectDigest(at);
  const device = deviceDigest(at.device);
  return await withRetries<string | undefined>(async () => {
    const before = await deps.store.get<SubjectItem>(keys.subject(subject), { consistent: true });
    const known = before?.devices.find((it) => it.device === device);
    const now = nowOf(deps);
    // A double tap, or a first try whose answer was lost.
    if (known && !isIdle(known.seenAt, now)) return known.personId;
    const here: LinkedDevice = { device, personId, seenAt: now };
    const others = (before?.devices ?? []).filter((it) => it.device !== device);
    const devices = [...others.slice(1 - MOST_DEVICES), here];
    const after: SubjectItem = { version: 0, ...before, kind: 'subject', devices };
    const beside = await more(now);
    if (!beside) return undefined;
    const result = await deps.store.transact([
      subjectWrite(subject, before, after),
      linkedItem(personId, subject),
      ...beside,
    ]);
    return result.ok ? personId : AGAIN;
  }, deps);
}

/** Beside the profile's version: nobody edits it, and an edit that overtakes it costs a week's precision. */
const seenWrite = (personId: string, now: Instant): DraftItem => ({
  Update: {
    Key: keys.profile(personId),
    UpdateExpression: 'SET #seenAt = :now',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#seenAt': 'seenAt' },
    ExpressionAttributeValues: { ':now': now },
  },
});

/** Whoever has a number that somebody else has begun to use is in doubt until they are here again. */
export const doubtWrite = (personId: string, now: Instant): DraftItem => ({
  Update: {
    Key: keys.profile(personId),
    UpdateExpression: 'SET #doubtedAt = :now',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#doubtedAt': 'doubtedAt' },
    ExpressionAttributeValues: { ':now': now },
  },
});
