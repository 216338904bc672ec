import { describe, expect, test } from 'vitest';
import { STAGES } from '../../infra/stages.ts';
import { contract } from '../../shared/contract/index.ts';
import { ACCESS, type Access, type Action } from '../../shared/store/access.ts';
import { leadingKey, type Prefix } from '../../shared/store/keys.ts';
import { resources, stacksOf, template } from './synthesised.ts';

/** Imported by deployment.test.ts, so that both share one synthesis: that is what takes the time. */
type Statement = {
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
};
const list = <T>(value: T | readonly T[]): T[] => (Array.isArray(value) ? [...value] : [value as T]);

/** Every statement of the role that a function runs under. */
function statementsOf(stage: 'prod' | 'cn' | 'dev', stack: string, functionName: string): Statement[] {
  const made = resources(stage, stack, 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties['FunctionName'] === `nuanliu-${stage}-${functionName}`,
  );
  const role = (made?.Properties['Role'] as { 'Fn::GetAtt': [string, string] } | undefined)?.['Fn::GetAtt'][0];
  if (!role) throw new Error(`no role of ${functionName}`);
  const ofRole = resources(stage, stack, 'AWS::IAM::Role');
  expect(ofRole.length).toBeGreaterThan(0);
  const { Properties } = template(stage, stack).findResources('AWS::IAM::Role')[role] as {
    Properties: Record<string, unknown>;
  };
  // Nothing comes from elsewhere: all a role may do is in its own policy.
  expect(Properties['ManagedPolicyArns']).toBeUndefined();
  expect(Properties['Policies']).toBeUndefined();
  return resources(stage, stack, 'AWS::IAM::Policy')
    .filter(({ Properties: policy }) => (policy['Roles'] as { Ref: string }[]).some(({ Ref }) => Ref === role))
    .flatMap(({ Properties: policy }) => (policy['PolicyDocument'] as { Statement: Statement[] }).Statement);
}

/** Which table or index a statement is about, from the export it names. */
function resourceOf(resource: unknown): string {
  const text = JSON.stringify(resource);
  const table = /GetAtt(Schedule|Private)/.exec(text)?.[1]?.toLowerCase();
  const index = /\/index\/(\w+)/.exec(text)?.[1];
  return index ? `${table}/${index}` : `${table}`;
}

const MEANING: Record<string, Action> = {
  'dynamodb:GetItem': 'read',
  'dynamodb:BatchGetItem': 'read',
  'dynamodb:Query': 'read',
  'dynamodb:PutItem': 'put',
  'dynamodb:UpdateItem': 'update',
  'dynamodb:DeleteItem': 'delete',
  'dynamodb:ConditionCheckItem': 'check',
};
const READS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];

/** What IAM lets a function do with items, as `resource prefix action`. */
function granted(statements: Statement[]): string[] {
  return statements
    .filter(({ Action }) => list(Action).some((action) => action in MEANING))
    .flatMap((statement) => {
      const leading = statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
      expect(statement.Condition?.['Null']).toEqual({ 'dynamodb:LeadingKeys': 'false' });
      expect(Object.keys(statement.Condition ?? {})).toHaveLength(2);
      const resource = resourceOf(statement.Resource);
      const actions = list(statement.Action);
      if (resource.includes('/')) expect(actions).toEqual(['dynamodb:Query']);
      else if (actions.length > 1) expect(actions).toEqual(READS);
      return list(leading as string).flatMap((prefix) => `${resource} ${prefix} ${MEANING[actions[0] ?? '']}`);
    })
    .toSorted();
}

/** The same from ACCESS. */
function listed(access: Access): string[] {
  const table = (name: string, prefixes: Partial<Record<Prefix, readonly Action[]>> = {}) =>
    Object.entries(prefixes).flatMap(([prefix, actions]) =>
      actions.map((action) => `${name} ${leadingKey(prefix as Prefix)} ${action}`),
    );
  const index = (name: 'gsi1' | 'gsi2') =>
    (access[name] ?? []).map((prefix) => `schedule/${name} ${leadingKey(prefix)} read`);
  return [
    ...table('schedule', access.schedule),
    ...table('private', access.private),
    ...index('gsi1'),
    ...index('gsi2'),
  ].toSorted();
}

