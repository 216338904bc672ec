import type * as z from 'zod';
import type { units } from '../../../shared/contract/units.ts';
import { readExpiry } from '../../../shared/domain/unit-expiry.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { DinItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { BusyError } from '../../../shared/store/retry.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { moveUnit, type StepAnswer } from '../../../shared/store/transactions/move-unit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { idempotency as digested } from '../../runtime/idempotency.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { problemSentence } from '../../runtime/sentences.ts';
import { coveredSite } from './covered-chain.ts';
import type { UnitsDeps } from './deps.ts';
import { stepProblem } from './step-problem.ts';

type Routes = (typeof units)['routes'];
type Line = z.output<Routes['POST /api/units/steps']['body']>['lines'][number];

/** Few at once: the caller waits, and each is a transaction of its own. */
const AT_ONCE = 4;

export const addSteps: RouteHandler<Routes['POST /api/units/steps'], UnitsDeps> = async (
  { actor, body, idempotency, language },
  deps,
) => {
  const { siteId, lines, ...act } = body;
  const site = await coveredSite(deps, actor, siteId);
  const dins = [...new Set(lines.map(({ din }) => din))];
  const found = (await deps.store.batchGet(dins.map(keys.din), { consistent: true })) as (DinItem | undefined)[];
  const covers = (at: string) => actor.roles.some(({ role, scope }) => role === 'staff' && scope === at);
  const own = new Map(found.flatMap((each) => (each && covers(each.siteId) ? [[each.din, each] as const] : [])));

  const step = async ({ din, unitId, version, expiry: typed, group }: Line): Promise<ProblemError | undefined> => {
    if (!own.has(din)) return new ProblemError('not-found');
    const expiry = typed === undefined ? undefined : readExpiry(typed);
    if (typed !== undefined && !expiry) return new ProblemError('expiry-invalid');
    const answer: StepAnswer = await moveUnit(deps.engine, {
      ...act,
      din,
      unitId,
      version,
      expiry,
      group,
      by: actor.personId,
      via: 'scan',
      // A line's own: a batch that is sent again, whole or what was left of it, does nothing twice.
      idempotency: digested(`${idempotency.key} ${din} ${unitId}`, actor.personId, 'step of a batch', [
        act,
        version,
        typed,
        ...(group ? [group] : []),
      ]),
    });
    return answer.kind === 'done' ? undefined : stepProblem(answer);
  };
  const faults = new Map<Line, ProblemError>();
  await inParallel(lines, AT_ONCE, async (line) => {
    try {
      const fault = await step(line);
      if (fault) faults.set(line, fault);
    } catch (error) {
      // One that others are at keeps nobody else's from its turn; it may be sent again.
      if (!(error instanceof BusyError)) throw error;
      faults.set(line, new ProblemError('busy'));
    }
  });
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'units-moved',
      scope: siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [...new Set([...own.values()].map(({ personId }) => personId))],
      id: deps.newId(),
      change: { action: act.action, done: lines.length - faults.size, refused: faults.size },
    }),
  );
  return {
    lines: lines.map((line) => {
      const fault = faults.get(line);
      const { din, unitId } = line;
      return fault
        ? { din, unitId, done: false, code: fault.code, sentence: problemSentence(fault.code, language) }
        : { din, unitId, done: true };
    }),
  };
};
