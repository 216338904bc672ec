import lighthouse from 'lighthouse';
import { builtWeb } from '../../local/build-web.ts';
import { freePort } from '../../local/engine.ts';
import { startBrowser } from './browser.ts';
import { findBrowser } from './e2e-setup.ts';
import { type Server, startOn } from './server.ts';
import { daysAhead } from './today.ts';

/**
 * `npm run lighthouse`: the pages a donor may open first, from a link or a poster, with nothing of ours in the browser yet, as
 * Lighthouse's mobile profile (a middling phone on slow 4G) sees them. Whoever comes to a booking of their own has been there.
 */
const SITE = 'yunting-central';
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100 } as const;
type Category = keyof typeof LEAST;
const CATEGORIES = Object.keys(LEAST) as Category[];
/** One run says little on a machine that does other things too: the middle one of these counts. */
const RUNS = 3;

async function pagesOf(server: Server): Promise<readonly string[]> {
  const date = daysAhead(4);
  const answer = await fetch(`${server.url}/api/sites/${SITE}/slots?from=${date}&to=${date}&procedure=whole-blood`);
  const { items } = (await answer.json()) as { items: { slotId: string; free: number }[] };
  const slot = items.find(({ free }) => free > 0)?.slotId ?? '';
  return [
    '/',
    '/precheck',
    '/donate',
    `/donate/${SITE}?${new URLSearchParams({ procedure: 'whole-blood', date })}`,
    `/donate/check?${new URLSearchParams({ site: SITE, procedure: 'whole-blood', date, slot })}`,
  ];
}

type Run = { scores: Record<Category, number>; timings: string; faults: string[] };

async function run(url: string, port: number): Promise<Run> {
  const result = await lighthouse(url, { port, logLevel: 'error', onlyCategories: CATEGORIES });
  if (!result) throw new Error(`no report on ${url}`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(runtimeError.message);
  const shown = (id: string) => audits[id]?.displayValue ?? '';
  const refs = CATEGORIES.flatMap((category) => categories[category]?.auditRefs ?? []);
  return {
    scores: Object.fromEntries(
      CATEGORIES.map((category) => [category, Math.round((categories[category]?.score ?? 0) * 100)]),
    ) as Run['scores'],
    timings: ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
      .map(shown)
      .join('  '),
    faults: refs
      .map(({ id }) => audits[id])
      .filter((audit) => typeof audit?.score === 'number' && audit.score < 0.9)
      .map((audit) => `${audit?.id}: ${audit?.displayValue ?? audit?.title}`),
  };
}

const middle = (runs: readonly Run[]): Run =>
  runs.toSorted((a, b) => a.scores.performance - b.scores.performance)[Math.floor(runs.length / 2)] as Run;

await builtWeb(console.log);
const { binary, remove } = await findBrowser();
const port = await freePort();
const [server, browser] = await Promise.all([startOn(), startBrowser(binary, [`--remote-debugging-port=${port}`])]);
try {
  console.log('                                      performance  accessibility  best practices   FCP  LCP  TBT  CLS');
  for (const path of await pagesOf(server)) {
    const runs: Run[] = [];
    while (runs.length < RUNS) runs.push(await run(server.url + path, port));
    const { scores, timings, faults } = middle(runs);
    const all = runs.map((it) => it.scores.performance).join(' ');
    const row = [`${scores.performance} (${all})`, scores.accessibility, scores['best-practices']];
    console.log(`${path.slice(0, 36).padEnd(38)}${row.map((it) => String(it).padEnd(14)).join(' ')} ${timings}`);
    for (const category of CATEGORIES) {
      if (scores[category] >= LEAST[category]) continue;
      console.log(`  ${category} is below ${LEAST[category]}`);
      for (const fault of faults) console.log(`    ${fault}`);
      process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await server.stop();
  await remove();
}
