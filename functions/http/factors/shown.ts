import type { FactorAnswer } from '../../../shared/store/factors.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { Claims } from '../../runtime/area-handler.ts';
import type { Idempotency } from '../../runtime/idempotency.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { FactorsDeps } from './deps.ts';
import { factorView } from './factor-view.ts';
import { recordOf, refusedOf } from './record.ts';

type Shown = {
  actor: Actor;
  claims: Claims;
  device: string | undefined;
  body: { code: string; stationId?: string | undefined };
  idempotency: Idempotency;
};

/** Takes a code, and says how its owner stands then. */
export async function shown(deps: FactorsDeps, request: Shown, what: 'confirm' | 'show') {
  const { actor, claims, device, body, idempotency } = request;
  const { personId } = actor;
  const answer = await deps.factors.show({
    what,
    at: { ...claims, device },
    personId,
    code: body.code,
    stationId: body.stationId,
    audit: { Put: recordOf(deps, personId, what === 'confirm' ? 'factor-set' : 'factor-shown') },
    refused: refusedOf(deps, personId),
    idempotency,
  });
  return answer.kind === 'done' ? await factorView(deps, request) : refuse(answer);
}

/** Throws the problem of an answer that is none. */
export function refuse({ kind }: FactorAnswer): never {
  throw new ProblemError(kind === 'key-reused' ? 'idempotency-key-reused' : kind === 'done' ? 'internal' : kind);
}
