import { createHash } from 'node:crypto';
import { addSpan } from '../domain/dates.ts';
import { localDateOf } from '../domain/local-time.ts';
import type { Instant, LocalDate } from '../domain/vocabulary.ts';
import { SHARED_SCOPES } from './audit.ts';
import type { Store } from './client.ts';
import { queryAll } from './every.ts';
import type { AuditItem, SiteItem } from './items/index.ts';
import { createJobs } from './jobs.ts';
import { partitions } from './keys.ts';
import type { Clock } from './retry.ts';
import { createSites } from './sites.ts';

/** Where seals are kept: what is put there can be neither put again nor taken away. */
export type SealBox = {
  readonly put: (key: string, content: string) => Promise<'done' | 'there'>;
  readonly get: (key: string) => Promise<string | undefined>;
};

/** A day of a log as it was when it was over: every entry, and a digest that rests on all of them and on the day before. */
export type Seal = {
  readonly scope: string;
  readonly date: LocalDate;
  /** The head of the day before; empty: it is the first. */
  readonly previous: string;
  readonly head: string;
  readonly sealedAt: Instant;
  readonly lines: readonly string[];
};

/** Whose log it is: a site's, or of what no site owns; its dates are in this zone. */
export type SealedLog = { readonly scope: string; readonly zone: string };

export const sealKey = (scope: string, date: LocalDate): string => `audit/${scope}/${date}.json`;

/** An entry is written within seconds of its time: after this long no more of a day can come. */
const SETTLES_MS = 60 * 60_000;
/** The clock comes each hour: a day that has no seal this long after its end was missed. */
const LATE_MS = 3 * 60 * 60_000;
/** How far back a log is sealed when that begins. */
const DAYS_BACK_AT_FIRST = 7;
const DAY_MS = 24 * 60 * 60_000;
/** Days sealed in one run, so that it ends; the next goes on. */
const MOST_DAYS = 60;

