import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { replacement } from '../health-answers.ts';
import type { ElsewhereItem, SiteItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type VerifyAnswer = 'done' | 'not-found' | 'changed-meanwhile' | 'key-reused';

/**
 * Notes that a station has seen the proof of a declared donation at `version`, or takes that back. For intervals it counted
 * before; for honours, which are added up whenever they are looked at, it counts from now on. The entry that says who did it is
 * written with it.
 */
export async function verifyElsewhere(
  deps: EngineDeps & { readonly newId: () => string },
  site: Pick<SiteItem, 'siteId' | 'zone'>,
  input: {
    readonly personId: string;
    readonly declaredId: string;
    readonly version: number;
    readonly verified: boolean;
    readonly by: string;
    readonly idempotency: Idempotency;
  },
): Promise<VerifyAnswer> {
  const { personId, declaredId, idempotency } = input;
  const key = keys.elsewhere(personId, declaredId);
  return await withRetries<VerifyAnswer>(async () => {
    const before = await deps.store.get<ElsewhereItem>(key, { consistent: true, table: 'private' });
    if (!before) return 'not-found';
    const known = wasAccepted(before.accepted, idempotency);
    if (known) return known === 'same' ? 'done' : 'key-reused';
    if (before.version !== input.version) return 'changed-meanwhile';
    const { verified: _, ...rest } = before;
    const now = nowOf(deps);
    const after: ElsewhereItem = {
      ...rest,
      ...(input.verified && { verified: { at: now, siteId: site.siteId } }),
      accepted: accept(before.accepted, idempotency),
      version: before.version + 1,
    };
    const entry = auditItem({
      by: input.by,
      action: input.verified ? 'elsewhere-verified' : 'elsewhere-unverified',
      scope: site.siteId,
      zone: site.zone,
      at: now,
      subjects: [personId],
      id: deps.newId(),
    });
    const result = await deps.store.transact([replacement(key, after), { Put: entry }]);
    return result.ok ? 'done' : AGAIN;
  }, deps);
}
