import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Language } from '../../shared/domain/vocabulary.ts';
import { givenEn } from '../../web/src/i18n/given-en.ts';
import { givenZh } from '../../web/src/i18n/given-zh.ts';
import { startBrowser, type Visitor, visitor, visitorAs, type Width } from '../support/browser.ts';
import { call } from '../support/caller.ts';
import { eventually, type Server, startServer } from '../support/server.ts';
import { partByPart, WORDS } from '../support/story.ts';
import { daysAhead } from '../support/today.ts';

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const GIVEN = { zh: givenZh, en: givenEn };
const STAFF = '+8613800000001';
const STORIES: readonly { language: Language; width: Width; donor: string }[] = [
  { language: 'zh', width: 'phone', donor: '+8613800000101' },
  { language: 'en', width: 'desk', donor: '+8613800000031' },
];

type Mine = { items: { din: string; date: string; journey: { open: boolean } }[] };

describe.each(STORIES)('what a donor has given, in $language on a $width', ({ language, width, donor }) => {
  const words = GIVEN[language];
  let own: Visitor;
  let last: Mine['items'][number];
  let code = '';

  partByPart();
  beforeAll(async () => {
    const [token = ''] = await server.tokens(donor);
    const mine = await call<Mine>(server.url, token, '/api/me/donations');
    last = mine.body.items[0] as Mine['items'][number];
    own = await visitorAs(browser, server, donor, { language, width });
  });

  it('shows its way, and how far it is to each honour', async () => {
    const { page } = own;
    await page.goto('/donations');
    const track = page.locator('.journey ol').first();
    await track.waitFor();
    expect(await track.innerText()).toContain(words.journey.stage.collected);
    expect(await page.locator('.round').innerText()).toMatch(/20.*30.*40/s);
  });

  it('can be kept as a record: on a page, as a picture and as a PDF', async () => {
    const { page } = own;
    await page.goto(`/donations/${last.date}/${last.din}/record`);
    const make = page.getByRole('button', { name: words.record.make });
    const paper = page.locator('.paper');
    await make.or(paper).first().waitFor();
    if (await make.isVisible()) await make.click();
    await paper.waitFor();
    expect(await paper.innerText()).toContain(words.record.notCertificate);
    code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(await paper.innerText())?.[0] ?? '';
    expect(code).not.toBe('');

    await page.getByRole('button', { name: words.record.picture }).click();
    const picture = page.locator('.kept-picture img');
    await picture.waitFor();
    const decoded = `(() => { const it = document.querySelector('.kept-picture img'); return it.decode().then(() => it.naturalWidth); })()`;
    expect(await page.evaluate(decoded)).toBe(1080);

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: words.record.pdf }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.pdf$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    const pdf = Buffer.concat(chunks).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.5/);
    // What is seen can be selected too: the code stands in it as text.
    expect(pdf).toContain(Buffer.from(code, 'utf16le').swap16().toString('hex'));
    // Opened again, it is the same record.
    await page.reload();
    await paper.waitFor();
    expect(await paper.innerText()).toContain(code);
  });

  it('is checked by whoever was shown it, without signing in; a wrong code proves nothing', async () => {
    const stranger = await visitor(browser, server, { language, width });
    const { page } = stranger;
    await page.goto('/verify');
    await page.locator('#code').fill('K3M9');
    await page.getByRole('button', { name: words.verify.check }).click();
    await page.locator('.notice-bad').waitFor();
    await page.locator('#code').fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: words.verify.check }).click();
    await page.getByRole('heading', { name: words.verify.foundTitle }).waitFor();
    const said = await page.locator('main').innerText();
    expect(said).toContain(words.record.notCertificate);
    expect(said).not.toContain(last.din);
    await page.goto('/verify/0000-0000-0000-0000');
    await page.getByRole('heading', { name: words.verify.notFoundTitle }).waitFor();
    await stranger.leave();
  });

  it('is not used when they ask for that, and nothing on their pages says so', async () => {
    const { page } = own;
    await page.goto('/donations');
    await page.locator('.journey').first().waitFor();
    const before = await page.locator('.timeline.given').first().innerText();
    await page.locator(`a[href$="${last.din}/do-not-use"]`).click();
    await page.getByRole('button', { name: words.ask.yes }).click();
    await page.getByRole('heading', { name: words.ask.doneTitle }).waitFor();
    await page.getByRole('link', { name: words.ask.back }).click();
    await page.locator('.journey').first().waitFor();
    expect(await page.locator('.timeline.given').first().innerText()).toBe(before);
    await own.leave();
  });
});

describe('staff, when a hospital has some of a donation that is not to be used', () => {
  it('are told whom to call, note that they have, and find the rest kept back', async () => {
    const words = WORDS.zh.work;
    const [token = ''] = await server.tokens(STAFF);
    type Units = { items: { din: string; units: { unitId: string; stage: string }[] }[] };
    const date = daysAhead(-2);
    const units = await call<Units>(server.url, token, `/api/units?siteId=yunting-central&date=${date}`);
    const out = units.body.items.find(({ units: all }) =>
      all.some(({ unitId, stage }) => unitId === 'wb-rc' && stage === 'issued'),
    );
    const { page, leave } = await visitorAs(browser, server, STAFF, { width: 'desk' });
    await page.goto(`/staff/units/${out?.din}`);
    await page.getByRole('link', { name: words.holds.link }).click();
    const hold = page.getByRole('button', { name: words.holds.hold, exact: true });
    const lift = page.getByRole('button', { name: words.holds.lift });
    await hold.or(lift).first().waitFor();
    // The donor of this one may have asked already, in the story before.
    if (await hold.isVisible()) await hold.click();
    await eventually('an alert', async () => {
      await page.goto('/staff/yunting-central/holds');
      await page.locator('.board, .empty').first().waitFor();
      return (await page.locator('.board').count()) > 0 || undefined;
    });
    expect(await page.locator('.board').innerText()).toContain('云汀市人民医院');
    await page
      .getByRole('button', { name: /已联系医院/ })
      .first()
      .click();
    await page.locator('.empty').waitFor();
    await page.goto('/staff/yunting-central/holds?done=true');
    await page.locator('.board').waitFor();

    await page.goto(`/staff/units/${out?.din}`);
    await page.getByText(words.holds.held).first().waitFor();
    const plasma = page.getByRole('article').filter({ has: page.getByText('wb-pl', { exact: true }) });
    expect(await plasma.locator('.unit-acts').innerText()).toBe(words.action.discard);
    await leave();
  });
});
