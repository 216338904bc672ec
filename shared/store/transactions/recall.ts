import { createHash } from 'node:crypto';
import { UNIT_SETTINGS } from '../../domain/unit-settings.ts';
import { notYetIssued } from '../../domain/unit-stages.ts';
import type { RecallReason } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem } from '../client.ts';
import { createDonations } from '../donations.ts';
import type { RecallItem, RecallReasonItem, SiteItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { createRecalls, recallWrite } from '../recalls.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { quarantineItems, unitAsRead } from '../units.ts';
import { type EngineDeps, nowOf } from './deps.ts';

type Deps = Pick<EngineDeps, 'store' | 'clock' | 'random'>;

/** Units that one transaction can put aside, two items each, beside everything else in it. */
const AT_ONCE = 40;

export type RecallAnswer =
  | { readonly kind: 'done'; readonly recall: RecallItem }
  | { readonly kind: 'not-found' | 'wrong-state' | 'key-reused' };

/** From the key, so that a repeat meets what the first call made. Later dates sort later. */
const recallIdOf = ({ key }: Idempotency): string => `r${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;

/**
 * Calls a donation back, or all that its donor has given until now. The first transaction says which and why, and stops all of the
 * donation it began from; the job then stops the others one by one (`goOnRecalling`), and may be stopped itself and gone on with.
 */
export async function beginRecall(
  deps: Deps,
  input: {
    site: SiteItem;
    din: string;
    scope: RecallItem['scope'];
    reason: RecallReason;
    note?: string | undefined;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<RecallAnswer> {
  const { site, din, scope, by } = input;
  const recallId = recallIdOf(input.idempotency);
  const recalls = createRecalls(deps.store);
  return await withRetries<RecallAnswer>(async () => {
    const own = await recalls.get(site.siteId, recallId);
    const known = own && wasAccepted(own.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', recall: own } : { kind: 'key-reused' };
    const donation = await createDonations(deps.store).byDin(din);
    if (!donation) return { kind: 'not-found' };
    const all = scope === 'donor' ? await recalls.donationsOf(donation.personId) : [];
    const others = all.map((each) => each.din).filter((each) => each !== din);
    const now = nowOf(deps);
    const { recall, write } = recallWrite(
      {
        kind: 'recall',
        recallId,
        siteId: site.siteId,
        zone: site.zone,
        din,
        scope,
        dins: [din, ...others],
        passed: 0,
        status: 'running',
        told: [],
        by,
        at: now,
        accepted: accept([], input.idempotency),
      },
      undefined,
    );
    const reason: RecallReasonItem = {
      kind: 'recall-reason',
      recallId,
      siteId: site.siteId,
      reason: input.reason,
      ...(input.note && { note: input.note }),
    };
    const result = await deps.store.transact([
      write,
      {
        Put: {
          table: 'private',
          Item: { ...keys.recallReason(site.siteId, recallId), ...reason },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      {
        Put: auditItem({
          by,
          action: 'recall-begun',
          scope: site.siteId,
          zone: site.zone,
          at: now,
          subjects: [donation.personId],
          id: input.auditId,
          change: { recallId, donations: recall.dins.length },
        }),
      },
    ]);
    return result.ok ? { kind: 'done', recall } : AGAIN;
  }, deps);
}

/**
 * Takes a recall, or the lifting of one, as far as it goes before `until`: a donation is stopped, or let go, in its own transactions,
 * and how far it has come is noted after each, so that whoever goes on does nothing twice and leaves nothing out.
 */
export async function goOnRecalling(
  deps: Deps,
  { siteId, recallId }: Pick<RecallItem, 'siteId' | 'recallId'>,
  until = Number.POSITIVE_INFINITY,
): Promise<RecallItem | undefined> {
  const recalls = createRecalls(deps.store);
  for (;;) {
    const recall = await recalls.get(siteId, recallId);
    if (!recall || (recall.status !== 'running' && recall.status !== 'lifting')) return recall;
    const din = recall.dins[recall.passed];
    if (din) await (recall.status === 'running' ? stopOne(deps, recall, din) : letGo(deps, recall, din));
    const passed = recall.passed + (din ? 1 : 0);
    const over = passed >= recall.dins.length;
    const status = over ? (recall.status === 'running' ? 'done' : 'lifted') : recall.status;
    // Whoever else goes on with it has noted the same: it is read again.
    await deps.store.transact([recallWrite({ ...recall, passed, status }, recall).write]);
    if (deps.clock.now() >= until && !over) return await recalls.get(siteId, recallId);
  }
}

/** Goes on with every recall that was stopped halfway. */
export async function resumeRecalls(deps: Deps): Promise<void> {
  for (const recall of await createRecalls(deps.store).unfinished()) await goOnRecalling(deps, recall);
}

/**
 * Stops a donation: from the first transaction on, no step brings any of it nearer to a patient, and what no hospital has is put
 * aside. Where another system says where units stand, only the word is kept: putting them aside is that system's.
 */
async function stopOne(deps: Deps, recall: RecallItem, din: string): Promise<void> {
  await withRetries<true>(async () => {
    const chain = await createDonations(deps.store).chain(din);
    if (!chain) return true;
    const site = await deps.store.get<SiteItem>(keys.site(chain.din.siteId));
    const mirrored = (site?.units ?? UNIT_SETTINGS).master === 'other';
    const aside = mirrored ? [] : chain.units.filter(({ stage }) => notYetIssued(stage));
    const first = aside.slice(0, AT_ONCE);
    const others = chain.units.filter((unit) => !first.includes(unit));
    const whole = chain.units.length <= AT_ONCE;
    const now = nowOf(deps);
    const items: DraftItem[] = first.flatMap((unit) =>
      quarantineItems(unit, { by: recall.by, now, recall: recall.recallId }),
    );
    if (!chain.din.recall) {
      items.push(
        mark(din, 'SET #recall = :recall', 'attribute_not_exists(#recall)', {
          values: { ':recall': { id: recall.recallId, siteId: recall.siteId } },
        }),
      );
      if (whole) items.push(...others.map(unitAsRead));
    }
    if (items.length === 0) return true;
    return (await deps.store.transact(items)).ok && whole ? true : AGAIN;
  }, deps);
}

/** Lets a donation go, provided this recall has it. What was put aside stays so until it is tested again. */
async function letGo(deps: Deps, recall: RecallItem, din: string): Promise<void> {
  await withRetries<true>(async () => {
    const donation = await createDonations(deps.store).byDin(din);
    if (donation?.recall?.id !== recall.recallId) return true;
    const write = mark(din, 'REMOVE #recall', '#recall.#id = :id', {
      names: { '#id': 'id' },
      values: { ':id': recall.recallId },
    });
    return (await deps.store.transact([write])).ok || AGAIN;
  }, deps);
}

const mark = (
  din: string,
  UpdateExpression: string,
  condition: string,
  { names = {}, values }: { names?: Record<string, string>; values: Record<string, unknown> },
): DraftItem => ({
  Update: {
    Key: keys.din(din),
    UpdateExpression,
    ConditionExpression: `attribute_exists(pk) AND ${condition}`,
    ExpressionAttributeNames: { '#recall': 'recall', ...names },
    ExpressionAttributeValues: values,
  },
});

type Change = { siteId: string; recallId: string; by: string; auditId: string; idempotency: Idempotency };

/** Notes that a hospital which has something of it was told. */
export const noteTold = async (deps: Deps, input: Change & { hospital: string }): Promise<RecallAnswer> =>
  await change(deps, input, 'recall-told', (recall, at) =>
    recall.status === 'lifting' || recall.status === 'lifted'
      ? undefined
      : {
          ...recall,
          told: recall.told.some(({ hospital }) => hospital === input.hospital)
            ? recall.told
            : [...recall.told, { hospital: input.hospital, by: input.by, at }],
        },
  );

/** Begins to let go what was called back: only once all of it was stopped, so that the two never run against each other. */
export const liftRecall = async (deps: Deps, input: Change): Promise<RecallAnswer> =>
  await change(deps, input, 'recall-lifted', (recall, at) =>
    recall.status === 'done'
      ? { ...recall, status: 'lifting', passed: 0, liftedBy: input.by, liftedAt: at }
      : undefined,
  );

async function change(
  deps: Deps,
  { siteId, recallId, by, auditId, idempotency }: Change,
  action: string,
  decide: (recall: RecallItem, at: string) => RecallItem | undefined,
): Promise<RecallAnswer> {
  return await withRetries<RecallAnswer>(async () => {
    const before = await createRecalls(deps.store).get(siteId, recallId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'done', recall: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const after = decide(before, now);
    if (!after) return { kind: 'wrong-state' };
    const { recall, write } = recallWrite({ ...after, accepted: accept(before.accepted, idempotency) }, before);
    const audit = auditItem({
      by,
      action,
      scope: siteId,
      zone: before.zone,
      at: now,
      id: auditId,
      change: { recallId },
    });
    const result = await deps.store.transact([write, { Put: audit }]);
    return result.ok ? { kind: 'done', recall } : AGAIN;
  }, deps);
}
