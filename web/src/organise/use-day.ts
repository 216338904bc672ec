import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { randomKey } from '../api/action-key.ts';
import { ApiError } from '../api/error.ts';
import { useApi, useMe } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import { keepForOffline } from '../lib/offline.ts';
import { useOnline } from '../lib/online.ts';
import { dateIn } from '../lib/time.ts';
import { POLL_MS } from '../staff/use-roster.ts';
import { type Line, sendTaps, type Tap, withTaps } from './day-store.ts';
import { days } from './days.ts';

/** How often what waits is tried again, and how long one try may take. */
const SEND_EVERY_MS = 5_000;
const ONE_TRY_MS = 10_000;

/** One at a time, also of two pages of this tab: the order in which things were tapped is the order in which they are sent. */
let isSending = false;

/**
 * A day of an event, with or without a line: as the service has it, or as it was when there was last a line, and what has been
 * tapped here since. What waits is sent for as long as this page is open, under the key it was tapped with.
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
  const fresh = sheet.data;
  const event = desk.data?.event;
  useEffect(() => {
    if (!fresh || !event || !me.data) return;
    days.keep({
      who: me.data.personId,
      event,
      date: fresh.date,
      items: fresh.items,
      keptAt: fresh.now,
      aheadMs: Date.parse(fresh.now) - Date.now(),
    });
    keepForOffline();
  }, [fresh, event, me.data]);

  // What the service has answered since the sheet was read.
  const [answered, setAnswered] = useState<Readonly<Record<string, Line>>>({});
  const refetch = useRef(sheet.refetch);
  refetch.current = sheet.refetch;
  const flush = useCallback((): void => {
    if (!who || isSending) return;
    isSending = true;
    const send = async ({ key, eventId: of, bookingId, step, at, passCode }: Tap): Promise<void> => {
      const line = await call(
        'POST /api/events/{eventId}/attendance',
        { params: { eventId: of }, body: { bookingId, step, at, ...(passCode && { passCode }) } },
        { idempotencyKey: key, signal: AbortSignal.timeout(ONE_TRY_MS) },
      );
      setAnswered((before) => ({ ...before, [bookingId]: line }));
    };
    void sendTaps(days, who, send, (error) => (error instanceof ApiError ? error : undefined)).finally(() => {
      isSending = false;
    });
  }, [who]);
  const waiting = days.taps().filter((tap) => tap.who === who && !tap.refused);
  const hasWaiting = waiting.length > 0;
  useEffect(() => {
    if (!hasWaiting) return undefined;
    if (online) flush();
    const timer = setInterval(() => navigator.onLine && flush(), SEND_EVERY_MS);
    return () => clearInterval(timer);
  }, [hasWaiting, online, flush]);

  const read = (fresh?.items ?? kept?.items)?.map((line) => {
    const since = answered[line.bookingId];
    return since && since.version > line.version ? since : line;
  });
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
      days.add({ key: randomKey(), who, eventId, bookingId: line.bookingId, step, at, ...(passCode && { passCode }) });
      if (navigator.onLine) flush();
    },
    /** What the service answered of a line. */
    take(line: Line): void {
      setAnswered((before) => ({ ...before, [line.bookingId]: line }));
      void refetch.current();
    },
  };
}
export type Day = ReturnType<typeof useDay>;
