import { correctDonation as correctFacts, volumeAllowed } from '../../domain/eligibility.ts';
import type { PolicyPack } from '../../domain/policy-pack.ts';
import type { PastDonation } from '../../domain/refusal.ts';
import { UNIT_SETTINGS } from '../../domain/unit-settings.ts';
import { collectedComponent } from '../../domain/unit-stages.ts';
import type { Procedure } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import { type Chain, createDonations } from '../donations.ts';
import type {
  CorrectedFacts,
  CorrectionItem,
  DinItem,
  DonationItem,
  LockItem,
  Reaction,
  SiteItem,
  UnitItem,
} from '../items/index.ts';
import { indexes, keys, partitions } from '../keys.ts';
import { type Lock, unpackLock } from '../lock.ts';
import { presentId } from '../merge/merges.ts';
import { createReactions, reactionWrite } from '../reactions.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { stepItem, unitWrite } from '../units.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { expiryBySetting } from './move-unit.ts';
import { factsWrite } from './redecide.ts';

/** What was wrong: what was drawn, the number (`din` is its stored form), or that anything was given at all. */
export type CorrectionInput =
  | {
      readonly kind: 'drawn';
      readonly procedure: Procedure;
      readonly volumeMl: number;
      readonly platelets?: 1 | 2 | undefined;
    }
  | { readonly kind: 'din'; readonly newDin: string }
  /** Absent: there was none. */
  | { readonly kind: 'reaction'; readonly reaction?: Reaction | undefined }
  | { readonly kind: 'not-given' };

export type CorrectAnswer =
  | { readonly kind: 'done'; readonly din: string; readonly withdrawn: boolean }
  /**
   * The blood has gone further than this correction may follow: what a hospital has, or what was made of it, is put right first. Or
   * the donation was taken back already.
   */
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'din-taken' | 'volume-not-allowed' | 'nothing-changed' | 'not-found' | 'key-reused' };

type Act = { din: string; reason: string; by: string; auditId: string; idempotency: Idempotency };

/**
 * Puts a completed donation right, in one transaction: the correction, which is a record of its own and keeps what was said before, with
 * the reason; and with it everything that follows from the donation: its number's entry, the donor's own record and what it proves, its
 * bag, the facts that intervals rest on, and each booking that they now refuse. A number once recorded is never free again.
 */
export async function correctDonation(
  deps: EngineDeps,
  site: SiteItem,
  input: CorrectionInput & Act,
): Promise<CorrectAnswer> {
  return await withRetries<CorrectAnswer>(async () => {
    const chain = await createDonations(deps.store).chain(input.din);
    if (!chain) return { kind: 'not-found' };
    const own = chain.corrections.find(({ correctionId }) => correctionId === idOf(input.idempotency));
    const known = own && wasAccepted(own.accepted, input.idempotency);
    if (known) return known === 'same' ? answerOf(own) : { kind: 'key-reused' };
    if (chain.din.withdrawn || chain.din.historical) return { kind: 'wrong-state' };
    const { personId, date } = chain.din;
    const pack = deps.packOf({ pack: site.pack, date });
    const [lock, record] = (await deps.store.batchGet([keys.lock(personId), keys.donation(personId, date, input.din)], {
      consistent: true,
    })) as [LockItem | undefined, DonationItem | undefined];
    if (!pack || !lock || !record) return { kind: 'not-found' };
    // On its way to another record of the same person, whose rules it will change: a moment later it is there.
    if (lock.status === 'inactive' && (await presentId(deps.store, personId)) !== personId) return AGAIN;
    const ready = { chain, pack, lock: unpackLock(lock), record, site, input };
    switch (input.kind) {
      case 'drawn':
        return await correctDrawn(deps, ready, input);
      case 'reaction':
        return await correctReaction(deps, ready, input.reaction);
      case 'din':
        return await correctNumber(deps, ready, input.newDin);
      default:
        return await withdraw(deps, ready);
    }
  }, deps);
}

type Ready = {
  readonly chain: Chain;
  readonly pack: PolicyPack;
  readonly lock: Lock;
  readonly record: DonationItem;
  readonly site: SiteItem;
  readonly input: Act;
};

