import type { hours } from '../../../shared/contract/hours.ts';
import {
  countsToAward,
  mayAskForShift,
  meetsLifetime,
  minutesOf,
  type StarRules,
  sumOf,
  sumsBy,
} from '../../../shared/domain/hours.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { GENERAL_STARS, SERVICE_AWARD } from '../../../shared/policy/service.ts';
import { queryAll } from '../../../shared/store/every.ts';
import type { CountedRecord } from '../../../shared/store/hours.ts';
import type { BookingItem, StarSettingsItem } from '../../../shared/store/items/index.ts';
import { partitions } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { certificateView, requestView, starsView } from '../../runtime/hours-view.ts';
import type { HoursDeps } from './deps.ts';

type Routes = (typeof hours)['routes'];

/** The figures are added up from the records whenever they are asked for: nothing is kept that could differ from them. */
export const getMyService: RouteHandler<Routes['GET /api/me/service'], HoursDeps> = async ({ actor }, deps) => {
  const { personId } = actor;
  const [of, requests, bookings, settings] = await Promise.all([
    deps.hours.of(personId),
    deps.hours.requestsAbout(personId),
    queryAll<BookingItem>(deps.store, { pk: partitions.bookings(personId) }),
    deps.hours.stars(),
  ]);
  const { records } = of;
  const sums = [...sumsBy(records, ({ organisationId }) => organisationId)];
  const ids = sums.map(([organisationId]) => organisationId);
  const [organisations, certifying, certificates] = await Promise.all([
    Promise.all(ids.map(async (id) => await deps.events.organisation(id))),
    deps.hours.settingsOf(ids),
    deps.hours.certificates(of.certified.map(({ code }) => code)),
  ]);
  const now = nowOf(deps);
  const award = records.filter(({ category }) => countsToAward(category));
  const today = localDateOf(now, records.at(-1)?.zone ?? 'UTC');
  return {
    total: sumOf(records),
    years: yearsOf(records),
    award: {
      ...starsView(SERVICE_AWARD, award),
      lifetime: meetsLifetime(SERVICE_AWARD.lifetime, award, today) !== undefined,
      lifetimeRules: SERVICE_AWARD.lifetime.map((rule) => ({ ...rule })),
    },
    general: starsView(generalStars(settings), records),
    organisations: sums.map(([organisationId, { timed, byHand }], n) => {
      const { responsible, handler, contact } = certifying[n] ?? {};
      return {
        organisationId,
        name: organisations[n]?.name ?? { zh: organisationId, en: organisationId },
        timed,
        byHand,
        certifies: Boolean(responsible && handler && contact),
      };
    }),
    unrecorded: unrecorded(bookings, records, now).map(({ place, ...booking }) => ({ ...booking, title: place })),
    requests: requests.map(requestView),
    certificates: certificates.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1)).map(certificateView),
    number: { ...(of.number?.number && { number: of.number.number }), version: of.number?.version ?? 0 },
  };
};

/** As the city has set them, or as usual. */
const generalStars = (settings: StarSettingsItem | undefined): StarRules =>
  settings
    ? {
        ...GENERAL_STARS,
        hours: settings.hours,
        source: { zh: '本市设定的星级标准', en: 'Thresholds set for this city' },
      }
    : GENERAL_STARS;

const yearsOf = (records: readonly CountedRecord[]) =>
  [...new Set(records.map(({ date }) => date.slice(0, 4)))]
    .toSorted()
    .reverse()
    .map((year) => {
      const own = records.filter(({ date }) => date.startsWith(year));
      return {
        year: Number(year),
        ...sumOf(own),
        categories: [...sumsBy(own, ({ category }) => category)]
          .map(([category, { timed, byHand }]) => ({ category, timed, byHand }))
          .toSorted((a, b) => minutesOf(b) - minutesOf(a)),
      };
    });

/** Shifts that somebody may ask for, of which no record is there; the newest first. */
function unrecorded(
  bookings: readonly BookingItem[],
  records: readonly CountedRecord[],
  now: string,
): readonly BookingItem[] {
  const known = new Set(records.map(({ bookingId }) => bookingId));
  return bookings
    .filter(
      (booking) =>
        booking.slotKind === 'shift' &&
        !known.has(booking.bookingId) &&
        mayAskForShift(booking, { now, today: localDateOf(now, booking.zone) }),
    )
    .toSorted((a, b) => (a.endsAt < b.endsAt ? 1 : -1));
}