const functions = Object.entries(ACCESS as Record<string, Access>).map(([name, access]) =>
  name in contract
    ? { stack: 'api', name: `http-${name}`, access }
    : { stack: name === 'imports' ? 'files' : name === 'seals' ? 'seals' : 'messages', name, access },
);

describe.each(STAGES)('$name', ({ name: stage }) => {
  test('every row of ACCESS is a function’s, and every area has one', () => {
    expect(Object.keys(contract).filter((area) => !(area in ACCESS))).toEqual([]);
    expect(
      functions
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('http-'))
        .toSorted(),
    ).toEqual(['announce', 'imports', 'schedules', 'seals', 'sender', 'tick']);
  });

  test.each(functions)('$name may touch what ACCESS lists, and nothing more', ({ stack, name, access }) => {
    const statements = statementsOf(stage, stack, name);
    expect(granted(statements)).toEqual(listed(access));
  });

  test.each(functions)('$name may do no more than its work beside the tables', ({ stack, name }) => {
    const others = new Set(
      statementsOf(stage, stack, name)
        .flatMap(({ Action }) => list(Action))
        .filter((action) => !(action in MEANING)),
    );
    const everyone = [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      ...(stage === 'cn' ? [] : ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']),
    ];
    const queueing = ['kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage'];
    const more: Record<string, string[]> = {
      announce: [
        ...queueing,
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
        's3:ListBucket',
        's3:PutObject',
      ],
      'http-files': ['kms:Decrypt', 'kms:GenerateDataKey', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
      imports: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
        'kms:Decrypt',
        's3:DeleteObject',
        's3:GetObject',
        's3:ListBucket',
        'secretsmanager:GetSecretValue',
      ],
      'http-audit': ['s3:GetObject', 's3:ListBucket'],
      seals: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
      'http-me': ['secretsmanager:GetSecretValue'],
      'http-desk': ['secretsmanager:GetSecretValue'],
      'http-factors': ['secretsmanager:GetSecretValue'],
      'http-stations': ['secretsmanager:GetSecretValue'],
      'http-roles': ['secretsmanager:GetSecretValue'],
      'http-donations': ['secretsmanager:GetSecretValue'],
      'http-identity': ['secretsmanager:GetSecretValue'],
      'http-insurance': ['secretsmanager:GetSecretValue'],
      tick: queueing,
      sender: [
        'kms:Decrypt',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        stage === 'cn' ? 'secretsmanager:GetSecretValue' : 'sns:Publish',
      ],
    };
    expect([...others].toSorted()).toEqual([...new Set([...everyone, ...(more[name] ?? [])])].toSorted());
  });

  test('nothing anywhere may scan or speak PartiQL', () => {
    for (const stack of stacksOf(stage)) {
      expect(JSON.stringify(template(stage, stack).toJSON())).not.toMatch(/dynamodb:(Scan|PartiQL|\*)/);
    }
  });

  test('no role of a function may act on everything, but for traces', () => {
    for (const { stack, name } of functions) {
      for (const statement of statementsOf(stage, stack, name)) {
        expect(statement.Effect).toBe('Allow');
        const actions = list(statement.Action);
        expect(actions.filter((action) => action.includes('*'))).toEqual([]);
        if (actions.includes('sns:Publish')) {
          // Phone numbers are no resources: what can be named (topics, endpoints) is excluded instead.
          expect(JSON.stringify(statement.NotResource)).toContain(':sns:*:*:*');
          continue;
        }
        if (list(statement.Resource).includes('*'))
          expect(actions.every((action) => action.startsWith('xray:'))).toBe(true);
      }
    }
  });
});
