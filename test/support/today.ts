import { addSpan } from '../../shared/domain/dates.ts';
import { addMinutes, localDateOf } from '../../shared/domain/local-time.ts';
import type { Instant, Language } from '../../shared/domain/vocabulary.ts';
import type { RoleItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { aSite, aSlot } from '../builders/places.ts';
import type { Server } from './server.ts';

/** A site that takes donors today, and somebody who works there. */
export type OpenSite = {
  readonly siteId: string;
  readonly name: Readonly<Record<Language, string>>;
  readonly staffPhone: string;
};

const CENTRAL: OpenSite = {
  siteId: 'yunting-central',
  name: { zh: '云汀市中心血站', en: 'Yunting Central Blood Station' },
  staffPhone: '+8613800000001',
};

/**
 * A site where it is morning at whatever hour the tests run, with slots this afternoon: donors are checked in on the day of
 * their slot only, and late in the evening the demo city has none left.
 */
export async function morningSite(server: Server): Promise<OpenSite> {
  const store = server.store();
  const now = new Date();
  const ahead = ((10 - now.getUTCHours() + 36) % 24) - 12;
  const zone = ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  const date = localDateOf(now.toISOString(), zone);
  const site = {
    siteId: 'morning-room',
    name: { zh: '晨光献血屋', en: 'Morning Donation Room' },
    district: { zh: '晨光区', en: 'Morning' },
  };
  await aSite(store, { ...site, siteKind: 'room', zone, cutoffMinutes: 60 });
  for (const time of ['1400', '1500']) {
    await aSlot(store, { containerId: site.siteId, date, time, zone, places: 5 });
  }
  const role: RoleItem = { kind: 'role', personId: 'demo-1', role: 'staff', scope: site.siteId };
  await store.put({ Item: { ...keys.role('demo-1', 'staff', site.siteId), ...role } });
  return { siteId: site.siteId, name: site.name, staffPhone: CENTRAL.staffPhone };
}

/** The central station of the demo city while it still takes donors today, else the one where it is morning. */
export async function seededSite(server: Server, morning: OpenSite): Promise<OpenSite> {
  const now: Instant = new Date().toISOString();
  const zone = 'Asia/Shanghai';
  const today = localDateOf(now, zone);
  const answer = await fetch(`${server.url}/api/sites/${CENTRAL.siteId}/slots?from=${today}&to=${today}`);
  const { items } = (await answer.json()) as { items: { startsAt: Instant; procedure: string }[] };
  const soon = addMinutes(now, 30);
  const room = items.some(({ startsAt, procedure }) => procedure === 'whole-blood' && startsAt > soon);
  return room ? CENTRAL : morning;
}

/** A local date of the demo city some days from now. */
export const daysAhead = (days: number): string =>
  addSpan(localDateOf(new Date().toISOString(), 'Asia/Shanghai'), { value: days, unit: 'day' });
