import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Route } from '../../shared/contract/define.ts';
import { type AreaName, contract } from '../../shared/contract/index.ts';
import { ACCESS, type Access } from '../../shared/store/access.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Artefacts } from '../bundle.ts';
import { contentSecurityPolicy, pageConfig } from '../constructs/page-headers.ts';
import { SEALS, sealArn } from '../constructs/seals.ts';
import { ServiceFunction, type Tables } from '../constructs/service-function.ts';
import { mayUpload, type Uploads } from '../constructs/uploads.ts';
import { publicUrl, type Stage, sealsOf, uploadsOf } from '../stages.ts';
import type { Identity } from './identity.ts';

const SIGN_IN = 'POST /api/me/sign-in' satisfies keyof (typeof contract)['me']['routes'];

/** Areas that make or compare second facts. */
const FACT_AREAS: readonly AreaName[] = ['me', 'desk', 'roles', 'factors', 'stations'];
/** The areas that take identity documents. */
const DOCUMENT_AREAS: readonly AreaName[] = ['donations', 'identity', 'insurance'];

type ApiProps = StackProps & {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly uploads: Uploads;
  readonly identity: Identity;
  readonly code: Artefacts['code'];
};

/** The HTTP API: every route of the contract, one Lambda an area. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  readonly factKey: Secret;
  readonly identityKey: Secret;
  functions: readonly ServiceFunction[];
  /** Dynamic references to the keys CloudFront shows, newest last; none where the gateway is the front. */
  readonly originKeys: readonly string[];

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id, props);
    const { stage, identity } = props;
    this.originKeys = this.makeOriginKeys(stage);
    const custom = stage.front.kind === 'gateway' ? this.customDomain(stage) : undefined;
    this.api = new HttpApi(this, 'Api', {
      apiName: `nuanliu-${stage.name}`,
      createDefaultStage: false,
      // Behind CloudFront this address is the origin; without it, the public name is the only door.
      disableExecuteApiEndpoint: custom !== undefined,
    });
    this.factKey = this.makeFactKey(stage);
    this.identityKey = this.makeIdentityKey(stage);
    const { factKey, identityKey } = this;
    const authorizer = new HttpJwtAuthorizer('Token', identity.issuer, { jwtAudience: [identity.clientId] });
    const none = new HttpNoneAuthorizer();

    this.functions = (Object.keys(contract) as AreaName[]).map((area) => {
      const made = new ServiceFunction(this, area, {
        stage,
        name: `http-${area}`,
        entry: `http/${area}`,
        code: props.code,
        tables: props.tables,
        access: (ACCESS as Record<AreaName, Access>)[area],
        environment: {
          ...(this.originKeys.length > 0 && { ORIGIN_KEYS: this.originKeys.join(',') }),
          // What staff read beside the settings of their site.
          ...(area === 'donations' && {
            USED_HOLD_SECONDS: String(stage.texts.usedHoldSeconds),
            QUIET_HOURS: stage.texts.quietHours,
          }),
          ...(DOCUMENT_AREAS.includes(area) && { IDENTITY_KEY_SECRET_ARN: identityKey.secretArn }),
          // Only the area that verifies an ID token asks who issued it.
          ...(area === 'me' && {
            ISSUER: identity.issuer,
            CLIENT_ID: identity.clientId,
            ...(identity.jwksUri && { JWKS_URI: identity.jwksUri }),
          }),
          ...(FACT_AREAS.includes(area) && { FACT_KEY_SECRET_ARN: factKey.secretArn }),
          ...(area === 'audit' && { AUDIT_BUCKET: sealsOf(stage) }),
          // A text is counted before it is sent, with its signature and where it leads.
          ...(area === 'calls' && {
            PUBLIC_URL: publicUrl(stage),
            ...(stage.sms.kind === 'http' && { SMS_SIGNATURE: stage.sms.signature }),
          }),
          // Where a guardian answers.
          ...(area === 'guardians' && { PUBLIC_URL: publicUrl(stage) }),
          ...(area === 'files' && { UPLOADS_BUCKET: uploadsOf(stage).bucket }),
        },
      });
      if (area === 'audit') {
        made.allow(['s3:GetObject'], [sealArn(this, stage, SEALS)]);
        made.allow(['s3:ListBucket'], [sealArn(this, stage, '')]);
        acknowledge(
          made.role,
          `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${sealsOf(stage)}${SEALS}]`,
          'A seal is named by its log and day: an auditor may have any of them checked.',
        );
      }
      if (area === 'files') mayUpload(made, props.uploads);
      if (FACT_AREAS.includes(area)) made.allow(['secretsmanager:GetSecretValue'], [factKey.secretArn]);
      if (DOCUMENT_AREAS.includes(area)) made.allow(['secretsmanager:GetSecretValue'], [identityKey.secretArn]);
      const integration = new HttpLambdaIntegration(`${area}Integration`, made.lambda, {
        scopePermissionToRoute: false,
      });
      for (const [key, route] of Object.entries(contract[area].routes as Record<string, Route>)) {
        const [method = '', path = ''] = key.split(' ');
        const open = route.roles.includes('public');
        const [added] = this.api.addRoutes({
          path,
          methods: [method as HttpMethod],
          integration,
          authorizer: open ? none : authorizer,
        });
        if (open && added) {
          acknowledge(
            added,
            'AwsSolutions-APIG4',
            `The contract declares ${key} public: it shows nothing by which a person could be found.`,
          );
        }
      }
      return made;
    });
    // Without a CDN the pages are what no route of the contract matches.
    if (custom) this.functions = [...this.functions, this.servePages(props)];
    this.stage(stage, custom);
    if (!custom) new CfnOutput(this, 'ApiUrl', { value: this.api.apiEndpoint });
  }

  /** What only this stage's CloudFront knows. See docs/adr/0007. */
  private makeOriginKeys(stage: Stage): string[] {
    if (stage.front.kind !== 'cloudfront') return [];
    return stage.front.originKeys.map((name) => {
      const secret = new Secret(this, `OriginKey-${name}`, {
        description: `Nuanliu ${stage.name}: by which the API knows its own CloudFront`,
        generateSecretString: { excludePunctuation: true, passwordLength: 48 },
      });
      acknowledge(
        secret,
        'AwsSolutions-SMG4',
        'Changed by deploying a new name beside the old (docs/runbook.md): a function that rotated it could not tell CloudFront.',
      );
      return secret.secretValue.unsafeUnwrap();
    });
  }

  /** Without it the digests of second facts are nothing: it is kept as long as they are. */
  private makeFactKey(stage: Stage): Secret {
    const secret = new Secret(this, 'FactKey', {
      description: `Nuanliu ${stage.name}: key of the digests by which people are known on another device`,
      generateSecretString: { excludePunctuation: true, passwordLength: 48 },
      removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(
      secret,
      'AwsSolutions-SMG4',
      'Changed, it would make every digest worthless: what was digested is kept nowhere. See docs/runbook.md.',
    );
    return secret;
  }

  /** Without it no identity number can be opened or found again: it is kept as long as they are. */
  private makeIdentityKey(stage: Stage): Secret {
    const secret = new Secret(this, 'IdentityKey', {
      description: `Nuanliu ${stage.name}: key under which identity numbers are sealed and found`,
      generateSecretString: { excludePunctuation: true, passwordLength: 48 },
      removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(
      secret,
      'AwsSolutions-SMG4',
      'Changed, it would open and find no number that was sealed before. See docs/runbook.md.',
    );
    return secret;
  }

  private servePages({ stage, identity, code }: ApiProps): ServiceFunction {
    const made = new ServiceFunction(this, 'pages', {
      stage,
      name: 'pages',
      entry: 'pages',
      code,
      environment: {
        PAGE_CONFIG: this.toJsonString(pageConfig(identity)),
        PAGE_POLICY: contentSecurityPolicy(identity, stage),
      },
    });
    const added = this.api.addRoutes({
      path: '/{proxy+}',
      methods: [HttpMethod.GET, HttpMethod.HEAD],
      integration: new HttpLambdaIntegration('PagesIntegration', made.lambda, { scopePermissionToRoute: false }),
      authorizer: new HttpNoneAuthorizer(),
    });
    for (const route of added)
      acknowledge(route, 'AwsSolutions-APIG4', 'The pages: the same for everybody, and needed to sign in.');
    return made;
  }

  private customDomain(stage: Stage): DomainName {
    const domain = new DomainName(this, 'Domain', {
      domainName: stage.host,
      certificate: new Certificate(this, 'Certificate', {
        domainName: stage.host,
        validation: CertificateValidation.fromDns(),
      }),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new CfnOutput(this, 'CnameOfHost', { value: domain.regionalDomainName });
    return domain;
  }

  private stage(stage: Stage, custom: DomainName | undefined): void {
    const { throttle } = stage;
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/nuanliu/${stage.name}/access`,
      retention: stage.logDays,
      removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const made = new HttpStage(this, 'Default', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: { rateLimit: throttle.default.rate, burstLimit: throttle.default.burst },
      ...(custom && { domainMapping: { domainName: custom } }),
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        // The route's pattern, never the path, the query, the address or the caller: those say who did what.
        format: AccessLogFormat.custom(
          JSON.stringify({
            time: '$context.requestTime',
            requestId: '$context.requestId',
            route: '$context.routeKey',
            status: '$context.status',
            ms: '$context.responseLatency',
            integrationMs: '$context.integrationLatency',
            bytes: '$context.responseLength',
            error: '$context.error.messageString',
            authorizerError: '$context.authorizer.error',
          }),
        ),
      },
    });
    const cfn = made.node.defaultChild as CfnStage;
    cfn.addPropertyOverride('RouteSettings', {
      [SIGN_IN]: {
        ThrottlingRateLimit: throttle.signIn.rate,
        ThrottlingBurstLimit: throttle.signIn.burst,
        DetailedMetricsEnabled: true,
      },
    });
    // A route's settings are refused until the route is there.
    made.node.addDependency(
      ...this.api.node.findAll().filter((child) => child.node.id.startsWith('POST--api--me--sign-in')),
    );
  }
}
