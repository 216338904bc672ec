import { useEffect, useSyncExternalStore } from 'react';
import { randomKey } from '../api/action-key.ts';
import { useApi, useMe } from '../api/hooks.ts';
import { keepForOffline } from '../lib/offline.ts';
import { useOnline } from '../lib/online.ts';
import { dateIn } from '../lib/time.ts';
import { fetchReader } from '../staff/scan-camera.tsx';
import { POLL_MS } from '../staff/use-roster.ts';
import { keptDay, type Line, withHeard, withTaps } from './day-store.ts';
import { days } from './days.ts';
import { sendWaiting } from './send-taps.ts';

/**
 * A day of an event, with or without a line: as the service has it, or as it was when there was last a line, and what has been
 * tapped here since.
 */
export function useDay(eventId: string, wanted: string | undefined) {
  useSyncExternalStore(days.subscribe, days.written);
  const me = useMe();
  const online = useOnline();
  const desk = useApi('GET /api/events/{eventId}/desk', { params: { eventId } });
  const known = desk.data?.event ?? days.event(eventId)?.event;
  const dates = [...new Set(known?.shifts.map((shift) => shift.date))].sort();
  const today = known && dateIn(known.zone, new Date());
  const date = wanted ?? dates.find((each) => each === today) ?? dates[0] ?? '';
  const sheet = useApi(
    'GET /api/events/{eventId}/attendance',
    { params: { eventId }, query: { date } },
    { every: POLL_MS, enabled: date !== '' },
  );
  const kept = days.day(eventId, date);
  const who = me.data?.personId ?? kept?.who ?? days.event(eventId)?.who;
  const { data: fresh, dataUpdatedAt: heardAt } = sheet;
  const event = desk.data?.event;
  useEffect(() => {
    if (!fresh || !event || !me.data) return;
    days.keep(keptDay(me.data.personId, event, fresh, heardAt));
    // What reads a pass is part of what a day needs without a line.
    void fetchReader()
      .catch(() => undefined)
      .then(keepForOffline);
  }, [fresh, heardAt, event, me.data]);

  const waiting = days.taps().filter((tap) => tap.who === who && !tap.refused);
  const read = fresh ? withHeard(fresh.items, kept?.items) : kept?.items;
  const now = (): number => Date.now() + (kept?.aheadMs ?? 0);
  return {
    event: known,
    dates,
    date,
    lines: read && withTaps(read, waiting),
    waiting,
    refused: days.taps().filter((tap) => tap.who === who && tap.eventId === eventId && tap.refused),
    /** When the sheet is from, where it could not be read just now. */
    staleSince: sheet.error || !online ? kept?.keptAt : undefined,
    error: sheet.error ?? desk.error,
    retry: () => void Promise.all([desk.refetch(), sheet.refetch()]),
    now,
    tap(line: Line, step: 'in' | 'out', passCode?: string): void {
      if (!who) return;
      const at = new Date(now()).toISOString();
      days.add({
        key: randomKey(),
        who,
        eventId,
        date,
        bookingId: line.bookingId,
        step,
        at,
        ...(passCode && { passCode }),
      });
      if (me.data) sendWaiting(me.data.personId);
    },
    /** What the service answered of a line. */
    take: (line: Line): void => days.answer(eventId, line),
  };
}
export type Day = ReturnType<typeof useDay>;
