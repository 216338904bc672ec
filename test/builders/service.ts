import type { Store } from '../../shared/store/client.ts';
import type { HoursSettingsItem, ServiceItem } from '../../shared/store/items/index.ts';
import { bookingId, indexes, keys } from '../../shared/store/keys.ts';

const both = (text: string) => ({ zh: text, en: text });

let made = 0;

/** A shift that somebody worked, as it was timed: from nine in the morning in Shanghai. */
export async function aService(
  store: Store,
  more: Partial<ServiceItem> & Pick<ServiceItem, 'personId'>,
): Promise<ServiceItem> {
  made += 1;
  const { personId, date = '2026-11-14', minutes = 150, organisationId = 'helpers' } = more;
  const serviceId = more.serviceId ?? `s${made.toString(36).padStart(5, '0')}`;
  const startedAt = `${date}T01:00:00.000Z`;
  const item: ServiceItem = {
    kind: 'service',
    serviceId,
    organisationId,
    eventId: 'walk',
    shiftId: 'guide',
    bookingId: bookingId(personId, serviceId),
    title: { zh: '社区义诊', en: 'Free clinic' },
    role: both('Guide'),
    community: both('Community'),
    district: both('District'),
    date,
    zone: 'Asia/Shanghai',
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + minutes * 60_000).toISOString(),
    minutes,
    category: 'community',
    how: { in: 'pass', out: 'pass' },
    version: 1,
    gsi1pk: indexes.served(organisationId),
    gsi1sk: indexes.servedSort(date, serviceId, personId),
    ...more,
  };
  await store.put({ Item: { ...keys.service(personId, serviceId), ...item } });
  return item;
}

/** That somebody answers for an organisation's certificates. */
export async function whoCertifies(store: Store, organisationId = 'helpers'): Promise<void> {
  const item: HoursSettingsItem = {
    kind: 'hours-settings',
    organisationId,
    responsible: '王敏',
    handler: '李然',
    contact: '0571-0000 0000',
    language: 'zh',
    categories: {},
    accepted: [],
    version: 1,
  };
  await store.put({ Item: { ...keys.hoursSettings(organisationId), ...item } });
}
