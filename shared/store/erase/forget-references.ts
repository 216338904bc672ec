import type { KnownAsItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { type EraseStep, untilWritten } from './step.ts';

/**
 * The station's own files no longer lead to the person. A keyed digest stays, so that the same file, loaded once more, does not
 * bring back who asked to be forgotten.
 */
export const forgetReferences: EraseStep = async (deps, { personId }) => {
  const { items } = await deps.store.query<KnownAsItem>({ ...partitions.knownAs(personId), consistent: true });
  for (const { digest } of items) {
    await untilWritten(deps, async () => [
      {
        Update: {
          Key: keys.donorRef(digest),
          UpdateExpression: 'REMOVE #personId',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#personId': 'personId' },
        },
      },
      { Delete: { Key: keys.knownAs(personId, digest) } },
    ]);
  }
};
