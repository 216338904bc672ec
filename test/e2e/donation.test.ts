import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { passCode, scannedPassCode } from '../../shared/domain/pass-code.ts';
import type { Language } from '../../shared/domain/vocabulary.ts';
import { enterCode, startBrowser, type Visitor, visitor, visitorAs, type Width } from '../support/browser.ts';
import { eventually, type Server, startServer } from '../support/server.ts';
import { labelOf } from '../support/station.ts';
import { fill, partByPart, WORDS } from '../support/story.ts';
import { daysAhead, morningSite, type OpenSite, seededSite } from '../support/today.ts';

let server: Server;
let browser: Browser;
let morning: OpenSite;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser(inject('browser'))]);
  morning = await morningSite(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

type Story = {
  readonly language: Language;
  readonly width: Width;
  readonly phone: string;
  readonly name: string;
  readonly din: string;
  readonly site: () => Promise<OpenSite>;
};

const STORIES: readonly Story[] = [
  {
    language: 'zh',
    width: 'phone',
    phone: '+8613700001001',
    name: '林见暖',
    din: 'N700126700001',
    site: async () => await seededSite(server, morning),
  },
  {
    language: 'en',
    width: 'desk',
    phone: '+8613700001002',
    name: 'Nora Quist',
    din: 'N700126700002',
    site: async () => morning,
  },
];

describe.each(STORIES)('from a first booking to a patient, in $language on a $width', (story) => {
  const { language, width, phone, name, din } = story;
  const words = WORDS[language];
  const link = (page: Page, label: string) => page.getByRole('link', { name: label });
  const button = (page: Page, label: string) => page.getByRole('button', { name: label });
  let site: OpenSite;
  let donor: Visitor;
  let staff: Visitor;

  partByPart();
  beforeAll(async () => {
    site = await story.site();
    donor = await visitor(browser, server, { language, width });
  });

  it('a donor signs in on the way, says what the rules need, and books', async () => {
    const { page } = donor;
    await page.goto('/');
    await link(page, words.home.donate).click();
    await page.locator('.site h3 a', { hasText: site.name[language] }).click();
    await page.locator('.times .chip').last().click();
    await page.getByRole('heading', { name: words.check.title }).waitFor();
    await button(page, words.check.signIn).click();
    await enterCode(page, server, phone);

    await link(page, words.check.complete).click();
    await page.locator('#name').fill(name);
    await button(page, words.common.continue).click();
    await page.locator('#year').fill('1990');
    await page.locator('#month').fill('3');
    await page.locator('#day').fill('27');
    await button(page, words.common.continue).click();
    await page.getByLabel(words.profile.edit.sex.female, { exact: true }).check();
    await button(page, words.common.continue).click();
    await page.locator('#weight').fill('58');
    await button(page, words.common.continue).click();

    await page.locator('.verdict-ok').waitFor();
    expect(await page.locator('.answers').innerText()).toContain(site.name[language]);
    await button(page, words.check.confirm).click();
    await page.getByText(words.booking.booked).first().waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/bookings\/.+/);
    await server.textWith(phone, language === 'zh' ? /您已预约.*献血/ : /You are booked to give blood/);
  });

  it('staff check the donor in and complete the donation; a mistyped number is refused and nothing is lost', async () => {
    staff = await visitorAs(browser, server, site.staffPhone, { language, width });
    const { page } = staff;
    await page.goto('/staff');
    await link(page, site.name[language]).click();
    // What a scanner types: the pass, then Enter; once more, and the donor is here.
    const pass = passCode(new URL(donor.page.url()).pathname.split('_').at(-1) ?? '');
    const search = page.getByLabel(words.work.find.label);
    await search.fill(scannedPassCode(pass));
    await search.press('Enter');
    await page.getByText(fill(words.work.find.ready, { name })).waitFor();
    await search.press('Enter');
    await link(page, fill(words.work.staff.completeFor, { name })).click();

    const good = labelOf(din);
    const wrong = `${din}${good.endsWith('A') ? 'B' : 'A'}`;
    await page.locator('#din').fill(wrong);
    await page.locator('#bag-400').check();
    await button(page, words.work.complete.submit).click();
    const refusal = page.locator('.notice-bad');
    await refusal.waitFor();
    expect(await refusal.innerText()).toMatch(language === 'zh' ? /校验/ : /check character/i);
    expect(await page.locator('#din').inputValue()).toBe(wrong);
    expect(await page.locator('#bag-400').isChecked()).toBe(true);
    expect(await page.locator('#din').getAttribute('aria-invalid')).toBe('true');

    await page.locator('#din').fill(good);
    await button(page, words.work.complete.submit).click();
    await link(page, fill(words.work.staff.chainFor, { name })).click();
    await server.textWith(phone, language === 'zh' ? /感谢您.*献血/ : /Thank you for giving blood/);
  });

  it('its components go from the bag to the hospital and to patients', async () => {
    const { page } = staff;
    const { action } = words.work;
    const unit = (id: string) => page.getByRole('article').filter({ has: page.getByText(id, { exact: true }) });
    const press = async (id: string, label: string): Promise<void> => {
      await unit(id).locator('.unit-acts').getByText(label, { exact: true }).click();
    };
    const submit = async (label: string): Promise<void> =>
      await button(page, fill(words.work.step.submit, { action: label })).click();

    // What the laboratory finds makes the bag tested; of a first donor's group it has to be found twice.
    const chain = page.url();
    const { laboratory } = words.work;
    await link(page, laboratory.one.link).click();
    for (const left of [laboratory.group.first, laboratory.group.confirmed]) {
      await page.locator('#abo-O').check();
      await page.locator('#rhd-positive').check();
      if (left === laboratory.group.first) {
        await page.locator('#alt').fill('21');
        await button(page, laboratory.one.allClear).click();
      }
      await button(page, laboratory.one.submit).click();
      await page.getByText(left, { exact: true }).waitFor();
    }
    await page.goto(chain);
    await press('wb', action.process);
    await page.locator('#component-red-cells').check();
    await page.locator('#component-plasma').check();
    await submit(action.process);
    for (const id of ['wb-rc', 'wb-pl']) {
      await press(id, action.release);
      await press(id, action.store);
      await press(id, action.issue);
      await page.locator('#hospital').fill('云汀市人民医院');
      await submit(action.issue);
    }
    for (const id of ['wb-rc', 'wb-pl']) {
      await press(id, action.use);
      await page.locator('#record').fill(`YT-2026-${id}`);
      await submit(action.use);
      await unit(id).locator('.stage-used').waitFor();
    }
  });

  it('the donor’s phone says so once, though two components were used', async () => {
    const used = language === 'zh' ? /您的血液已用于临床/ : /Your blood has been used clinically/;
    await server.textWith(phone, used);

    // What is said later comes through the same stream: once it is there, nothing from before is still on its way.
    const [token = ''] = await server.tokens(phone);
    const ask = async <T>(path: string, body?: object): Promise<T> => {
      const answer = await fetch(`${server.url}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as T;
    };
    type Events = { items: { shifts: { slotId: string; free: number; date: string }[] }[] };
    const shift = (await ask<Events>(`/api/events?from=${daysAhead(1)}`)).items
      .flatMap(({ shifts }) => shifts)
      .find(({ free }) => free > 0);
    const before = (await server.texts(phone)).at(-1)?.id ?? 0;
    await ask('/api/bookings', { slotId: shift?.slotId });
    await server.textWith(phone, /./, before);
    await eventually('a ledger with nothing left to send', async () => {
      const { items } = await ask<{ items: { standing: string }[] }>('/api/me/messages');
      // Reminders of the shift come in their time, and a text that something overtook comes no more.
      return items.every(({ standing }) => standing !== 'under-way') || undefined;
    });
    expect((await server.texts(phone)).filter(({ body }) => used.test(body))).toHaveLength(1);
  });

  it('staff give a slot two more places, close it to new bookings and open it again, by keyboard', async () => {
    const { page } = staff;
    const { places } = words.work;
    await page.goto(`/staff/${site.siteId}/places`);
    const row = page
      .locator('.board-places tbody tr')
      .filter({ has: page.locator('input') })
      .last();
    const field = row.locator('input');
    const before = Number(await field.inputValue());
    await field.fill('0');
    await field.press('Enter');
    await row.getByText(fill(places.error, { most: '500' })).waitFor();
    await field.fill(String(before + 2));
    await field.press('Enter');
    await row.locator('button[type=submit]').waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe(String(before + 2));

    const press = async (label: string): Promise<void> => await row.getByRole('button', { name: label }).press('Enter');
    await press(places.close);
    await row.getByText(places.status.closed, { exact: true }).waitFor();
    await press(places.open);
    await row.getByText(places.status.open, { exact: true }).waitFor();
  });

  it('and the donor’s own pages show it', async () => {
    const { page } = donor;
    await page.goto('/messages');
    await page.locator('.text-used').waitFor();
    expect(await page.locator('.text-used').count()).toBe(1);
    await page.goto('/donations');
    await page
      .getByText(fill(words.donations.din, { din: '' }).trim(), { exact: false })
      .first()
      .waitFor();
    await page.getByText(words.donations.used).first().waitFor();
    await donor.leave();
    await staff.leave();
  });
});
