import { totpCode } from '../../functions/runtime/totp.ts';
import { CODE_SECONDS, factorUntil } from '../../shared/domain/factor.ts';
import type { Store } from '../../shared/store/client.ts';
import { type FactorSession, factorSessionItem, openFactor } from '../../shared/store/factors.ts';
import type { FactorItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';

/** What somebody's authenticator shows, and for how many seconds still. */
export type ShownCode = { readonly name: string; readonly code: string; readonly seconds: number };

/**
 * The authenticators of everybody on this machine, as their phones would have them: whoever runs a local deployment holds its keys
 * and its tables, and so can open what is sealed there. No deployment in a cloud has this.
 */
export function createAuthenticators(deps: {
  readonly store: Store;
  readonly factKey: string;
  readonly now: () => number;
}) {
  const { store, factKey, now } = deps;
  const people = createPeople(store);
  return {
    /** The codes of those with a number who have one, or who are about to confirm one. */
    async codeOf(phone: string): Promise<ShownCode[]> {
      const shown: ShownCode[] = [];
      for (const { personId, name } of await people.withPhone(phone)) {
        const item = await store.get<FactorItem>(keys.factor(personId), { consistent: true, table: 'private' });
        const at = new Date(now()).toISOString();
        const pending = item?.pending && item.pending.until > at ? item.pending : undefined;
        // One that is being replaced is asked for first.
        const sealed = pending?.sealed ?? item?.live?.sealed;
        if (!sealed) continue;
        const seconds = CODE_SECONDS - (Math.floor(now() / 1000) % CODE_SECONDS);
        shown.push({ name: name ?? '', code: totpCode(openFactor(factKey, personId, sealed), now()), seconds });
      }
      return shown;
    },

    /** Notes that somebody with a role has shown theirs. */
    async show(at: FactorSession, personId: string): Promise<void> {
      const roles = await people.roles(personId);
      if (roles.length === 0) return;
      await store.transact([factorSessionItem(at, personId, factorUntil(roles, new Date(now()).toISOString()))]);
    },
  };
}
