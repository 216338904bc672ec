import { createHash } from 'node:crypto';
import type { FileRecord } from '../../../shared/domain/files/rows.ts';
import type { IdentityDocument } from '../../../shared/domain/identity-document.ts';
import type { RowOutcome } from '../../../shared/store/files/row-deps.ts';

/**
 * A number, because a file may have a hundred thousand of them. Of files so long, one in nearly a million has two rows that are
 * taken for one, and by its dry run only.
 */
const digest = (value: unknown): number => {
  const bytes = createHash('sha256').update(JSON.stringify(value)).digest();
  // As many bits as a number holds exactly.
  return bytes.readUIntBE(0, 6) * 16 + ((bytes[6] ?? 0) & 15);
};

/**
 * What a dry run has read of a file before: it writes nothing, and the rows that follow must be judged as if it had. Noting a record
 * answers with what its row comes to after the rows above it, where they make a difference.
 */
export function createSeen() {
  const rows = new Map<number, number>();
  const donors = new Set<number>();
  const documents = new Map<number, number>();
  const groups = new Map<number, number>();

  /** Notes whose a document is, and says whether it was another's. */
  const isAnothers = ({ type, number }: IdentityDocument, key: number): boolean => {
    const document = digest([type, number]);
    const owner = documents.get(document) ?? key;
    documents.set(document, owner);
    return owner !== key;
  };

  /** Notes which group a donor is said to be of, and whether that is the first that is said, or another than before. */
  const groupOf = ({ group, ...donor }: Donor): 'none' | 'first' | 'same' | 'another' => {
    if (!group) return 'none';
    const [about, now] = [digest(whoOf(donor)), digest([group.abo, group.rhd])];
    const before = groups.get(about);
    if (before === undefined) groups.set(about, now);
    return before === undefined ? 'first' : before === now ? 'same' : 'another';
  };

  return {
    note(record: FileRecord): Repeated | undefined {
      const [about, content] = keyOf(record);
      const key = digest(about);
      const before = rows.get(key);
      const now = digest(content);
      if (before === undefined) rows.set(key, now);
      const donor = 'donor' in record ? record.donor : undefined;
      const donorNo = donor?.donorNo === undefined ? undefined : digest(donor.donorNo);
      const isKnown = donorNo !== undefined && donors.has(donorNo);
      if (donorNo !== undefined && donor && isWhole(donor)) donors.add(donorNo);
      const isTaken = donor?.document !== undefined && isAnothers(donor.document, key);
      if (isTaken) return (found) => (typeof found === 'string' ? { field: 'identity', why: 'document-taken' } : found);
      const said = donor ? groupOf(donor) : 'none';
      if (said === 'another') {
        return (found) => (typeof found === 'string' ? { field: 'group', why: 'group-differs' } : found);
      }
      if (before === undefined && !isKnown) return undefined;
      return (found) => {
        const isNew = typeof found !== 'string' && isKnown && UNKNOWN.includes(found.why);
        if (found !== 'fresh' && !isNew) return found;
        if (before === undefined) return 'fresh';
        // Of a donor who is in the file already, a group that no row above has said is something new.
        if (before === now) return said === 'first' ? 'fresh' : 'known';
        if (record.kind === 'stages' || record.kind === 'results') return 'known';
        return record.kind === 'usage' ? { field: 'date', why: 'use-differs' } : { field: 'din', why: 'din-taken' };
      };
    },
  };
}
/** What a row comes to after the rows above it. */
export type Repeated = (found: RowOutcome) => RowOutcome;
export type Seen = ReturnType<typeof createSeen>;

type Donor = Extract<FileRecord, { donor: unknown }>['donor'];

const whoOf = ({ donorNo, name, phone, birthDate }: Donor): unknown => donorNo ?? [name, phone, birthDate];

const UNKNOWN: readonly string[] = ['donor-unknown', 'donor-incomplete'];

/** A row that makes a donor of whom nobody knew. */
const isWhole = ({ name, phone, birthDate, sex }: Donor): boolean =>
  name !== undefined && phone !== undefined && birthDate !== undefined && sex !== undefined;

/** What two rows have in common that are about the same thing, and what they must then have in common too. */
function keyOf(record: FileRecord): [unknown, unknown] {
  switch (record.kind) {
    case 'donors': {
      return [whoOf(record.donor), 'one'];
    }
    case 'donations': {
      const { donor, din, date, procedure, volumeMl } = record;
      return [din, [whoOf(donor), date, procedure, volumeMl]];
    }
    case 'deferrals': {
      const { donor, until, procedure } = record;
      return [[whoOf(donor), until, procedure], 'one'];
    }
    case 'usage': {
      const { din, components, bag, hospital, date } = record;
      return [
        [din, ...components, bag],
        [hospital, date],
      ];
    }
    case 'results': {
      const { din, at, found } = record;
      return [[din, at, found], 'one'];
    }
    case 'stages': {
      const { din, component, nth, said, at, hospital, location } = record;
      return [[din, component, nth, said, at, hospital, location], 'one'];
    }
  }
}
