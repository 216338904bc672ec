import { useEffect, useSyncExternalStore } from 'react';
import { ApiError } from '../api/error.ts';
import { useMe } from '../api/hooks.ts';
import { callWith } from '../api/index.ts';
import { useFactorNeeded } from '../auth/factor.ts';
import { accessToken } from '../auth/session.ts';
import { useSession } from '../auth/use-session.ts';
import { useOnline } from '../lib/online.ts';
import { type Line, sendTaps, type Tap } from './day-store.ts';
import { days } from './days.ts';

/** How often what waits is tried again, and how long one try may take. */
const SEND_EVERY_MS = 5_000;
const ONE_TRY_MS = 10_000;

const withToken = (token: string) => callWith(() => Promise.resolve(token));
const inTime = () => ({ signal: AbortSignal.timeout(ONE_TRY_MS) });

/** Whose a token is, by the service's own word. */
let known: { readonly token: string; readonly personId: string } | undefined;

/** A token of whoever is signed in here by now, if that is them: what the page knows of who is here may be older. */
async function tokenOf(who: string): Promise<string | undefined> {
  const token = await accessToken();
  if (!token) return undefined;
  if (known?.token !== token) {
    const { personId } = await withToken(token)('GET /api/me', {}, inTime());
    known = { token, personId };
  }
  return known.personId === who ? token : undefined;
}

const send = async ({ key, eventId, bookingId, step, at, passCode }: Tap, token: string): Promise<Line> =>
  await withToken(token)(
    'POST /api/events/{eventId}/attendance',
    { params: { eventId }, body: { bookingId, step, at, ...(passCode && { passCode }) } },
    { idempotencyKey: key, ...inTime() },
  );

/** One at a time, whatever asks for it: the order in which things were tapped is the order in which they are sent. */
let isSending = false;

/** Sends what waits of somebody who is signed in here. */
export function sendWaiting(who: string): void {
  if (isSending || !navigator.onLine) return;
  isSending = true;
  void sendTaps(days, who, tokenOf, send, (error) => (error instanceof ApiError ? error : undefined)).finally(() => {
    isSending = false;
  });
}

/** Sends what was tapped, on whichever page its organiser is by then. */
export function SendTaps(): null {
  useSyncExternalStore(days.subscribe, days.written);
  const session = useSession();
  const { data: me, refetch } = useMe();
  const online = useOnline();
  const isAsked = useFactorNeeded();
  const who = me?.personId;
  const hasWaiting = days.taps().some((tap) => !tap.refused && (who === undefined || tap.who === who));
  const isReady = session !== undefined && online && !isAsked;
  useEffect(() => {
    if (!hasWaiting || !isReady) return undefined;
    // Who is signed in has to be known first: one sends what they tapped, and nobody else does.
    const go = (): void => (who === undefined ? void refetch() : sendWaiting(who));
    go();
    const timer = setInterval(go, SEND_EVERY_MS);
    return () => clearInterval(timer);
  }, [hasWaiting, isReady, who, refetch]);
  return null;
}
