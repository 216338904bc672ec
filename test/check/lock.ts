import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * npm leaves an optional package of another platform out of package-lock.json when the registry it asked does not have it, or
 * when node_modules was there already; `npm ci` then refuses the lock everywhere. This names what is missing, and with
 * `--mend` writes it in: an exact version, and the platform its name says, on which alone npm will ask for it.
 */
type Entry = {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};
type Lock = { packages: Record<string, Entry> };

const PATH = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
const SYSTEMS = 'android darwin win32 freebsd openbsd netbsd sunos aix openharmony linux'.split(' ');
const PROCESSORS = 'x64 arm64 ia32 arm ppc64 s390x riscv64 loong64 mips64el wasm32'.split(' ');

/** Where npm would find a package that the one at `from` asks for: beside it, or further up. */
function isThere({ packages }: Lock, from: string, name: string): boolean {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    if (packages[`${base ? `${base}/` : ''}node_modules/${name}`]) return true;
    if (!base) return false;
  }
}

function entryFor(name: string, version: string, dev: boolean | undefined): Entry {
  const words = (name.split('/').at(-1) ?? '').split(/[-_.]/);
  const one = (from: readonly string[]) => from.filter((word) => words.includes(word)).slice(0, 1);
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.includes('linux') && words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return {
    version,
    cpu: one(PROCESSORS),
    ...(dev && { dev }),
    ...(libc.length && { libc }),
    optional: true,
    os: one(SYSTEMS),
  };
}

const lock = JSON.parse(await readFile(PATH, 'utf8')) as Lock;
const missing = Object.entries(lock.packages).flatMap(([from, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !isThere(lock, from, name))
    .map(([name, version]) => ({ name, version, dev })),
);

if (process.argv.includes('--mend')) {
  for (const { name, version, dev } of missing) lock.packages[`node_modules/${name}`] = entryFor(name, version, dev);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(PATH, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} packages of other platforms written in`);
} else if (missing.length > 0) {
  console.log('package-lock.json lacks packages of other platforms, and npm ci would refuse it; run: npm run lock');
  for (const { name } of missing) console.log(`  ${name}`);
  process.exitCode = 1;
}
