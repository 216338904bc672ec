import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isHere } from '../../../shared/domain/booking-states.ts';
import { usePages } from '../api/hooks.ts';
import { useSession } from '../auth/use-session.ts';
import { BookingCard } from '../ui/booking-card.tsx';
import { ArrowIcon, DropIcon, HandsIcon } from '../ui/icons.tsx';
import { Motif } from '../ui/motif.tsx';
import { usePageFocus } from '../ui/page.tsx';
import { LoadError } from '../ui/states.tsx';

export function HomePage() {
  const { t } = useTranslation();
  const signedIn = useSession() !== undefined;
  const guests = signedIn ? undefined : 'guests';
  const heading = usePageFocus(t('brandLong'));
  return (
    <>
      <section className="hero">
        <div className="hero-art">
          <Motif label={t('home.motif')} />
        </div>
        <div className="hero-text">
          <h1 ref={heading} tabIndex={-1}>
            {t('home.title')}
          </h1>
          <p className="lead">{t('home.lead')}</p>
          <div className="doors">
            <Link to="/donate" className="door door-donate">
              <DropIcon size={30} />
              <span>
                <b>{t('home.donate')}</b>
                <span>{t('home.donateText')}</span>
              </span>
              <ArrowIcon />
            </Link>
            <Link to="/events" className="door door-serve">
              <HandsIcon size={30} />
              <span>
                <b>{t('home.events')}</b>
                <span>{t('home.eventsText')}</span>
              </span>
              <ArrowIcon />
            </Link>
          </div>
          <p>
            <Link to="/precheck">{t('home.precheck')}</Link>
          </p>
        </div>
      </section>
      <div className="home-rest">
        {signedIn && <NextBooking />}
        <section aria-labelledby="how">
          <h2 id="how">{t('home.howTitle')}</h2>
          <ol className="how">
            <li>
              <h3>{t('home.how.book')}</h3>
              <p>{t('home.how.bookText')}</p>
            </li>
            <li>
              <h3>{t('home.how.come')}</h3>
              <p>{t('home.how.comeText')}</p>
            </li>
            <li>
              <h3>{t('home.how.trace')}</h3>
              <p>{t('home.how.traceText')}</p>
            </li>
            <li>
              <h3>{t('home.how.text')}</h3>
              <p>{t('home.how.textText')}</p>
              <p className="bubble">{t('home.how.bubble')}</p>
            </li>
          </ol>
        </section>
        <section className="panels">
          <div className="panel panel-pine">
            <h2>{t('home.serveTitle')}</h2>
            <p>{t('home.serveText')}</p>
            <Link to="/events" className="panel-link">
              {t('home.serveLink')} <ArrowIcon size={18} />
            </Link>
          </div>
          <div className="panel">
            <h2>{t('home.accountTitle')}</h2>
            <p data-for={guests}>{t(signedIn ? 'home.accountMine' : 'home.accountText')}</p>
            <Link to={signedIn ? '/donations' : '/me'} className="panel-link" data-for={guests}>
              {signedIn ? t('nav.donations') : t('nav.signIn')} <ArrowIcon size={18} />
            </Link>
          </div>
        </section>
      </div>
    </>
  );
}

function NextBooking() {
  const { t } = useTranslation();
  const mine = usePages('GET /api/me/bookings', {});
  const now = new Date().toISOString();
  const next = mine.items
    .filter((each) => (each.status === 'booked' || isHere(each.status)) && each.endsAt > now)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0];
  if (mine.error) return <LoadError error={mine.error} retry={() => void mine.refetch()} />;
  if (!mine.data) return null;
  return (
    <section aria-labelledby="next">
      <h2 id="next">{t('home.next')}</h2>
      {next ? <BookingCard booking={next} /> : <p className="muted">{t('home.noNext')}</p>}
    </section>
  );
}
