import { createClosures } from '../closures.ts';
import { keys } from '../keys.ts';
import { type EraseStep, untilWritten } from './step.ts';

/** What closures have done to the person's bookings is forgotten; the bookings themselves are a row of their own. */
export const forgetMoves: EraseStep = async (deps, { personId }) => {
  for (const { closureId, bookingId } of await createClosures(deps.store).movesOfPerson(personId)) {
    await untilWritten(deps, async () => [{ Delete: { Key: keys.move(closureId, bookingId) } }]);
  }
};
