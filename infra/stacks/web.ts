import { CfnOutput, Duration, Fn, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import type { Route } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { acknowledge } from '../acknowledge.ts';
import { contentSecurityPolicy, FURTHER_HEADERS, HSTS_SECONDS, pageConfig } from '../constructs/page-headers.ts';
import type { Stage } from '../stages.ts';
import type { Identity } from './identity.ts';

type WebProps = StackProps & {
  readonly stage: Stage;
  readonly identity: Identity;
  readonly api: HttpApi;
  /** What the API takes as a sign that a request came this way. */
  readonly originKey: string;
  readonly certificate: ICertificate;
  readonly firewallArn: string;
  /** Folder of the built pages. */
  readonly pages: string;
};

/** A page's address is no file: whatever has no extension is the one page. The API has a behaviour of its own. */
const PAGE_FALLBACK = `function handler(event) {
  var request = event.request;
  if (request.uri.split('/').pop().indexOf('.') < 0) request.uri = '/index.html';
  return request;
}`;

/** Paths under which every route is public and may be kept: a token in the request makes no difference to the answer. */
function sharedPaths(): string[] {
  const open = Object.values(contract).filter((area) =>
    Object.values(area.routes as Record<string, Route>).every(({ roles }) => roles.includes('public')),
  );
  const paths = open.flatMap((area) =>
    Object.entries(area.routes as Record<string, Route>)
      .filter(([, { cacheSeconds }]) => cacheSeconds !== undefined)
      .map(([key]) => (key.split(' ')[1] ?? '').replace(/\{.*$/, '*')),
  );
  return [...new Set(paths)];
}

/** CloudFront, the only door: pages from a bucket that only it may read, /api from the API. */
export class WebStack extends Stack {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: WebProps) {
    super(scope, id, props);
    const { stage } = props;
    const bucket = this.bucket('Pages', stage);
    const logs = this.bucket('Logs', stage, true);
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'Public pages, read by CloudFront alone, whose own log says what was asked for.',
    );
    acknowledge(logs, 'AwsSolutions-S1', 'This is the log.');

    const securityHeaders = new ResponseHeadersPolicy(this, 'SecurityHeaders', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(props.identity, stage), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.seconds(HSTS_SECONDS),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(FURTHER_HEADERS).map(([header, value]) => ({ header, value, override: true })),
      },
    });

    const toApi = {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', props.api.apiEndpoint)), {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        customHeaders: { 'x-origin-key': props.originKey },
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      // With the token, without the host: API Gateway answers only to its own.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: securityHeaders,
      compress: true,
    };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Nuanliu ${stage.name}`,
      domainNames: [stage.host],
      certificate: props.certificate,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      webAclId: props.firewallArn,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      enableLogging: true,
      logBucket: logs,
      logFilePrefix: 'cloudfront/',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: securityHeaders,
        compress: true,
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(this, 'PageFallback', {
              runtime: FunctionRuntime.JS_2_0,
              code: FunctionCode.fromInline(PAGE_FALLBACK),
            }),
          },
        ],
      },
      additionalBehaviors: {
        // First match wins, so these stand before the rest: one copy for everybody, whatever token a request carries.
        ...Object.fromEntries(
          sharedPaths().map((path) => [
            path,
            {
              ...toApi,
              allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
              cachePolicy: this.apiCache('Shared', stage),
            },
          ]),
        ),
        '/api/*': { ...toApi, allowedMethods: AllowedMethods.ALLOW_ALL, cachePolicy: this.apiCache('PerToken', stage) },
      },
      // A refusal is one person's: without this CloudFront would give it to the next for ten seconds.
      errorResponses: [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
      })),
    });
    acknowledge(this.distribution, 'AwsSolutions-CFR1', 'Donors travel; nobody is refused for where they are.');

    this.deploy(bucket, props);
    new CfnOutput(this, 'CnameOfHost', { value: this.distribution.distributionDomainName });
  }

  private bucket(id: string, stage: Stage, forLogs = false): IBucket {
    const made: unknown = new Bucket(this, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      // CloudFront's own log delivery still writes by access lists.
      ...(forLogs && {
        objectOwnership: ObjectOwnership.OBJECT_WRITER,
        lifecycleRules: [{ expiration: Duration.days(stage.logDays) }],
      }),
    });
    // The CDK's own types do not hold under exactOptionalPropertyTypes.
    return made as IBucket;
  }

  /** Keeps what the API lets it keep (Cache-Control), asks again with the ETag, and never keeps the rest. */
  private readonly caches = new Map<string, CachePolicy>();
  private apiCache(kind: 'Shared' | 'PerToken', stage: Stage): CachePolicy {
    const known = this.caches.get(kind);
    if (known) return known;
    const made = new CachePolicy(this, `${kind}Cache`, {
      comment: `Nuanliu ${stage.name}: as the API says`,
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.minutes(5),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      headerBehavior: kind === 'Shared' ? CacheHeaderBehavior.none() : CacheHeaderBehavior.allowList('Authorization'),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
    this.caches.set(kind, made);
    return made;
  }

  private deploy(bucket: IBucket, props: WebProps): void {
    const common = { destinationBucket: bucket, prune: false, memoryLimit: 512 };
    const hashed = new BucketDeployment(this, 'Assets', {
      ...common,
      // Named by their content. Older ones stay, for pages that are still open.
      sources: [Source.asset(props.pages)],
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    const pages = new BucketDeployment(this, 'Entry', {
      ...common,
      sources: [Source.asset(props.pages), Source.jsonData('config.json', pageConfig(props.identity))],
      exclude: ['assets/*'],
      cacheControl: [CacheControl.fromString('no-cache')],
      distribution: this.distribution,
      distributionPaths: ['/*'],
    });
    // The page that names the scripts goes last.
    pages.node.addDependency(hashed);
    // Only the function with which the CDK copies files while deploying: it is the CDK's, down to its runtime and rights.
    const copier = this.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
    if (!copier)
      throw new Error('the CDK names its copying function otherwise now: look at these acknowledgements again');
    const because = (what: string) => `The CDK’s own function, which runs only while deploying: ${what}.`;
    const may = (finding: string, what: string) => acknowledge(copier, `AwsSolutions-IAM5[${finding}]`, because(what));
    acknowledge(copier, 'AwsSolutions-L1', because('its runtime is the CDK’s to choose'));
    acknowledge(
      copier,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      because('it writes its log'),
    );
    for (const action of ['GetObject*', 'GetBucket*', 'List*', 'DeleteObject*', 'Abort*']) {
      may(`Action::s3:${action}`, 'it reads the assets and writes the pages, in these two buckets');
    }
    may(
      `Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${this.region}/*`,
      'it reads every file of the assets',
    );
    may(`Resource::<${this.getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>/*`, 'it writes every page');
    may('Resource::*', 'CloudFront’s invalidation names no distribution in its policy');
  }
}
