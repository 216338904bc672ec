import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isHere } from '../../../shared/domain/booking-states.ts';
import { useApi, usePages } from '../api/hooks.ts';
import type { Booking } from '../api/types.ts';
import { BookingCard } from '../ui/booking-card.tsx';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading } from '../ui/states.tsx';

export function BookingsPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('bookings.title')}>{() => <Mine />}</SignedIn>;
}

function Mine() {
  const { t } = useTranslation();
  const mine = usePages('GET /api/me/bookings', {});
  const waits = useApi('GET /api/waiting', {});
  const now = new Date().toISOString();
  const live = (status: Booking['status']): boolean => status === 'booked' || isHere(status);
  const upcoming = mine.items
    .filter((each) => live(each.status) && each.endsAt > now)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const past = mine.items.filter((each) => !upcoming.includes(each));
  return (
    <Page title={t('bookings.title')} back="/me">
      {waits.data?.items.some(
        ({ status, endsAt }) => (status === 'waiting' || status === 'offered') && endsAt > now,
      ) && (
        <p>
          <LinkButton to="/waiting" variant="default">
            {t('wait.title')}
          </LinkButton>
        </p>
      )}
      {mine.error ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !mine.data ? (
        <Loading />
      ) : mine.items.length === 0 ? (
        <Empty title={t('bookings.empty')}>
          <p>{t('bookings.emptyText')}</p>
          <div className="row">
            <LinkButton to="/donate">{t('home.donate')}</LinkButton>
            <LinkButton to="/events" variant="default">
              {t('nav.events')}
            </LinkButton>
          </div>
        </Empty>
      ) : (
        <>
          <h2>{t('bookings.upcoming')}</h2>
          {upcoming.length === 0 ? (
            <p className="muted">{t('bookings.none')}</p>
          ) : (
            <div className="stack">
              {upcoming.map((each) => (
                <BookingCard key={each.bookingId} booking={each} />
              ))}
            </div>
          )}
          {past.length > 0 && (
            <>
              <h2>{t('bookings.past')}</h2>
              <div className="stack">
                {past.map((each) => (
                  <BookingCard key={each.bookingId} booking={each} />
                ))}
              </div>
            </>
          )}
          {mine.hasNextPage && (
            <Button variant="default" loading={mine.isFetchingNextPage} onClick={() => void mine.fetchNextPage()}>
              {t('common.more')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}
