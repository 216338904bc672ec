import { addSpan, earlierFirst, weekdayOf } from './dates.ts';
import { addMinutes, endingPass, localTimeCode, toInstant } from './local-time.ts';
import type { Instant, LocalDate, Procedure } from './vocabulary.ts';

/** A stretch of a weekday on which a site takes donors, in wall-clock time of its zone. */
export type OpeningHours = {
  /** 1 (Monday) to 7 (Sunday). */
  readonly weekday: number;
  /** `HH:MM`; `to` may be `24:00`. */
  readonly from: string;
  readonly to: string;
  readonly slotMinutes: number;
  readonly places: number;
  readonly procedure: Procedure;
};

/** The same, of one date. */
export type DayHours = Omit<OpeningHours, 'weekday'>;

export type PlannedSlot = {
  readonly procedure: Procedure;
  readonly places: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Wall-clock start, `HHmm`, with a `b` the second time a repeated hour passes: part of the slot's id. */
  readonly time: string;
};

/**
 * The slots of a local date, in order of start. Slots follow each other in elapsed time from opening to closing, so on a
 * night when clocks change none overlaps another, hours that are skipped have none, and repeated hours have both.
 */
export function slotsOfDay(hours: readonly OpeningHours[], date: LocalDate, zone: string): readonly PlannedSlot[] {
  const weekday = weekdayOf(date);
  return hours
    .filter((stretch) => stretch.weekday === weekday)
    .flatMap((stretch) => slotsOf(stretch, date, zone))
    .toSorted((a, b) => earlierFirst(a.startsAt, b.startsAt));
}

function slotsOf(stretch: OpeningHours, date: LocalDate, zone: string): PlannedSlot[] {
  const { from, to, slotMinutes, places, procedure } = stretch;
  if (!Number.isInteger(slotMinutes) || slotMinutes < 1)
    throw new RangeError('a slot lasts whole minutes, at least one');
  const closes = wallInstant(date, to, zone, 'end');
  const slots: PlannedSlot[] = [];
  let startsAt = wallInstant(date, from, zone, 'start');
  for (;;) {
    const endsAt = addMinutes(startsAt, slotMinutes);
    if (endsAt > closes) return slots;
    slots.push({ procedure, places, startsAt, endsAt, time: localTimeCode(startsAt, zone) });
    startsAt = endsAt;
  }
}

/** A repeated time opens at its first pass and closes at its last (see `endingPass`); a skipped one is the moment clocks have jumped. */
function wallInstant(date: LocalDate, time: string, zone: string, side: 'start' | 'end'): Instant {
  const midnight = time === '24:00';
  const result = toInstant(midnight ? `${addSpan(date, { value: 1, unit: 'day' })}T00:00` : `${date}T${time}`, zone);
  if (result.ok) return result.instant;
  if (result.why === 'malformed') throw new RangeError('opening hours are HH:MM');
  if (result.why === 'skipped') return result.next;
  return side === 'start' ? result.instants[0] : endingPass(result.instants, zone);
}
