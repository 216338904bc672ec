import { maskName } from '../domain/mask-name.ts';
import { readCode } from '../domain/proof-code.ts';
import type { LocalDate } from '../domain/vocabulary.ts';
import type { Store } from './client.ts';
import { type EraseStep, untilWritten } from './erase/step.ts';
import type { DonationItem, ProfileItem, ProofItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';
import { AGAIN, withRetries } from './retry.ts';
import { type EngineDeps, nowOf } from './transactions/deps.ts';

export type Proven = { readonly code: string; readonly donation: DonationItem; readonly profile: ProfileItem };

/** The code under which a donor's own donation can be verified: made the first time it is asked for, the same ever after. */
export async function proveDonation(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'> & { newId: () => string },
  { personId, din, date }: { personId: string; din: string; date: LocalDate },
): Promise<Proven | undefined> {
  return await withRetries(async () => {
    const [donation, profile] = (await deps.store.batchGet(
      [keys.donation(personId, date, din), keys.profile(personId)],
      { consistent: true },
    )) as [DonationItem | undefined, ProfileItem | undefined];
    if (!donation || !profile) return undefined;
    if (donation.proof) return { code: donation.proof, donation, profile };
    // As it is read back: in no case twice under two spellings.
    const code = readCode(deps.newId());
    if (!code) throw new TypeError('ids are too short to be codes');
    const proof: ProofItem = {
      kind: 'proof',
      personId,
      din,
      maskedName: maskName(profile.name),
      date,
      siteName: donation.siteName,
      procedure: donation.procedure,
      volumeMl: donation.volumeMl,
      ...(donation.platelets && { platelets: donation.platelets }),
      madeAt: nowOf(deps),
    };
    const result = await deps.store.transact([
      {
        Update: {
          Key: keys.donation(personId, date, din),
          UpdateExpression: 'SET proof = :code',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(proof)',
          ExpressionAttributeValues: { ':code': code },
        },
      },
      { Put: { Item: { ...proof, ...keys.proof(code) }, ConditionExpression: 'attribute_not_exists(pk)' } },
    ]);
    return result.ok ? { code, donation, profile } : AGAIN;
  }, deps);
}

/** What a code proves; undefined for one that was never given or is withdrawn. */
export const provenBy = async (store: Store, code: string): Promise<ProofItem | undefined> =>
  await store.get<ProofItem>(keys.proof(code), { consistent: true });

/** Withdraws every code of a person: whoever still holds one is told that there is no such record. */
export const withdrawProofs: EraseStep = async (deps, { personId }) => {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await deps.store.query<DonationItem>({
      pk: partitions.donations(personId),
      consistent: true,
      ...(start && { start }),
    });
    const codes = page.items.flatMap(({ proof }) => proof ?? []);
    for (const code of codes) {
      await untilWritten(deps, async (store) =>
        (await provenBy(store, code)) ? [{ Delete: { Key: keys.proof(code) } }] : [],
      );
    }
    start = page.next;
  } while (start);
};
