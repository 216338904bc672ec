import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { HERE_SECONDS } from '../../../shared/domain/station.ts';
import { randomKey } from '../api/action-key.ts';
import { call } from '../api/index.ts';
import { lockedOut, seatGivenUp } from '../auth/locked-out.ts';
import { session } from '../auth/session.ts';
import { STATION, seatHere, sharedStation, TURN, turn } from '../lib/station-store.ts';
import { afterLook } from './idle.ts';
import { abandon, ended, leave, lock, NEXT } from './turns.ts';

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
/** When a tab is looked at again. */
const RETURNS = ['focus', 'pageshow', 'visibilitychange'] as const;
const LOOK_MS = 1_000;

/** Who is at the station, the way to lock it, and what locks it when nobody touches it. */
export function StationBar() {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const here = seatHere.get();
  useEffect(() => {
    // Once the provider has sent its owner back: the page that took the seat is about to leave for there.
    const next = window.sessionStorage.getItem(NEXT);
    if (!seatHere.get() || !next) return;
    window.sessionStorage.removeItem(NEXT);
    void navigate(next, { replace: true });
  }, [navigate]);
  useEffect(watchIdle, []);
  if (!here) return null;
  return (
    <div className="station-bar">
      <b>{here.name}</b>
      <Button size="sm" variant="default" onClick={() => void lock()}>
        {t('station.lock')}
      </Button>
    </div>
  );
}

/** By this browser's clock, and said to the service while somebody is there: it has its own. */
function watchIdle(): () => void {
  const [mine, before] = [seatHere.get(), turn.get()];
  // A tab that is loaded anew, or brought back, was last touched when it was.
  let touched = mine && before?.personId === mine.personId ? before.at : Date.now();
  let said = 0;
  const look = (): void => {
    const station = sharedStation.get();
    const here = seatHere.get();
    if (!station) {
      if (here) ended();
      return;
    }
    const now = Date.now();
    touched = Math.min(touched, now);
    const lockMs = station.lockMinutes * 60_000;
    if (!here) {
      if (now - touched >= lockMs && session.get()) void abandon();
      return;
    }
    const known = turn.get();
    const next = afterLook({ here: here.personId, touched, turn: known, now, lockMs });
    if (next !== 'go-on') {
      void lock({ heard: next === 'give-way' });
      return;
    }
    // Also in place of a time that is yet to come: the clock was put back.
    if (!known || touched > known.at || known.at > now) turn.set({ at: touched, personId: here.personId });
    if (now - said < HERE_SECONDS * 1000 || touched < said) return;
    said = now;
    const { stationId, key } = station;
    const input = { params: { stationId }, body: { key } };
    // Unlocked for somebody else in another tab, or for nobody any more: any call hears so, and locks.
    call('POST /api/stations/{stationId}/stay', input, { idempotencyKey: randomKey() }).catch(() => undefined);
  };
  const touch = (): void => {
    const now = Date.now();
    // While a device sleeps nothing looks: whoever wakes it need not be who was here.
    if (now - touched >= LOOK_MS) look();
    touched = now;
  };
  const elsewhere = ({ key }: StorageEvent): void => {
    if (key === TURN || key === STATION || key === null) look();
  };
  const unheard = lockedOut.subscribe(() => void (seatHere.get() && lock({ heard: true })));
  const stays = seatGivenUp.subscribe(() => void leave());
  const every = setInterval(look, LOOK_MS);
  for (const sign of SIGNS) window.addEventListener(sign, touch, { capture: true, passive: true });
  for (const sign of RETURNS) window.addEventListener(sign, look);
  window.addEventListener('storage', elsewhere);
  look();
  return () => {
    clearInterval(every);
    unheard();
    stays();
    for (const sign of SIGNS) window.removeEventListener(sign, touch, { capture: true });
    for (const sign of RETURNS) window.removeEventListener(sign, look);
    window.removeEventListener('storage', elsewhere);
  };
}
