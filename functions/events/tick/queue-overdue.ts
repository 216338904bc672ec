import type { MessageRef } from '../../../shared/store/messages.ts';
import type { TickDeps } from './deps.ts';

/** A message this long past its time was lost on the way to a sender. */
const OVERDUE_MS = 15 * 60_000;

/** Gives a message to the senders again that none has taken. */
export async function queueOverdue(
  deps: TickDeps,
  { personId, messageId }: MessageRef,
  overdueMs = OVERDUE_MS,
): Promise<void> {
  const message = await deps.messages.get({ personId, messageId });
  const late = new Date(deps.clock.now() - overdueMs).toISOString();
  const waitsSince =
    message?.status === 'due' ? message.dueAt : message?.status === 'claimed' ? message.leaseUntil : undefined;
  if (!waitsSince || waitsSince > late) return;
  deps.log.warn('a message was overdue', { template: message?.template });
  await deps.queue([{ personId, messageId }]);
}
