import { createHash } from 'node:crypto';
import type { Instant, LocalDate, Localized, MessageTemplate } from '../domain/vocabulary.ts';
import { type DraftItem, isConditionFailure, type Page, type Store } from './client.ts';
import { queryAll } from './every.ts';
import type { MessageItem } from './items/index.ts';
import { indexes, type Key, keys, messageId, partitions } from './keys.ts';

/** The due index is spread over this many partitions a minute. */
export const DUE_SHARDS = 4;

export type MessageRef = { readonly personId: string; readonly messageId: string };

export const minuteOf = (instant: Instant): string => instant.slice(0, 16);
export const monthOf = (instant: Instant): string => instant.slice(0, 7);

const shardOf = (id: string): number => (createHash('sha256').update(id).digest()[0] ?? 0) % DUE_SHARDS;

/** Index entry of a message that is to be looked at again at an instant: when it is due, or when a claim's lease ends. */
const waiting = (at: Instant, id: string) => ({
  gsi2pk: indexes.due(minuteOf(at), shardOf(id)),
  gsi2sk: indexes.messageSort(at, id),
});
const problem = (at: Instant, id: string) => ({
  gsi2pk: indexes.problem(monthOf(at)),
  gsi2sk: indexes.messageSort(at, id),
});

export type Bound = NonNullable<MessageItem['bound']>;

/** What a message is bound to: the item it speaks of, at the version at which it is true. */
export const boundTo = (key: Key, version: number): Bound => ({ pk: key.pk, sk: key.sk, version });

export function newMessage(input: {
  personId: string;
  template: MessageTemplate;
  /** What it is about: with the template and the version, or the date it is told on, it makes the id. */
  subject: string;
  version: number | 'once' | LocalDate;
  scope: string;
  zone: string;
  params: Record<string, string | Localized>;
  bound?: Bound;
  /** A number that was the person's, to be told there. */
  to?: string;
  now: Instant;
  dueAt?: Instant;
  until?: Instant;
}): MessageItem {
  const id = messageId(input.template, input.subject, input.version);
  const dueAt = input.dueAt ?? input.now;
  return {
    kind: 'message',
    personId: input.personId,
    messageId: id,
    template: input.template,
    scope: input.scope,
    zone: input.zone,
    params: input.params,
    ...(input.bound && { bound: input.bound }),
    ...(input.to && { to: input.to }),
    status: 'due',
    dueAt,
    ...(input.until && { until: input.until }),
    attempts: 0,
    createdAt: input.now,
    accepted: [],
    version: 1,
    gsi1pk: indexes.ledger(input.personId),
    gsi1sk: indexes.messageSort(dueAt, id),
    ...waiting(dueAt, id),
  };
}

type Ended = 'sent' | 'void' | 'withheld';
type Change = Partial<Omit<MessageItem, 'status' | 'version' | 'gsi2pk' | 'gsi2sk'>>;

/** The message as it is to be sent at `dueAt`. */
export function asDue(before: MessageItem, dueAt: Instant, change: Change = {}): MessageItem {
  const { leaseUntil: _, claim: _claim, ...rest } = { ...before, ...change };
  return { ...rest, status: 'due', dueAt, version: before.version + 1, ...waiting(dueAt, before.messageId) };
}

/** The message in a sender's hands until the lease ends. One taken over from a lease that ran out may have been sent. */
export function asClaimed(before: MessageItem, claim: string, now: Instant, leaseUntil: Instant): MessageItem {
  const { reason: _, ...rest } = before;
  return {
    ...rest,
    ...(before.status === 'claimed' && { unsure: true }),
    status: 'claimed',
    attempts: before.attempts + 1,
    claim,
    leaseUntil,
    lastAttemptAt: now,
    version: before.version + 1,
    ...waiting(leaseUntil, before.messageId),
  };
}

/** The message as nobody needs to look at it again. */
export function asEnded(before: MessageItem, status: Ended, change: Change = {}): MessageItem {
  const { leaseUntil: _, claim: _claim, gsi2pk: _pk, gsi2sk: _sk, ...rest } = { ...before, ...change };
  return { ...rest, status, version: before.version + 1 };
}

/**
 * A waiting message as it is once what it speaks of is no longer so. In the ledger it stands where it was stopped. If an
 * attempt may have arrived, that is for staff to see.
 */
export const asStopped = (before: MessageItem, now: Instant, reason: string): MessageItem =>
  before.unsure || before.status === 'claimed'
    ? asProblem(before, 'uncertain', now, reason === 'changed' ? 'changed-after-attempt' : reason)
    : asEnded(before, 'void', { reason, gsi1sk: indexes.messageSort(now, before.messageId) });

/** The message as staff are to see it. */
export function asProblem(
  before: MessageItem,
  status: 'failed' | 'uncertain',
  now: Instant,
  reason: string,
): MessageItem {
  const { leaseUntil: _, claim: _claim, ...rest } = before;
  return { ...rest, status, reason, version: before.version + 1, ...problem(now, before.messageId) };
}

/** Replaces a message, provided nobody has since it was read. */
export const messageWrite = (after: MessageItem): DraftItem & { readonly Put: unknown } => ({
  Put: {
    Item: { ...keys.message(after.personId, after.messageId), ...after },
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':before': after.version - 1 },
  },
});

/** Holds while what a message is bound to is still at that version. */
export const stillBound = (bound: Bound): DraftItem => ({
  ConditionCheck: {
    Key: { pk: bound.pk, sk: bound.sk },
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': bound.version },
  },
});

/** Sorts after every date. */
const LAST_DATE = '9999-12-31';

export type Messages = ReturnType<typeof createMessages>;

export function createMessages(store: Store) {
  return {
    async get(ref: MessageRef): Promise<MessageItem | undefined> {
      return await store.get<MessageItem>(keys.message(ref.personId, ref.messageId), { consistent: true });
    },

    /** False when it is there already: announced before. */
    async create(item: MessageItem): Promise<boolean> {
      return await applied(() =>
        store.put({
          Item: { ...keys.message(item.personId, item.messageId), ...item },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    },

    /** False when someone has changed it since it was read. */
    async replace(after: MessageItem): Promise<boolean> {
      const { Put } = messageWrite(after) as Extract<DraftItem, { Put: unknown }>;
      return await applied(() => store.put(Put));
    },

    /** Every message of a template about one subject, as it is now; of dates, those from `from` on. */
    async about(
      personId: string,
      template: MessageTemplate,
      subject: string,
      from?: LocalDate,
    ): Promise<MessageItem[]> {
      return await queryAll<MessageItem>(store, {
        pk: partitions.messages(personId),
        ...(from === undefined
          ? { skPrefix: messageId(template, subject, '') }
          : { skBetween: [messageId(template, subject, from), messageId(template, subject, LAST_DATE)] }),
        consistent: true,
      });
    },

    /** Messages to look at in a minute, of one shard, as of a moment ago. */
    async due(minute: string, shard: number): Promise<MessageItem[]> {
      return await queryAll<MessageItem>(store, { pk: indexes.due(minute, shard), index: 'gsi2' });
    },

    /** Texts that failed or are uncertain, by the month (UTC) in which that was known, newest first. */
    async problems(
      month: string,
      page: { limit: number; start?: Record<string, unknown> },
    ): Promise<Page<MessageItem>> {
      return await store.query<MessageItem>({ pk: indexes.problem(month), index: 'gsi2', newestFirst: true, ...page });
    },
  };
}

async function applied(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}
