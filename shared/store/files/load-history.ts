import { applyDeferral, applyDonation } from '../../domain/eligibility.ts';
import type { FileRecord } from '../../domain/files/rows.ts';
import { toInstant } from '../../domain/local-time.ts';
import type { EligibilityFacts, PastDonation } from '../../domain/refusal.ts';
import type { Instant, LocalDate } from '../../domain/vocabulary.ts';
import type { DraftItem } from '../client.ts';
import { createHealthAnswers, removal } from '../health-answers.ts';
import type { DeferralItem, DinItem, DonationItem } from '../items/index.ts';
import { indexes, keys, partitions } from '../keys.ts';
import { type Lock, lockWrite } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { activeCheck } from '../transactions/check-in.ts';
import { nowOf } from '../transactions/deps.ts';
import { redecide } from '../transactions/redecide.ts';
import { claimOf, isOwnClaim } from './donor-document.ts';
import { foundGroup, saidGroup } from './donor-group.ts';
import { findDonor, newDonorItems, refItems } from './find-donor.ts';
import { isOwn, type RowContext, type RowDeps, type RowOutcome } from './row-deps.ts';

type Of<K extends FileRecord['kind']> = Extract<FileRecord, { kind: K }>;
const absent = 'attribute_not_exists(pk)';

/**
 * What a row adds to a donor: facts for the rules, where it has any, and records beside them. `isOwn`: this very row has added it
 * before, and what is written now is the rest.
 */
type Addition = { readonly facts?: EligibilityFacts; readonly items: readonly DraftItem[]; readonly isOwn?: boolean };
const NOTHING_KNOWN: EligibilityFacts = {
  donations: [],
  repeatDonor: false,
  reactionRecorded: false,
  wantsExtendedAge: false,
};

/** A donor from before opening. Of somebody who is known already only what nobody knew is added: a document, a group. */
export const loadDonor = async (deps: RowDeps, context: RowContext, { donor }: Of<'donors'>): Promise<RowOutcome> =>
  await addToDonor(deps, context, donor, async (lock, personId) => {
    const group = donor.group && (await saidGroup(deps, context, personId, donor.group));
    if (group && 'why' in group) return group;
    return { ...(!lock && { facts: NOTHING_KNOWN }), items: [], ...group };
  });

/**
 * A donation from before opening: counts for intervals, honours and the journey as one of the station's own, and is announced to
 * nobody. What its donor had declared of the same day themselves gives way to it.
 */
export async function loadDonation(deps: RowDeps, context: RowContext, row: Of<'donations'>): Promise<RowOutcome> {
  const { site, today } = context;
  const pack = deps.packOf({ pack: site.pack, date: today });
  if (!pack) throw new Error('the site has no rules');
  const given: PastDonation = {
    date: row.date,
    procedure: row.procedure,
    volumeMl: row.volumeMl,
    ...(row.platelets && { platelets: row.platelets }),
  };
  return await addToDonor(deps, context, row.donor, async (lock, personId) => {
    const before = await deps.store.get<DinItem>(keys.din(row.din), { consistent: true });
    if (before) {
      if (isOwn(before.loadedFrom, context)) return 'fresh';
      const same = lock && before.personId === lock.personId && isSame(before, given);
      if (!same) return { field: 'din', why: 'din-taken' };
      return row.donor.group ? await foundGroup(deps, context, before, row.donor.group) : { items: [] };
    }
    // Whoever has never given has not given that day.
    const { items: thatDay } = lock?.facts.repeatDonor
      ? await deps.store.query({ ...partitions.donationsOn(lock.personId, row.date), consistent: true, limit: 1 })
      : { items: [] };
    if (thatDay.length > 0) return { field: 'date', why: 'same-day' };
    const { elsewhere, ...facts } = lock?.facts ?? NOTHING_KNOWN;
    const others = elsewhere?.filter(({ date }) => date !== row.date);
    const replaced =
      others && others.length < (elsewhere?.length ?? 0) ? await declaredOn(deps, personId, row.date) : [];
    const applied = applyDonation(
      pack,
      { ...facts, ...(others && others.length > 0 && { elsewhere: others }) },
      given,
      row.reaction,
      today,
    );
    const made = donationItems(context, personId, row, given);
    const group = row.donor.group && (await foundGroup(deps, context, made.origin, row.donor.group));
    if (group && 'why' in group) return group;
    return { facts: applied, items: [...made.items, ...replaced, ...(group?.items ?? [])] };
  });
}

const isSame = (before: DinItem, { date, procedure, volumeMl }: PastDonation): boolean =>
  before.date === date && before.procedure === procedure && before.volumeMl === volumeMl;

async function declaredOn(deps: RowDeps, personId: string, date: LocalDate): Promise<DraftItem[]> {
  const all = await createHealthAnswers(deps.store).elsewhere(personId);
  return all
    .filter((it) => it.date === date)
    .map(({ declaredId, version }) => removal(keys.elsewhere(personId, declaredId), version));
}

/** Noon at the site: what a file says is the day. */
export function noonOf(date: LocalDate, zone: string): Instant {
  const noon = toInstant(`${date}T12:00`, zone);
  if (!noon.ok) throw new Error('no zone has ever left out a noon');
  return noon.instant;
}

