import { type Asked, askOfImport } from '../../../shared/store/files/imports.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { Idempotency } from '../../runtime/idempotency.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredImport } from './covered.ts';
import type { FilesDeps } from './deps.ts';
import { importView } from './views.ts';

/** Lets an import of the caller's site go on, or end. */
export async function ask(
  deps: FilesDeps,
  what: Asked,
  request: { actor: Actor; params: { siteId: string; importId: string }; idempotency: Idempotency },
) {
  const { actor, params, idempotency } = request;
  await coveredImport(deps, actor, params);
  const answer = await askOfImport(deps, { ...params, ask: what, by: actor.personId, idempotency });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  return importView(answer.item);
}
