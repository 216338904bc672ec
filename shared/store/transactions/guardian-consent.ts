import {
  askedLately,
  GUARDIAN_TRANSITIONS,
  type GuardianStep,
  hasConsent,
  isUnderAge,
  MOST_ASKED_A_DAY,
  MOST_TO_A_NUMBER_A_DAY,
  mayStep,
  withConsent,
} from '../../domain/guardian.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { maskName } from '../../domain/mask-name.ts';
import { dialled } from '../../domain/phone.ts';
import type { GuardianRelation, LocalDate } from '../../domain/vocabulary.ts';
import { GUARDIAN_WORDING } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import { createGuardians, guardianCodeWrite, guardianWrite } from '../guardians.ts';
import type { EventItem, GuardianItem, LockItem, ProfileItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { type Lock, unpackLock } from '../lock.ts';
import { boundTo, newMessage } from '../messages.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createTries } from '../tries.ts';
import { activeCheck } from './check-in.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { factsWrite } from './redecide.ts';

export type GuardianAnswer =
  | { readonly kind: 'done'; readonly item: GuardianItem }
  /** Whoever is of age, or has not said how old they are, needs nobody's consent, or cannot be told to. */
  | { readonly kind: 'of-age' | 'no-birth-date' | 'no-name' }
  /** The number is the person's own: whoever answers there could be themselves. */
  | { readonly kind: 'own-number' }
  | { readonly kind: 'asked-enough' }
  | { readonly kind: 'wrong-state'; readonly item: GuardianItem }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/** What a guardian says themselves. */
export type Said = Extract<GuardianStep, 'give' | 'refuse' | 'withdraw'>;
type Who = {
  readonly personId: string;
  readonly event: Pick<EventItem, 'organisationId' | 'organisation' | 'zone' | 'contactPhone'>;
};
type Guardian = { readonly guardian: string; readonly relation: GuardianRelation };

/**
 * Texts somebody's guardian that they are asked. Asked again, also at another number, what was texted before opens nothing any
 * more. The text goes to the guardian alone: its link is their word.
 */
export async function askGuardian(
  deps: EngineDeps,
  input: Who &
    Guardian & {
      readonly phone: string;
      readonly code: string;
      /** The page that a guardian answers on, without the code. */
      readonly page: string;
      readonly idempotency: Idempotency;
    },
): Promise<GuardianAnswer> {
  return await withRetries<GuardianAnswer>(async () => {
    const seen = await look(deps, input, input.idempotency);
    if ('kind' in seen) return seen;
    const { before, profile, lock } = seen;
    const now = nowOf(deps);
    const under = underAgeOf(lock, localDateOf(now, input.event.zone));
    if (under !== 'under-age') return { kind: under };
    if (!profile.name) return { kind: 'no-name' };
    if (profile.phone === input.phone) return { kind: 'own-number' };
    if (before && !mayStep('ask', before.status)) return { kind: 'wrong-state', item: before };
    const asked = askedLately(before?.asked ?? [], now);
    const counted = await createTries(deps).oneMore(keys.guardianTries(input.phone), MOST_TO_A_NUMBER_A_DAY);
    if (asked.length >= MOST_ASKED_A_DAY || !counted) return { kind: 'asked-enough' };
    const { signedOn: _, notedBy: __, saidAt: ___, wording: ____, ...kept } = before ?? ({} as Partial<GuardianItem>);
    const item: GuardianItem = {
      ...kept,
      ...whose(input),
      status: GUARDIAN_TRANSITIONS.ask.to,
      phone: input.phone,
      code: input.code,
      asked: [...asked, now],
      accepted: accept(before?.accepted ?? [], input.idempotency),
      version: (before?.version ?? 0) + 1,
    };
    const message = newMessage({
      personId: input.personId,
      template: 'guardian-asked',
      subject: item.organisationId,
      version: item.version,
      scope: item.organisationId,
      zone: item.zone,
      // Whoever has the number, should it be the wrong one, is not told who somebody is.
      params: {
        who: maskName(profile.name),
        place: item.organisation,
        phone: dialled(input.event.contactPhone),
        link: input.page + input.code,
      },
      to: input.phone,
      // One that was asked anew meanwhile opens nothing.
      bound: boundTo(keys.guardian(item.personId, item.organisationId), item.version),
      now,
    });
    const result = await deps.store.transact([
      guardianWrite(item, before),
      guardianCodeWrite(input.code, item),
      ...(before?.code ? [{ Delete: { Key: keys.guardianCode(before.code) } }] : []),
      messageWrite(message),
      counted,
      activeCheck(input.personId),
    ]);
    return result.ok ? { kind: 'done', item } : AGAIN;
  }, deps);
}

/**
 * What a guardian says who was texted: who gave a consent may take it back, and the other way round. With it, in one transaction,
 * stands what the person may sign up for; what they had signed up for and no longer may is released.
 */
export async function answerGuardian(
  deps: EngineDeps,
  input: {
    readonly code: string;
    readonly step: Said;
    readonly idempotency: Idempotency;
  },
): Promise<GuardianAnswer> {
  const guardians = createGuardians(deps.store);
  return await withRetries<GuardianAnswer>(async () => {
    const found = await guardians.byCode(input.code);
    if (!found) return { kind: 'not-found' };
    const known = wasAccepted(found.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', item: found } : { kind: 'key-reused' };
    if (found.status === GUARDIAN_TRANSITIONS[input.step].to) return { kind: 'done', item: found };
    if (!mayStep(input.step, found.status)) return { kind: 'wrong-state', item: found };
    return await said(deps, found, input.step, input);
  }, deps);
}

/** Notes a consent that an organiser has on paper: it counts as much. */
export async function noteGuardian(
  deps: EngineDeps,
  input: Who &
    Guardian & {
      readonly phone?: string | undefined;
      readonly signedOn: LocalDate;
      readonly by: string;
      readonly audit: DraftItem;
      readonly idempotency: Idempotency;
    },
): Promise<GuardianAnswer> {
  return await withRetries<GuardianAnswer>(async () => {
    const seen = await look(deps, input, input.idempotency);
    if ('kind' in seen) return seen;
    const { before, profile, lock } = seen;
    const under = underAgeOf(lock, localDateOf(nowOf(deps), input.event.zone));
    if (under !== 'under-age') return { kind: under };
    if (input.phone !== undefined && profile.phone === input.phone) return { kind: 'own-number' };
    if (before && !mayStep('note', before.status)) return { kind: 'wrong-state', item: before };
    const theirs = reachedBefore(input, before);
    const item: GuardianItem = {
      ...whose(input),
      status: GUARDIAN_TRANSITIONS.note.to,
      ...theirs,
      ...(input.phone && { phone: input.phone }),
      asked: before?.asked ?? [],
      saidAt: nowOf(deps),
      wording: GUARDIAN_WORDING,
      signedOn: input.signedOn,
      notedBy: input.by,
      accepted: accept(before?.accepted ?? [], input.idempotency),
      version: (before?.version ?? 0) + 1,
    };
    const result = await deps.store.transact([
      guardianWrite(item, before),
      ...(before?.code && !theirs.code ? [{ Delete: { Key: keys.guardianCode(before.code) } }] : []),
      ...(await factsWrite(deps, lock, withConsent(lock.facts, item.organisationId, true))),
      ...(hasConsent(lock.facts, item.organisationId) ? [activeCheck(input.personId)] : []),
      input.audit,
    ]);
    return result.ok ? { kind: 'done', item } : AGAIN;
  }, deps);
}

/** Notes that a guardian has told the organisation that they no longer agree. */
export async function withdrawGuardian(
  deps: EngineDeps,
  input: Who & { readonly audit: DraftItem; readonly idempotency: Idempotency },
): Promise<GuardianAnswer> {
  return await withRetries<GuardianAnswer>(async () => {
    const before = await createGuardians(deps.store).get(input.personId, input.event.organisationId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', item: before } : { kind: 'key-reused' };
    if (!mayStep('withdraw', before.status)) return { kind: 'wrong-state', item: before };
    return await said(deps, before, 'withdraw', { ...input, also: [input.audit] });
  }, deps);
}

type Seen = { readonly before: GuardianItem | undefined; readonly profile: ProfileItem; readonly lock: Lock };

/** What is known of somebody and their guardian, or the answer that ends the call. */
async function look(deps: EngineDeps, { personId, event }: Who, idem: Idempotency): Promise<Seen | GuardianAnswer> {
  const before = await createGuardians(deps.store).get(personId, event.organisationId);
  const known = before && wasAccepted(before.accepted, idem);
  if (before && known) return known === 'same' ? { kind: 'done', item: before } : { kind: 'key-reused' };
  const [profile, lock] = (await deps.store.batchGet([keys.profile(personId), keys.lock(personId)], {
    consistent: true,
  })) as [ProfileItem | undefined, LockItem | undefined];
  if (!profile || lock?.status !== 'active') return { kind: 'not-found' };
  return { before, profile, lock: unpackLock(lock) };
}

/** What a guardian was texted stays theirs, who now has signed a paper; it opens nothing any more if another has, or is elsewhere. */
const reachedBefore = (
  { guardian, phone }: { readonly guardian: string; readonly phone?: string | undefined },
  before: GuardianItem | undefined,
): Pick<GuardianItem, 'phone' | 'code'> =>
  before?.guardian === guardian && (phone === undefined || phone === before.phone)
    ? { ...(before.phone && { phone: before.phone }), ...(before.code && { code: before.code }) }
    : {};

const underAgeOf = ({ facts: { birthDate } }: Lock, today: LocalDate): 'under-age' | 'of-age' | 'no-birth-date' =>
  birthDate === undefined ? 'no-birth-date' : isUnderAge(birthDate, today) ? 'under-age' : 'of-age';

const whose = ({ personId, event: { organisationId, organisation, zone }, guardian, relation }: Who & Guardian) => ({
  kind: 'guardian' as const,
  personId,
  organisationId,
  organisation,
  zone,
  guardian,
  relation,
});

async function said(
  deps: EngineDeps,
  before: GuardianItem,
  step: Said,
  { idempotency, also = [] }: { idempotency: Idempotency; also?: readonly DraftItem[] },
): Promise<GuardianAnswer | typeof AGAIN> {
  const lockItem = await deps.store.get<LockItem>(keys.lock(before.personId), { consistent: true });
  if (lockItem?.status !== 'active') return { kind: 'not-found' };
  const lock = unpackLock(lockItem);
  const now = nowOf(deps);
  // What they give by their link now rests on no paper.
  const { signedOn: _, notedBy: __, ...texted } = before;
  const item: GuardianItem = {
    ...(step === 'give' ? texted : before),
    status: GUARDIAN_TRANSITIONS[step].to,
    saidAt: now,
    wording: GUARDIAN_WORDING,
    accepted: accept(before.accepted, idempotency),
    version: before.version + 1,
  };
  const written = await factsWrite(deps, lock, withConsent(lock.facts, item.organisationId, step === 'give'));
  const told = newMessage({
    personId: before.personId,
    template: 'guardian-agreed',
    subject: before.organisationId,
    version: item.version,
    scope: before.organisationId,
    zone: before.zone,
    params: { place: before.organisation },
    now,
  });
  const result = await deps.store.transact([
    guardianWrite(item, before),
    ...(written.length > 0 ? written : [activeCheck(before.personId)]),
    ...(step === 'give' ? [messageWrite(told)] : []),
    ...also,
  ]);
  return result.ok ? { kind: 'done', item } : AGAIN;
}

const messageWrite = (message: ReturnType<typeof newMessage>): DraftItem => ({
  Put: {
    Item: { ...message, ...keys.message(message.personId, message.messageId) },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
