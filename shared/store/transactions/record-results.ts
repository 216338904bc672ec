import {
  type BloodGroup,
  type Found,
  groupState,
  isSameGroup,
  type Judged,
  judge,
  type LabEntry,
  nextRun,
  ownGroup,
  standing,
} from '../../domain/laboratory.ts';
import type { DonationTest } from '../../domain/policy-pack.ts';
import { UNIT_SETTINGS } from '../../domain/unit-settings.ts';
import { notYetIssued, stageAfter } from '../../domain/unit-stages.ts';
import type { DonationTestCode, Instant } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem } from '../client.ts';
import { type Chain, createDonations } from '../donations.ts';
import type { BloodGroupsItem, DinItem, LabAlertItem, LaboratoryItem, SiteItem, UnitItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import {
  alertWrites,
  createLaboratory,
  groupsWrite,
  type LabRecord,
  otherGroups,
  requiredTests,
  resultsWrite,
} from '../laboratory.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { quarantineItems, stepItem, unitWrite } from '../units.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { asKept, isKeptBack } from './move-unit.ts';

export type ResultsAnswer =
  | { readonly kind: 'done'; readonly judged: Judged }
  | { readonly kind: 'not-found' | 'wrong-state' | 'key-reused' }
  /** Other than this donation's own group, or its donor's of other donations. Nothing was recorded. */
  | { readonly kind: 'group-differs' }
  /** Of a file: Nuanliu is master of this site's units, and mirrors nobody; or all of it is on record, by this very row where `own`. */
  | { readonly kind: 'master' }
  | { readonly kind: 'nothing-new'; readonly own: boolean }
  /** A test that this site does not do, or a result that is none of this test's. */
  | { readonly kind: 'bad-result'; readonly test: DonationTestCode };

type Act = { readonly din: string; readonly by: string; readonly auditId: string; readonly idempotency: Idempotency };

/** Units of one donation that one transaction can move, two items each, beside everything else in it. */
const AT_ONCE = 40;

/**
 * Adds what the laboratory found of a donation to what it has found before. In the same transaction its bag comes to be tested, where
 * everything is there and clear; or whatever of it no hospital has is put aside and the site's staff are alerted, where something
 * reacted. A group that is at odds with what is on record is refused, or with `asItIs` recorded and raised; nothing is ever
 * overwritten by it. Where another system is master of the units, results are kept with that source, and nothing is moved.
 */
export async function recordResults(
  deps: EngineDeps,
  input: Act & {
    readonly found: readonly Found[];
    readonly asItIs: boolean;
    /** The row of a file by which it comes, and when that says that it was found. What is on record of that moment already is not added again. */
    readonly reported?: { readonly row: string; readonly at: Instant };
  },
): Promise<ResultsAnswer> {
  const { reported } = input;
  return await changing(deps, input, ({ tests, record, others, now, source }) => {
    if (reported && !source) return { kind: 'master' };
    const before = record.results?.entries ?? [];
    let entries = before;
    const origin = { ...(source && { source }), ...(reported && { reportedIn: reported.row, testedAt: reported.at }) };
    for (const found of input.found) {
      const test = found.kind === 'test' ? tests.find(({ code }) => code === found.test) : undefined;
      if (found.kind === 'test' && (!test || !fits(test, found))) return { kind: 'bad-result', test: found.test };
      if (reported && before.some((entry) => isReported(entry, found, reported.at))) continue;
      const earlier = entries.filter((entry) => !reported || (entry.testedAt ?? entry.at) <= reported.at);
      const own = { n: entries.length + 1, at: now, by: input.by, ...origin };
      entries = [...entries, { ...own, ...found, ...(test && { run: nextRun(test, earlier) }) } as LabEntry];
    }
    if (entries === before) {
      return { kind: 'nothing-new', own: before.some(({ reportedIn }) => reportedIn === reported?.row) };
    }
    const grouped = input.found.some(({ kind }) => kind === 'group');
    if (grouped && !input.asItIs && groupState(entries, others) === 'differs') return { kind: 'group-differs' };
    return { entries, raises: true, action: 'results-recorded', change: { results: input.found.length } };
  });
}

/** Whether an entry is what a file reports now. One that staff have taken back is too: a file that comes again does not bring it back. */
export const isReported = (entry: LabEntry, found: Found, at: Instant): boolean =>
  entry.testedAt === at &&
  (found.kind === 'group'
    ? entry.kind === 'group' && isSameGroup(entry, found)
    : entry.kind === 'test' &&
      entry.test === found.test &&
      entry.result === found.result &&
      entry.value === found.value);

/** A measured test has a figure, any other a result. */
const fits = (test: DonationTest, { result, value }: Extract<Found, { kind: 'test' }>): boolean =>
  test.max === undefined ? result !== undefined && value === undefined : value !== undefined && result === undefined;

/** Takes an entry back, by another that says why. What it had put aside stays so until staff take it out. */
export async function voidResult(
  deps: EngineDeps,
  input: Act & { readonly n: number; readonly reason: string },
): Promise<ResultsAnswer> {
  const without = ({ record, now, source }: Ready): Change | ResultsAnswer => {
    const entries = record.results?.entries ?? [];
    if (!standing(entries).some(({ n }) => n === input.n)) return { kind: 'wrong-state' };
    const entry: LabEntry = {
      n: entries.length + 1,
      at: now,
      by: input.by,
      ...(source && { source }),
      kind: 'void',
      voids: input.n,
      reason: input.reason,
    };
    return { entries: [...entries, entry], raises: false, action: 'result-voided', change: { entry: input.n } };
  };
  return await changing(deps, input, without, true);
}

/**
 * Takes back what a list of donors had said of somebody's group, because a laboratory has found another. No file brings it again; the
 * donations of theirs that it contradicted are judged without it from now on.
 */
export async function takeBackGroup(
  deps: EngineDeps,
  input: Act & { readonly group: BloodGroup; readonly reason: string },
): Promise<ResultsAnswer> {
  return await changing(deps, input, ({ record: { results, groups }, now }) => {
    const gone = groups?.said?.filter((it) => isSameGroup(it, input.group)) ?? [];
    if (!groups || gone.length === 0) return { kind: 'wrong-state' };
    const { said = [], takenBack = [], ...rest } = groups;
    const left = said.filter((it) => !gone.includes(it));
    const back = gone.map((it) => ({ ...it, reason: input.reason, takenBackBy: input.by, takenBackAt: now }));
    return {
      entries: results?.entries ?? [],
      groups: { ...rest, ...(left.length > 0 && { said: left }), takenBack: [...takenBack, ...back] },
      raises: false,
      action: 'group-taken-back',
      change: {},
    };
  });
}

type Ready = {
  readonly chain: Chain;
  readonly site: SiteItem;
  readonly tests: readonly DonationTest[];
  readonly record: LabRecord;
  readonly others: ReturnType<typeof otherGroups>;
  readonly now: Instant;
  /** The system whose word this is. */
  readonly source: string | undefined;
};
type Change = {
  readonly entries: readonly LabEntry[];
  /** The person's groups, where what lists have said of them is another now. */
  readonly groups?: BloodGroupsItem;
  /** Whether staff are to be alerted of what it shows. */
  readonly raises: boolean;
  readonly action: string;
  readonly change: Record<string, number>;
};

async function changing(
  deps: EngineDeps,
  input: Act,
  decide: (ready: Ready) => Change | ResultsAnswer,
  /** Of a number that is nobody's any more, an entry may still be taken back: nothing is added. */
  voids = false,
): Promise<ResultsAnswer> {
  return await withRetries<ResultsAnswer>(async () => {
    const laboratory = createLaboratory(deps.store);
    const donation = await createDonations(deps.store).byDin(input.din);
    if (!donation) return { kind: 'not-found' };
    const [record, alert, site] = await Promise.all([
      laboratory.of(donation),
      laboratory.alert(donation.siteId, input.din),
      deps.store.get<SiteItem>(keys.site(donation.siteId), { consistent: true }),
    ]);
    const pack = site && deps.packOf({ pack: site.pack, date: donation.date });
    if (!site || !pack) return { kind: 'not-found' };
    const tests = requiredTests(site, pack);
    const others = otherGroups(record.groups, input.din);
    const known = wasAccepted(record.results?.accepted ?? [], input.idempotency);
    if (known === 'other-input') return { kind: 'key-reused' };
    if (known) return { kind: 'done', judged: judge(tests, record.results?.entries ?? [], others) };
    // After everything that is decided on: a unit that moves meanwhile fails the write.
    const chain = await createDonations(deps.store).chain(input.din);
    if (!chain || chain.din.personId !== donation.personId) return AGAIN;
    if (chain.din.withdrawn && !voids) return { kind: 'wrong-state' };
    const { master, system } = site.units ?? UNIT_SETTINGS;
    const source = master === 'other' ? (system ?? 'other') : undefined;
    const now = nowOf(deps);
    const ready = { chain, site, tests, record, others, now, source };
    const decided = decide(ready);
    if ('kind' in decided) return decided;
    const groups = decided.groups ?? record.groups;
    const judged = judge(tests, decided.entries, otherGroups(groups, input.din));
    const results: LaboratoryItem = {
      ...(record.results?.reported && { reported: record.results.reported }),
      kind: 'laboratory',
      din: input.din,
      entries: [...decided.entries],
      accepted: accept(record.results?.accepted ?? [], input.idempotency),
      version: (record.results?.version ?? 0) + 1,
    };
    const result = await deps.store.transact([
      labChanged(ready),
      resultsWrite(results, record.results),
      groupsWrite(groupsAfter(chain.din, groups, decided.entries, judged), record.groups),
      ...(source ? [] : moves(ready, judged, input.by)),
      ...alerts(ready, judged, alert, decided.raises),
      {
        Put: auditItem({
          by: input.by,
          action: decided.action,
          scope: site.siteId,
          zone: site.zone,
          at: now,
          subjects: [donation.personId],
          id: input.auditId,
          change: { din: input.din, ...decided.change },
        }),
      },
    ]);
    return result.ok ? { kind: 'done', judged } : AGAIN;
  }, deps);
}

/** Says in the donation's own entry that something is known of it, so that what rests on that is looked at again; and that it is still its person's. */
function labChanged({ chain: { din }, now }: Ready): DraftItem {
  const { ConditionExpression } = asKept(din).ConditionCheck;
  return {
    Update: {
      Key: keys.din(din.din),
      UpdateExpression: 'SET labAt = :now',
      ConditionExpression: `personId = :personId AND attribute_${din.withdrawn ? '' : 'not_'}exists(withdrawn) AND ${ConditionExpression}`,
      ExpressionAttributeValues: { ':now': now, ':personId': din.personId },
    },
  };
}

function groupsAfter(
  din: DinItem,
  groups: BloodGroupsItem | undefined,
  entries: readonly LabEntry[],
  { group }: Judged,
): BloodGroupsItem {
  const { [din.din]: _, ...others } = groups?.groups ?? {};
  const own = group === 'differs' ? undefined : ownGroup(entries);
  return {
    ...groups,
    kind: 'blood-groups',
    personId: din.personId,
    groups: { ...others, ...(own && { [din.din]: { ...own, date: din.date } }) },
    version: (groups?.version ?? 0) + 1,
  };
}

/** What becomes of the donation's units: put aside, or tested. */
function moves({ chain: { din, units }, now }: Ready, judged: Judged, by: string): DraftItem[] {
  if (judged.aside) {
    return units
      .filter(({ stage }) => notYetIssued(stage))
      .slice(0, AT_ONCE)
      .flatMap((unit) => quarantineItems(unit, { by, now }));
  }
  const to = stageAfter('test', isKeptBack(din), 'collected');
  if (judged.verdict !== 'clear' || !to) return [];
  return units
    .filter(({ stage }) => stage === 'collected')
    .flatMap((unit) => {
      const after: UnitItem = { ...unit, stage: to, changedAt: now, version: unit.version + 1 };
      return [unitWrite(unit, after, 'test'), stepItem(after, { action: 'test', from: unit.stage, by })];
    });
}

function alerts(
  { chain: { din }, now }: Ready,
  { aside, verdict }: Judged,
  before: LabAlertItem | undefined,
  raises: boolean,
): DraftItem[] {
  const version = (before?.version ?? 0) + 1;
  if (aside && raises && !before?.open) {
    const { settled: _, ...rest } = before ?? { accepted: [] };
    return alertWrites(before, {
      ...rest,
      kind: 'lab-alert',
      din: din.din,
      siteId: din.siteId,
      open: true,
      raisedAt: now,
      version,
    });
  }
  // What was repeated without reaction, or was a slip of the finger, needs nobody any more.
  if (verdict === 'clear' && before?.open) {
    return alertWrites(before, { ...before, open: false, settled: { at: now }, version });
  }
  return [];
}

export type AlertAnswer =
  | { readonly kind: 'done'; readonly alert: LabAlertItem }
  | { readonly kind: 'not-found' | 'wrong-state' | 'key-reused' };

/** Notes that somebody has seen to a donation whose results called for it, and what was done. */
export async function settleLabAlert(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: Act & { readonly note: string },
): Promise<AlertAnswer> {
  return await withRetries<AlertAnswer>(async () => {
    const donation = await createDonations(deps.store).byDin(input.din);
    if (!donation) return { kind: 'not-found' };
    const before = await createLaboratory(deps.store).alert(donation.siteId, input.din);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', alert: before } : { kind: 'key-reused' };
    if (!before.open) return { kind: 'wrong-state' };
    const now = nowOf(deps);
    const alert: LabAlertItem = {
      ...before,
      open: false,
      settled: { at: now, by: input.by, note: input.note },
      accepted: accept(before.accepted, input.idempotency),
      version: before.version + 1,
    };
    const result = await deps.store.transact([
      ...alertWrites(before, alert),
      {
        Put: auditItem({
          by: input.by,
          action: 'lab-alert-settled',
          scope: donation.siteId,
          zone: donation.zone,
          at: now,
          subjects: [donation.personId],
          id: input.auditId,
          change: { din: input.din },
        }),
      },
    ]);
    return result.ok ? { kind: 'done', alert } : AGAIN;
  }, deps);
}
