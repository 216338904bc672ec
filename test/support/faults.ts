import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Store } from '../../shared/store/client.ts';
import type { Random } from '../../shared/store/retry.ts';

const named = (name: string) => Object.assign(new Error(name), { name });

/**
 * Makes a store's transactions fail as DynamoDB's do under load, by chance from `random`: lost to another in flight,
 * throttled, or applied and then not heard of again. The embedded engine is too kind to do any of these by itself.
 */
export function withFaults(store: Store, random: Random): Store {
  store.base.middlewareStack.add(
    (next, context) => async (args) => {
      if (context['commandName'] !== 'TransactWriteItemsCommand') return await next(args);
      const fate = random();
      if (fate < 0.2) {
        throw new TransactionCanceledException({
          message: 'Transaction cancelled',
          $metadata: {},
          CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }],
        });
      }
      if (fate < 0.3) throw named('ThrottlingException');
      const answer = await next(args);
      if (fate < 0.45) throw named('TimeoutError');
      return answer;
    },
    { step: 'initialize', name: 'faults' },
  );
  return store;
}

/** Loses the answer to each single write once, so that the SDK, which cannot know, makes it again. */
export function withLostAnswers(store: Store): Store {
  const lost = new Set<unknown>();
  store.base.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context['commandName'] !== 'PutItemCommand' || lost.has(context)) return answer;
      lost.add(context);
      throw named('TimeoutError');
    },
    { step: 'deserialize', name: 'lost answers', priority: 'high' },
  );
  return store;
}
