import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { optionalEnv, requireEnv } from './env.ts';

/** As long as somebody may take to begin an upload. */
const SIGNED_SECONDS = 15 * 60;

/** Where uploaded files are kept for a few days: one object an import. */
export type Uploads = ReturnType<typeof createUploads>;

export function createUploads(config: {
  readonly bucket: string;
  /** Off AWS: where functions reach it, and where browsers do. */
  readonly endpoint?: string;
  readonly publicEndpoint?: string;
}) {
  const { bucket: Bucket } = config;
  const client = (endpoint: string | undefined) =>
    new S3Client({
      ...(endpoint && { endpoint, forcePathStyle: true }),
      // What is signed is the digest that we were told; the client has no content to make another of.
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
  const inside = client(config.endpoint);
  const outside = config.publicEndpoint ? client(config.publicEndpoint) : inside;
  const keyOf = (importId: string): string => `imports/${importId}.csv`;

  return {
    /** An address to which a browser may put this content, and no other, for a quarter of an hour. */
    async sign(
      importId: string,
      sha256: string,
      signingDate = new Date(),
    ): Promise<{ url: string; headers: Record<string, string> }> {
      const command = new PutObjectCommand({
        Bucket,
        Key: keyOf(importId),
        ContentType: 'text/csv',
        ChecksumSHA256: sha256,
      });
      const url = await getSignedUrl(outside, command, {
        expiresIn: SIGNED_SECONDS,
        signingDate,
        unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
        signableHeaders: new Set(['content-type', 'host', 'x-amz-checksum-sha256']),
      });
      return { url, headers: { 'content-type': 'text/csv', 'x-amz-checksum-sha256': sha256 } };
    },
    /** How many bytes were uploaded; undefined while there are none, or no longer. */
    async size(importId: string): Promise<number | undefined> {
      try {
        return (await inside.send(new HeadObjectCommand({ Bucket, Key: keyOf(importId) }))).ContentLength;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async read(importId: string): Promise<Readable | undefined> {
      try {
        return (await inside.send(new GetObjectCommand({ Bucket, Key: keyOf(importId) }))).Body as Readable | undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async remove(importId: string): Promise<void> {
      await inside.send(new DeleteObjectCommand({ Bucket, Key: keyOf(importId) }));
    },
  };
}

/** Told only to whoever may list the bucket; others are told that they may not read. */
const isMissing = (error: unknown): boolean => error instanceof Error && ['NoSuchKey', 'NotFound'].includes(error.name);

/** UPLOADS_BUCKET, and UPLOADS_ENDPOINT and UPLOADS_PUBLIC_ENDPOINT off AWS. */
export function uploadsFromEnv(): Uploads {
  const endpoint = optionalEnv('UPLOADS_ENDPOINT');
  const publicEndpoint = optionalEnv('UPLOADS_PUBLIC_ENDPOINT');
  return createUploads({
    bucket: requireEnv('UPLOADS_BUCKET'),
    ...(endpoint && { endpoint }),
    ...(publicEndpoint && { publicEndpoint }),
  });
}
