import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { printPassCode } from '../../../shared/domain/pass-code.ts';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import { useApi } from '../api/hooks.ts';
import type { Booking } from '../api/types.ts';
import { isPass } from '../lib/pass-store.ts';
import { passes } from '../lib/passes.ts';
import { moment, span } from '../lib/time.ts';
import { Status } from '../ui/booking-card.tsx';
import { CalendarLink } from '../ui/calendar-link.tsx';
import { SignedIn } from '../ui/gate.tsx';
import { PhoneIcon, TickIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Answers, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';
import { VisitGuide } from '../ui/visit.tsx';
import { Where } from '../ui/where.tsx';

export function BookingPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('booking.title')}>{() => <One />}</SignedIn>;
}

function One() {
  const { t } = useTranslation();
  const { bookingId = '' } = useParams();
  const [search] = useSearchParams();
  const booking = useApi('GET /api/bookings/{bookingId}', { params: { bookingId } });
  const done = search.get('done');
  const seen = booking.data;
  // Kept from now on, so that the pass opens without a connection even if it was never opened with one.
  useEffect(() => {
    if (seen) passes.keep(seen);
  }, [seen]);
  const kind = booking.data?.kind;
  return (
    <Page
      title={kind ? t(kind === 'donation' ? 'booking.donationTitle' : 'booking.shiftTitle') : t('booking.title')}
      back="/bookings"
    >
      {booking.error ? (
        <LoadError error={booking.error} retry={() => void booking.refetch()} />
      ) : !booking.data ? (
        <Loading />
      ) : (
        <>
          <div role="status">{isDone(done, booking.data) && <Banner done={done} booking={booking.data} />}</div>
          <Details booking={booking.data} />
        </>
      )}
    </Page>
  );
}

type Done = 'booked' | 'changed' | 'cancelled';

/** What the address says was just done, as long as the booking says so too. */
function isDone(done: string | null, booking: Booking): done is Done {
  if (done === 'cancelled') return booking.status === 'cancelled';
  return (done === 'booked' || done === 'changed') && booking.status === 'booked';
}

function Banner({ done, booking }: { readonly done: Done; readonly booking: Booking }) {
  const { t } = useTranslation();
  const text =
    done === 'booked' ? t(booking.kind === 'shift' ? 'booking.bookedShift' : 'booking.booked') : t(`booking.${done}`);
  return (
    <div className="done">
      <span className="done-tick">
        <TickIcon size={30} />
      </span>
      <div>
        <p className="done-title">{text}</p>
        <p>{t('booking.texted')}</p>
      </div>
    </div>
  );
}

