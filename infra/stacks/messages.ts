import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, type IEventSourceDlq, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ACCESS } from '../../shared/store/access.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Artefacts } from '../bundle.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { publicUrl, type Stage } from '../stages.ts';
import type { DataStack } from './data.ts';

type MessagesProps = StackProps & { readonly stage: Stage; readonly data: DataStack; readonly code: Artefacts['code'] };

/** How often a record of the stream, or a queued message, is tried before it goes where operators look. */
const STREAM_RETRIES = 10;
const SEND_RETRIES = 5;
const SENDER_TIMEOUT_SECONDS = 60;

/** From the table's stream to a person's phone: announce, queue, send; and what is done by the clock. */
export class MessagesStack extends Stack {
  readonly announce: ServiceFunction;
  readonly sender: ServiceFunction;
  readonly tick: ServiceFunction;
  readonly schedules: ServiceFunction;
  readonly sendQueue: Queue;
  readonly sendDeadLetters: Queue;
  /** One message a file in the failures' bucket: the alarm stays on until each was dealt with. */
  readonly failures: Queue;

  constructor(scope: Construct, id: string, props: MessagesProps) {
    super(scope, id, props);
    const { stage, data, code } = props;
    const tables = { schedule: data.schedule, private: data.private };
    const common = { stage, code, tables };

    this.sendDeadLetters = this.queue('SendDeadLetters', data.key, { retention: Duration.days(14) });
    this.sendQueue = this.queue('Send', data.key, {
      // Six times the sender's own, so that no batch is handed out twice while it is worked on (Lambda's advice).
      visibility: Duration.seconds(SENDER_TIMEOUT_SECONDS * 6),
      retention: Duration.days(4),
      deadLetters: this.sendDeadLetters,
    });
    this.failures = this.queue('Failures', data.key, { retention: Duration.days(14) });
    acknowledge(
      this.failures,
      'AwsSolutions-SQS3',
      'This is where failures end: an alarm watches it and operators empty it.',
    );

    const texts = {
      PUBLIC_URL: publicUrl(stage),
      USED_HOLD_SECONDS: String(stage.texts.usedHoldSeconds),
      QUIET_HOURS: stage.texts.quietHours,
      DAILY_TEXTS: String(stage.texts.daily),
      MONTHLY_SEGMENTS: String(stage.texts.monthlySegments),
    };
    const queueing = { ...texts, SEND_QUEUE_URL: this.sendQueue.queueUrl };

    this.announce = new ServiceFunction(this, 'announce', {
      ...common,
      name: 'announce',
      entry: 'events/announce',
      access: ACCESS.announce,
      environment: queueing,
      timeoutSeconds: 60,
    });
    this.tick = new ServiceFunction(this, 'tick', {
      ...common,
      name: 'tick',
      entry: 'events/tick',
      access: ACCESS.tick,
      environment: queueing,
      timeoutSeconds: 55,
    });
    this.sender = new ServiceFunction(this, 'sender', {
      ...common,
      name: 'sender',
      entry: 'events/sender',
      access: ACCESS.sender,
      environment: { ...texts, ...this.smsEnvironment(stage) },
      timeoutSeconds: SENDER_TIMEOUT_SECONDS,
    });
    this.schedules = new ServiceFunction(this, 'schedules', {
      ...common,
      name: 'schedules',
      entry: 'events/schedules',
      access: ACCESS.schedules,
      timeoutSeconds: 300,
    });

    this.mayQueue(this.announce, data.key);
    this.mayQueue(this.tick, data.key);
    this.maySend(stage);
    this.fromStream(data.schedule, this.failureBucket(stage, data.key), data.key);
    this.fromQueue(data.key);
    this.every('EveryMinute', 'rate(1 minute)', this.tick);
    this.every('Nightly', 'cron(10 2 * * ? *)', this.schedules, 'Asia/Shanghai');
  }

