import { isKept, keptUntil } from '../../../shared/store/files/imports.ts';
import type { ImportItem } from '../../../shared/store/items/index.ts';

/** How far an import is; who began it stands in the audit log. */
export const importView = (item: ImportItem) => ({
  importId: item.importId,
  siteId: item.siteId,
  zone: item.zone,
  kind: item.fileKind,
  fileName: item.fileName,
  rows: item.rows,
  status: item.status,
  ...(item.fault && { fault: item.fault }),
  ...(item.checked && { checked: item.checked }),
  ...(item.applied && { applied: item.applied }),
  createdAt: item.createdAt,
  changedAt: item.changedAt,
  ...((isKept(item.status) || item.status === 'checking' || item.status === 'applying') && {
    keptUntil: keptUntil(item),
  }),
});
