import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Wait } from '../api/types.ts';
import { dateIn, monthDay, nearMoment, timeOf, weekday } from '../lib/time.ts';
import { ClockIcon } from './icons.tsx';
import { useLanguage } from './states.tsx';

/** When a wait is for, or the place that it is offered. */
export const whenOfWait = ({ status, offer, startsAt }: Wait): string =>
  status === 'offered' && offer ? offer.startsAt : startsAt;

/** Whether somebody still waits, or is still asked. */
export const isOpenWait = ({ status, offer, slotId, startsAt, endsAt }: Wait, now: string): boolean =>
  status === 'offered' ? (offer?.until ?? '') > now : status === 'waiting' && (slotId ? startsAt : endsAt) > now;

/** What somebody waits for, or is offered, at a glance among their bookings. */
export function WaitCard({ wait }: { readonly wait: Wait }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zone, offer, status, slotId } = wait;
  const isOffer = status === 'offered' && offer !== undefined;
  const at = whenOfWait(wait);
  const date = dateIn(zone, at);
  return (
    <Link to="/waiting" className={`booking-card is-wait${isOffer ? ' is-offer' : ''}`}>
      <span className="leaf" aria-hidden="true">
        <span>{weekday(date, language)}</span>
        <b>{monthDay(date, language)}</b>
        <span>{slotId || isOffer ? timeOf(at, zone) : t('wait.anyTime')}</span>
      </span>
      <span className="booking-card-text">
        <b>
          <ClockIcon size={18} />
          {t(isOffer ? 'wait.open' : 'wait.inLine')}
        </b>
        <span>
          {[wait.place[language], wait.procedure ? t(`procedure.${wait.procedure}`) : wait.role?.[language]]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {isOffer && (
          <span className="strong">
            {t('wait.until', { when: nearMoment(offer.until, zone, dateIn(zone, new Date()), language) })}
          </span>
        )}
        <span className="sr-only">{nearMoment(at, zone, dateIn(zone, new Date()), language)}</span>
      </span>
    </Link>
  );
}
