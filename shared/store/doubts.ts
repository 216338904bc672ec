import type { Finding } from '../domain/supervision.ts';
import type { Instant } from '../domain/vocabulary.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Page, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { DinItem, DoubtItem } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';

export function createDoubts(store: Store) {
  return {
    async get(siteId: string, din: string, doubtId: string): Promise<DoubtItem | undefined> {
      return await store.get<DoubtItem>(keys.doubt(siteId, din, doubtId), { consistent: true });
    },

    /** Everything that is, or was, doubtful of a donation. */
    async ofDonation({ siteId, din }: Pick<DinItem, 'siteId' | 'din'>): Promise<DoubtItem[]> {
      return await queryAll<DoubtItem>(store, { ...partitions.doubts(siteId, din), consistent: true });
    },

    /** A site's, the latest first: those that wait for somebody, or those that are settled. From an index: a moment behind. */
    async ofSite(
      siteId: string,
      open: boolean,
      page: { limit: number; start?: Record<string, unknown> },
    ): Promise<Page<DoubtItem>> {
      return await store.query<DoubtItem>({
        pk: indexes.doubted(siteId, open),
        index: 'gsi1',
        newestFirst: true,
        ...page,
      });
    },
  };
}

type Change = Omit<DoubtItem, 'version' | 'gsi1pk' | 'gsi1sk'>;

/** A doubt that is new, or a change of one that nobody has changed since it was read. */
export function doubtWrite(after: Change, before: DoubtItem | undefined): { doubt: DoubtItem; write: DraftItem } {
  const doubt: DoubtItem = {
    ...after,
    version: (before?.version ?? 0) + 1,
    gsi1pk: indexes.doubted(after.siteId, after.status === 'open'),
    gsi1sk: indexes.doubtedSort(after.changedAt, after.din, after.doubtId),
  };
  return {
    doubt,
    write: {
      Put: {
        Item: { ...doubt, ...keys.doubt(doubt.siteId, doubt.din, doubt.doubtId) },
        ...asRead(before),
      },
    },
  };
}

/**
 * What brings the doubts kept of a donation in line with those that its chain raises now, and whether it is doubtful: whether
 * any of them is not explained. One that no longer holds is closed, unless somebody has said something of it; one that holds
 * again is open again.
 */
export function inLine(
  din: DinItem,
  findings: readonly Finding[],
  kept: readonly DoubtItem[],
  now: Instant,
): { writes: DraftItem[]; doubtful: boolean } {
  const known = new Map(kept.map((item) => [item.doubtId, item]));
  const writes: DraftItem[] = [];
  let doubtful = false;
  for (const { id, kind, why, evidence, expiresAt, before: earlier } of findings) {
    const before = known.get(id);
    known.delete(id);
    if (before?.status !== 'explained') doubtful = true;
    if (before && before.status !== 'closed') continue;
    const after: Change = {
      kind: 'doubt',
      doubtId: id,
      din: din.din,
      siteId: din.siteId,
      zone: din.zone,
      doubt: kind,
      ...(why && { why }),
      evidence: [...evidence],
      ...(expiresAt && { expiresAt }),
      ...(earlier && { before: earlier }),
      status: 'open',
      foundAt: before?.foundAt ?? now,
      changedAt: now,
      verdicts: before?.verdicts ?? [],
      accepted: before?.accepted ?? [],
    };
    writes.push(doubtWrite(after, before).write);
  }
  for (const gone of known.values()) {
    if (gone.status === 'open') writes.push(doubtWrite({ ...gone, status: 'closed', changedAt: now }, gone).write);
  }
  return { writes, doubtful };
}