function donationItems(
  { site, from, by }: RowContext,
  personId: string,
  { din, reaction }: Of<'donations'>,
  { date, ...drawn }: PastDonation,
): { readonly origin: DinItem; readonly items: DraftItem[] } {
  const collectedAt = noonOf(date, site.zone);
  const record: DonationItem = {
    kind: 'donation',
    din,
    personId,
    siteId: site.siteId,
    siteName: site.name,
    date,
    ...drawn,
    reaction,
    historical: true,
  };
  const origin: DinItem = {
    kind: 'din',
    din,
    personId,
    siteId: site.siteId,
    date,
    zone: site.zone,
    ...drawn,
    collectedAt,
    recordedBy: by,
    historical: true,
    loadedFrom: from,
    accepted: [],
    gsi1pk: indexes.donated(site.siteId, date),
    gsi1sk: indexes.donatedSort(collectedAt, din),
  };
  const items = [
    { Put: { Item: { ...keys.din(din), ...origin }, ConditionExpression: absent } },
    { Put: { Item: { ...keys.donation(personId, date, din), ...record }, ConditionExpression: absent } },
  ];
  return { origin, items };
}

/** A deferral from before opening: until when, or for ever; why stays with the station's own records. */
export async function loadDeferral(deps: RowDeps, context: RowContext, row: Of<'deferrals'>): Promise<RowOutcome> {
  const { until, procedure } = row;
  const wait = until === 'permanent' ? ({ permanent: true } as const) : { until, ...(procedure && { procedure }) };
  return await addToDonor(deps, context, row.donor, async (lock, personId) => {
    const key = keys.deferral(personId, ['loaded', until, procedure ?? 'all'].join('-'));
    const before = lock && (await deps.store.get<DeferralItem>(key, { consistent: true, table: 'private' }));
    if (before) return isOwn(before.loadedFrom, context) ? 'fresh' : 'known';
    const item: DeferralItem = {
      kind: 'deferral',
      personId,
      reason: 'loaded',
      ...(until === 'permanent' ? { permanent: true } : { until, permanent: false }),
      ...(procedure && { procedure }),
      siteId: context.site.siteId,
      loadedFrom: context.from,
      recordedBy: context.by,
      at: nowOf(deps),
    };
    return {
      facts: applyDeferral(lock?.facts ?? NOTHING_KNOWN, wait),
      items: [{ Put: { Item: { ...key, ...item }, ConditionExpression: absent, table: 'private' } }],
    };
  });
}

/**
 * Writes what a row adds to whom it means, in one transaction with the person themselves, should they be new, and with the release
 * of a live booking that no longer holds.
 */
async function addToDonor(
  deps: RowDeps,
  context: RowContext,
  donor: Of<'donors'>['donor'],
  add: (lock: Lock | undefined, personId: string) => Promise<Addition | RowOutcome>,
): Promise<RowOutcome> {
  const { site, numberedBy, from } = context;
  return await withRetries<RowOutcome>(async () => {
    const found = await findDonor(deps, numberedBy, donor);
    if ('why' in found) return found;
    const personId = found.kind === 'found' ? found.lock.personId : `p${deps.newId()}`;
    const lock = found.kind === 'found' ? found.lock : undefined;
    const added = await add(lock, personId);
    const { paper } = found;
    const claim = paper ? await claimOf(deps, context, paper, personId) : [];
    const refs = [...refItems(found.refs, { personId, siteId: numberedBy, from }), ...claim];
    if (typeof added === 'string' || 'why' in added) return added;
    const { facts } = added;
    if (!facts && lock) {
      const rest = [...refs, ...added.items];
      // A document or a group is something new, a reference by which somebody is known besides is not.
      const isNew =
        claim.length > 0 ||
        added.items.length > 0 ||
        added.isOwn === true ||
        (found.kind === 'found' && isOwn(found.from, context)) ||
        (paper !== undefined && (await isOwnClaim(deps, context, paper)));
      const outcome = isNew ? 'fresh' : 'known';
      if (!context.write || rest.length === 0) return outcome;
      return (await deps.store.transact([...rest, activeCheck(lock.personId)])).ok ? outcome : AGAIN;
    }
    if (!facts) throw new Error('of somebody new, everything is new');
    if (!lock) {
      const person = await newDonorItems(deps, donor, {
        personId,
        facts,
        language: site.pack === 'cn' ? 'zh' : 'en',
      });
      if (!person)
        return donor.name || donor.phone ? { why: 'donor-incomplete' } : { field: 'donorNo', why: 'donor-unknown' };
      if (!context.write) return 'fresh';
      return (await deps.store.transact([...person, ...refs, ...added.items])).ok ? 'fresh' : AGAIN;
    }
    if (!context.write) return 'fresh';
    const { keep, release } = await redecide(deps, lock, facts);
    const items = [lockWrite(lock, { facts, commitments: keep }), ...refs, ...added.items, ...release];
    return (await deps.store.transact(items)).ok ? 'fresh' : AGAIN;
  }, deps);
}