const factsOf = ({ din, procedure, volumeMl, platelets }: DinItem): CorrectedFacts => ({
  din,
  procedure,
  volumeMl,
  ...(platelets && { platelets }),
});
const given = ({ date, procedure, volumeMl, platelets }: PastDonation): PastDonation => ({
  date,
  procedure,
  volumeMl,
  ...(platelets && { platelets }),
});

/** The first bag, while it is all there is and nobody has done anything with it but put it aside. */
function untouched({ units }: Chain): UnitItem | undefined {
  const [root] = units;
  return units.length === 1 && root && (root.stage === 'collected' || root.stage === 'quarantined') ? root : undefined;
}

async function correctDrawn(
  deps: EngineDeps,
  ready: Ready,
  { procedure, volumeMl, platelets }: Extract<CorrectionInput, { kind: 'drawn' }>,
): Promise<CorrectAnswer | typeof AGAIN> {
  const { chain, pack, lock, record, site } = ready;
  const { din } = chain;
  const now: PastDonation = { date: din.date, procedure, volumeMl, ...(platelets && { platelets }) };
  if (!volumeAllowed(pack, now)) return { kind: 'volume-not-allowed' };
  if (JSON.stringify(given(din)) === JSON.stringify(now)) return { kind: 'nothing-changed' };
  // Another procedure makes another bag: only while nothing was made of it.
  const root = procedure === din.procedure ? undefined : untouched(chain);
  if (procedure !== din.procedure && !root) return { kind: 'wrong-state' };
  const at = nowOf(deps);
  const { platelets: _, ...kept } = din;
  const after: DinItem = {
    ...kept,
    procedure,
    volumeMl,
    ...(platelets && { platelets }),
    corrected: (din.corrected ?? 0) + 1,
  };
  const set = { procedure, volumeMl, ...(platelets && { platelets }) };
  const component = collectedComponent(procedure);
  const bag = root && {
    ...root,
    component,
    ...expiryBySetting(site.units ?? UNIT_SETTINGS, component, din),
    changedAt: at,
    version: root.version + 1,
  };
  return await write(deps, ready, {
    now: factsOf(after),
    items: [
      dinWrite(din, after),
      drawnUpdate(keys.donation(din.personId, din.date, din.din), set, record),
      ...(record.proof ? [drawnUpdate(keys.proof(record.proof), set)] : []),
      ...(root && bag
        ? [unitWrite(root, bag, 'quarantine', [root.stage]), stepItem(bag, noteOf(root, 'correct', ready.input))]
        : []),
      ...(await factsWrite(deps, lock, correctFacts(pack, lock.facts, { was: given(din), now, isFirst: false }))),
    ],
  });
}

/** The same kinds, grade and note, in whatever order they were kept. */
const isSaid = (a: Reaction | undefined, b: Reaction | undefined): boolean =>
  a?.grade === b?.grade && a?.note === b?.note && a?.kinds.toSorted().join() === b?.kinds.toSorted().join();

/** How the donor took it: of what follows from that for their age, every donation of theirs is asked. */
async function correctReaction(
  deps: EngineDeps,
  ready: Ready,
  reaction: Reaction | undefined,
): Promise<CorrectAnswer | typeof AGAIN> {
  const { chain, lock, record, input } = ready;
  const { din } = chain;
  const last = await createReactions(deps.store).last(din.din);
  if (isSaid(last?.reaction, reaction) && record.reaction === (reaction !== undefined)) {
    return { kind: 'nothing-changed' };
  }
  const others = await deps.store.query<DonationItem>({ pk: partitions.donations(din.personId), consistent: true });
  const elsewhere = others.items.some((other) => other.din !== din.din && other.reaction);
  const facts = { ...lock.facts, reactionRecorded: reaction !== undefined || elsewhere };
  const { ConditionExpression, ExpressionAttributeValues = {} } = sameProof(record);
  return await write(deps, ready, {
    now: factsOf(din),
    reaction: true,
    items: [
      dinWrite(din, { ...din, corrected: (din.corrected ?? 0) + 1 }),
      {
        Update: {
          Key: keys.donation(din.personId, din.date, din.din),
          UpdateExpression: 'SET reaction = :reaction',
          ConditionExpression,
          ExpressionAttributeValues: { ...ExpressionAttributeValues, ':reaction': reaction !== undefined },
        },
      },
      reactionWrite({
        din: din.din,
        n: (last?.n ?? 0) + 1,
        ...(reaction && { reaction }),
        by: input.by,
        at: nowOf(deps),
      }),
      ...(await factsWrite(deps, lock, facts)),
    ],
  });
}

