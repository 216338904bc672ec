import type { Access, Action } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { prefixOf } from '../../shared/store/keys.ts';

/** What IAM would answer: the function has no grant for this prefix and action. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

/** Puts a function's grants between a store and its engine, as IAM does in AWS: what is not in ACCESS is refused. */
export function guarded(store: Store, access: Access, privateTable: string): Store {
  store.base.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String(context['commandName']).replace(/Command$/, '');
      for (const touch of touches(command, args.input as Input)) {
        if (!granted(access, touch, privateTable)) {
          throw new AccessDenied(`${touch.action} ${touch.index ?? ''} ${prefixOf(touch.pk) ?? 'a key nobody owns'}`);
        }
      }
      return await next(args);
    },
    { step: 'initialize', name: 'grants' },
  );
  return store;
}

type Touch = { table: string | undefined; pk: string; action: Action; index?: string | undefined };

function granted(access: Access, { table, pk, action, index }: Touch, privateTable: string): boolean {
  const prefix = prefixOf(pk);
  if (!prefix) return false;
  if (index) return (access[index as 'gsi1' | 'gsi2'] ?? []).includes(prefix);
  return ((table === privateTable ? access.private : access.schedule)?.[prefix] ?? []).includes(action);
}

type Keyed = { TableName?: string; Key?: Record<string, unknown>; Item?: Record<string, unknown> };
type Input = Keyed & {
  IndexName?: string;
  ExpressionAttributeValues?: Record<string, unknown>;
  RequestItems?: Record<string, { Keys: Record<string, unknown>[] }>;
  TransactItems?: Record<string, Keyed>[];
};

const SINGLE: Record<string, Action> = {
  GetItem: 'read',
  PutItem: 'put',
  UpdateItem: 'update',
  DeleteItem: 'delete',
  Put: 'put',
  Update: 'update',
  Delete: 'delete',
  ConditionCheck: 'check',
};

/** Every key a command would touch. */
function touches(command: string, input: Input): Touch[] {
  const action = SINGLE[command];
  if (action) return [{ table: input.TableName, pk: plain((input.Item ?? input.Key)?.['pk']), action }];
  if (command === 'Query') {
    const pk = plain(input.ExpressionAttributeValues?.[':pk']);
    return [{ table: input.TableName, pk, action: 'read', index: input.IndexName }];
  }
  if (command === 'BatchGetItem') {
    return Object.entries(input.RequestItems ?? {}).flatMap(([table, { Keys }]) =>
      Keys.map((key): Touch => ({ table, pk: plain(key['pk']), action: 'read' })),
    );
  }
  if (command === 'TransactWriteItems') {
    return (input.TransactItems ?? []).flatMap((item) =>
      Object.entries(item).flatMap(([kind, keyed]) => touches(kind, keyed)),
    );
  }
  throw new AccessDenied(command);
}

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : String((value as { S?: string } | undefined)?.S ?? '');
