import type * as z from 'zod';
import type { laboratory } from '../../../shared/contract/laboratory.ts';
import type { LaboratoryVerdict } from '../../../shared/domain/vocabulary.ts';
import type { DinItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { BusyError } from '../../../shared/store/retry.ts';
import { recordResults } from '../../../shared/store/transactions/record-results.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { idempotency as digested } from '../../runtime/idempotency.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { problemSentence } from '../../runtime/sentences.ts';
import { coveredSite } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';
import { resultsProblem } from './results-problem.ts';

type Routes = (typeof laboratory)['routes'];
type Line = z.output<Routes['POST /api/laboratory/results']['body']>['lines'][number];

/** Few at once: the caller waits, and each is a transaction of its own. */
const AT_ONCE = 4;

export const record: RouteHandler<Routes['POST /api/laboratory/results'], LaboratoryDeps> = async (
  { actor, body, idempotency, language },
  deps,
) => {
  await coveredSite(deps, actor, body.siteId);
  const dins = [...new Set(body.lines.map(({ din }) => din))];
  const found = (await deps.store.batchGet(dins.map(keys.din), { consistent: true })) as (DinItem | undefined)[];
  const covers = (at: string) => actor.roles.some(({ role, scope }) => role === 'staff' && scope === at);
  const own = new Set(found.flatMap((each) => (each && covers(each.siteId) ? [each.din] : [])));

  const one = async ({ din, found: results, asItIs = false }: Line): Promise<LaboratoryVerdict> => {
    if (!own.has(din)) throw new ProblemError('not-found');
    const answer = await recordResults(deps.engine, {
      din,
      found: results,
      asItIs,
      by: actor.personId,
      auditId: deps.newId(),
      // A tube's own: a plate that is sent again, whole or what was left of it, does nothing twice.
      idempotency: digested(`${idempotency.key} ${din}`, actor.personId, 'tube of a plate', [results, asItIs]),
    });
    if (answer.kind !== 'done') throw resultsProblem(answer);
    return answer.judged.verdict;
  };
  const outcomes = new Map<Line, LaboratoryVerdict | ProblemError>();
  await inParallel(body.lines, AT_ONCE, async (line) => {
    try {
      outcomes.set(line, await one(line));
    } catch (error) {
      // One that cannot be keeps nobody else's from its turn.
      if (error instanceof ProblemError) outcomes.set(line, error);
      else if (error instanceof BusyError) outcomes.set(line, new ProblemError('busy'));
      else throw error;
    }
  });
  return {
    lines: body.lines.map((line) => {
      const outcome = outcomes.get(line);
      return outcome instanceof ProblemError
        ? { din: line.din, done: false, code: outcome.code, sentence: problemSentence(outcome.code, language) }
        : { din: line.din, done: true, verdict: outcome };
    }),
  };
};
