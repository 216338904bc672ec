import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'dist', 'web');
const STAMP = join(ROOT, 'dist', 'web.sources');
/** What each page loads, for whoever weighs it. Beside the pages, not among them. */
export const PARTS = join(ROOT, 'dist', 'web.parts.json');
const SOURCES = ['web', 'shared/contract', 'shared/domain', 'package-lock.json'];
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest']);

/** The folder of built pages, built first if its sources have changed since. */
export async function builtWeb(say: (line: string) => void): Promise<string> {
  if (!existsSync(join(ROOT, 'web', 'index.html'))) throw new Error('web/ has no index.html to build');
  const stamp = stampOf(SOURCES);
  if (
    existsSync(join(OUT, 'index.html')) &&
    existsSync(PARTS) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === stamp
  )
    return OUT;
  say('Building the pages; this takes a moment the first time.');
  const fresh = `${OUT}.${process.pid}`;
  try {
    await runVite(fresh);
    renameSync(join(fresh, '.vite', 'manifest.json'), PARTS);
    rmSync(join(fresh, '.vite'), { recursive: true });
    compress(fresh);
    rmSync(OUT, { recursive: true, force: true });
    try {
      renameSync(fresh, OUT);
    } catch (error) {
      // Another start had built them too and was a moment ahead: its pages are ours.
      if (!existsSync(join(OUT, 'index.html'))) throw error;
    }
    writeFileSync(STAMP, stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return OUT;
}

/** A digest of every source file's name and content. */
function stampOf(sources: readonly string[]): string {
  const digest = createHash('sha256');
  const files = sources.flatMap((source) => {
    const path = join(ROOT, source);
    if (extname(path) !== '') return [path];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  });
  for (const file of files.sort()) digest.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file));
  return digest.digest('hex');
}

async function runVite(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', join(ROOT, 'web'), '--outDir', outDir, '--emptyOutDir', '--manifest', '--logLevel', 'warn'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'production' } },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
  }
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.off('exit', end);
  if (code !== 0) throw new Error(`the pages could not be built:\n${said.trim()}`);
}

function compress(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !COMPRESSED.has(extname(entry.name))) continue;
    const file = join(entry.parentPath, entry.name);
    const body = readFileSync(file);
    if (body.byteLength < 1_024) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(body));
    writeFileSync(`${file}.gz`, gzipSync(body));
  }
}
