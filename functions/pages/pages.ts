import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

type File = { readonly type: string; readonly etag: string; readonly cache: string; readonly body: Buffer };
type Pages = {
  readonly files: ReadonlyMap<string, File>;
  readonly policy: string;
  readonly packed: Map<string, Buffer>;
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.csv': 'text/csv',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const PACKABLE = /^(text|application)\/|svg/;

/** Most of the gain at a small part of the best's time, which somebody would wait for. */
const QUALITY = 5;
const brotli = promisify(brotliCompress);

/** Reads the pages' folder once: a request finds a file by its name or not at all. */
export async function loadPages(folder: string, settings: { config: string; policy: string }): Promise<Pages> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, File>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(name, file(name, await readFile(path)));
  }
  files.set('/config.json', file('/config.json', Buffer.from(settings.config)));
  return { files, policy: settings.policy, packed: new Map() };
}

const file = (name: string, body: Buffer): File => ({
  type: TYPES[extname(name)] ?? 'application/octet-stream',
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  // What is in assets/ is named by its content.
  cache: name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  body,
});

/**
 * The pages, where no CDN serves them (AWS China): what no route of the contract matches comes here. An unknown path under
 * /api is answered as the gateway itself would.
 */
export const pagesHandler =
  (pages: Pages) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { method, path } = event.requestContext.http;
    const found = method === 'GET' || method === 'HEAD' ? lookUp(pages, path) : undefined;
    if (!found) {
      return {
        statusCode: 404,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify({ message: 'Not Found' }),
      };
    }
    const packed = PACKABLE.test(found.type) && /\bbr\b/.test(event.headers['accept-encoding'] ?? '');
    const headers = {
      etag: found.etag,
      'cache-control': found.cache,
      vary: 'accept-encoding',
      'content-security-policy': pages.policy,
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    };
    if (event.headers['if-none-match'] === found.etag) return { statusCode: 304, headers };
    return {
      statusCode: 200,
      headers: { ...headers, 'content-type': found.type, ...(packed && { 'content-encoding': 'br' }) },
      body: method === 'HEAD' ? '' : (packed ? await pack(pages, found) : found.body).toString('base64'),
      isBase64Encoded: method !== 'HEAD',
    };
  };

/** A page's address is no file: whatever has no extension is the one page. */
function lookUp({ files }: Pages, path: string): File | undefined {
  if (/^\/api(\/|$)/.test(path)) return undefined;
  const name = path.split('/').at(-1) ?? '';
  return files.get(path) ?? (name.includes('.') ? undefined : files.get('/index.html'));
}

/** Packed once an execution environment. */
async function pack({ packed }: Pages, { etag, body }: File): Promise<Buffer> {
  const known = packed.get(etag) ?? (await brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }));
  packed.set(etag, known);
  return known;
}
