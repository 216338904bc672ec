import { createHash } from 'node:crypto';
import type { EligibilityFacts } from '../domain/refusal.ts';
import { isIdle } from '../domain/second-fact.ts';
import type { AgainWish, Instant, Language, LocalDate } from '../domain/vocabulary.ts';
import type { DraftItem, Store } from './client.ts';
import type {
  FactorSessionItem,
  LinkedItem,
  LockItem,
  NamedItem,
  PhoneItem,
  ProfileItem,
  RoleItem,
  SubjectItem,
} from './items/index.ts';
import { keys, partitions } from './keys.ts';
import { type Lock, packLock, unpackLock } from './lock.ts';
import { BusyError } from './retry.ts';
import { subjectWrite } from './subjects.ts';

/** Issuer and subject as one key: a token names a person by these two and by nothing else. */
export const subjectDigest = ({ iss, sub }: { iss: string; sub: string }): string =>
  createHash('sha256')
    .update(JSON.stringify([iss, sub]))
    .digest('base64url');

/** A browser keeps a long random key; what is stored says nothing of it. */
export const deviceDigest = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22);

/** One browser of one subject; without a browser, the local deployment's own tokens. */
export const sessionDigest = ({ iss, sub }: { iss: string; sub: string }, device: string | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([iss, sub, device ?? null]))
    .digest('base64url')
    .slice(0, 22);

/** A name and a birth date as one key: as typed with another width, case or spacing it is the same. */
export const namedDigest = (name: string, birthDate: LocalDate): string =>
  createHash('sha256')
    .update(JSON.stringify([name.normalize('NFKC').toLowerCase().replaceAll(/[\s·]/g, ''), birthDate]))
    .digest('base64url');

/** Who of a name and birth date is on record, in place of what was read; nothing of it stays where that is nobody. */
export function namedWrite(digest: string, before: NamedItem | undefined, people: string[]): DraftItem {
  const Key = keys.named(digest);
  const unchanged = before
    ? {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before.version },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  if (people.length === 0) return { Delete: { Key, ...unchanged } };
  const item: NamedItem = { kind: 'named', people, version: (before?.version ?? 0) + 1 };
  return { Put: { Item: { ...Key, ...item }, ...unchanged } };
}

/** The items a new person starts with; each must not exist. */
export function newPersonItems(person: {
  personId: string;
  phone?: string;
  /** Of somebody without a phone: see namedDigest. */
  named?: string;
  language: Language;
  now: Instant;
  name?: string;
  tellAgain?: AgainWish;
  callWish?: AgainWish;
  callSites?: string[];
  facts?: Partial<EligibilityFacts>;
  /** Written beside it. */
  secondFact?: true;
  mutedTemplates?: ProfileItem['mutedTemplates'];
}): DraftItem[] {
  const profile: ProfileItem = {
    kind: 'profile',
    personId: person.personId,
    ...(person.phone && { phone: person.phone }),
    ...(person.named && { named: person.named }),
    language: person.language,
    ...(person.name && { name: person.name }),
    ...(person.facts?.birthDate && { birthDate: person.facts.birthDate }),
    ...(person.facts?.sex && { sex: person.facts.sex }),
    ...(person.facts?.weightKg && { weightKg: person.facts.weightKg }),
    wantsExtendedAge: person.facts?.wantsExtendedAge ?? false,
    mutedTemplates: person.mutedTemplates ?? [],
    ...(person.tellAgain && { tellAgain: person.tellAgain }),
    ...(person.callWish && { callWish: person.callWish }),
    ...(person.callSites && { callSites: person.callSites }),
    ...(person.secondFact && { secondFact: true }),
    createdAt: person.now,
    seenAt: person.now,
    accepted: [],
    version: 1,
  };
  const lock: Lock = {
    personId: person.personId,
    status: 'active',
    commitments: [],
    facts: { donations: [], repeatDonor: false, reactionRecorded: false, wantsExtendedAge: false, ...person.facts },
    version: 1,
  };
  const phone: PhoneItem = { kind: 'phone', personId: person.personId };
  const absent = 'attribute_not_exists(pk)';
  return [
    { Put: { Item: { ...keys.profile(person.personId), ...profile }, ConditionExpression: absent } },
    { Put: { Item: { ...keys.lock(person.personId), ...packLock(lock) }, ConditionExpression: absent } },
    ...(person.phone
      ? [{ Put: { Item: { ...keys.phone(person.phone, person.personId), ...phone }, ConditionExpression: absent } }]
      : []),
  ];
}

/**
 * Links a token's subject to a person whatever device it comes from: for the local deployment's seeded people and tokens, and
 * for tests. Nothing that is deployed makes such a link.
 */
export function directLink(subject: { iss: string; sub: string }, personId: string): DraftItem[] {
  const digest = subjectDigest(subject);
  return [
    subjectWrite(digest, undefined, { kind: 'subject', personId, devices: [], version: 1 }),
    linkedItem(personId, digest),
  ];
}

/** Written with each link of a subject to a person. */
export function linkedItem(personId: string, subject: string): DraftItem {
  const item: LinkedItem = { kind: 'linked', personId, subject };
  return { Put: { Item: { ...keys.linked(personId, subject), ...item } } };
}

/** As many links are remembered as this, which bounds memory. */
const MEMORY = 10_000;
/** A link is remembered for so long: one that was cut or went idle elsewhere is noticed within this time. */
const MEMORY_MS = 5 * 60_000;

/** Whom a call means, and when this device was last noted to be theirs. */
export type Caller = { readonly personId: string; readonly seenAt?: Instant };

