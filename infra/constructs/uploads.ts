import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { publicUrl, type Stage, uploadsOf } from '../stages.ts';
import type { ServiceFunction } from './service-function.ts';

export type Uploads = { readonly bucket: Bucket; readonly key: IKey };

/** As the importer has it, which deletes on the hour; this is for what no import knows of. */
const KEPT_DAYS = 7;

/** What staff upload, for some days: the chosen columns of a file, never the file. Browsers put it there by an address signed for it. */
export function uploadsBucket(scope: Construct, stage: Stage, key: IKey): Bucket {
  const bucket = new Bucket(scope, 'Uploads', {
    bucketName: uploadsOf(stage).bucket,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    lifecycleRules: [{ expiration: Duration.days(KEPT_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    cors: [
      {
        allowedMethods: [HttpMethods.PUT],
        allowedOrigins: [publicUrl(stage)],
        allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
        maxAge: 3_600,
      },
    ],
  });
  acknowledge(
    bucket,
    'AwsSolutions-S1',
    'Written by addresses that one function signs and read by one other; who imported what is in the audit log.',
  );
  return bucket;
}

const FILES = '/imports/*';

/** Signs addresses for uploads, and sees whether one is there. */
export function mayUpload(made: ServiceFunction, { bucket, key }: Uploads): void {
  made.allow(['s3:ListBucket'], [bucket.bucketArn]);
  made.allow(['s3:PutObject', 's3:GetObject'], [`${bucket.bucketArn}${FILES}`]);
  made.allow(['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn]);
  namesNoFile(made, bucket);
}

/** Reads what was uploaded, and removes it afterwards. */
export function mayRead(made: ServiceFunction, { bucket, key }: Uploads): void {
  made.allow(['s3:ListBucket'], [bucket.bucketArn]);
  made.allow(['s3:GetObject', 's3:DeleteObject'], [`${bucket.bucketArn}${FILES}`]);
  made.allow(['kms:Decrypt'], [key.keyArn]);
  namesNoFile(made, bucket);
}

function namesNoFile(made: ServiceFunction, bucket: Bucket): void {
  const arn = Stack.of(bucket).exportValue(bucket.bucketArn);
  const imported = (Stack.of(made).resolve(arn) as { 'Fn::ImportValue': string })['Fn::ImportValue'];
  acknowledge(
    made.role,
    `AwsSolutions-IAM5[Resource::${imported}${FILES}]`,
    'A file is named when its import is begun: the function may use any of them, in this one folder.',
  );
}