function Details({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const live = booking.status === 'booked';
  const changeable = live && booking.changeableUntil > new Date().toISOString();
  const own = `/bookings/${booking.bookingId}`;
  return (
    <>
      <Answers
        rows={[
          { term: t('check.when'), value: <b>{span(booking.startsAt, booking.endsAt, booking.zone, language)}</b> },
          booking.procedure
            ? { term: t('check.what'), value: t(`procedureLong.${booking.procedure}`) }
            : { term: t('check.role'), value: booking.role?.[language] ?? '' },
          {
            term: t('check.where'),
            value: <Where of={booking} />,
          },
          { term: t('booking.state'), value: <Status status={booking.status} /> },
        ]}
      />
      {live && booking.moved && (
        <p>
          {t('moves.note', { when: moment(booking.moved.was, booking.zone, language) })} ·{' '}
          <Link to="/m">{t('moves.see')}</Link>
        </p>
      )}
      {booking.status === 'cancelled' && booking.cancelCause && <p>{t(`booking.cause.${booking.cancelCause}`)}</p>}
      {isPass(booking) && <PassCard booking={booking} />}
      {(live || booking.status === 'cancelled') && <CalendarLink booking={booking} />}
      {live && (
        <section className="row-wrap">
          {changeable ? (
            <>
              <p className="muted full">
                {t('booking.until', { when: moment(booking.changeableUntil, booking.zone, language) })}
              </p>
              <LinkButton to={`${own}/change?date=${booking.date}`} variant="default">
                {t('booking.change')}
              </LinkButton>
              <LinkButton to={`${own}/cancel`} variant="subtle">
                {t('booking.cancel')}
              </LinkButton>
            </>
          ) : (
            <p className="muted">{t('booking.late')}</p>
          )}
          {booking.kind === 'shift' && booking.startsAt > new Date().toISOString() && (
            <LinkButton to={`${own}/cover`} variant="default">
              {t('booking.cover')}
            </LinkButton>
          )}
        </section>
      )}
      {live && <WhatNext booking={booking} />}
      {!(live && booking.kind === 'donation') && <Contact booking={booking} />}
      {booking.status === 'cancelled' && (
        <LinkButton to={booking.kind === 'donation' ? '/donate' : '/events'}>{t('booking.again')}</LinkButton>
      )}
      <p className="small muted">
        {t('booking.number')} <span className="mono">{booking.bookingId}</span>
      </p>
    </>
  );
}

function PassCard({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation(['pages', 'here']);
  return (
    <section className="pass-card" aria-labelledby="pass">
      <h2 id="pass">{t('here:visit.pass')}</h2>
      <p className="pass-code">
        <span>{t('here:visit.passCode')}</span>
        <b>{printPassCode(booking.passCode ?? '')}</b>
      </p>
      <p className="small muted">{t(booking.kind === 'shift' ? 'here:passOfShift.text' : 'here:pass.text')}</p>
      <LinkButton to={`/bookings/${booking.bookingId}/pass`}>{t('here:visit.passShow')}</LinkButton>
    </section>
  );
}

function WhatNext({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation(['pages', 'here']);
  return (
    <section aria-labelledby="next" className="next">
      <h2 id="next">{t('booking.next')}</h2>
      {booking.procedure ? (
        <Visit siteId={booking.containerId} procedure={booking.procedure} />
      ) : (
        <ol className="next-list">
          <Insures booking={booking} />
          <li>{t('here:nextShift.time')}</li>
          <li>{t('here:nextShift.wear')}</li>
          <li>{t('here:nextShift.cannot')}</li>
        </ol>
      )}
    </section>
  );
}

/** Where its volunteers are insured: that their identity number is needed for it. */
function Insures({ booking: { bookingId, containerId: eventId } }: { readonly booking: Booking }) {
  const { t } = useTranslation('here');
  const event = useApi('GET /api/events/{eventId}', { params: { eventId } }, { staleTime: 60_000 });
  if (!event.data?.insures) return null;
  return (
    <li>
      {t('nextShift.insures')}{' '}
      <Link to={`/mine/insurance?return=${encodeURIComponent(`/bookings/${bookingId}`)}`}>
        {t('nextShift.insuresGo')}
      </Link>
    </li>
  );
}

function Visit({ siteId, procedure }: { readonly siteId: string; readonly procedure: Procedure }) {
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  if (site.error) return <LoadError error={site.error} retry={() => void site.refetch()} />;
  if (!site.data) return <Loading lines={2} />;
  return <VisitGuide site={site.data} procedure={procedure} />;
}

/** Whom to call: the site's number, or the event's. */
function Contact({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation();
  const site = useApi(
    'GET /api/sites/{siteId}',
    { params: { siteId: booking.containerId } },
    { enabled: booking.kind === 'donation', staleTime: 60_000 },
  );
  const event = useApi(
    'GET /api/events/{eventId}',
    { params: { eventId: booking.containerId } },
    { enabled: booking.kind === 'shift', staleTime: 60_000 },
  );
  const phone = site.data?.phone ?? event.data?.contactPhone;
  if (!phone) return null;
  return (
    <p className="with-icon">
      <PhoneIcon size={18} />
      <span>
        {t('booking.callSite')} <Tel phone={phone} />
      </span>
    </p>
  );
}
