import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Access, Action } from '../shared/store/access.ts';
import { leadingKey, type Prefix } from '../shared/store/keys.ts';
import { INDEXES } from '../shared/store/table.ts';

/** What each action of ACCESS is in IAM. Transactions are checked item by item under the same names. */
const ACTIONS: Record<Action, readonly string[]> = {
  read: ['GetItem', 'BatchGetItem', 'Query'],
  put: ['PutItem'],
  update: ['UpdateItem'],
  delete: ['DeleteItem'],
  check: ['ConditionCheckItem'],
};

/**
 * A function's row of ACCESS as IAM statements: one an action, naming the partitions by prefix. An index is a resource of
 * its own, which may only be queried. What states no leading key (a scan, PartiQL) is granted to nobody.
 */
export function statementsOf(access: Access, tables: { schedule: string; private: string }): PolicyStatement[] {
  const statements = [
    ...byAction(access.schedule).map(([action, prefixes]) => statement(tables.schedule, ACTIONS[action], prefixes)),
    ...byAction(access.private ?? {}).map(([action, prefixes]) => statement(tables.private, ACTIONS[action], prefixes)),
  ];
  for (const index of INDEXES) {
    const prefixes = access[index] ?? [];
    if (prefixes.length > 0) statements.push(statement(`${tables.schedule}/index/${index}`, ['Query'], prefixes));
  }
  return statements;
}

function byAction(prefixes: Partial<Record<Prefix, readonly Action[]>>): [Action, Prefix[]][] {
  return (Object.keys(ACTIONS) as Action[])
    .map((action): [Action, Prefix[]] => {
      const granted = (Object.keys(prefixes) as Prefix[]).filter((prefix) => prefixes[prefix]?.includes(action));
      return [action, granted];
    })
    .filter(([, granted]) => granted.length > 0);
}

const statement = (resource: string, actions: readonly string[], prefixes: readonly Prefix[]): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [resource],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': prefixes.map(leadingKey) },
      // «For all values» is also true of a request that names none.
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });
