import { randomUUID } from 'node:crypto';
import { type LambdaHandler, lambdaContext } from '../lambda.ts';
import { type Loop, runLoop } from './loop.ts';

/** Calls a function at once and then at each whole multiple of a period, as EventBridge would; never twice at a time. */
export function runSchedule(deps: {
  readonly name: string;
  readonly everyMs: number;
  /** How long a call may take; absent: as long as the period. */
  readonly runMs?: number;
  readonly handler: LambdaHandler;
  readonly warn: (line: string) => void;
  readonly turn?: () => Promise<void>;
}): Loop {
  const untilNext = () => deps.everyMs - (Date.now() % deps.everyMs);
  return runLoop(
    async () => {
      const event = {
        version: '0',
        id: randomUUID(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: new Date().toISOString(),
        region: 'local',
        resources: [`arn:local:events:local:000000000000:rule/${deps.name}`],
        detail: {},
      };
      await deps.handler(event, lambdaContext(deps.name, deps.runMs ?? deps.everyMs));
      return untilNext();
    },
    (error) => {
      deps.warn(`the ${deps.name} function failed: ${error instanceof Error ? error.name : 'unknown'}`);
      return untilNext();
    },
    deps.turn,
  );
}
