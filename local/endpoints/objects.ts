import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createUploads } from '../../functions/runtime/uploads.ts';

/** The buckets of this machine; a path-style address begins with one. */
export const UPLOADS_BUCKET = 'uploads';
export const SEALS_BUCKET = 'audit';
export const isObjectPath = (path: string): boolean =>
  path.startsWith(`/${UPLOADS_BUCKET}/`) || path.startsWith(`/${SEALS_BUCKET}/`);

const KEY = /^\/uploads\/imports\/(f[a-z0-9]{1,39})\.csv$/;
const SEAL_KEY = /^\/audit\/audit\/([a-z0-9-]{1,40})\/(\d{4}-\d{2}-\d{2})\.json$/;
const MOST_BYTES = 64 * 1024 * 1024;
/** As the deployed bucket's lifecycle has it. */
const KEPT_MS = 7 * 24 * 3_600_000;

export type Objects = Awaited<ReturnType<typeof createObjects>>;

/**
 * The part of S3 that the imports use, over a folder: a signed PUT from a browser, and GET, HEAD and DELETE from a function.
 * A file is there whole or not at all. Seals lie in a folder of their own: put once, and from then on neither replaced nor removed.
 */
export async function createObjects(
  folder: string,
  options: { readonly origin: string; readonly seals: string; readonly now: () => number },
) {
  await mkdir(folder, { recursive: true });
  await mkdir(options.seals, { recursive: true });
  await forgetOld();
  const fileOf = (id: string): string => join(folder, `${id}.csv`);
  const signer = createUploads({ bucket: UPLOADS_BUCKET, publicEndpoint: options.origin });

  async function forgetOld(): Promise<void> {
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      const found = await stat(file).catch(() => undefined);
      if (found && found.mtimeMs < options.now() - KEPT_MS) await rm(file, { force: true });
    }
  }

  /** Whether this very address was signed, for this very content, and is not over. */
  async function isSigned(url: URL, id: string, sha256: string): Promise<boolean> {
    const at = dateOf(url.searchParams.get('X-Amz-Date') ?? '');
    const seconds = Number(url.searchParams.get('X-Amz-Expires'));
    if (!at || !(at.getTime() + seconds * 1_000 > options.now())) return false;
    const expected = new URL((await signer.sign(id, sha256, at)).url);
    return expected.searchParams.get('X-Amz-Signature') === url.searchParams.get('X-Amz-Signature');
  }

  async function put(req: IncomingMessage, res: ServerResponse, url: URL, id: string): Promise<void> {
    const sha256 = String(req.headers['x-amz-checksum-sha256'] ?? '');
    if (!(await isSigned(url, id, sha256))) return fault(res, 403, 'AccessDenied');
    const hash = createHash('sha256');
    let size = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.byteLength;
        hash.update(chunk);
        done(size > MOST_BYTES ? new Error('too large') : null, chunk);
      },
    });
    const part = join(folder, `${randomUUID()}.part`);
    try {
      await pipeline(req, counted, createWriteStream(part));
      if (hash.digest('base64') !== sha256) return fault(res, 400, 'BadDigest');
      await rename(part, fileOf(id));
      res.writeHead(200).end();
      await forgetOld();
    } catch {
      fault(res, 400, 'EntityTooLarge');
    } finally {
      await rm(part, { force: true });
    }
  }

  async function read(res: ServerResponse, id: string, withBody: boolean): Promise<void> {
    const found = await stat(fileOf(id)).catch(() => undefined);
    if (!found) return fault(res, 404, 'NoSuchKey');
    res.writeHead(200, { 'content-type': 'text/csv', 'content-length': found.size });
    if (!withBody) return void res.end();
    // Whoever reads may go away in the middle of it.
    await pipeline(createReadStream(fileOf(id)), res).catch(() => {});
  }

  async function seal(req: IncomingMessage, res: ServerResponse, scope: string, date: string): Promise<void> {
    const file = join(options.seals, `${scope}.${date}.json`);
    if (req.method === 'GET') {
      const content = await readFile(file).catch(() => undefined);
      if (!content) return fault(res, 404, 'NoSuchKey');
      return void res.writeHead(200, { 'content-type': 'application/json' }).end(content);
    }
    // A locked object: nothing removes it, and it is never put again.
    if (req.method !== 'PUT' || req.headers['if-none-match'] !== '*') return fault(res, 403, 'AccessDenied');
    const part = join(options.seals, `${randomUUID()}.part`);
    try {
      await pipeline(req, createWriteStream(part));
      await link(part, file);
      res.writeHead(200).end();
    } catch (error) {
      const there = (error as NodeJS.ErrnoException).code === 'EEXIST';
      fault(res, there ? 412 : 400, there ? 'PreconditionFailed' : 'IncompleteBody');
    } finally {
      await rm(part, { force: true });
    }
  }

  return {
    /** From outside: nothing but a signed PUT. */
    async fromBrowser(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const url = new URL(req.url ?? '/', options.origin);
      const id = KEY.exec(url.pathname)?.[1];
      if (!id || req.method !== 'PUT') return fault(res, 403, 'AccessDenied');
      await put(req, res, url, id);
    },
    /** From the functions, on the port of the endpoints. */
    async fromFunction(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
      const [, scope, date] = SEAL_KEY.exec(path) ?? [];
      if (scope && date) return await seal(req, res, scope, date);
      const id = KEY.exec(path)?.[1];
      if (!id) return fault(res, 404, 'NoSuchKey');
      if (req.method === 'GET' || req.method === 'HEAD') return await read(res, id, req.method === 'GET');
      if (req.method !== 'DELETE') return fault(res, 405, 'MethodNotAllowed');
      await rm(fileOf(id), { force: true });
      res.writeHead(204).end();
    },
  };
}

/** `20261127T140000Z` */
function dateOf(text: string): Date | undefined {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text) ?? [];
  return y ? new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) : undefined;
}

function fault(res: ServerResponse, status: number, code: string): void {
  res
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`);
}
