import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ACCESS } from '../../shared/store/access.ts';
import { leadingKey } from '../../shared/store/keys.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Artefacts } from '../bundle.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { mayRead } from '../constructs/uploads.ts';
import { type Stage, uploadsOf } from '../stages.ts';
import type { DataStack } from './data.ts';

type FilesProps = StackProps & {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly factKey: Secret;
  readonly identityKey: Secret;
  readonly code: Artefacts['code'];
};

const TIMEOUT_SECONDS = 300;

/** Reads what was uploaded: when the stream says that an import has moved, and each minute for whatever that has missed. */
export class FilesStack extends Stack {
  readonly imports: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, data, factKey, identityKey, code, ...props }: FilesProps) {
    super(scope, id, props);
    this.imports = new ServiceFunction(this, 'imports', {
      stage,
      code,
      name: 'imports',
      entry: 'events/imports',
      tables: { schedule: data.schedule, private: data.private },
      access: ACCESS.imports,
      environment: {
        UPLOADS_BUCKET: uploadsOf(stage).bucket,
        FACT_KEY_SECRET_ARN: factKey.secretArn,
        IDENTITY_KEY_SECRET_ARN: identityKey.secretArn,
        // A piece's rows wait together: what is young would grow for them, and stay so.
        NODE_OPTIONS: '--enable-source-maps --max-semi-space-size=8',
      },
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    this.imports.allow(['secretsmanager:GetSecretValue'], [factKey.secretArn, identityKey.secretArn]);
    mayRead(this.imports, { bucket: data.uploads, key: data.key });
    this.fromStream(data);
    this.everyMinute();
  }

  /** Only what is begun, asked for or moved on: a checkpoint calls for the next run. */
  private fromStream({ schedule, key }: DataStack): void {
    const stream = schedule.tableStreamArn as string;
    this.imports.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [stream]);
    const tableArn = Stack.of(schedule).exportValue(schedule.tableArn);
    const imported = (this.resolve(tableArn) as { 'Fn::ImportValue': string })['Fn::ImportValue'];
    this.imports.allow(['dynamodb:ListStreams'], [`${tableArn}/stream/*`]);
    this.imports.allow(['kms:Decrypt'], [key.keyArn]);
    acknowledge(
      this.imports.role,
      `AwsSolutions-IAM5[Resource::${imported}/stream/*]`,
      'ListStreams has no stream to name: it is granted for those of this one table.',
    );
    new EventSourceMapping(this, 'FromStream', {
      target: this.imports.lambda,
      eventSourceArn: stream,
      startingPosition: StartingPosition.LATEST,
      batchSize: 100,
      // The clock comes again each minute: a record that fails need not be kept.
      retryAttempts: 2,
      maxRecordAge: Duration.minutes(10),
      filters: [
        FilterCriteria.filter({
          dynamodb: { Keys: { pk: { S: FilterRule.beginsWith(leadingKey('import').replace('*', '')) } } },
        }),
      ],
    }).node.addDependency(this.imports.role);
  }

  private everyMinute(): void {
    const role = new Role(this, 'EveryMinuteRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.imports.lambda.functionArn] }),
    );
    new CfnSchedule(this, 'EveryMinute', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'rate(1 minute)',
      target: {
        arn: this.imports.lambda.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 },
      },
    }).node.addDependency(role);
  }
}
