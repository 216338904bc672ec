import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Booking } from '../api/types.ts';
import { monthDay, span, timeOf, weekday } from '../lib/time.ts';
import { DropIcon, HandsIcon } from './icons.tsx';
import { useLanguage } from './states.tsx';

/** A booking at a glance: the day as on a calendar leaf, what it is, where. */
export function BookingCard({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const over = booking.status === 'cancelled' || booking.status === 'noshow';
  return (
    <Link
      to={`/bookings/${booking.bookingId}`}
      className={`booking-card${over ? ' booking-card-over' : ''} ${booking.kind === 'shift' ? 'is-shift' : ''}`}
    >
      <span className="leaf" aria-hidden="true">
        <span>{weekday(booking.date, language)}</span>
        <b>{monthDay(booking.date, language)}</b>
        <span>{timeOf(booking.startsAt, booking.zone)}</span>
      </span>
      <span className="booking-card-text">
        <b>
          {booking.kind === 'donation' ? <DropIcon size={18} /> : <HandsIcon size={18} />}
          {booking.procedure ? t(`procedureLong.${booking.procedure}`) : booking.role?.[language]}
        </b>
        <span>{booking.place[language]}</span>
        <span className="muted">{booking.address[language]}</span>
        <span className="sr-only">{span(booking.startsAt, booking.endsAt, booking.zone, language)}</span>
      </span>
      <Status status={booking.status} />
    </Link>
  );
}

export function Status({ status }: { readonly status: Booking['status'] }) {
  const { t } = useTranslation();
  return <span className={`status status-${status}`}>{t(`booking.status.${status}`)}</span>;
}
