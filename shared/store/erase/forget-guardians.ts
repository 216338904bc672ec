import { createGuardians } from '../guardians.ts';
import { keys } from '../keys.ts';
import { type EraseStep, untilWritten } from './step.ts';

/** Who the guardian is, and what was texted to them, goes with the person. */
export const forgetGuardians: EraseStep = async (deps, { personId }) => {
  for (const { organisationId } of await createGuardians(deps.store).ofPerson(personId)) {
    await untilWritten(deps, async (store) => {
      const before = await createGuardians(store).get(personId, organisationId);
      if (!before) return [];
      return [
        {
          Delete: {
            Key: keys.guardian(personId, organisationId),
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': before.version },
          },
        },
        ...(before.code ? [{ Delete: { Key: keys.guardianCode(before.code) } }] : []),
      ];
    });
  }
};
