import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { serveZh } from '../../web/src/i18n/serve-zh.ts';
import { startBrowser, visitor, visitorAs } from '../support/browser.ts';
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

const LEAD = '+8613800000032';
const SEVENTEEN = '+8613800000040';
const MOTHER = '+8613700004321';
const { team, guardian } = serveZh;
const pages = WORDS.zh;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

type Event = { eventId: string; mostTeam?: number; shifts: { slotId: string; places: number }[] };

it('a teacher signs a class up; a pupil of seventeen asks a mother, who agrees on her own telephone, and joins', async () => {
  const { items } = (await (await fetch(`${server.url}/api/events`)).json()) as { items: Event[] };
  const event = items.find(({ mostTeam }) => mostTeam !== undefined);
  const lead = await visitorAs(browser, server, LEAD, { language: 'zh', width: 'phone' });
  await lead.page.goto(`/events/${event?.eventId}`);
  await lead.page.getByRole('link', { name: fill(team.go, { most: event?.mostTeam ?? 0 }) }).click();
  await button(lead.page, team.begin).click();
  // The summary leads to each field that is missing.
  await lead.page.getByRole('link', { name: team.error.name }).click();
  await lead.page.keyboard.type('云汀三中');
  await lead.page.getByLabel(team.shift).selectOption({ index: 3 });
  await lead.page.getByLabel(team.members).fill('1. 小苗\n2、小明');
  await lead.page.getByText(fill(team.sum, { count: 3 })).waitFor();
  await button(lead.page, team.begin).click();
  await lead.page.getByText(fill(team.count, { yes: 1, all: 3 })).waitFor();

  const [token = ''] = await server.tokens(LEAD);
  const answer = await fetch(`${server.url}/api/events/${event?.eventId}/teams`, {
    headers: { authorization: `Bearer ${token}` },
  });
  type Teams = { items: { teamId: string; seats: { code: string }[] }[] };
  const [made] = ((await answer.json()) as Teams).items;
  const sent = `/events/${event?.eventId}/team/${made?.teamId}?code=${made?.seats[0]?.code}`;

  const pupil = await visitorAs(browser, server, SEVENTEEN, { language: 'zh', width: 'phone' });
  await pupil.page.goto(sent);
  await button(pupil.page, team.place.yes).click();
  await link(pupil.page, pages.events.guardian).click();
  await pupil.page.getByLabel(guardian.name).fill('苗秀兰');
  await pupil.page.getByLabel(guardian.relation).selectOption('mother');
  await pupil.page.getByLabel(guardian.phone).fill('13700004321');
  await button(pupil.page, guardian.send).click();
  await pupil.page.getByText(guardian.waits).waitFor();

  const { body } = await server.textWith(MOTHER, /\/g\/[a-z0-9]{12}/);
  const mother = await visitor(browser, server, { language: 'zh' });
  await mother.page.goto(/\/g\/[a-z0-9]{12}/.exec(body)?.[0] ?? '');
  await mother.page.getByText('苗＊＊').first().waitFor();
  expect(await mother.page.getByText('苗向阳').count()).toBe(0);
  await button(mother.page, guardian.question.give).click();
  await button(mother.page, guardian.question.withdraw).waitFor();
  await mother.leave();

  // The page that waits shows it by itself, and leads back to the place that is kept.
  await link(pupil.page, guardian.signUp).click();
  await button(pupil.page, team.place.yes).click();
  await pupil.page.getByText(pages.booking.bookedShift).first().waitFor();
  await pupil.leave();

  await lead.page.getByText(fill(team.count, { yes: 2, all: 3 })).waitFor();
  await lead.page.getByRole('button', { name: `${team.back}${team.colon}小明` }).click();
  await lead.page.getByText(team.status.withdrawn).waitFor();
  await lead.leave();
});
