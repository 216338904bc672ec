import type * as z from 'zod';
import type { precheck } from '../../../shared/contract/precheck.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PrecheckDeps } from './deps.ts';
import { rulesOf } from './rules-of.ts';

type View = z.input<(typeof precheck)['routes']['GET /api/precheck']['output']>;

/** What the rules know of the caller, and their answers, as stored now. */
export async function myPrecheck(deps: PrecheckDeps, personId: string, siteId: string | undefined): Promise<View> {
  const [{ pack, zone }, lock, answers] = await Promise.all([
    rulesOf(deps, siteId),
    deps.people.lock(personId),
    deps.declared.answers(personId),
  ]);
  if (!lock) throw new ProblemError('not-found');
  return {
    packId: pack.id,
    zone,
    facts: structuredClone(lock.facts) as View['facts'],
    answers: structuredClone(answers?.packs[pack.id] ?? []) as View['answers'],
    version: answers?.version ?? 0,
  };
}
