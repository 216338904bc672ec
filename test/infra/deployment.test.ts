import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { STAGES } from '../../infra/stages.ts';
import { SECURITY_HEADERS } from '../../local/static-site.ts';
import type { Route } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import './grants.ts';
import {
  entries,
  type Resource,
  resources,
  stacksOf,
  stageNames,
  template,
  textOf,
  unfinished,
} from './synthesised.ts';

type Json = Record<string, unknown>;
/** A field of a resource's properties; fails where there is none. */
function field<T = Json>(of: Json | undefined, name: string): T {
  expect(of, name).toHaveProperty([name]);
  return of?.[name] as T;
}
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const routes = Object.values(contract).flatMap((area) => Object.entries(area.routes as Record<string, Route>));

test('cdk-nag finds nothing but what is acknowledged in place, at every stage (synthesising throws otherwise)', () => {
  expect(stageNames).toEqual(['prod', 'cn', 'dev']);
  expect(stacksOf('prod')).toEqual(['data', 'identity', 'api', 'messages', 'files', 'seals', 'edge', 'web', 'watch']);
  expect(stacksOf('cn')).toEqual(['data', 'api', 'messages', 'files', 'seals', 'watch']);
});

test('each function’s entry is a file', () => {
  expect(entries.size).toBe(Object.keys(contract).length + 7);
  for (const entry of entries) {
    expect(existsSync(new URL(`../../functions/${entry}/index.ts`, import.meta.url)), entry).toBe(true);
  }
});

