import * as z from 'zod';
import { FILE_FIELDS, FILE_KINDS } from '../domain/files/fields.ts';
import { ROW_FAULTS } from '../domain/files/rows.ts';
import { IMPORT_FAULTS, IMPORT_STATUSES } from '../domain/vocabulary.ts';
import { Instant, Line, page, pageQuery, SiteId, Zone } from './common.ts';
import { area } from './define.ts';

const ImportId = z
  .string()
  .regex(/^f[a-z0-9]+$/)
  .max(40);
const FileKind = z.enum(FILE_KINDS);
const FileField = z.enum(FILE_FIELDS);
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 500_000;
const MOST_COLUMNS = 200;

const Counts = z.object({
  done: z.number().int(),
  fresh: z.number().int().meta({ description: 'Rows that bring something new' }),
  known: z.number().int().meta({ description: 'Rows of which everything was there' }),
  refused: z.number().int(),
});

export const Import = z.object({
  importId: ImportId,
  siteId: SiteId,
  zone: Zone,
  kind: FileKind,
  fileName: z.string(),
  rows: z.number().int(),
  status: z.enum(IMPORT_STATUSES),
  fault: z.enum(IMPORT_FAULTS).optional(),
  checked: Counts.optional().meta({ description: 'The dry run' }),
  applied: Counts.optional(),
  createdAt: Instant,
  changedAt: Instant,
  keptUntil: Instant.optional().meta({
    description: 'While something is uploaded, or may be, and not applied: when it is deleted',
  }),
  uploaded: z
    .boolean()
    .optional()
    .meta({ description: 'Of an upload that is not checked yet: whether all of it is there' }),
});

/** Where the content goes: put there as it is, with these headers. */
const Upload = z.object({ url: z.string(), headers: z.record(z.string(), z.string()) });

const Meaning = z.enum([...FILE_FIELDS, 'identity', 'none', 'patient']);
const rules = {
  bareDins: z.boolean().meta({ description: 'Donation numbers stand there without their check character' }),
  dinLength: z.number().int().min(6).max(20).optional().meta({ description: 'Of the site’s own numbers' }),
  hospital: Line(80).optional().meta({ description: 'Of the whole file, where no column names it' }),
};

export const RefusedRow = z.object({
  row: z.number().int().meta({ description: 'Of the uploader’s file' }),
  field: FileField.optional(),
  why: z.enum(ROW_FAULTS),
});

const SiteNames = z
  .record(Line(80), SiteId)
  .refine((names) => Object.keys(names).length <= MOST_COLUMNS)
  .meta({ description: 'Which site each word of the file’s site column was taken for, remembered for the next file' });

const one = { params: z.strictObject({ siteId: SiteId, importId: ImportId }), status: 200, output: Import } as const;

export const files = area('files', {
  'GET /api/files/{siteId}': {
    roles: ['staff'],
    summary: 'The site’s imports, the newest first',
    params: z.strictObject({ siteId: SiteId }),
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(Import),
  },
  'GET /api/files/{siteId}/mappings/{kind}': {
    roles: ['staff'],
    summary: 'How the columns of the site’s last file of a kind were read, and the scheme of its donation numbers',
    params: z.strictObject({ siteId: SiteId, kind: FileKind }),
    status: 200,
    output: z.object({
      scheme: z.enum(['isbt128', 'opaque']),
      columns: z.record(z.string(), Meaning),
      bareDins: z.boolean(),
      dinLength: z.number().int().optional(),
      hospital: z.string().optional(),
      siteNames: SiteNames.optional(),
    }),
  },
  'POST /api/files/{siteId}': {
    roles: ['staff'],
    summary:
      'Begins an import and answers where its content goes: UTF-8 CSV whose header is `row` and the fields named here, and nothing else',
    params: z.strictObject({ siteId: SiteId }),
    body: z.strictObject({
      kind: FileKind,
      fileName: Line(120),
      bytes: z.number().int().min(1).max(MOST_BYTES),
      sha256: z
        .string()
        .regex(/^[A-Za-z0-9+/]{43}=$/)
        .meta({ description: 'Of the content, base64' }),
      rows: z.number().int().min(1).max(MOST_ROWS),
      fields: z.array(FileField).min(1).max(FILE_FIELDS.length),
      epoch: z.union([z.literal(1900), z.literal(1904)]).meta({ description: 'From which serial dates count' }),
      ...rules,
      columns: z
        .record(Line(120), Meaning)
        .refine((columns) => Object.keys(columns).length <= MOST_COLUMNS)
        .meta({ description: 'What each header was taken for, remembered for the next file' }),
      siteNames: SiteNames.optional(),
    }),
    status: 201,
    output: z.object({ import: Import, upload: Upload }),
  },
  'GET /api/files/{siteId}/{importId}': {
    roles: ['staff'],
    summary: 'How far an import is',
    ...one,
  },
  'POST /api/files/{siteId}/{importId}/check': {
    roles: ['staff'],
    summary: 'Begins the dry run over what was uploaded; audited',
    ...one,
    body: z.strictObject({}),
  },
  'POST /api/files/{siteId}/{importId}/apply': {
    roles: ['staff'],
    summary: 'Applies what the dry run has shown; audited',
    ...one,
    body: z.strictObject({}),
  },
  'POST /api/files/{siteId}/{importId}/stop': {
    roles: ['staff'],
    summary: 'Ends an import where it is; what was applied stays, and it can be resumed; audited',
    ...one,
    body: z.strictObject({}),
  },
  'POST /api/files/{siteId}/{importId}/resume': {
    roles: ['staff'],
    summary: 'Goes on with an import that was stopped, from where it was, while its upload is kept; audited',
    ...one,
    body: z.strictObject({}),
  },
  'POST /api/files/{siteId}/{importId}/discard': {
    roles: ['staff'],
    summary:
      'Deletes what was uploaded of an import that is not, or not wholly, applied; what was applied stays; audited',
    ...one,
    body: z.strictObject({}),
  },
  'GET /api/files/{siteId}/{importId}/refused': {
    roles: ['staff'],
    summary: 'Every row that was refused, and why: of the import once it is being applied, of the dry run before',
    params: z.strictObject({ siteId: SiteId, importId: ImportId }),
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(RefusedRow),
  },
});
