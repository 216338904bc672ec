import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Booking } from '../api/types.ts';
import { calendarAddress } from '../lib/calendar.ts';
import { isWechat } from '../lib/wechat.ts';
import { CalendarIcon } from './icons.tsx';
import { useLanguage } from './states.tsx';

/** A booking into the phone's calendar, or out of it again once cancelled; in WeChat, by way of the phone's browser. */
export function CalendarLink({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation(['pages', 'here']);
  const language = useLanguage();
  const address = calendarAddress(booking, language);
  if (isWechat()) return <CopyLink address={new URL(address, window.location.origin).href} />;
  return (
    <div className="calendar">
      <Button component="a" href={address} variant="default" leftSection={<CalendarIcon size={20} />}>
        {t(booking.status === 'cancelled' ? 'here:visit.calendarRemove' : 'here:visit.calendar')}
      </Button>
      {booking.version > 1 && booking.status !== 'cancelled' && (
        <p className="small muted">{t('here:visit.calendarAgain')}</p>
      )}
    </div>
  );
}

function CopyLink({ address }: { readonly address: string }) {
  const { t } = useTranslation(['pages', 'here']);
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  return (
    <div className="calendar">
      <p className="small muted">{t('here:visit.calendarWechat')}</p>
      <Button variant="default" onClick={() => void copy()} leftSection={<CalendarIcon size={20} />}>
        {t('here:visit.copy')}
      </Button>
      <p role="status" className="small">
        {state === 'copied' ? t('here:visit.copied') : state === 'refused' ? t('here:visit.copyByHand') : ''}
      </p>
      {state === 'refused' && <p className="small mono copy-text">{address}</p>}
    </div>
  );
}
