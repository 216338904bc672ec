import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { HERE_SECONDS } from '../../../shared/domain/station.ts';
import { randomKey } from '../api/action-key.ts';
import { call } from '../api/index.ts';
import { lockedOut, seatGivenUp } from '../auth/locked-out.ts';
import { session } from '../auth/session.ts';
import { seatHere, sharedStation } from '../lib/station-store.ts';
import { abandon, LOCKED, leave, lock, NEXT } from './turns.ts';

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const LOOK_MS = 1_000;

/** Who is at the station, the way to lock it, and what locks it when nobody touches it. */
export function StationBar() {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const here = seatHere.get();
  useEffect(() => {
    const next = window.sessionStorage.getItem(NEXT);
    if (!here || !next) return;
    window.sessionStorage.removeItem(NEXT);
    void navigate(next, { replace: true });
  }, [here, navigate]);
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
  let touched = Date.now();
  let said = 0;
  const touch = (): void => {
    touched = Date.now();
  };
  for (const sign of SIGNS) window.addEventListener(sign, touch, { capture: true, passive: true });
  const elsewhere = ({ key }: StorageEvent): void => {
    if (key === LOCKED && seatHere.get()) void lock({ heard: true });
  };
  window.addEventListener('storage', elsewhere);
  const unheard = lockedOut.subscribe(() => void (seatHere.get() && lock({ heard: true })));
  const stays = seatGivenUp.subscribe(() => void leave());
  const look = setInterval(() => {
    const station = sharedStation.get();
    if (!station) return;
    const now = Date.now();
    if (now - touched >= station.lockMinutes * 60_000) {
      if (seatHere.get()) void lock();
      else if (session.get()) void abandon();
      return;
    }
    if (!seatHere.get() || now - said < HERE_SECONDS * 1000 || touched < said) return;
    said = now;
    const { stationId, key } = station;
    const input = { params: { stationId }, body: { key } };
    // Unlocked for somebody else in another tab, or for nobody any more: any call hears so, and locks.
    call('POST /api/stations/{stationId}/stay', input, { idempotencyKey: randomKey() }).catch(() => undefined);
  }, LOOK_MS);
  return () => {
    clearInterval(look);
    window.removeEventListener('storage', elsewhere);
    unheard();
    stays();
    for (const sign of SIGNS) window.removeEventListener(sign, touch, { capture: true });
  };
}
