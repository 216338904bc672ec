import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { sites } from '../../../shared/contract/sites.ts';
import type { Language, Localized } from '../../../shared/domain/vocabulary.ts';
import { visitsOf } from '../../../shared/policy/visits.ts';
import type { SiteItem, SlotItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { SitesDeps } from './deps.ts';

type Routes = (typeof sites)['routes'];

const REMIND_SECONDS = 2 * 60 * 60;

const WORDS = {
  'whole-blood': { zh: '献血（全血）', en: 'Give blood (whole blood)' },
  platelets: { zh: '献血小板', en: 'Give platelets' },
  shift: { zh: '志愿服务', en: 'Volunteer' },
  cancelled: { zh: '已取消：', en: 'Cancelled: ' },
  cannot: {
    zh: '如不能前来，请尽早在“我的预约”里更改或取消，名额马上给别人。',
    en: 'If you cannot come, change or cancel early under “My bookings”, so that somebody else can.',
  },
  call: { zh: '站点电话：', en: 'Phone of the site: ' },
} as const satisfies Record<string, Localized>;

/**
 * The file holds what is public of a slot, and two things its address brings along: the name and the version by which a
 * calendar knows the booking again. So a phone can open it without signing in, and the address says nothing of anybody.
 * Times are UTC, which every calendar shows in its owner's zone, and which no change of clocks can move.
 */
export const getCalendar: RouteHandler<Routes['GET /api/slots/{slotId}/calendar.ics'], SitesDeps> = async (
  { params, query },
  deps,
) => {
  const slot = await deps.slot(params.slotId);
  if (!slot) throw new ProblemError('not-found');
  const { language } = query;
  const cancelled = query.cancelled !== undefined;
  const calendar = ical({
    prodId: { company: 'Nuanliu', product: 'Bookings', language },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: query.uid,
    sequence: query.sequence,
    stamp: new Date(nowOf(deps)),
    start: new Date(slot.startsAt),
    end: new Date(slot.endsAt),
    summary: (cancelled ? WORDS.cancelled[language] : '') + titleOf(slot, language),
    location: `${slot.place[language]}, ${(slot.stop ?? slot.address)[language]}`,
    description: about(slot, slot.procedure ? await deps.site(slot.containerId) : undefined, language),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(!cancelled && {
      alarms: [{ type: ICalAlarmType.display, trigger: REMIND_SECONDS, description: titleOf(slot, language) }],
    }),
  });
  return calendar.toString();
};

const titleOf = (slot: SlotItem, language: Language): string =>
  slot.procedure
    ? `${WORDS[slot.procedure][language]} · ${slot.place[language]}`
    : `${WORDS.shift[language]} · ${slot.role?.[language] ?? slot.place[language]}`;

function about(slot: SlotItem, site: SiteItem | undefined, language: Language): string {
  const visit = visitsOf(slot.pack ?? '').find(({ procedure }) => procedure === slot.procedure);
  return [
    ...(visit ? [...visit.bring, ...visit.before].map((note) => note[language]) : []),
    WORDS.cannot[language],
    ...(site ? [WORDS.call[language] + site.phone] : []),
  ].join('\n');
}
