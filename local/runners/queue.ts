import type { Queue } from '../endpoints/queue.ts';
import { sqsRecord } from '../endpoints/sqs.ts';
import { failedItems, type LambdaHandler, lambdaContext } from '../lambda.ts';
import { type Loop, runLoop } from './loop.ts';

const BATCH = 10;
const TIMEOUT_MS = 30_000;
/** Longer than the consumer may take, so that nobody else gets what it is still working on. */
const HIDDEN_MS = 2 * TIMEOUT_MS;
const RETRY_MS = 2_000;
const LONGEST_WAIT_MS = 10_000;

/** Hands queued messages to their consumer in batches; failed ones come back after a moment, at most three times in all. */
export function runQueue(deps: {
  readonly queue: Queue;
  readonly queueArn: string;
  readonly handler: LambdaHandler;
  readonly warn: (line: string) => void;
  /** How long a failed message waits. */
  readonly retryMs?: number;
  readonly turn?: () => Promise<void>;
}): Loop {
  const { queue, retryMs = RETRY_MS } = deps;
  let deadBefore = queue.deadCount();
  const round = async (): Promise<number> => {
    const messages = queue.receive(BATCH, HIDDEN_MS);
    const dead = queue.deadCount();
    if (dead > deadBefore) deps.warn('a message was put aside: its consumer failed three times');
    deadBefore = dead;
    if (messages.length === 0) {
      const next = queue.nextAt();
      return next === undefined ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, Math.max(1, next - Date.now()));
    }
    const failed = new Set(await deliver(messages));
    for (const { id } of messages) {
      if (failed.has(id)) queue.retryAt(id, Date.now() + retryMs);
      else queue.delete(id);
    }
    return 0;
  };
  const deliver = async (messages: ReturnType<Queue['receive']>): Promise<string[]> => {
    const event = { Records: messages.map((message) => sqsRecord(message, deps.queueArn, Date.now())) };
    try {
      return failedItems(await deps.handler(event, lambdaContext('sender', TIMEOUT_MS)));
    } catch (error) {
      deps.warn(`the sender failed: ${error instanceof Error ? error.name : 'unknown'}`);
      return messages.map(({ id }) => id);
    }
  };
  const loop = runLoop(round, () => RETRY_MS, deps.turn);
  queue.onSend(loop.wake);
  return loop;
}
