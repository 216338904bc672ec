import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { findRunning } from '../../local/running.ts';
import { keptOf, startBrowser, visitor } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';
import { fill, WORDS } from '../support/story.ts';

let server: Server;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const SITE = 'yunting-central';
const STAFF = '+8613800000001';
const words = WORDS.zh.work.files;
const example = (name: string): string => fileURLToPath(new URL(`../../web/public/examples/${name}`, import.meta.url));

type Import = {
  importId: string;
  status: string;
  applied?: { done: number; fresh: number; known: number; refused: number };
};
const imports = async (token: string): Promise<Import[]> =>
  (await call<{ items: Import[] }>(server.url, token, `/api/files/${SITE}`)).body.items;

/** Everything that was uploaded and is still kept. */
const stored = (): string => {
  const folder = join(server.data, 'uploads');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
};

/** From the list to the dry run's result. */
async function tryOut(
  page: Page,
  kind: 'donors' | 'donations' | 'usage',
  file: string | { name: string; text: string },
): Promise<void> {
  await page.goto(`/staff/${SITE}/files`);
  await page.getByRole('link', { name: words.new }).click();
  await page.getByRole('button', { name: words.choose.next }).click();
  await page.getByRole('link', { name: words.choose.error.file }).waitFor();
  await page.getByLabel(words.kind[kind]).check();
  await page
    .locator('input[type=file]')
    .setInputFiles(
      typeof file === 'string' ? file : { name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) },
    );
  await page.getByRole('button', { name: words.choose.next }).click();
  await page.locator('#header').waitFor();
}
const upload = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: words.map.next }).click();
  await page.getByText(words.status.checked).waitFor();
};

it('staff load a messy history and a hospital’s workbook, from choosing to the report, and no patient’s name leaves the browser', async () => {
  const [token = ''] = await server.tokens(STAFF);
  const { page, leave } = await visitor(browser, server, { width: 'desk', kept: keptOf(server, token) });

  await tryOut(page, 'donations', example('donations-gb18030.csv'));
  await page.getByText('GB18030', { exact: false }).waitFor();
  expect(await page.locator('#header').inputValue()).toBe('4');
  await upload(page);
  await page.getByText(`${words.counts.fresh} 6`).first().waitFor();
  expect(stored()).not.toContain('990101198803010016');
  await page.getByRole('button', { name: fill(words.one.apply, { count: 6 }) }).click();
  await page.getByText(words.status.applied, { exact: true }).waitFor();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: words.one.download }).click();
  const report = readFileSync(await (await downloading).path(), 'utf8');
  expect(report.split('\r\n').slice(0, 3)).toEqual([
    '\uFEFF"行","列","原因"',
    `"11","${words.field.phone}","${words.why.damaged}"`,
    `"12","${words.field.din}","${words.why['check-character']}"`,
  ]);

  await tryOut(page, 'usage', example('hospital-usage.xlsx'));
  await page.getByText(words.map.patient).nth(2).waitFor();
  await upload(page);
  // What lies there is what was chosen, and nothing that speaks of a patient.
  expect(stored()).toContain('row,din,component,hospital,date');
  expect(stored()).not.toMatch(/甲某|80012345|骨科/);
  await page.getByRole('button', { name: fill(words.one.apply, { count: 3 }) }).click();
  await page.getByText(words.status.applied, { exact: true }).waitFor();
  await page.getByText(words.why['din-unknown']).first().waitFor();

  // The same once more: nothing is new, and the columns are as they were chosen.
  await tryOut(page, 'usage', example('hospital-usage.xlsx'));
  await page.getByText(words.map.remembered).waitFor();
  await upload(page);
  await page.getByText(words.one.nothing).waitFor();
  expect((await imports(token)).map(({ applied }) => applied)).toEqual([
    undefined,
    { done: 6, fresh: 3, known: 0, refused: 3 },
    { done: 10, fresh: 6, known: 0, refused: 4 },
  ]);
  await leave();
});

it('the importer is killed in the middle, and the import ends once, with every row counted once', async () => {
  const [token = ''] = await server.tokens(STAFF);
  const { page, leave } = await visitor(browser, server, { width: 'desk', kept: keptOf(server, token) });
  const ROWS = 2_500;
  const lines = Array.from({ length: ROWS }, (_, n) =>
    [`K${n}`, `捐献${n}`, `137${String(n).padStart(8, '0')}`, '1990-01-01', n % 2 ? '男' : '女'].join(),
  );
  const text = ['献血者编号,姓名,手机,出生日期,性别', ...lines].join('\n');
  await tryOut(page, 'donors', { name: 'donors.csv', text });
  await upload(page);
  await page.getByRole('button', { name: fill(words.one.apply, { count: ROWS }) }).click();
  await expect
    .poll(async () => (await imports(token))[0]?.applied?.done ?? 0, { timeout: 30_000, interval: 50 })
    .toBeGreaterThan(0);
  const running = findRunning({ data: server.data });
  process.kill(running?.consumers ?? 0, 'SIGKILL');
  expect((await imports(token))[0]).toMatchObject({ status: 'applying' });
  await page.getByText(words.status.applied, { exact: true }).waitFor({ timeout: 60_000 });
  expect((await imports(token))[0]?.applied).toEqual({ done: ROWS, fresh: ROWS, known: 0, refused: 0 });
  await leave();
});