test('a finding that nobody acknowledged fails the synthesis', () => {
  const app = unfinished('cn');
  new Queue(app.node.findChild('nuanliu-cn-data') as Stack, 'Careless');
  expect(() => app.synth()).toThrow(/[Vv]alidation/);
  expect(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')).toMatch(/AwsSolutions-SQS4/);
});

describe.each(STAGES)('$name', (stage) => {
  const of = (stack: string, type: string) => resources(stage.name, stack, type);
  const props = (resource: Resource | undefined) => (resource?.Properties ?? {}) as Json;

  describe('the API', () => {
    const declared = of('api', 'AWS::ApiGatewayV2::Route').map(props);
    const pages = stage.front.kind === 'gateway' ? ['GET /{proxy+}', 'HEAD /{proxy+}'] : [];

    test('has the contract’s routes, and no other but the pages’', () => {
      const keys = declared.map((route) => route['RouteKey']);
      expect(keys.toSorted()).toEqual([...routes.map(([key]) => key), ...pages].toSorted());
    });

    test('asks for a token on every route that is not public', () => {
      const open = new Set<unknown>([
        ...routes.filter(([, { roles }]) => roles.includes('public')).map(([key]) => key),
        ...pages,
      ]);
      for (const route of declared) {
        const expected = open.has(route['RouteKey']) ? 'NONE' : 'JWT';
        expect(route['AuthorizationType'], String(route['RouteKey'])).toBe(expected);
        expect(route['AuthorizerId'] !== undefined).toBe(expected === 'JWT');
      }
    });

    test('takes tokens of one issuer for one client', () => {
      const [authorizer, ...others] = of('api', 'AWS::ApiGatewayV2::Authorizer').map(props);
      expect(others).toEqual([]);
      const jwt = authorizer?.['JwtConfiguration'] as { Issuer: unknown; Audience: unknown[] };
      expect(jwt.Audience).toHaveLength(1);
      if (stage.identity.kind === 'issuer') {
        expect(jwt).toEqual({ Issuer: stage.identity.issuer, Audience: [stage.identity.clientId] });
      }
    });

    test('is throttled, first sign-in more than the rest', () => {
      const [made] = of('api', 'AWS::ApiGatewayV2::Stage').map(props);
      const byDefault = field<{ ThrottlingRateLimit: number; ThrottlingBurstLimit: number }>(
        made,
        'DefaultRouteSettings',
      );
      const signIn = field<Record<string, typeof byDefault>>(made, 'RouteSettings')['POST /api/me/sign-in'];
      expect(byDefault.ThrottlingRateLimit).toBeGreaterThan(0);
      expect(byDefault.ThrottlingBurstLimit).toBeGreaterThan(0);
      expect(signIn?.ThrottlingRateLimit).toBeLessThan(byDefault.ThrottlingRateLimit);
      expect(signIn?.ThrottlingBurstLimit).toBeLessThan(byDefault.ThrottlingBurstLimit);
    });

    test('sets the throttle of a route only when the route is there', () => {
      const [made] = Object.values(template(stage.name, 'api').findResources('AWS::ApiGatewayV2::Stage')) as {
        DependsOn?: string[];
      }[];
      const signIn = Object.entries(template(stage.name, 'api').findResources('AWS::ApiGatewayV2::Route')).find(
        ([, route]) => (route as Resource).Properties['RouteKey'] === 'POST /api/me/sign-in',
      );
      expect(made?.DependsOn).toContain(signIn?.[0]);
    });

    test('logs no path, query, address or caller', () => {
      const [made] = of('api', 'AWS::ApiGatewayV2::Stage').map(props);
      const { Format } = field<{ Format: string }>(made, 'AccessLogSettings');
      expect(Format).toContain('$context.routeKey');
      expect(Format).not.toMatch(/context\.(path|identity|httpMethod.*path|authorizer\.claims)|queryString/i);
    });

    test('has one door', () => {
      const [api] = of('api', 'AWS::ApiGatewayV2::Api').map(props);
      const functions = of('api', 'AWS::Lambda::Function').map(props);
      const keys = functions.map(({ Environment }) => (Environment as { Variables: Json }).Variables['ORIGIN_KEYS']);
      if (stage.front.kind === 'gateway') {
        expect(api?.['DisableExecuteApiEndpoint']).toBe(true);
        return;
      }
      expect(keys.every((key) => JSON.stringify(key).includes('{{resolve:secretsmanager:'))).toBe(true);
      const [distribution] = of('web', 'AWS::CloudFront::Distribution').map(props);
      const { Origins } = field<{ Origins: Json[] }>(distribution, 'DistributionConfig');
      const api2 = Origins.find((origin) => origin['CustomOriginConfig']);
      const headers = api2?.['OriginCustomHeaders'] as { HeaderName: string; HeaderValue: unknown }[];
      expect(headers.map(({ HeaderName }) => HeaderName)).toEqual(['x-origin-key']);
      expect(JSON.stringify(headers[0]?.HeaderValue)).toContain('{{resolve:secretsmanager:');
    });
  });

  describe('functions', () => {
    const functions = ['api', 'messages', 'files', 'seals']
      .flatMap((stack) => of(stack, 'AWS::Lambda::Function'))
      .map(props);

    test('run on arm64 and Node 24, with their own log that ends', () => {
      expect(functions.length).toBe(Object.keys(contract).length + 6 + (stage.front.kind === 'gateway' ? 1 : 0));
      for (const made of functions) {
        expect(made['Architectures']).toEqual(['arm64']);
        expect(made['Runtime']).toBe('nodejs24.x');
        expect(made['LoggingConfig']).toHaveProperty('LogGroup');
        expect(made['TracingConfig'] ?? 'none').toEqual(stage.tracing ? { Mode: 'Active' } : 'none');
      }
      const logs = stacksOf(stage.name).flatMap((stack) => of(stack, 'AWS::Logs::LogGroup'));
      expect(logs.length).toBe(functions.length + 1);
      for (const { Properties } of logs) expect(Properties['RetentionInDays']).toBe(stage.logDays);
    });
  });

  describe('data', () => {
    const tables = of('data', 'AWS::DynamoDB::GlobalTable');

    test('both tables are encrypted with the stage’s key, recoverable to the minute, and pay by request', () => {
      expect(tables).toHaveLength(2);
      for (const { Properties, DeletionPolicy } of tables) {
        expect(Properties['BillingMode']).toBe('PAY_PER_REQUEST');
        expect(Properties['SSESpecification']).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
        expect(Properties['TimeToLiveSpecification']).toEqual({ AttributeName: 'ttl', Enabled: true });
        const [replica] = Properties['Replicas'] as Json[];
        expect(replica?.['PointInTimeRecoverySpecification']).toEqual({ PointInTimeRecoveryEnabled: true });
        expect(replica?.['SSESpecification']).toHaveProperty('KMSMasterKeyId');
        expect(replica?.['DeletionProtectionEnabled']).toBe(stage.keepData);
        expect(DeletionPolicy).toBe(stage.keepData ? 'Retain' : 'Delete');
      }
    });

    test('only the schedule has a stream', () => {
      const streams = tables.map(({ Properties }) => Properties['StreamSpecification']);
      expect(streams.filter(Boolean)).toEqual([{ StreamViewType: 'NEW_AND_OLD_IMAGES' }]);
      const withStream = tables.find(({ Properties }) => Properties['StreamSpecification']);
      expect(withStream?.Properties['GlobalSecondaryIndexes']).toHaveLength(2);
    });

    test('the key turns over each year', () => {
      expect(of('data', 'AWS::KMS::Key').map(({ Properties }) => Properties['EnableKeyRotation'])).toEqual([true]);
    });
  });

  describe('the days of the audit log', () => {
    test('are sealed where nobody can put, alter or remove them again before their time', () => {
      const [bucket] = of('seals', 'AWS::S3::Bucket');
      expect(bucket?.DeletionPolicy).toBe('Retain');
      expect(bucket?.Properties).toMatchObject({
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: stage.auditDays } } },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      });
      expect(bucket?.Properties['LifecycleConfiguration']).toBeUndefined();
      const policy = JSON.stringify(of('seals', 'AWS::S3::BucketPolicy').map(props));
      expect(policy).toContain('"Null":{"s3:if-none-match":"true"}');
      const granted = ['seals', 'api'].flatMap((stack) => of(stack, 'AWS::IAM::Policy').map(props));
      expect(JSON.stringify(granted)).not.toMatch(/s3:(Delete|Bypass|PutObject(Retention|LegalHold)|PutBucket)/);
    });
  });

  describe('files', () => {
    test('are put by browsers of the pages alone, encrypted, and gone within a week', () => {
      const [bucket] = of('data', 'AWS::S3::Bucket').map(props);
      expect(JSON.stringify(bucket?.['BucketEncryption'])).toContain('aws:kms');
      expect(bucket?.['PublicAccessBlockConfiguration']).toMatchObject({ RestrictPublicBuckets: true });
      expect(bucket?.['CorsConfiguration']).toEqual({
        CorsRules: [
          {
            AllowedMethods: ['PUT'],
            AllowedOrigins: [`https://${stage.host}`],
            AllowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
            MaxAge: 3_600,
          },
        ],
      });
      expect(JSON.stringify(bucket?.['LifecycleConfiguration'])).toContain('"ExpirationInDays":7');
    });

    test('are read when an import moves, and each minute', () => {
      const [mapping] = of('files', 'AWS::Lambda::EventSourceMapping').map(props);
      expect(JSON.stringify(mapping?.['FilterCriteria'])).toContain('IMPORT#');
      expect(of('files', 'AWS::Scheduler::Schedule').map((made) => props(made)['ScheduleExpression'])).toEqual([
        'rate(1 minute)',
      ]);
    });
  });

  describe('messages', () => {
    const mappings = of('messages', 'AWS::Lambda::EventSourceMapping').map(props);
    const stream = mappings.find((mapping) => mapping['StartingPosition']);
    const queue = mappings.find((mapping) => !mapping['StartingPosition']);

    test('a record of the stream that fails alone is tried again alone, not for ever, and is then kept whole', () => {
      expect(stream).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        StartingPosition: 'TRIM_HORIZON',
      });
      expect(stream?.['MaximumRetryAttempts']).toBeLessThanOrEqual(20);
      expect(stream?.['MaximumRecordAgeInSeconds']).toBeLessThanOrEqual(24 * 3600);
      const bucket = Object.keys(template(stage.name, 'messages').findResources('AWS::S3::Bucket'))[0];
      expect(stream?.['DestinationConfig']).toEqual({ OnFailure: { Destination: { 'Fn::GetAtt': [bucket, 'Arn'] } } });
    });

    test('a queued message that fails comes again, and ends in the dead letters', () => {
      expect(queue).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
      const queues = of('messages', 'AWS::SQS::Queue').map(props);
      expect(queues.filter((made) => made['RedrivePolicy'])).toHaveLength(1);
      const sending = queues.find((made) => made['RedrivePolicy']);
      const sender = of('messages', 'AWS::Lambda::Function')
        .map(props)
        .find(({ FunctionName }) => String(FunctionName).endsWith('-sender'));
      expect(sending?.['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * Number(sender?.['Timeout']));
      for (const made of queues) expect(made['KmsMasterKeyId']).toBeDefined();
    });

    test('failed records are encrypted, private, and announced to the queue that the alarm watches', () => {
      const [bucket] = of('messages', 'AWS::S3::Bucket').map(props);
      expect(JSON.stringify(bucket?.['BucketEncryption'])).toContain('aws:kms');
      expect(bucket?.['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(JSON.stringify(bucket?.['NotificationConfiguration'])).toContain('s3:ObjectCreated:*');
    });

    test('the clock ticks each minute, and slots are made each night', () => {
      const expressions = of('messages', 'AWS::Scheduler::Schedule').map(props);
      expect(expressions.map((made) => made['ScheduleExpression']).toSorted()).toEqual([
        'cron(10 2 * * ? *)',
        'rate(1 minute)',
      ]);
    });

    test('texts leave by the stage’s own sender', () => {
      const sender = of('messages', 'AWS::Lambda::Function')
        .map(props)
        .find(({ FunctionName }) => String(FunctionName).endsWith('-sender'));
      const { Variables } = field<{ Variables: Json }>(sender, 'Environment');
      expect(Variables['SMS_SENDER']).toBe(stage.sms.kind);
      if (stage.sms.kind === 'http') {
        expect(Variables).toMatchObject({ SMS_HTTP_URL: stage.sms.url, SMS_SIGNATURE: stage.sms.signature });
        expect(Variables['SMS_HTTP_SECRET_ARN']).toBeDefined();
      }
    });
  });

  test('each alarm says what a person would notice and what to do, and tells somebody', () => {
    const alarms = of('watch', 'AWS::CloudWatch::Alarm').map(props);
    expect(alarms.length).toBeGreaterThanOrEqual(12);
    for (const alarm of alarms) {
      expect(String(alarm['AlarmDescription']).length).toBeGreaterThan(80);
      expect(String(alarm['AlarmDescription'])).toMatch(/Runbook: \w+\.$/);
      expect(alarm['AlarmActions']).toHaveLength(1);
      const heading = /Runbook: (\w+)\.$/.exec(String(alarm['AlarmDescription']))?.[1];
      expect(runbook).toContain(`### ${heading}\n`);
    }
    expect(of('watch', 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });
});

describe('where Cognito signs people in', () => {
  test.each(['prod', 'dev'] as const)(
    '%s: by phone number and a one-time code, on pages that have a style',
    (stage) => {
      const [pool] = resources(stage, 'identity', 'AWS::Cognito::UserPool').map(({ Properties }) => Properties);
      expect(pool).toMatchObject({
        UsernameAttributes: ['phone_number'],
        UserPoolTier: 'ESSENTIALS',
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } },
        AutoVerifiedAttributes: ['phone_number'],
      });
      expect(pool?.['MfaConfiguration'] ?? 'OFF').toBe('OFF');
      const [client] = resources(stage, 'identity', 'AWS::Cognito::UserPoolClient').map(({ Properties }) => Properties);
      expect(client).toMatchObject({
        GenerateSecret: false,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'phone'],
        PreventUserExistenceErrors: 'ENABLED',
      });
      expect(client?.['ExplicitAuthFlows']).toContain('ALLOW_USER_AUTH');
      expect(resources(stage, 'identity', 'AWS::Cognito::ManagedLoginBranding')).toHaveLength(1);
      const [domain] = resources(stage, 'identity', 'AWS::Cognito::UserPoolDomain').map(({ Properties }) => Properties);
      expect(domain?.['ManagedLoginVersion']).toBe(2);
      expect(resources(stage, 'identity', 'AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
    },
  );

  test('the pages are private files behind CloudFront, its firewall and strict headers', () => {
    const [distribution] = resources('prod', 'web', 'AWS::CloudFront::Distribution').map(
      ({ Properties }) => Properties,
    );
    const config = distribution?.['DistributionConfig'] as Json;
    expect(config['WebACLId']).toBeDefined();
    expect(config['CustomErrorResponses']).toEqual(
      expect.arrayContaining([
        { ErrorCode: 404, ErrorCachingMinTTL: 0 },
        { ErrorCode: 403, ErrorCachingMinTTL: 0 },
      ]),
    );
    const behaviours = config['CacheBehaviors'] as Json[];
    expect(behaviours.at(-1)?.['PathPattern']).toBe('/api/*');
    // A page's fallback is for pages: an unknown path under /api stays a 404.
    expect(behaviours.every((behaviour) => behaviour['FunctionAssociations'] === undefined)).toBe(true);
    expect((config['DefaultCacheBehavior'] as Json)['FunctionAssociations']).toHaveLength(1);
    for (const { Properties } of resources('prod', 'web', 'AWS::S3::Bucket')) {
      expect(Properties['PublicAccessBlockConfiguration']).toMatchObject({ RestrictPublicBuckets: true });
    }
    const [headers] = resources('prod', 'web', 'AWS::CloudFront::ResponseHeadersPolicy');
    const policy = JSON.stringify(headers);
    expect(policy).toContain("script-src 'self'; ");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('StrictTransportSecurity');
  });

  test('pages may do no less and no more than where they were tried, but for who signs people in', () => {
    const [headers] = resources('prod', 'web', 'AWS::CloudFront::ResponseHeadersPolicy').map(({ Properties }) =>
      JSON.stringify(Properties),
    );
    const { 'content-security-policy': local, ...others } = SECURITY_HEADERS;
    for (const rule of local.split('; ').filter((it) => !it.startsWith('connect-src'))) expect(headers).toContain(rule);
    for (const name of ['permissions-policy', 'cross-origin-opener-policy'] as const) {
      expect(headers).toContain(others[name]);
    }
  });

  test('one copy for everybody is kept only of paths where every route is public', () => {
    const [distribution] = resources('prod', 'web', 'AWS::CloudFront::Distribution').map(
      ({ Properties }) => Properties,
    );
    const behaviours = field(distribution, 'DistributionConfig')['CacheBehaviors'] as Json[];
    const perToken = behaviours.at(-1)?.['CachePolicyId'];
    const shared = behaviours.filter(
      (behaviour) => JSON.stringify(behaviour['CachePolicyId']) !== JSON.stringify(perToken),
    );
    expect(shared.length).toBeGreaterThan(0);
    for (const { PathPattern } of shared) {
      const pattern = new RegExp(`^${String(PathPattern).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      const covered = routes.filter(([key]) => pattern.test((key.split(' ')[1] ?? '').replaceAll(/[{}]/g, '')));
      expect(covered.length, String(PathPattern)).toBeGreaterThan(0);
      for (const [key, { roles }] of covered) expect(roles, key).toEqual(['public']);
    }
  });
});

describe('AWS China', () => {
  const text = textOf('cn');

  test('names no partition but its own: no arn:aws: anywhere, and nothing of us-east-1', () => {
    expect(text).not.toContain('arn:aws:');
    expect(text).not.toContain('us-east-1');
  });

  test('uses nothing that is missing there: no Cognito, no SMS by SNS, no CloudFront, no X-Ray', () => {
    expect(text).not.toMatch(/AWS::Cognito|cognito-idp/i);
    expect(JSON.stringify(template('cn', 'messages').toJSON())).not.toMatch(/sns/i);
    expect(text).not.toContain('SMSMonthToDateSpentUSD');
    expect(text).not.toContain('AWS::CloudFront');
    expect(text).not.toContain('xray:');
  });

  test('serves the pages under its own name, with the same policy', () => {
    const [domain] = resources('cn', 'api', 'AWS::ApiGatewayV2::DomainName').map(({ Properties }) => Properties);
    expect(domain?.['DomainName']).toBe('nuanliu.example.cn');
    const pages = resources('cn', 'api', 'AWS::Lambda::Function')
      .map(({ Properties }) => Properties)
      .find(({ FunctionName }) => String(FunctionName).endsWith('-pages'));
    const { Variables } = field<{ Variables: Record<string, string> }>(pages, 'Environment');
    expect(JSON.parse(Variables['PAGE_CONFIG'] ?? '')).toEqual({
      issuer: 'https://id.nuanliu.example.cn',
      clientId: 'nuanliu-web',
      signOutUrl: 'https://id.nuanliu.example.cn/session/end',
    });
    expect(Variables['PAGE_POLICY']).toContain(
      "connect-src 'self' https://id.nuanliu.example.cn https://nuanliu-example-cn-uploads.s3.cn-northwest-1.amazonaws.com.cn;",
    );
  });
});
