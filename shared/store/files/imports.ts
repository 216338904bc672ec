import type { FileKind } from '../../domain/files/fields.ts';
import { addMinutes } from '../../domain/local-time.ts';
import type { ImportStatus, Instant } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { asRead } from '../as-read.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem, Page, Store } from '../client.ts';
import type { FileMappingItem, ImportCounts, ImportItem, ImportRefusedItem } from '../items/index.ts';
import { indexes, keys, partitions } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from '../transactions/deps.ts';
import { forgetAfter } from '../ttl.ts';

/** As long as a report may be asked for. */
const REPORT_DAYS = 366;

/**
 * Days for which what was uploaded is kept, from when its import was begun: as long as staff may take to apply it. The bucket forgets
 * it too, within a day after that.
 */
export const UPLOAD_KEPT_DAYS = 7;

export const keptUntil = ({ createdAt }: Pick<ImportItem, 'createdAt'>): Instant =>
  addMinutes(createdAt, UPLOAD_KEPT_DAYS * 24 * 60);

export const NOTHING_DONE: ImportCounts = { done: 0, fresh: 0, known: 0, refused: 0 };

/** Which pass over a file refused a row. */
export type Pass = 'check' | 'apply';

export function createImports(store: Store) {
  return {
    async get(siteId: string, importId: string): Promise<ImportItem | undefined> {
      return await store.get<ImportItem>(keys.import(siteId, importId), { consistent: true });
    },
    /** Newest first. From an index: a moment behind. */
    async ofSite(siteId: string, page: { limit: number; start?: Record<string, unknown> }): Promise<Page<ImportItem>> {
      return await store.query<ImportItem>({ pk: indexes.imported(siteId), index: 'gsi2', newestFirst: true, ...page });
    },
    async mapping(siteId: string, fileKind: FileKind): Promise<FileMappingItem | undefined> {
      return await store.get<FileMappingItem>(keys.fileMapping(siteId, fileKind));
    },
    /** Those with something left to do, the oldest first. From an index: a moment behind. */
    async open(): Promise<ImportItem[]> {
      return (await store.query<ImportItem>({ pk: indexes.importing(), index: 'gsi1' })).items;
    },
    /** Those whose upload has waited for staff long enough. From an index: a moment behind. */
    async overdue(now: Instant): Promise<ImportItem[]> {
      const pk = indexes.importKept();
      return (await store.query<ImportItem>({ pk, index: 'gsi1', skBetween: [indexes.importSort('', ''), now] })).items;
    },
    async refused(importId: string, pass: Pass, page: { limit: number; start?: Record<string, unknown> }) {
      return await store.query<ImportRefusedItem>({ ...partitions.importRefused(importId, pass), ...page });
    },
  };
}

/** Made of the idempotency key, so that a repeat meets its own. */
export const importIdOf = ({ key }: Idempotency): string => `f${Buffer.from(key, 'base64url').toString('hex')}`;

/** Whether there is something left to do, and so whether it stands in the index of those. */
const isOpen = (status: ImportStatus): boolean =>
  status === 'checking' || status === 'applying' || status === 'discarding';

/** Whether an import waits for staff with something uploaded, or for the upload. */
export const isKept = (status: ImportStatus): boolean =>
  status === 'uploading' || status === 'checked' || status === 'stopped';

/** The import as it becomes, in place of what was read; the index follows from its status. */
export function importWrite(before: ImportItem | undefined, after: ImportItem): DraftItem {
  const { gsi1pk: _, gsi1sk: __, ...rest } = after;
  const item: ImportItem = {
    ...rest,
    version: (before?.version ?? 0) + 1,
    ...(isOpen(after.status) && {
      gsi1pk: indexes.importing(),
      gsi1sk: indexes.importSort(after.createdAt, after.importId),
    }),
    ...(isKept(after.status) && {
      gsi1pk: indexes.importKept(),
      gsi1sk: indexes.importSort(keptUntil(after), after.importId),
    }),
  };
  return {
    Put: {
      Item: { ...keys.import(after.siteId, after.importId), ...item },
      ...asRead(before),
    },
  };
}

