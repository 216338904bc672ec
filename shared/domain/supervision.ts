import { earlierFirst } from './dates.ts';
import { decideDonation } from './eligibility.ts';
import { type BloodGroup, isSameGroup } from './laboratory.ts';
import { addMinutes, localDateOf } from './local-time.ts';
import type { PolicyPack } from './policy-pack.ts';
import type { PastDonation } from './refusal.ts';
import { type DinRange, isInRange } from './unit-settings.ts';
import type {
  Component,
  DoubtKind,
  DoubtWhy,
  Instant,
  LocalDate,
  Sex,
  UnitAction,
  UnitNote,
  UnitStage,
} from './vocabulary.ts';

/** A step of a unit, as it is kept: what somebody did here, or what another system reported. */
export type KeptStep = {
  readonly unitId: string;
  readonly version: number;
  readonly action: UnitAction | UnitNote | 'collect' | 'mirror' | 'correct';
  readonly from?: UnitStage;
  readonly to: UnitStage;
  /** When it was recorded. */
  readonly at: Instant;
  /** When another system says that it was. */
  readonly reportedAt?: Instant;
  readonly usedOn?: LocalDate;
  readonly hospital?: string;
  readonly hospitalRecord?: string;
};
export type KeptUnit = {
  readonly unitId: string;
  readonly parentId?: string;
  readonly component: Component;
  readonly stage: UnitStage;
  readonly expiresAt?: Instant;
  /** Its way before opening was not followed here. */
  readonly historical?: true;
};
export type KeptChain = {
  readonly date: LocalDate;
  readonly zone: string;
  readonly collectedAt: Instant;
  readonly units: readonly KeptUnit[];
  readonly steps: readonly KeptStep[];
  /** What the laboratory found, where it did, and what hospitals report of units, by id. */
  readonly group?: BloodGroup | undefined;
  readonly reported?: Readonly<Record<string, BloodGroup>> | undefined;
};

/** A step that a finding rests on. */
export type Evidence = {
  readonly unitId: string;
  readonly component: Component;
  readonly version: number;
  readonly to: UnitStage;
  readonly at: Instant;
  readonly reportedAt?: Instant;
  readonly usedOn?: LocalDate;
  readonly hospital?: string;
  readonly hospitalRecord?: string;
};

/** Something in the records that somebody has to look at: it may be an error of a report, or of what was done. */
export type Finding = {
  /** Made from what it is about, so that finding it again is finding the same. */
  readonly id: string;
  readonly kind: DoubtKind;
  /** The order of which times is not what it must be. */
  readonly why?: DoubtWhy;
  /** In order of time; the last is the doubtful one. */
  readonly evidence: readonly Evidence[];
  readonly expiresAt?: Instant;
  /** The donation before this one, and from when another was allowed. */
  readonly before?: { readonly din: string; readonly date: LocalDate; readonly from: LocalDate };
};

/** A report whose times are in another zone than it says is off by less: that is its form, and nothing that was done. */
const ZONES_MINUTES = 24 * 60;

const said = ({ reportedAt, at }: KeptStep): Instant => reportedAt ?? at;
const isUse = ({ to, action }: KeptStep): boolean => to === 'used' && (action === 'use' || action === 'mirror');

/** One that is first heard of as used is not among them: its way there is the other system's, and was not followed here. */
const BEFORE_RELEASE: readonly (UnitStage | undefined)[] = ['collected', 'tested', 'quarantined'];
/** Of these, nothing is made any more. */
const PUT_ASIDE: readonly (UnitStage | undefined)[] = ['quarantined', 'discarded'];
const GONE: readonly (UnitStage | undefined)[] = ['used', 'discarded'];

/**
 * Every doubt that a donation's units and steps raise. A step that was done here has met the table of stages, so most of it is in what
 * another system or a hospital reports, which is kept as it was said. A use that was taken back raises none any more.
 */
export function doubtsOf(chain: KeptChain): Finding[] {
  const walked = new Map(chain.units.map((unit) => [unit.unitId, walk(chain, unit)]));
  const found = chain.units.flatMap((unit) => walked.get(unit.unitId)?.found ?? []);
  const usedOf = (unitId: string) => walked.get(unitId)?.use;
  for (const unit of chain.units) {
    const use = usedOf(unit.unitId);
    if (!use) continue;
    const whole = ancestors(chain.units, unit).find(({ unitId }) => usedOf(unitId));
    const first = whole && usedOf(whole.unitId);
    if (first && whole) {
      const both = [evidence(whole, first), evidence(unit, use)].toSorted((a, b) => earlierFirst(a.at, b.at));
      found.push(finding('used-twice', unit.unitId, use.version, both));
    }
    const instead = issuedInstead(chain, unit, use);
    if (instead) found.push(finding('component-differs', unit.unitId, use.version, [instead, evidence(unit, use)]));
    const said = chain.reported?.[unit.unitId];
    if (chain.group && said && !isSameGroup(chain.group, said)) {
      found.push(finding('group-differs', unit.unitId, use.version, [evidence(unit, use)]));
    }
  }
  return [...new Map(found.map((each) => [each.id, each])).values()];
}

