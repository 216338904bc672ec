import type { Attendance } from '../domain/service.ts';
import { USUAL_CATEGORY } from '../domain/vocabulary.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { BookingItem, EventItem, ServiceItem } from './items/index.ts';
import { indexes, keys, partitions, splitBookingId } from './keys.ts';

/** Under which id the service of a booking is kept, whoever's record it is in. */
export const serviceIdOf = ({ bookingId }: Pick<BookingItem, 'bookingId'>): string => splitBookingId(bookingId).suffix;

/** The record of a shift that somebody has worked: what it was is kept as it is called now, whatever becomes of the event. */
export function serviceOf(
  booking: BookingItem,
  event: Pick<EventItem, 'eventId' | 'organisationId' | 'title' | 'community' | 'district' | 'category'>,
  attended: Required<Attendance>,
): Omit<ServiceItem, 'version'> {
  // The shift's own date: who came before midnight to one that begins after it has not worked on two.
  const { personId, bookingId, zone, date } = booking;
  const serviceId = serviceIdOf(booking);
  return {
    kind: 'service',
    serviceId,
    personId,
    organisationId: event.organisationId,
    eventId: event.eventId,
    shiftId: booking.shiftId ?? '',
    bookingId,
    title: event.title,
    role: booking.role ?? event.title,
    community: event.community,
    district: event.district,
    date,
    zone,
    startedAt: attended.startedAt,
    endedAt: attended.endedAt,
    minutes: attended.minutes,
    category: event.category ?? USUAL_CATEGORY,
    how: { in: attended.in, out: attended.out },
    gsi1pk: indexes.served(event.organisationId),
    gsi1sk: indexes.servedSort(date, serviceId, personId),
  };
}

/** Writes a record, provided nobody has since `before` was read. */
export const serviceWrite = (item: Omit<ServiceItem, 'version'>, before: ServiceItem | undefined): DraftItem => ({
  Put: {
    Item: { ...item, ...keys.service(item.personId, item.serviceId), version: (before?.version ?? 0) + 1 },
    ...asRead(before),
  },
});

/** Takes a record away that should never have been. */
export const serviceRemoval = ({ personId, serviceId, version }: ServiceItem): DraftItem => ({
  Delete: { Key: keys.service(personId, serviceId), ...asRead({ version }) },
});

export function createService(store: Store) {
  return {
    async get(personId: string, serviceId: string): Promise<ServiceItem | undefined> {
      return await store.get<ServiceItem>(keys.service(personId, serviceId), { consistent: true });
    },
    /** All that somebody has worked, oldest first: a lifetime of shifts, and no one else's. */
    async ofPerson(personId: string): Promise<ServiceItem[]> {
      const all = await queryAll<ServiceItem>(store, { pk: partitions.service(personId), consistent: true });
      return all.toSorted((a, b) => (a.gsi1sk < b.gsi1sk ? -1 : 1));
    },
  };
}
