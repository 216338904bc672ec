import { confirmed, declared, type HeldQualification } from '../../domain/qualifications.ts';
import type { LocalDate, Qualification, Skill } from '../../domain/vocabulary.ts';
import type { DraftItem } from '../client.ts';
import type { LockItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import type { EngineDeps } from './deps.ts';

export type QualifyDeps = Pick<EngineDeps, 'store' | 'clock' | 'random'>;

export type Qualify =
  /** Somebody says which skills they have. */
  | { readonly kind: 'declare'; readonly skills: readonly Skill[] }
  /** An organiser confirms one, or takes that back; who did it is recorded with it. */
  | {
      readonly kind: 'confirm';
      readonly qualification: Qualification;
      readonly confirmation: { readonly by: string; readonly until?: LocalDate } | undefined;
      readonly audit: DraftItem;
    };

/**
 * Changes what a person is known to be able to do. It is kept in the lock, on which every sign-up rests: who takes a place at
 * that moment is decided again. What changes nothing writes nothing, so that doing the same twice is doing it once. Undefined where there is no such person any more.
 */
export async function qualify(
  deps: QualifyDeps,
  personId: string,
  change: Qualify,
): Promise<readonly HeldQualification[] | undefined> {
  return await withRetries(async () => {
    const item = await deps.store.get<LockItem>(keys.lock(personId), { consistent: true });
    if (item?.status !== 'active') return undefined;
    const lock = unpackLock(item);
    const held = lock.facts.qualifications ?? [];
    const after =
      change.kind === 'declare'
        ? declared(held, change.skills)
        : confirmed(held, change.qualification, change.confirmation);
    // Also where a first try succeeded unseen.
    if (isSame(held, after)) return after;
    const { qualifications: _, ...facts } = lock.facts;
    const result = await deps.store.transact([
      lockWrite(lock, { facts: { ...facts, ...(after.length > 0 && { qualifications: after }) } }),
      ...(change.kind === 'confirm' ? [change.audit] : []),
    ]);
    return result.ok ? after : AGAIN;
  }, deps);
}

function isSame(a: readonly HeldQualification[], b: readonly HeldQualification[]): boolean {
  const said = (held: readonly HeldQualification[]) =>
    held.map(({ qualification, by, until }) => [qualification, by ?? '', until ?? ''].join(' ')).sort();
  return said(a).join() === said(b).join();
}
