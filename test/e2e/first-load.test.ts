import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { transform } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { builtWeb, PARTS } from '../../local/build-web.ts';
import { OLDEST_BROWSERS } from '../../web/oldest-browsers.ts';

const MOST_BYTES = 180_000;

type Part = { file: string; imports?: string[]; dynamicImports?: string[] };
let folder: string;
let parts: Record<string, Part>;

beforeAll(async () => {
  folder = await builtWeb(() => undefined);
  parts = JSON.parse(readFileSync(PARTS, 'utf8')) as Record<string, Part>;
});

/** The scripts that come with a part: its own, and all it imports before it runs. */
function scriptsOf(...names: string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  for (let name = names.pop(); name; name = names.pop()) {
    const part = parts[name];
    if (!part) throw new Error(`the pages have no ${name}`);
    if (seen.has(name)) continue;
    seen.add(name);
    files.add(part.file);
    names.push(...(part.imports ?? []));
  }
  return files;
}

/** As it is sent: packed when the pages were built, unless it is too small to gain by it. */
const bytesOf = (file: string): number => {
  const path = join(folder, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
};
const weigh = (files: Set<string>): number => [...files].reduce((sum, file) => sum + bytesOf(file), 0);
const heaviest = (names: readonly string[]): string | undefined =>
  names
    .filter((name) => parts[name])
    .sort((a, b) => weigh(scriptsOf(b)) - weigh(scriptsOf(a)))
    .at(0);

/** A page's words come with it, in one language. */
const wordsOf = (area: string): string[] => {
  const under = area ? `src/i18n/${area}-` : 'src/i18n/';
  const words = heaviest([`${under}zh.ts`, `${under}en.ts`]);
  return words ? [words] : [];
};
const firstLoad = (): string[] => ['index.html', ...wordsOf('')];
/** The script that shows the first view; it is none of the parts. */
const beginning = (): string => {
  const [, file] = /<script src="\/(assets\/begin-[^"]+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8')) ?? [];
  if (!file) throw new Error('the page begins with no script');
  return file;
};
const lazyPages = (): string[] =>
  (parts['index.html']?.dynamicImports ?? []).filter((name) => /^src\/\w+\/[\w-]+\.tsx$/.test(name));
const isForWork = (name: string): boolean => /^src\/(staff|organise)\//.test(name);

it('the first load of a donor’s page is at most 180 KB of script', () => {
  const files = scriptsOf(...firstLoad()).add(beginning());
  const list = [...files].map((file) => `${file} ${bytesOf(file)}`).join('\n');
  expect(files.size).toBeGreaterThan(1);
  expect(weigh(files), list).toBeLessThanOrEqual(MOST_BYTES);
});

it('and so is everything that comes with the heaviest page a donor may open first', () => {
  const pages = lazyPages().filter((name) => !isForWork(name));
  expect(pages.length).toBeGreaterThan(15);
  for (const page of pages) {
    const area = page.split('/')[1] ?? '';
    const files = scriptsOf(...firstLoad(), page, ...wordsOf(area)).add(beginning());
    expect(weigh(files), page).toBeLessThanOrEqual(MOST_BYTES);
  }
});

it('what is seen before any script, in every language, takes no more than one packet’s flight of the line', () => {
  // TCP sends ten packets before it waits for an answer.
  expect(bytesOf('index.html')).toBeLessThanOrEqual(14_000);
});

it('nothing but the pages is among the pages', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => file.split(sep).some((part) => part.startsWith('.')))).toEqual([]);
});

it('donors never load the pages of those who work here', () => {
  const work = lazyPages().filter(isForWork);
  expect(work).toHaveLength(2);
  for (const page of lazyPages().filter((name) => !isForWork(name))) {
    for (const each of work) expect(scriptsOf(page).has(parts[each]?.file ?? ''), `${page} loads ${each}`).toBe(false);
  }
});

it('no script holds syntax that the oldest browser we name cannot read', async () => {
  const files = [beginning(), ...new Set(Object.values(parts).map(({ file }) => file))].filter((file) =>
    file.endsWith('.js'),
  );
  for (const file of files) {
    const code = readFileSync(join(folder, file), 'utf8');
    const { code: asIs } = await transform(code, { target: 'esnext' });
    const { code: lowered } = await transform(code, { target: [...OLDEST_BROWSERS] });
    // Written once more: what was lowered may have brackets that say nothing.
    const again = lowered === asIs ? asIs : (await transform(lowered, { target: 'esnext' })).code;
    expect(again === asIs, `${basename(file)} must be lowered for ${OLDEST_BROWSERS.join(', ')}`).toBe(true);
  }
});
