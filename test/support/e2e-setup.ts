import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { builtWeb } from '../../local/build-web.ts';
import { startOn } from './server.ts';

/** A browser to start, and what its own libraries need of the environment. */
export type BrowserBinary = { executablePath: string; env: Record<string, string> };

declare module 'vitest' {
  export interface ProvidedContext {
    browser: BrowserBinary;
  }
}

/** Before the first story: the pages are built, the city is there, and a browser. Once, or every file of tests would do it for itself. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await builtWeb((line) => console.log(line));
  const [{ binary, remove }, city] = await Promise.all([findBrowser(), makeCity()]);
  project.provide('browser', binary);
  project.provide('city', city);
  return async () => {
    await remove();
    await rm(city, { recursive: true, force: true });
  };
}

async function makeCity(): Promise<string> {
  const server = await startOn();
  await server.settled();
  await server.stop({ keep: true });
  return server.data;
}

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

type Found = { binary: BrowserBinary; remove: () => Promise<void> };

/** CHROME_PATH; on Linux x64 the Chromium that comes as a package; elsewhere an installed one. */
export async function findBrowser(): Promise<Found> {
  const named = process.env['CHROME_PATH'];
  const installed = named ?? INSTALLED.find((path) => existsSync(path));
  const packed = process.platform === 'linux' && process.arch === 'x64';
  if (!named && packed) return await unpackChromium();
  if (!installed) throw new Error('no browser was found: install Chrome, or name one in CHROME_PATH');
  return { binary: { executablePath: installed, env: {} }, remove: async () => {} };
}

/** Into a folder of its own: the package decides by the environment whether it unpacks the libraries that a bare machine lacks. */
async function unpackChromium(): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanliu-chromium-'));
  const own = { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  const names = [...Object.keys(own), 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'];
  const before = names.map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, own);
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    chromium.setGraphicsMode = false;
    const executablePath = await chromium.executablePath();
    return {
      binary: {
        executablePath,
        env: {
          LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
          // A machine with fonts of its own keeps them.
          ...(!existsSync('/etc/fonts/fonts.conf') && { FONTCONFIG_PATH: join(folder, 'fonts') }),
        },
      },
      remove: async () => await rm(folder, { recursive: true, force: true }),
    };
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
