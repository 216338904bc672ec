import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { SealBox } from '../../shared/store/seals.ts';
import { optionalEnv, requireEnv } from './env.ts';

/** The bucket of seals: AUDIT_BUCKET, and AUDIT_ENDPOINT off AWS. Each object is put once and locked from then on. */
export function sealBoxFromEnv(): SealBox {
  const endpoint = optionalEnv('AUDIT_ENDPOINT');
  return createSealBox({ bucket: requireEnv('AUDIT_BUCKET'), ...(endpoint && { endpoint }) });
}

export function createSealBox({ bucket: Bucket, endpoint }: { bucket: string; endpoint?: string }): SealBox {
  const s3 = new S3Client({ ...(endpoint && { endpoint, forcePathStyle: true }) });
  return {
    async put(Key, Body) {
      try {
        // The client adds the checksum without which a locked bucket takes nothing.
        await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', IfNoneMatch: '*' }));
        return 'done';
      } catch (error) {
        if (named(error, 'PreconditionFailed')) return 'there';
        throw error;
      }
    },
    async get(Key) {
      try {
        return await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
      } catch (error) {
        if (named(error, 'NoSuchKey')) return undefined;
        throw error;
      }
    },
  };
}

const named = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
