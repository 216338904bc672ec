import { countsToAward, minutesOf, sumOf, sumsBy } from '../../domain/hours.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { maskName } from '../../domain/mask-name.ts';
import { readCode } from '../../domain/proof-code.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { asRead } from '../as-read.ts';
import { bookWrite, type CountedRecord, certifiedBy, createHours, MOST_CERTIFICATES } from '../hours.ts';
import type { CertificateItem, CertifiedItem, OrganisationItem, ProfileItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { activeCheck, isActive } from './check-in.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type CertifyAnswer =
  | { readonly kind: 'done'; readonly certificate: CertificateItem }
  /** Nobody answers for the organisation's certificates yet; the person has no name; there is nothing to certify. */
  | { readonly kind: 'not-ready' | 'no-name' | 'nothing' | 'too-many' | 'wrong-state' | 'not-found' | 'key-reused' };

/** How many activities a certificate names; what else was done counts in its sums. */
const MOST_ACTIVITIES = 8;

/**
 * Certifies what an organisation has recorded of somebody between two dates, as its records stand: who records certifies. The
 * certificate rests on the person's hours, and on who answers for it, as both were read; it moves their book on, so that whatever
 * changes one of the records at the same time looks again and marks it.
 */
export async function certify(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'> & { newId: () => string },
  input: {
    readonly personId: string;
    readonly organisationId: string;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    /** Whether service for blood and stem-cell donation alone is certified. */
    readonly awardOnly: boolean;
    readonly certificateId: string;
    readonly idempotency: Idempotency;
  },
): Promise<CertifyAnswer> {
  const { personId, organisationId } = input;
  const hours = createHours(deps.store);
  const pointer = keys.certified(personId, input.certificateId);
  return await withRetries<CertifyAnswer>(async () => {
    const known = await deps.store.get<CertifiedItem>(pointer, { consistent: true });
    if (known) {
      if (wasAccepted(known.accepted, input.idempotency) !== 'same') return { kind: 'key-reused' };
      const certificate = await certifiedBy(deps.store, known.code);
      return certificate ? { kind: 'done', certificate } : { kind: 'not-found' };
    }
    if (!(await isActive(deps.store, personId))) return { kind: 'wrong-state' };
    const [of, settings, profile, organisation] = await Promise.all([
      hours.of(personId),
      hours.settings(organisationId),
      deps.store.get<ProfileItem>(keys.profile(personId), { consistent: true }),
      deps.store.get<OrganisationItem>(keys.organisation(organisationId)),
    ]);
    if (!organisation) return { kind: 'not-found' };
    const records = of.records.filter(
      (record) =>
        record.organisationId === organisationId &&
        minutesOf(record) > 0 &&
        (input.from === undefined || record.date >= input.from) &&
        (input.to === undefined || record.date <= input.to) &&
        (!input.awardOnly || countsToAward(record.category)),
    );
    const [first, last] = [records[0], records.at(-1)];
    if (!first || !last) return { kind: 'nothing' };
    const { responsible, handler, contact } = settings ?? {};
    if (!settings || !responsible || !handler || !contact) return { kind: 'not-ready' };
    if (!profile?.name) return { kind: 'no-name' };
    if (of.certified.length >= MOST_CERTIFICATES) return { kind: 'too-many' };
    const code = readCode(deps.newId());
    if (!code) throw new TypeError('ids are too short to be codes');
    const now = nowOf(deps);
    const issuedOn = localDateOf(now, last.zone);
    const certificate: CertificateItem = {
      kind: 'certificate',
      code,
      number: numberOf(issuedOn, code),
      personId,
      name: profile.name,
      maskedName: maskName(profile.name),
      volunteerNumber: of.number?.number ?? personId.toUpperCase(),
      numberOf: of.number ? 'platform' : 'nuanliu',
      organisationId,
      organisation: organisation.name,
      from: first.date,
      to: last.date,
      ...sumOf(records),
      categories: [...sumsBy(records, ({ category }) => category)].map(([category, { timed, byHand }]) => ({
        category,
        timed,
        byHand,
      })),
      activities: activitiesOf(records),
      responsible,
      handler,
      contact,
      issuedOn,
      madeAt: now,
      recordIds: records.map(({ recordId }) => recordId),
    };
    const own: CertifiedItem = { kind: 'certified', personId, code, accepted: accept([], input.idempotency) };
    const result = await deps.store.transact([
      { Put: { Item: { ...certificate, ...keys.certificate(code) }, ...asRead(undefined) } },
      { Put: { Item: { ...own, ...pointer }, ...asRead(undefined) } },
      bookWrite(personId, of.book),
      activeCheck(personId),
      { ConditionCheck: { Key: keys.hoursSettings(organisationId), ...asRead(settings) } },
    ]);
    return result.ok ? { kind: 'done', certificate } : AGAIN;
  }, deps);
}

/** As it is printed: ours, of a day, and unlike any other. */
const numberOf = (issuedOn: string, code: string): string =>
  `NL-${issuedOn.replaceAll('-', '')}-${code.slice(0, 8).toUpperCase()}`;

/** What was done, the most first. */
function activitiesOf(records: readonly CountedRecord[]): CertificateItem['activities'] {
  const titles = new Map(records.map(({ title }) => [title.zh, title]));
  return [...sumsBy(records, ({ title }) => title.zh)]
    .map(([zh, sum]) => ({ title: titles.get(zh) ?? { zh, en: zh }, minutes: minutesOf(sum), times: sum.count }))
    .toSorted((a, b) => b.minutes - a.minutes)
    .slice(0, MOST_ACTIVITIES);
}
