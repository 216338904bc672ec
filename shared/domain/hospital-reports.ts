import { daysBetween, earlierFirst } from './dates.ts';
import { localDateOf } from './local-time.ts';
import type { KeptChain, KeptStep } from './supervision.ts';
import type { Component, Instant, LocalDate, StepWay } from './vocabulary.ts';

/** A unit issued to a hospital, and what the hospital has said of it since. */
export type Issue = {
  readonly unitId: string;
  readonly component: Component;
  /** Of the step that issued it; `version` is the unit's now. */
  readonly step: number;
  readonly version: number;
  readonly hospital: string;
  readonly issuedAt: Instant;
  /** Absent: nothing yet. */
  readonly outcome?: IssueOutcome;
  /** When that was recorded here, how, and the day of the use where it was said. */
  readonly reportedAt?: Instant;
  readonly via?: StepWay;
  readonly usedOn?: LocalDate;
};
export const ISSUE_OUTCOMES = ['used', 'returned', 'discarded'] as const;
export type IssueOutcome = (typeof ISSUE_OUTCOMES)[number];

type Step = KeptStep & { readonly via?: StepWay };
type Chain = Omit<KeptChain, 'units' | 'steps'> & {
  readonly units: readonly (KeptChain['units'][number] & { readonly version: number })[];
  readonly steps: readonly Step[];
};

const ENDS: Partial<Record<KeptStep['to'], IssueOutcome>> = {
  used: 'used',
  stored: 'returned',
  discarded: 'discarded',
};

/** Every time that a unit of a donation was issued, with what became of it. A use that was taken back is none. */
export function issuesOf(chain: Chain): Issue[] {
  return chain.units.flatMap(({ unitId, component, version }) => {
    const issues: Issue[] = [];
    let hospital: string | undefined;
    const steps = chain.steps.filter((step) => step.unitId === unitId).toSorted((a, b) => a.version - b.version);
    for (const step of steps) {
      const open = issues.at(-1);
      if (step.action === 'correct-use') {
        if (open) issues[issues.length - 1] = asIssued(open);
        continue;
      }
      if (step.to === 'issued' && (step.hospital ?? hospital)) {
        hospital = step.hospital ?? hospital;
        const again = open && !open.outcome && open.hospital === hospital;
        if (!again && hospital) {
          issues.push({
            unitId,
            component,
            step: step.version,
            version,
            hospital,
            issuedAt: step.reportedAt ?? step.at,
          });
        }
        continue;
      }
      const outcome = ENDS[step.to];
      if (!open || open.outcome || !outcome) continue;
      const via = step.via ?? (step.action === 'mirror' ? 'file' : undefined);
      issues[issues.length - 1] = {
        ...open,
        outcome,
        reportedAt: step.at,
        ...(via && { via }),
        ...(outcome === 'used' && step.usedOn && { usedOn: step.usedOn }),
      };
    }
    return issues;
  });
}

const asIssued = ({ outcome: _, reportedAt: __, via: ___, usedOn: ____, ...issue }: Issue): Issue => issue;

export type HospitalFigures = {
  readonly hospital: string;
  readonly issued: number;
  readonly used: number;
  readonly returned: number;
  readonly discarded: number;
  readonly unreported: number;
  /** Since when the oldest of these is out. */
  readonly oldest?: Instant;
  /** Of what was reported: by scan, by hand, by file. */
  readonly ways: Readonly<Record<StepWay, number>>;
  /** Half of the uses were reported within so many days of the use; of those whose day was said. */
  readonly daysFromUse?: number;
  /** The same of every report, from its issue. */
  readonly daysFromIssue?: number;
};

/** The middle of a list, the mean of the two in the middle where there are two. */
function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** How each hospital reports what it was issued, the one with most unreported first. */
export function hospitalFigures(issues: readonly Issue[], zone: string): HospitalFigures[] {
  return [...Map.groupBy(issues, ({ hospital }) => hospital)]
    .map(([hospital, own]): HospitalFigures => {
      const of = (outcome: IssueOutcome) => own.filter((issue) => issue.outcome === outcome).length;
      const waits = own.filter(({ outcome }) => !outcome);
      const told = own.flatMap(({ reportedAt, issuedAt, usedOn, via }) =>
        reportedAt ? [{ day: localDateOf(reportedAt, zone), issued: localDateOf(issuedAt, zone), usedOn, via }] : [],
      );
      const by = (way: StepWay) => told.filter(({ via }) => via === way).length;
      const oldest = waits.map(({ issuedAt }) => issuedAt).toSorted(earlierFirst)[0];
      const fromUse = median(
        told.flatMap(({ day, usedOn }) => (usedOn ? [Math.max(0, daysBetween(usedOn, day))] : [])),
      );
      const fromIssue = median(told.map(({ day, issued }) => Math.max(0, daysBetween(issued, day))));
      return {
        hospital,
        issued: own.length,
        used: of('used'),
        returned: of('returned'),
        discarded: of('discarded'),
        unreported: waits.length,
        ...(oldest && { oldest }),
        ways: { scan: by('scan'), hand: by('hand'), file: by('file') },
        ...(fromUse !== undefined && { daysFromUse: fromUse }),
        ...(fromIssue !== undefined && { daysFromIssue: fromIssue }),
      };
    })
    .toSorted((a, b) => b.unreported - a.unreported || b.issued - a.issued || (a.hospital < b.hospital ? -1 : 1));
}