/** What was chosen for the columns, for the next file of the kind. The last one to choose wins. */
export const mappingWrite = (mapping: Omit<FileMappingItem, 'kind'>): DraftItem => ({
  Put: { Item: { ...keys.fileMapping(mapping.siteId, mapping.fileKind), kind: 'file-mapping', ...mapping } },
});

/** Rows that a piece of the file had refused. Written twice after a crash, it is the same. */
export const refusedWrite = (
  importId: string,
  pass: Pass,
  from: number,
  rows: ImportRefusedItem['rows'],
  now: string,
): DraftItem => {
  const item: ImportRefusedItem = { kind: 'import-refused', importId, rows };
  return {
    Put: { Item: { ...keys.importRefused(importId, pass, from), ...item, ...forgetAfter(now, REPORT_DAYS) } },
  };
};

export type Asked = 'check' | 'apply' | 'stop' | 'resume' | 'discard';
/** From which states each may be asked, and what it becomes; undefined where there is nothing to go on with. */
const ASKS: Record<
  Asked,
  { readonly from: readonly ImportStatus[]; readonly to: (before: ImportItem) => ImportStatus | undefined }
> = {
  check: { from: ['uploading'], to: () => 'checking' },
  apply: { from: ['checked'], to: () => 'applying' },
  stop: { from: ['uploading', 'checking', 'checked', 'applying'], to: () => 'stopped' },
  // Where its checkpoint is, it was stopped; of a dry run that had been through, nothing is left to read.
  resume: { from: ['stopped'], to: ({ applied, checked }) => (applied ? 'applying' : checked && 'checking') },
  discard: { from: ['uploading', 'checked', 'stopped'], to: () => 'discarding' },
};
/** What needs the upload, and is over once that is deleted. */
const NEEDS_UPLOAD: readonly Asked[] = ['check', 'apply', 'resume'];

export type AskAnswer =
  | { readonly kind: 'done'; readonly item: ImportItem }
  | { readonly kind: 'not-found' | 'wrong-state' | 'key-reused' };

/** Lets an import go on, or end. Who asked is audited in the same transaction: how many rows, never which. */
export async function askOfImport(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'> & { readonly newId: () => string },
  input: { siteId: string; importId: string; ask: Asked; by: string; idempotency: Idempotency },
): Promise<AskAnswer> {
  const { siteId, importId, ask, idempotency } = input;
  return await withRetries<AskAnswer>(async () => {
    const before = await createImports(deps.store).get(siteId, importId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'done', item: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const status = ASKS[ask].from.includes(before.status) ? ASKS[ask].to(before) : undefined;
    if (!status || (NEEDS_UPLOAD.includes(ask) && keptUntil(before) <= now)) return { kind: 'wrong-state' };
    const after: ImportItem = {
      ...before,
      status,
      ...(ask === 'check' && { checked: NOTHING_DONE }),
      ...(ask === 'apply' && { applied: NOTHING_DONE }),
      changedAt: now,
      accepted: accept(before.accepted, idempotency),
    };
    const audit = importAudit(deps, after, `import-${ask}`, input.by, now);
    const result = await deps.store.transact([importWrite(before, after), audit]);
    return result.ok ? { kind: 'done', item: { ...after, version: before.version + 1 } } : AGAIN;
  }, deps);
}

/** The entry of who did what with a file: its kind and how many rows. */
export function importAudit(
  deps: { readonly newId: () => string },
  item: ImportItem,
  action: string,
  by: string,
  now: string,
): DraftItem {
  const { fresh, known, refused } = item.applied ?? item.checked ?? NOTHING_DONE;
  return {
    Put: auditItem({
      by,
      action,
      scope: item.siteId,
      zone: item.zone,
      at: now,
      change: { importId: item.importId, fileKind: item.fileKind, rows: item.rows, fresh, known, refused },
      id: deps.newId(),
    }),
  };
}
