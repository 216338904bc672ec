import type { files } from '../../../shared/contract/files.ts';
import { columnsMissing, FIELDS_OF, isMirrored } from '../../../shared/domain/files/fields.ts';
import { UNIT_SETTINGS } from '../../../shared/domain/unit-settings.ts';
import type { ImportStatus } from '../../../shared/domain/vocabulary.ts';
import { wasAccepted } from '../../../shared/store/accepted.ts';
import { importIdOf, importWrite, mappingWrite } from '../../../shared/store/files/imports.ts';
import type { ImportItem } from '../../../shared/store/items/index.ts';
import { indexes } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler, RouteRequest } from '../../runtime/area-handler.ts';
import { type FieldError, ProblemError } from '../../runtime/problem.ts';
import { coveredSite } from './covered.ts';
import type { FilesDeps } from './deps.ts';
import { importView } from './views.ts';

type Routes = (typeof files)['routes'];
type Body = RouteRequest<Routes['POST /api/files/{siteId}']>['body'];

const DELETED: readonly ImportStatus[] = ['discarding', 'discarded', 'expired'];

export const beginImport: RouteHandler<Routes['POST /api/files/{siteId}'], FilesDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const site = await coveredSite(deps, actor, params.siteId);
  if (isMirrored(body.kind) && (site.units ?? UNIT_SETTINGS).master !== 'other') throw new ProblemError('own-master');
  const faults = faultsOf(body);
  if (faults.length > 0) throw new ProblemError('invalid-input', { fields: faults });
  const importId = importIdOf(idempotency);
  const before = await deps.imports.get(site.siteId, importId);
  if (before && wasAccepted(before.accepted, idempotency) !== 'same') throw new ProblemError('idempotency-key-reused');
  // Nothing is put back where it was deleted.
  if (before && DELETED.includes(before.status)) throw new ProblemError('wrong-state');
  const { bareDins, dinLength, hospital, epoch } = body;
  const rules = { bareDins, ...(dinLength && { dinLength }), ...(hospital && { hospital }) };
  const now = nowOf(deps);
  const item: ImportItem = before ?? {
    kind: 'import',
    importId,
    siteId: site.siteId,
    zone: site.zone,
    fileKind: body.kind,
    fileName: body.fileName,
    bytes: body.bytes,
    sha256: body.sha256,
    rows: body.rows,
    fields: [...body.fields],
    rules: { ...rules, epoch },
    sites: actor.roles.filter(({ role }) => role === 'staff').map(({ scope }) => scope),
    status: 'uploading',
    by: actor.personId,
    createdAt: now,
    changedAt: now,
    accepted: [idempotency],
    version: 1,
    gsi2pk: indexes.imported(site.siteId),
    gsi2sk: indexes.importSort(now, importId),
  };
  if (!before) {
    const mapping = {
      siteId: site.siteId,
      fileKind: body.kind,
      columns: body.columns,
      rules,
      ...(body.siteNames && { siteNames: body.siteNames }),
      changedAt: now,
    };
    const result = await deps.store.transact([importWrite(undefined, item), mappingWrite(mapping)]);
    // The first call of this one, at the same time: what it has begun is begun.
    if (!result.ok && !(await deps.imports.get(site.siteId, importId))) throw new ProblemError('busy');
  }
  return { import: importView(item), upload: await deps.uploads.sign(importId, item.sha256) };
};

function faultsOf({ kind, fields, hospital }: Body): FieldError[] {
  const foreign = fields.some((field) => !FIELDS_OF[kind].includes(field));
  if (foreign) return [{ path: 'fields', why: 'not-allowed' }];
  if (new Set(fields).size < fields.length) return [{ path: 'fields', why: 'repeated' }];
  return columnsMissing(kind, fields, hospital).length > 0 ? [{ path: 'fields', why: 'missing' }] : [];
}