/** Keys sorted, so that an entry is the same text whoever reads it. */
const lineOf = (item: object): string =>
  JSON.stringify(item, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** Each line’s digest rests on all before it: none can be changed, left out, added or moved without another head. */
export const headOf = (previous: string, { scope }: { scope: string }, date: LocalDate, lines: readonly string[]) =>
  lines.reduce(
    (head, line) => digest(`${head}\n${line}`),
    digest(JSON.stringify([previous, scope, date, lines.length])),
  );
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Every entry of a day as the table has it, in its order. */
async function linesOf(store: Store, scope: string, date: LocalDate): Promise<string[]> {
  return (await queryAll<AuditItem>(store, { pk: partitions.audit(scope, date), consistent: true })).map(lineOf);
}

/** Whether a day ended so long ago, where its log is. */
const endedBefore = (date: LocalDate, zone: string, now: number, ms: number): boolean =>
  date < localDateOf(new Date(now - ms).toISOString(), zone);

const readSeal = async (box: Pick<SealBox, 'get'>, scope: string, date: LocalDate): Promise<Seal | undefined> => {
  const text = await box.get(sealKey(scope, date));
  return text === undefined ? undefined : (JSON.parse(text) as Seal);
};

export const sealedLogs = (sites: readonly Pick<SiteItem, 'siteId' | 'zone'>[]): SealedLog[] => [
  ...sites.map(({ siteId, zone }) => ({ scope: siteId, zone })),
  ...Object.entries(SHARED_SCOPES).map(([scope, zone]) => ({ scope, zone })),
];

type SealDeps = { readonly store: Store; readonly clock: Pick<Clock, 'now'>; readonly box: SealBox };

/**
 * Seals every day of every log that is over and not sealed yet, each day after the one before it. What is sealed already stays
 * as it is: run twice, or stopped between the seal and the note of it, it goes on from what lies there. One log that fails
 * keeps no other from being sealed.
 */
export async function sealDays(deps: SealDeps): Promise<{ sealed: number }> {
  const failures: unknown[] = [];
  let sealed = 0;
  for (const log of sealedLogs(await createSites(deps.store).list())) {
    try {
      sealed += await sealLog(deps, log, MOST_DAYS - sealed);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some days of the audit log could not be sealed');
  return { sealed };
}

async function sealLog({ store, clock, box }: SealDeps, { scope, zone }: SealedLog, most: number): Promise<number> {
  const jobs = createJobs(store);
  const name = `seal.${scope}`;
  let sealed = 0;
  for (let job = await jobs.get(name); sealed < most; ) {
    const now = clock.now();
    const first = localDateOf(new Date(now - DAYS_BACK_AT_FIRST * DAY_MS).toISOString(), zone);
    const date = job ? addSpan(job.watermark, { value: 1, unit: 'day' }) : first;
    if (!endedBefore(date, zone, now, SETTLES_MS)) return sealed;
    const before = job && (await readSeal(box, scope, job.watermark));
    const previous = before?.head ?? '';
    const lines = await linesOf(store, scope, date);
    const seal: Seal = {
      scope,
      date,
      previous,
      head: headOf(previous, { scope }, date, lines),
      sealedAt: new Date(now).toISOString(),
      lines,
    };
    await box.put(sealKey(scope, date), JSON.stringify(seal));
    // Another run was first: it goes on.
    if (!(await jobs.move(name, job, date))) return sealed;
    job = await jobs.get(name);
    sealed += 1;
  }
  return sealed;
}

/** What differs between a day's entries and its seal. */
export type SealCheck = {
  /** `open`: the day is not over, or only just; `missing`: it is, and has no seal. */
  readonly state: 'open' | 'missing' | 'matches' | 'differs';
  readonly sealedAt?: Instant;
  readonly head?: string;
  readonly entries: number;
  readonly differences: readonly { readonly kind: 'missing' | 'altered' | 'added'; readonly entry: AuditItem }[];
  /** The seal itself adds up, and rests on that of the day before. */
  readonly chained: boolean;
};

/** Whether what the table says of a day is what was sealed of it, entry by entry, and the seal one with its chain. */
export async function checkSeal(
  deps: { readonly store: Store; readonly clock: Pick<Clock, 'now'>; readonly box: Pick<SealBox, 'get'> },
  { scope, zone }: SealedLog,
  date: LocalDate,
): Promise<SealCheck> {
  const seal = await readSeal(deps.box, scope, date);
  const lines = await linesOf(deps.store, scope, date);
  if (!seal) {
    const state = endedBefore(date, zone, deps.clock.now(), LATE_MS) ? 'missing' : 'open';
    return { state, entries: lines.length, differences: [], chained: false };
  }
  const before = await readSeal(deps.box, scope, addSpan(date, { value: -1, unit: 'day' }));
  const sums = headOf(seal.previous, { scope: seal.scope }, seal.date, seal.lines) === seal.head;
  const chained = sums && seal.scope === scope && seal.date === date && (before?.head ?? '') === seal.previous;
  const differences = differencesOf(seal.lines, lines);
  const same = chained && differences.length === 0 && lines.join('\n') === seal.lines.join('\n');
  return {
    state: same ? 'matches' : 'differs',
    sealedAt: seal.sealedAt,
    head: seal.head,
    entries: lines.length,
    differences,
    chained,
  };
}

type Line = AuditItem & { pk: string; sk: string };

function differencesOf(sealed: readonly string[], there: readonly string[]): SealCheck['differences'] {
  const byKey = (lines: readonly string[]) =>
    new Map(lines.map((line) => [(JSON.parse(line) as Line).sk, { line, entry: JSON.parse(line) as Line }]));
  const [was, is] = [byKey(sealed), byKey(there)];
  return [
    ...[...was].flatMap(([key, { line, entry }]) => {
      const now = is.get(key);
      if (now?.line === line) return [];
      return [{ kind: now ? ('altered' as const) : ('missing' as const), entry }];
    }),
    ...[...is].flatMap(([key, { entry }]) => (was.has(key) ? [] : [{ kind: 'added' as const, entry }])),
  ];
}