async function correctNumber(deps: EngineDeps, ready: Ready, newDin: string): Promise<CorrectAnswer | typeof AGAIN> {
  const { chain, record } = ready;
  const { din } = chain;
  if (newDin === din.din) return { kind: 'nothing-changed' };
  const root = untouched(chain);
  if (!root) return { kind: 'wrong-state' };
  if (await createDonations(deps.store).byDin(newDin)) return { kind: 'din-taken' };
  const reaction = await createReactions(deps.store).last(din.din);
  const at = nowOf(deps);
  const corrected = (din.corrected ?? 0) + 1;
  const moved: DinItem = {
    ...din,
    din: newDin,
    corrected,
    gsi1sk: indexes.donatedSort(din.collectedAt, newDin),
  };
  const bag: UnitItem = { ...root, din: newDin, changedAt: at, accepted: [], version: 1 };
  const absent = 'attribute_not_exists(pk)';
  return await write(deps, ready, {
    now: factsOf(moved),
    items: [
      dinWrite(din, { ...din, withdrawn: true, corrected }),
      { Put: { Item: { ...moved, ...keys.din(newDin) }, ConditionExpression: absent } },
      ...donationMoves(din, record, newDin),
      ...discarded(root, at, ready.input),
      { Put: { Item: { ...bag, ...keys.unit(newDin, bag.unitId) }, ConditionExpression: absent } },
      stepItem(bag, { action: 'collect', by: ready.input.by, note: ready.input.reason }),
      // How the donor took it goes along with the number that it really has.
      ...(reaction?.reaction ? [reactionWrite({ ...reaction, din: newDin, n: 1 })] : []),
      ...(din.bookingId ? [bookingUpdate(din.bookingId, din.din, newDin)] : []),
    ],
  });
}

async function withdraw(deps: EngineDeps, ready: Ready): Promise<CorrectAnswer | typeof AGAIN> {
  const { chain, pack, lock, record } = ready;
  const { din, units } = chain;
  // What a hospital has, or a patient has had, was given by somebody: that is put right first.
  if (units.some(({ stage }) => stage === 'issued' || stage === 'used') || units.length > MOST_UNITS) {
    return { kind: 'wrong-state' };
  }
  const booking = din.bookingId ? await createBookings(deps.store).get(din.bookingId) : undefined;
  const records = await deps.store.query<DonationItem>({
    pk: partitions.donations(din.personId),
    limit: 2,
    consistent: true,
  });
  const isFirst = booking?.firstTime === true && records.items.length === 1;
  const at = nowOf(deps);
  const left = units.filter(({ stage }) => stage !== 'discarded' && stage !== 'processed');
  return await write(deps, ready, {
    now: undefined,
    items: [
      dinWrite(din, { ...din, withdrawn: true, corrected: (din.corrected ?? 0) + 1 }),
      { Delete: { Key: keys.donation(din.personId, din.date, din.din), ...sameProof(record) } },
      ...(record.proof ? [{ Delete: { Key: keys.proof(record.proof) } } satisfies DraftItem] : []),
      ...left.flatMap((unit) => discarded(unit, at, ready.input)),
      ...(await factsWrite(deps, lock, correctFacts(pack, lock.facts, { was: given(din), isFirst }))),
    ],
  });
}
/** As many as one transaction takes beside everything else in it. */
const MOST_UNITS = 30;