/** A number that is none of its site's: another station's bag, or a label that was misread. */
export const numberDoubt = (din: string, ranges: readonly DinRange[] | undefined): Finding[] =>
  isInRange(din, ranges) ? [] : [{ id: 'number-out-of-range', kind: 'number-out-of-range', evidence: [] }];

/** Whether a donation came too soon after another of the same person, as two records of one person show when they are joined. */
export function givenTooSoon(
  pack: PolicyPack,
  donation: PastDonation & { readonly din: string },
  others: readonly (PastDonation & { readonly din: string })[],
  sex?: Sex,
): Finding[] {
  const earlier = others
    .filter(
      ({ din, date }) =>
        din !== donation.din && (date < donation.date || (date === donation.date && din < donation.din)),
    )
    .toSorted((a, b) => earlierFirst(b.date, a.date));
  for (const before of earlier) {
    const facts = {
      ...(sex && { sex }),
      donations: [before],
      repeatDonor: true,
      reactionRecorded: false,
      wantsExtendedAge: false,
    };
    const decision = decideDonation(pack, facts, { procedure: donation.procedure, date: donation.date });
    const reason = decision.ok ? undefined : decision.reasons.find(({ code }) => code === 'interval');
    if (reason?.from) {
      const { din, date } = before;
      return [{ id: `too-soon.${din}`, kind: 'too-soon', evidence: [], before: { din, date, from: reason.from } }];
    }
  }
  return [];
}

function walk(chain: KeptChain, unit: KeptUnit): { found: Finding[]; use: KeptStep | undefined } {
  const always: Finding[] = [];
  /** Uses that stand, each with what it raises: taken back, both are gone. */
  let uses: { step: KeptStep; found: Finding[] }[] = [];
  let last: KeptStep | undefined;
  let issue: KeptStep | undefined;
  const steps = chain.steps.filter(({ unitId }) => unitId === unit.unitId).toSorted((a, b) => a.version - b.version);
  for (const step of steps) {
    const shown = (...before: (KeptStep | undefined)[]) =>
      [...before, step].flatMap((each) => (each ? [evidence(unit, each)] : []));
    const doubt = (kind: DoubtKind, list: Evidence[], more: Partial<Finding> = {}) =>
      finding(kind, unit.unitId, step.version, list, more);
    const origin = step.from ? undefined : putAside(chain, unit, step);
    const from = step.from ?? origin?.step.to;
    const shownFrom = origin ? [evidence(origin.unit, origin.step), ...shown()] : shown(last);
    if (step.action === 'correct-use') uses = [];
    if (step.action === 'mirror' && GONE.includes(from) && from !== step.to) {
      always.push(doubt('reappeared', shownFrom));
    }
    if (step.action === 'mirror' && step.from === 'processed' && (step.to === 'issued' || step.to === 'used')) {
      always.push(doubt('component-differs', shown(last)));
    }
    const why = unit.historical ? undefined : wrongTime(chain, step, last, issue);
    const use = isUse(step);
    const raised = why ? [doubt('times-out-of-order', shown(why.before), { why: why.why })] : [];
    if (!use) always.push(...raised);
    else if (step.from !== 'used' || differs(step, uses.at(-1)?.step)) {
      const earlier = uses.at(-1)?.step;
      if (earlier) raised.push(doubt('used-twice', shown(earlier)));
      if (!unit.historical && BEFORE_RELEASE.includes(from)) raised.push(doubt('used-before-release', shownFrom));
      if (isElsewhere(unit, step, issue)) raised.push(doubt('used-elsewhere', shown(issue ?? last)));
      const { expiresAt } = unit;
      if (expiresAt && isAfterExpiry(step, expiresAt, chain.zone))
        raised.push(doubt('used-after-expiry', shown(), { expiresAt }));
      uses.push({ step, found: raised });
    }
    if (step.to === 'issued' && step.action !== 'correct-use') issue = step;
    if (step.to === 'stored') issue = undefined;
    last = step;
  }
  return { found: [...always, ...uses.flatMap(({ found }) => found)], use: uses.at(-1)?.step };
}

