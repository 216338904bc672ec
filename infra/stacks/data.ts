import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ATTRIBUTES, TABLES, type TableDefinition } from '../../shared/store/table.ts';
import { uploadsBucket } from '../constructs/uploads.ts';
import type { Stage } from '../stages.ts';

/** Both tables, the place for uploads, and the key that encrypts them, the queue and what failed. */
export class DataStack extends Stack {
  readonly key: Key;
  readonly schedule: TableV2;
  readonly private: TableV2;
  readonly uploads: Bucket;

  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage }) {
    super(scope, id, props);
    const { stage } = props;
    const removalPolicy = stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = new Key(this, 'Key', {
      description: `Nuanliu ${stage.name}: tables, queues, failed records`,
      enableKeyRotation: true,
      removalPolicy,
    });
    // Whoever may use a table may use its key through DynamoDB, and only so; no role needs a grant on the key for it.
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:DescribeKey',
          'kms:CreateGrant',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': this.account,
            // China's service names end in .cn in some places and not in others.
            'kms:ViaService': ['amazonaws.com', ...(this.region.startsWith('cn-') ? ['amazonaws.com.cn'] : [])].map(
              (suffix) => `dynamodb.${this.region}.${suffix}`,
            ),
          },
        },
      }),
    );
    // S3 tells the queue of failed records, CloudWatch the topic of alarms; both are encrypted with this key.
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com'), new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEqualsIfExists: { 'aws:SourceAccount': this.account } },
      }),
    );

    const tables = Object.fromEntries(
      TABLES.map((table) => [table.name, this.table(table, stage, removalPolicy)]),
    ) as Record<TableDefinition['name'], TableV2>;
    this.schedule = tables.schedule;
    this.private = tables.private;
    this.uploads = uploadsBucket(this, stage, this.key);
  }

  private table(table: TableDefinition, stage: Stage, removalPolicy: RemovalPolicy): TableV2 {
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    return new TableV2(this, table.name === 'schedule' ? 'Schedule' : 'Private', {
      partitionKey: text(ATTRIBUTES.pk),
      sortKey: text(ATTRIBUTES.sk),
      timeToLiveAttribute: ATTRIBUTES.ttl,
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(this.key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.keepData,
      removalPolicy,
      ...(table.stream && { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES }),
      globalSecondaryIndexes: table.indexes.map((index) => ({
        indexName: index,
        partitionKey: text(`${index}pk`),
        sortKey: text(`${index}sk`),
        projectionType: ProjectionType.ALL,
      })),
    });
  }
}