  private queue(
    id: string,
    key: IKey,
    props: { visibility?: Duration; retention: Duration; deadLetters?: Queue },
  ): Queue {
    const queue = new Queue(this, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: props.retention,
      ...(props.visibility && { visibilityTimeout: props.visibility }),
      ...(props.deadLetters && { deadLetterQueue: { queue: props.deadLetters, maxReceiveCount: SEND_RETRIES } }),
    });
    return queue;
  }

  private smsEnvironment(stage: Stage): Record<string, string> {
    if (stage.sms.kind === 'sns') return { SMS_SENDER: 'sns' };
    const token = new Secret(this, 'SmsToken', {
      description: `Nuanliu ${stage.name}: token of the SMS provider; put the provider's in place of the generated one`,
      generateSecretString: { excludePunctuation: true, passwordLength: 32 },
    });
    acknowledge(
      token,
      'AwsSolutions-SMG4',
      'The provider issues this token: it is changed with them, by hand (docs/runbook.md).',
    );
    this.smsToken = token;
    return {
      SMS_SENDER: 'http',
      SMS_HTTP_URL: stage.sms.url,
      SMS_HTTP_SECRET_ARN: token.secretArn,
      SMS_SIGNATURE: stage.sms.signature,
    };
  }
  private smsToken: Secret | undefined;

  private mayQueue(from: ServiceFunction, key: IKey): void {
    from.allow(['sqs:SendMessage'], [this.sendQueue.queueArn]);
    from.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
  }

  private maySend(stage: Stage): void {
    if (this.smsToken) this.sender.allow(['secretsmanager:GetSecretValue'], [this.smsToken.secretArn]);
    if (stage.sms.kind !== 'sns') return;
    // A phone number is no resource that could be named, so what can be is excluded: no topic, endpoint or application.
    this.sender.role.addToPolicy(
      new PolicyStatement({ actions: ['sns:Publish'], notResources: [`arn:${this.partition}:sns:*:*:*`] }),
    );
  }

  private failureBucket(stage: Stage, key: IKey): Bucket {
    const bucket = new Bucket(this, 'Failed', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(7) }],
    });
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'Written by one function and read by operators, whose reads CloudTrail keeps; a log bucket would add no reader to know of.',
    );
    // In the template itself: the construct would bring a Lambda with rights on every bucket to say the same.
    const cfn = bucket.node.defaultChild as CfnBucket;
    cfn.notificationConfiguration = {
      queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: this.failures.queueArn }],
    };
    const told = this.failures.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.failures.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (told.policyDependable) cfn.node.addDependency(told.policyDependable);
    return bucket;
  }

  private fromStream(table: TableV2, failed: Bucket, key: IKey): void {
    const stream = table.tableStreamArn as string;
    const to: IEventSourceDlq = { bind: () => ({ destination: failed.bucketArn }) };
    this.announce.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [stream]);
    const tableArn = Stack.of(table).exportValue(table.tableArn);
    const imported = (this.resolve(tableArn) as { 'Fn::ImportValue': string })['Fn::ImportValue'];
    this.announce.allow(['dynamodb:ListStreams'], [`${tableArn}/stream/*`]);
    this.announce.allow(['s3:ListBucket'], [failed.bucketArn]);
    this.announce.allow(['s3:PutObject'], [`${failed.bucketArn}/*`]);
    this.announce.allow(['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn]);
    acknowledge(
      this.announce.role,
      `AwsSolutions-IAM5[Resource::${imported}/stream/*]`,
      'ListStreams has no stream to name: it is granted for those of this one table.',
    );
    acknowledge(
      this.announce.role,
      `AwsSolutions-IAM5[Resource::<${this.getLogicalId(failed.node.defaultChild as CfnBucket)}.Arn>/*]`,
      'Lambda names the files of failed records, so the function may write any file, in this one bucket.',
    );
    new EventSourceMapping(this, 'FromStream', {
      target: this.announce.lambda,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      parallelizationFactor: 4,
      retryAttempts: STREAM_RETRIES,
      maxRecordAge: Duration.hours(6),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: to,
      // Deletions announce nothing.
      filters: [FilterCriteria.filter({ eventName: ['INSERT', 'MODIFY'] })],
    }).node.addDependency(this.announce.role);
  }

  private fromQueue(key: IKey): void {
    this.sender.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [this.sendQueue.queueArn],
    );
    this.sender.allow(['kms:Decrypt'], [key.keyArn]);
    new EventSourceMapping(this, 'FromQueue', {
      target: this.sender.lambda,
      eventSourceArn: this.sendQueue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      // Gentle on the provider: a rush of bookings waits in the queue for a few seconds rather than be refused.
      maxConcurrency: 10,
    }).node.addDependency(this.sender.role);
  }

  private every(id: string, expression: string, run: ServiceFunction, zone?: string): void {
    const role = new Role(this, `${id}Role`, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [run.lambda.functionArn] }));
    new CfnSchedule(this, id, {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: expression,
      ...(zone && { scheduleExpressionTimezone: zone }),
      target: {
        arn: run.lambda.functionArn,
        roleArn: role.roleArn,
        // The next minute, or the next night, does what this one missed.
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 },
      },
    }).node.addDependency(role);
  }
}
