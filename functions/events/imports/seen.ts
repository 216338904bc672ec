import { createHash } from 'node:crypto';
import type { FileRecord } from '../../../shared/domain/files/rows.ts';
import type { RowOutcome } from '../../../shared/store/files/row-deps.ts';

/** Short, because a file may have a hundred thousand of them. */
const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12);

/**
 * What a dry run has read of a file before: it writes nothing, and the rows that follow must be judged as if it had. Noting a record
 * answers with what its row comes to after the rows above it, where they make a difference.
 */
export function createSeen() {
  const rows = new Map<string, string>();
  const donors = new Set<string>();

  return {
    note(record: FileRecord): ((found: RowOutcome) => RowOutcome) | undefined {
      const [key, content] = keyOf(record);
      const before = rows.get(key);
      const now = digest(content);
      if (before === undefined) rows.set(key, now);
      const donorNo = 'donor' in record ? record.donor.donorNo : undefined;
      const isKnown = donorNo !== undefined && donors.has(donorNo);
      if (donorNo !== undefined && record.kind !== 'usage' && isWhole(record.donor)) donors.add(donorNo);
      if (before === undefined && !isKnown) return undefined;
      return (found) => {
        const isNew = typeof found !== 'string' && isKnown && UNKNOWN.includes(found.why);
        if (found !== 'fresh' && !isNew) return found;
        if (before === undefined) return 'fresh';
        if (before === now) return 'known';
        return record.kind === 'usage' ? { field: 'date', why: 'use-differs' } : { field: 'din', why: 'din-taken' };
      };
    },
  };
}
export type Seen = ReturnType<typeof createSeen>;

const UNKNOWN: readonly string[] = ['donor-unknown', 'donor-incomplete'];

/** A row that makes a donor of whom nobody knew. */
const isWhole = ({ name, phone, birthDate, sex }: Extract<FileRecord, { donor: unknown }>['donor']): boolean =>
  name !== undefined && phone !== undefined && birthDate !== undefined && sex !== undefined;

/** What two rows have in common that are about the same thing, and what they must then have in common too. */
function keyOf(record: FileRecord): [string, unknown] {
  switch (record.kind) {
    case 'donors': {
      const { donorNo, name, phone, birthDate } = record.donor;
      return [digest(donorNo ?? [name, phone, birthDate]), 'one'];
    }
    case 'donations': {
      const { donor, din, date, procedure, volumeMl } = record;
      return [din, [donor.donorNo ?? [donor.name, donor.phone, donor.birthDate], date, procedure, volumeMl]];
    }
    case 'deferrals': {
      const { donor, until, procedure } = record;
      return [digest([donor.donorNo ?? [donor.name, donor.phone, donor.birthDate], until, procedure]), 'one'];
    }
    case 'usage': {
      const { din, components, bag, hospital, date } = record;
      return [[din, ...components, bag ?? ''].join(' '), [hospital, date]];
    }
  }
}
