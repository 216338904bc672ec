import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { keys } from '../api/index.ts';
import type { Booking } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, moment, span } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { NoLonger, useFreshAfter } from '../ui/no-longer.tsx';
import { Page } from '../ui/page.tsx';
import { Shifts } from '../ui/shifts.tsx';
import { SlotPicker } from '../ui/slot-picker.tsx';
import { ActionError, Answers, Empty, LinkButton, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Where } from '../ui/where.tsx';

/** Choose another time for a booking. */
export function ChangePage() {
  const { t } = useTranslation();
  return <SignedIn title={t('booking.changeTitle')}>{() => <Change />}</SignedIn>;
}

function Change() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { bookingId = '' } = useParams();
  const booking = useApi('GET /api/bookings/{bookingId}', { params: { bookingId } });
  return (
    <Page title={t('booking.changeTitle')} back={`/bookings/${bookingId}`} lead={t('booking.changeText')}>
      {booking.error ? (
        <LoadError error={booking.error} retry={() => void booking.refetch()} />
      ) : !booking.data ? (
        <Loading />
      ) : booking.data.status !== 'booked' ? (
        <NoLonger own={`/bookings/${bookingId}`} />
      ) : (
        <>
          <p>
            {t('booking.current', {
              when: span(booking.data.startsAt, booking.data.endsAt, booking.data.zone, language),
            })}
          </p>
          {booking.data.kind === 'donation' ? (
            <OtherSlots booking={booking.data} />
          ) : (
            <OtherShifts booking={booking.data} />
          )}
        </>
      )}
    </Page>
  );
}

const checkOf = (booking: Booking, slotId: string, date: string): string =>
  `/bookings/${booking.bookingId}/change/check?${new URLSearchParams({ date, slot: slotId })}`;

function OtherSlots({ booking }: { readonly booking: Booking }) {
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId: booking.containerId } }, { staleTime: 60_000 });
  if (site.error) return <LoadError error={site.error} retry={() => void site.refetch()} />;
  if (!site.data) return <Loading />;
  return (
    <SlotPicker
      site={site.data}
      procedure={booking.procedure ?? 'whole-blood'}
      except={booking.slotId}
      linkOf={(slot) => checkOf(booking, slot.slotId, slot.date)}
    />
  );
}

function OtherShifts({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation();
  const event = useApi('GET /api/events/{eventId}', { params: { eventId: booking.containerId } }, { staleTime: 2_000 });
  if (event.error) return <LoadError error={event.error} retry={() => void event.refetch()} />;
  if (!event.data) return <Loading />;
  const others = event.data.shifts.filter((shift) => shift.slotId !== booking.slotId);
  if (others.length === 0) return <Empty title={t('booking.noOther')} />;
  return <Shifts event={event.data} shifts={others} linkOf={(shift) => checkOf(booking, shift.slotId, shift.date)} />;
}

/** Old time beside new, before the change is made. */
export function ChangeCheckPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('check.titleChange')}>{() => <ChangeCheck />}</SignedIn>;
}

function ChangeCheck() {
  const { t } = useTranslation();
  const { bookingId = '' } = useParams();
  const [search] = useSearchParams();
  const booking = useApi('GET /api/bookings/{bookingId}', { params: { bookingId } });
  const slotId = search.get('slot') ?? '';
  const date = dateOf(search.get('date')) ?? '';
  return (
    <Page title={t('check.titleChange')} back={`/bookings/${bookingId}/change${date ? `?date=${date}` : ''}`}>
      {booking.error ? (
        <LoadError error={booking.error} retry={() => void booking.refetch()} />
      ) : !booking.data ? (
        <Loading />
      ) : booking.data.status !== 'booked' ? (
        <NoLonger own={`/bookings/${bookingId}`} />
      ) : (
        <NewTime booking={booking.data} slotId={slotId} date={date} refetch={booking.refetch} />
      )}
    </Page>
  );
}

function NewTime({
  booking,
  slotId,
  date,
  refetch,
}: {
  readonly booking: Booking;
  readonly slotId: string;
  readonly date: string;
  readonly refetch: () => unknown;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const donation = booking.kind === 'donation';
  const slots = useApi(
    'GET /api/sites/{siteId}/slots',
    { params: { siteId: booking.containerId }, query: { from: date, to: date } },
    { enabled: donation && date !== '', staleTime: 2_000 },
  );
  const event = useApi(
    'GET /api/events/{eventId}',
    { params: { eventId: booking.containerId } },
    { enabled: !donation, staleTime: 2_000 },
  );
  const input = { params: { bookingId: booking.bookingId }, body: { slotId } };
  const act = useAct('POST /api/bookings/{bookingId}/reschedule', `move:${booking.bookingId}:${slotId}`, { input });
  useFreshAfter(act.error, refetch);
  const own = `/bookings/${booking.bookingId}`;
  const failed = slots.error ?? event.error;
  if (failed) return <LoadError error={failed} />;
  const found =
    slots.data?.items.find((each) => each.slotId === slotId) ??
    event.data?.shifts.find((each) => each.slotId === slotId);
  if ((slots.data || event.data) && !found) {
    return (
      <Empty title={t('check.gone')}>
        <LinkButton to={`${own}/change`}>{t('slots.title')}</LinkButton>
      </Empty>
    );
  }
  if (!found) return <Loading lines={1} />;
  const move = async (): Promise<void> => {
    const moved = await act.run(input);
    if (!moved) return;
    keys.forget(`book:${booking.slotId}`);
    await navigate(`${own}?done=changed`, { replace: true });
  };
  return (
    <>
      <Answers
        rows={[
          { term: t('check.where'), value: <Where of={booking} /> },
          ...('role' in found ? [{ term: t('check.role'), value: found.role[language] }] : []),
          {
            term: t('check.from'),
            value: <s className="muted">{span(booking.startsAt, booking.endsAt, booking.zone, language)}</s>,
          },
          {
            term: t('check.to'),
            value: <b>{span(found.startsAt, found.endsAt, booking.zone, language)}</b>,
            change: { to: `${own}/change?date=${date}`, label: t('check.to') },
          },
        ]}
      />
      {act.error && (
        <ActionError error={act.error}>
          {act.error.next && (
            <p>
              <Link
                to={checkOf(booking, act.error.next.slotId, dateIn(booking.zone, act.error.next.startsAt))}
                onClick={act.reset}
              >
                {t('error.nextFree', { when: moment(act.error.next.startsAt, booking.zone, language) })}
              </Link>
            </p>
          )}
        </ActionError>
      )}
      <Button fullWidth size="lg" onClick={() => void move()} loading={act.busy}>
        {t('check.confirmChange')}
      </Button>
      <Progress act={act} />
    </>
  );
}