async function write(
  deps: EngineDeps,
  { chain: { din }, site, input }: Ready,
  { now, items, reaction }: { now: CorrectedFacts | undefined; items: readonly DraftItem[]; reaction?: true },
): Promise<CorrectAnswer | typeof AGAIN> {
  const at = nowOf(deps);
  const correction: CorrectionItem = {
    kind: 'correction',
    din: din.din,
    correctionId: idOf(input.idempotency),
    nth: (din.corrected ?? 0) + 1,
    at,
    by: input.by,
    reason: input.reason,
    was: factsOf(din),
    ...(now && { now }),
    ...(reaction && { reaction }),
    accepted: accept([], input.idempotency),
  };
  // The number that it has now tells of the one it had.
  const chains = [din.din, ...(now && now.din !== din.din ? [now.din] : [])];
  const result = await deps.store.transact([
    ...items,
    ...chains.map(
      (chain): DraftItem => ({
        Put: {
          Item: { ...keys.correction(chain, correction.correctionId), ...correction },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      }),
    ),
    {
      Put: auditItem({
        by: input.by,
        action: 'donation-corrected',
        scope: site.siteId,
        zone: site.zone,
        at,
        subjects: [din.personId],
        id: input.auditId,
        change: { din: din.din },
      }),
    },
  ]);
  return result.ok ? answerOf(correction) : AGAIN;
}

const answerOf = ({ din, now }: CorrectionItem): CorrectAnswer => ({
  kind: 'done',
  din: now?.din ?? din,
  withdrawn: now === undefined,
});

const idOf = ({ key }: Idempotency): string => key;

/** A number's entry after a correction, provided that no other has come between. */
const dinWrite = (before: DinItem, after: DinItem): DraftItem => ({
  Put: {
    Item: { ...after, ...keys.din(before.din) },
    ConditionExpression: [
      'personId = :personId',
      before.corrected === undefined ? 'attribute_not_exists(corrected)' : 'corrected = :corrected',
      ...(['held', 'recall'] as const).map(
        (name) => `${before[name] ? 'attribute_exists' : 'attribute_not_exists'}(${name})`,
      ),
    ].join(' AND '),
    ExpressionAttributeValues: {
      ':personId': before.personId,
      ...(before.corrected !== undefined && { ':corrected': before.corrected }),
    },
  },
});

const sameProof = ({ proof }: DonationItem) =>
  proof
    ? { ConditionExpression: 'proof = :proof', ExpressionAttributeValues: { ':proof': proof } }
    : { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(proof)' };

/** What was drawn, in a donor's record or what proves it; all else of them stays, whoever else writes it. */
function drawnUpdate(
  key: ReturnType<typeof keys.proof>,
  { platelets, ...drawn }: Omit<PastDonation, 'date'>,
  record?: DonationItem,
): DraftItem {
  const { ConditionExpression, ExpressionAttributeValues = {} } = record
    ? sameProof(record)
    : { ConditionExpression: 'attribute_exists(pk)' };
  return {
    Update: {
      Key: key,
      UpdateExpression: `SET #procedure = :procedure, volumeMl = :volumeMl${platelets ? ', platelets = :platelets' : ' REMOVE platelets'}`,
      ConditionExpression,
      ExpressionAttributeNames: { '#procedure': 'procedure' },
      ExpressionAttributeValues: {
        ...ExpressionAttributeValues,
        ':procedure': drawn.procedure,
        ':volumeMl': drawn.volumeMl,
        ...(platelets && { ':platelets': platelets }),
      },
    },
  };
}

/** A donor's record under the number that it really has, with what proves it. */
const donationMoves = ({ personId, date, din }: DinItem, record: DonationItem, newDin: string): DraftItem[] => [
  { Delete: { Key: keys.donation(personId, date, din), ...sameProof(record) } },
  {
    Put: {
      Item: { ...record, ...keys.donation(personId, date, newDin), din: newDin },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  },
  ...(record.proof
    ? [
        {
          Update: {
            Key: keys.proof(record.proof),
            UpdateExpression: 'SET din = :din',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':din': newDin },
          },
        } satisfies DraftItem,
      ]
    : []),
];

const noteOf = (unit: UnitItem, action: 'discard' | 'correct', { by, reason }: Act) => ({
  action,
  from: unit.stage,
  by,
  note: reason,
});

/** A bag that was never there, or goes by another number. */
function discarded(unit: UnitItem, now: string, act: Act): DraftItem[] {
  const after: UnitItem = { ...unit, stage: 'discarded', changedAt: now, version: unit.version + 1 };
  return [unitWrite(unit, after, 'discard'), stepItem(after, noteOf(unit, 'discard', act))];
}

/** The booking leads to the number that it really has. Nothing else of it changes, so neither does its version. */
const bookingUpdate = (bookingId: string, din: string, newDin: string): DraftItem => ({
  Update: {
    Key: keys.booking(bookingId),
    UpdateExpression: 'SET din = :new',
    ConditionExpression: 'din = :old',
    ExpressionAttributeValues: { ':new': newDin, ':old': din },
  },
});