/** What a unit that is first heard of was made of, where that had been put aside or discarded by then. */
function putAside(chain: KeptChain, unit: KeptUnit, first: KeptStep): { unit: KeptUnit; step: KeptStep } | undefined {
  const parent = chain.units.find(({ unitId }) => unitId === unit.parentId);
  const step = chain.steps.findLast(({ unitId, at }) => unitId === parent?.unitId && at <= first.at);
  return parent && step && PUT_ASIDE.includes(step.to) ? { unit: parent, step } : undefined;
}

/** Another word on a use than the one before, and not the same said again. */
const differs = (step: KeptStep, before: KeptStep | undefined): boolean =>
  before === undefined ||
  (['hospital', 'hospitalRecord', 'usedOn'] as const).some(
    (name) => step[name] !== undefined && before[name] !== undefined && step[name] !== before[name],
  );

/** Used where nobody had issued it to: at another hospital, or from the station's own shelf. */
function isElsewhere(unit: KeptUnit, step: KeptStep, issue: KeptStep | undefined): boolean {
  if (issue) return issue.hospital !== undefined && step.hospital !== undefined && issue.hospital !== step.hospital;
  return !unit.historical && (step.from === 'released' || step.from === 'stored');
}

/** By the day that the hospital names, else by the moment at which it was reported, or recorded. */
const isAfterExpiry = (step: KeptStep, expiresAt: Instant, zone: string): boolean =>
  step.usedOn === undefined ? said(step) >= expiresAt : step.usedOn > localDateOf(addMinutes(expiresAt, -1), zone);

function wrongTime(
  { collectedAt, date, zone }: KeptChain,
  step: KeptStep,
  last: KeptStep | undefined,
  issue: KeptStep | undefined,
): { why: DoubtWhy; before?: KeptStep } | undefined {
  const { reportedAt, usedOn, at } = step;
  if ((reportedAt !== undefined && reportedAt < collectedAt) || (usedOn !== undefined && usedOn < date)) {
    return { why: 'before-donation' };
  }
  if (
    (reportedAt !== undefined && reportedAt > addMinutes(at, ZONES_MINUTES)) ||
    (usedOn !== undefined && usedOn > localDateOf(at, zone))
  ) {
    return { why: 'in-future' };
  }
  if (isUse(step) && issue && usedOn !== undefined && usedOn < localDateOf(said(issue), zone)) {
    return { why: 'before-issue', before: issue };
  }
  if (reportedAt !== undefined && last?.reportedAt !== undefined && reportedAt < last.reportedAt) {
    return { why: 'before-previous', before: last };
  }
  return undefined;
}

/**
 * What a hospital was issued of the donation and has not reported, where it reports as used a component that nobody issued (串换): the
 * last word on another unit that it still has.
 */
function issuedInstead(chain: KeptChain, unit: KeptUnit, use: KeptStep): Evidence | undefined {
  const wasIssued = chain.steps.some(
    ({ unitId, to, version }) => unitId === unit.unitId && to === 'issued' && version < use.version,
  );
  if (wasIssued || use.from === 'issued' || unit.historical || use.hospital === undefined) return undefined;
  for (const other of chain.units) {
    if (other.component === unit.component || other.stage !== 'issued') continue;
    const issue = chain.steps.findLast(({ unitId, to }) => unitId === other.unitId && to === 'issued');
    if (issue?.hospital === use.hospital) return evidence(other, issue);
  }
  return undefined;
}

function ancestors(units: readonly KeptUnit[], { parentId }: KeptUnit): KeptUnit[] {
  const parent = units.find(({ unitId }) => unitId === parentId);
  return parent ? [parent, ...ancestors(units, parent)] : [];
}

const evidence = ({ component }: KeptUnit, step: KeptStep): Evidence => ({
  unitId: step.unitId,
  component,
  version: step.version,
  to: step.to,
  at: step.at,
  ...(step.reportedAt && { reportedAt: step.reportedAt }),
  ...(step.usedOn && { usedOn: step.usedOn }),
  ...(step.hospital && { hospital: step.hospital }),
  ...(step.hospitalRecord && { hospitalRecord: step.hospitalRecord }),
});

const finding = (
  kind: DoubtKind,
  unitId: string,
  version: number,
  list: readonly Evidence[],
  more: Partial<Finding> = {},
): Finding => ({ id: [kind, unitId, version].join('.'), kind, evidence: list, ...more });