export type People = ReturnType<typeof createPeople>;

export function createPeople(store: Store) {
  const known = new Map<string, { caller: Caller; readAt: number }>();

  const linkIn = (item: SubjectItem | undefined, device: string | undefined, now: Instant): Caller | undefined => {
    if (device === undefined) return item?.personId === undefined ? undefined : { personId: item.personId };
    const found = item?.devices.find((it) => it.device === device);
    return found && !isIdle(found.seenAt, now) ? { personId: found.personId, seenAt: found.seenAt } : undefined;
  };

  const found = async (personIds: readonly string[]): Promise<ProfileItem[]> => {
    const profiles = await store.batchGet(personIds.map(keys.profile), { consistent: true });
    return (profiles as (ProfileItem | undefined)[]).filter((it) => it !== undefined);
  };

  return {
    /**
     * The person that a subject means on this device; undefined before somebody said there who they are, and after it was
     * idle for long. One item answers, whatever the device, and is remembered for a while.
     */
    async linkOf(
      subject: { iss: string; sub: string },
      from: { device?: string | undefined; now: Instant },
    ): Promise<Caller | undefined> {
      const digest = subjectDigest(subject);
      const device = from.device === undefined ? undefined : deviceDigest(from.device);
      const id = JSON.stringify([digest, device]);
      const at = Date.parse(from.now);
      const remembered = known.get(id);
      const isFresh = remembered && at - remembered.readAt < MEMORY_MS;
      if (isFresh && !isIdle(remembered.caller.seenAt ?? from.now, from.now)) return remembered.caller;
      const key = keys.subject(digest);
      // Somebody who has just signed in may be seen a moment late; that moment is not waited out.
      const found =
        linkIn(await store.get<SubjectItem>(key), device, from.now) ??
        linkIn(await store.get<SubjectItem>(key, { consistent: true }), device, from.now);
      if (!found) {
        known.delete(id);
        return undefined;
      }
      if (known.size >= MEMORY) known.clear();
      known.set(id, { caller: found, readAt: at });
      return found;
    },

    /** The person of a direct link, as the local deployment's tokens and tests have one. */
    async bySubject(subject: { iss: string; sub: string }): Promise<string | undefined> {
      const item = await store.get<SubjectItem>(keys.subject(subjectDigest(subject)), { consistent: true });
      return item?.personId;
    },

    /** Read at each request that needs them, so that a revoked role ends at once. */
    async roles(personId: string): Promise<RoleItem[]> {
      const { items } = await store.query<RoleItem>({ ...partitions.held(personId), consistent: true });
      return items;
    },

    /**
     * The same, and in which browsers they have shown their second factor: in one read, as they stand side by side, so that either ends
     * at once when it is taken.
     */
    async standing(personId: string): Promise<{ roles: RoleItem[]; sessions: FactorSessionItem[] }> {
      const { items } = await store.query<RoleItem | FactorSessionItem>({
        pk: partitions.roles(personId),
        consistent: true,
      });
      return {
        roles: items.filter((it) => it.kind === 'role'),
        sessions: items.filter((it) => it.kind === 'factor-session'),
      };
    },

    async profile(personId: string): Promise<ProfileItem | undefined> {
      return await store.get<ProfileItem>(keys.profile(personId), { consistent: true });
    },

    /** Everybody with a number, as their profiles stand. */
    async withPhone(phone: string): Promise<ProfileItem[]> {
      const { items } = await store.query<PhoneItem>({ pk: partitions.phones(phone), consistent: true });
      return await found(items.map(({ personId }) => personId));
    },

    /** Everybody without a phone of a name and birth date. */
    async withName(name: string, birthDate: LocalDate): Promise<ProfileItem[]> {
      const item = await store.get<NamedItem>(keys.named(namedDigest(name, birthDate)), { consistent: true });
      return await found(item?.people ?? []);
    },

    async lock(personId: string): Promise<Lock | undefined> {
      const item = await store.get<LockItem>(keys.lock(personId), { consistent: true });
      return item && unpackLock(item);
    },

    /** Profiles in the order asked for. */
    async profiles(personIds: readonly string[]): Promise<(ProfileItem | undefined)[]> {
      return (await store.batchGet(personIds.map(keys.profile))) as (ProfileItem | undefined)[];
    },

    /**
     * The person of a local deployment's token: with a direct link, which no sign-in makes. Whoever signed in with the number in a
     * browser, the last of them, is who its tokens mean; otherwise a person is made.
     */
    async ensurePerson(input: {
      iss: string;
      sub: string;
      phone: string;
      language: Language;
      now: Instant;
      newId: () => string;
      /** What the new person's profile begins with. */
      name?: string;
      facts?: Partial<EligibilityFacts>;
    }): Promise<string> {
      const subject = subjectDigest(input);
      const before = await store.get<SubjectItem>(keys.subject(subject), { consistent: true });
      if (before?.personId) return before.personId;
      const inBrowser = before?.devices.at(-1)?.personId;
      const personId = inBrowser ?? `p${input.newId()}`;
      const result = await store.transact(
        before && inBrowser
          ? [subjectWrite(subject, before, { ...before, personId })]
          : [...directLink(input, personId), ...newPersonItems({ ...input, personId })],
      );
      if (result.ok) return personId;
      // Two at once: the other one won.
      const winner = await store.get<SubjectItem>(keys.subject(subjectDigest(input)), { consistent: true });
      if (winner?.personId) return winner.personId;
      throw new BusyError('the first sign-in met another write');
    },
  };
}
