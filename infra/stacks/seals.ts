import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { ACCESS } from '../../shared/store/access.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Artefacts } from '../bundle.ts';
import { SEALS, sealArn } from '../constructs/seals.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { type Stage, sealsOf } from '../stages.ts';
import type { DataStack } from './data.ts';

type SealsProps = StackProps & {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly code: Artefacts['code'];
};

const TIMEOUT_SECONDS = 300;

/** The days of the audit log, each sealed once it is over where nobody can alter or remove it. */
export class SealsStack extends Stack {
  readonly seals: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, data, code, ...props }: SealsProps) {
    super(scope, id, props);
    const bucket = this.bucket(stage);
    this.seals = new ServiceFunction(this, 'seals', {
      stage,
      code,
      name: 'seals',
      entry: 'events/seals',
      tables: { schedule: data.schedule, private: data.private },
      access: ACCESS.seals,
      environment: { AUDIT_BUCKET: sealsOf(stage) },
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    this.seals.allow(['s3:PutObject', 's3:GetObject'], [sealArn(this, stage, SEALS)]);
    this.seals.allow(['s3:ListBucket'], [sealArn(this, stage, '')]);
    acknowledge(
      this.seals.role,
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${sealsOf(stage)}${SEALS}]`,
      'A seal is named by its log and day: the function may add any of them, and change none.',
    );
    this.seals.lambda.node.addDependency(bucket);
    this.hourly();
  }

  /**
   * Encrypted with a key of S3's own: one of ours could be deleted, and with it everything that the lock keeps. Each object is
   * put once; what is there already is refused, and no version of it can be removed before its time.
   */
  private bucket(stage: Stage): Bucket {
    const bucket = new Bucket(this, 'Seals', {
      bucketName: sealsOf(stage),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(stage.auditDays)),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [`${bucket.bucketArn}/*`],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'One function adds to it and one reads it, and each check is itself in the audit log.',
    );
    return bucket;
  }

  private hourly(): void {
    const role = new Role(this, 'HourlyRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.seals.lambda.functionArn] }),
    );
    new CfnSchedule(this, 'Hourly', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'rate(1 hour)',
      target: {
        arn: this.seals.lambda.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 2 },
      },
    }).node.addDependency(role);
  }
}
