import { quietUntil } from '../../../shared/domain/quiet-hours.ts';
import { goOnClosing, resumeClosures } from '../../../shared/store/transactions/go-on-closing.ts';
import type { MoveDeps } from '../../../shared/store/transactions/move-line.ts';
import { engineDeps } from '../../runtime/common-deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';

const moving = (deps: AnnounceDeps): MoveDeps => ({
  ...engineDeps(deps.store, deps),
  quiet: (at, zone) => quietUntil(at, zone, deps.quiet),
});

/** Takes a closure as far as it goes now: whoever that moves is told by the stream of their bookings. */
export async function goOnWithClosure(
  deps: AnnounceDeps,
  closure: { readonly siteId: string; readonly closureId: string },
): Promise<void> {
  await goOnClosing(moving(deps), await deps.sites(), closure);
}

/** Goes on with closures that were stopped halfway, or had more people than one run moves. */
export async function resumeAllClosures(deps: AnnounceDeps): Promise<void> {
  await resumeClosures(moving(deps), await deps.sites());
}
