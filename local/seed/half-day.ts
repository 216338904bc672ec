import { addMinutes } from '../../shared/domain/local-time.ts';
import { siteDay } from '../../shared/domain/site-schedule.ts';
import type { Instant, LocalDate } from '../../shared/domain/vocabulary.ts';
import type { Store } from '../../shared/store/client.ts';
import { CENTRAL, schedules, ZONE } from './city.ts';
import { liveAll, type Visit } from './life.ts';
import type { Resident } from './people.ts';

/** Who has come, by how many minutes ago, and how far they have got; without a word they have given. */
const CAME: readonly { readonly ago: number; readonly ends?: Visit['ends'] }[] = [
  { ago: 152 },
  { ago: 141 },
  { ago: 118 },
  { ago: 96 },
  { ago: 83, ends: 'deferred' },
  { ago: 71 },
  { ago: 49 },
  { ago: 20, ends: 'giving' },
  { ago: 16, ends: 'giving' },
  { ago: 9, ends: 'screened' },
  { ago: 5, ends: 'waiting' },
  { ago: 2, ends: 'waiting' },
];
/** Who has not, by how many hours after the one that is under way: what is past is for the rule to mark. */
const NOT_YET = [-2, -1, 0, 1, 1, 2] as const;

/** Hours over which those are spread who have yet to come. */
const MORNING = 6;

/** Numbers of the donations of this day: those of the other visits are below. */
const FROM = 500;

/**
 * A Saturday at the main station, half over, whatever day it is: done, giving, screened, here, missed and still to come, by the clock of
 * the first start. Before it opens everybody has yet to come, after it has closed most have gone.
 */
export async function liveHalfADay(
  store: Store,
  { now, today, donors }: { now: Instant; today: LocalDate; donors: readonly Resident[] },
): Promise<void> {
  const week = schedules(today).filter(({ siteId }) => siteId === CENTRAL);
  const slots = siteDay(week, today, ZONE).slots.filter(({ procedure }) => procedure === 'whole-blood');
  const underWay = slots.findIndex(({ endsAt }) => endsAt > now);
  const hour = underWay < 0 ? slots.length - 1 : underWay;
  const at = (nth: number): number => Math.min(Math.max(nth, 0), slots.length - 1);
  const visits = [
    ...CAME.map(({ ago, ends }, n) => {
      const came = addMinutes(now, -ago);
      const nth = slots.findIndex(({ startsAt, endsAt }) => startsAt <= came && came < endsAt);
      const begun = slots[nth]?.startsAt;
      // Before it opens they have yet to come, one after another.
      if (!begun) return { nth: at(hour + (n % MORNING)), ends: 'absent' as const };
      const cameAfter = Math.floor((Date.parse(came) - Date.parse(begun)) / 60_000);
      return { nth, cameAfter, ...(ends && { ends }) };
    }),
    ...NOT_YET.map((hours) => ({ nth: at(hour + hours), ends: 'absent' as const })),
  ];
  await liveAll(
    store,
    visits.flatMap((visit, n): Visit[] => {
      const personId = donors[n]?.personId;
      const here = { siteId: CENTRAL, day: 0, procedure: 'whole-blood', moves: [] } as const;
      return personId ? [{ ...here, ...visit, personId }] : [];
    }),
    { now, today, from: FROM },
  );
}
