import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { Booking, CallOutput } from '../api/types.ts';
import { useSession } from '../auth/use-session.ts';
import { span } from '../lib/time.ts';
import { SignedIn, SignInButton } from '../ui/gate.tsx';
import { NoLonger, useFreshAfter } from '../ui/no-longer.tsx';
import { Page } from '../ui/page.tsx';
import { SendLink } from '../ui/send-link.tsx';
import { Needs } from '../ui/shifts.tsx';
import {
  ActionError,
  Answers,
  Empty,
  Good,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { hasWaysOn, WaysOn } from '../ui/ways-on.tsx';
import { Where } from '../ui/where.tsx';

/** For whoever cannot come: anybody who qualifies, or somebody they know, takes their place over. */
export function AskCoverPage() {
  const { t } = useTranslation('serve');
  return <SignedIn title={t('cover.title')}>{() => <Ask />}</SignedIn>;
}

type Cover = CallOutput<'GET /api/bookings/{bookingId}/cover'>;

function Ask() {
  const { t } = useTranslation('serve');
  const { bookingId = '' } = useParams();
  const own = `/bookings/${bookingId}`;
  const booking = useApi('GET /api/bookings/{bookingId}', { params: { bookingId } });
  const cover = useApi('GET /api/bookings/{bookingId}/cover', { params: { bookingId } });
  const error = booking.error ?? cover.error;
  return (
    <Page title={t('cover.title')} back={own}>
      {error ? (
        <LoadError
          error={error}
          retry={() => {
            void booking.refetch();
            void cover.refetch();
          }}
        />
      ) : !booking.data || !cover.data ? (
        <Loading />
      ) : booking.data.status !== 'booked' || booking.data.kind !== 'shift' ? (
        <NoLonger own={own} />
      ) : (
        <Choice booking={booking.data} cover={cover.data} refetch={booking.refetch} />
      )}
    </Page>
  );
}

function Choice({
  booking,
  cover,
  refetch,
}: {
  readonly booking: Booking;
  readonly cover: Cover;
  readonly refetch: () => unknown;
}) {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const { bookingId, slotId, containerId } = booking;
  const ask = useAct('POST /api/bookings/{bookingId}/cover', `cover:${bookingId}`);
  const stop = useAct('POST /api/bookings/{bookingId}/cover/withdraw', `cover-stop:${bookingId}`);
  useFreshAfter(ask.error ?? stop.error, refetch);
  const busy = ask.busy || stop.busy;
  const error = ask.error ?? stop.error;
  const say = (open: boolean) => void ask.run({ params: { bookingId }, body: { open } });
  return (
    <>
      <Answers
        rows={[
          {
            term: t('pages:check.when'),
            value: <b>{span(booking.startsAt, booking.endsAt, booking.zone, language)}</b>,
          },
          { term: t('pages:check.role'), value: booking.role?.[language] ?? '' },
          {
            term: t('pages:check.where'),
            value: <Where of={booking} />,
          },
        ]}
      />
      {cover.asked ? (
        <>
          <Good>{t(cover.open ? 'cover.askedOpen' : 'cover.askedKnown')}</Good>
          <p>{t('cover.keep')}</p>
          <div className="card stack">
            <p>{t('cover.link')}</p>
            <SendLink
              shown
              path={`/events/${containerId}/cover?${new URLSearchParams({ slot: slotId, code: cover.code ?? '' })}`}
              title={t('cover.takeTitle')}
            />
          </div>
        </>
      ) : (
        <p>{t('cover.lead')}</p>
      )}
      {error && <ActionError error={error} />}
      <div className="row">
        {!(cover.asked && cover.open) && (
          <Button onClick={() => say(true)} loading={ask.busy} disabled={busy}>
            {t('cover.anybody')}
          </Button>
        )}
        {!cover.asked && (
          <Button variant="default" onClick={() => say(false)} disabled={busy}>
            {t('cover.known')}
          </Button>
        )}
        {cover.asked && (
          <Button
            variant="subtle"
            onClick={() => void stop.run({ params: { bookingId }, body: {} })}
            loading={stop.busy}
            disabled={busy}
          >
            {t('cover.stop')}
          </Button>
        )}
      </div>
      <Progress act={ask} />
    </>
  );
}

/** For whoever takes over: what it is, and one button. */
export function TakeCoverPage() {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const navigate = useNavigate();
  const { pathname, search: query } = useLocation();
  const { eventId = '' } = useParams();
  const [search] = useSearchParams();
  const slotId = search.get('slot') ?? '';
  const code = /^[a-z0-9]{12}$/.exec(search.get('code') ?? '')?.[0];
  const session = useSession();
  const event = useApi('GET /api/events/{eventId}', { params: { eventId } }, { staleTime: 2_000 });
  const shift = event.data?.shifts.find((each) => each.slotId === slotId);
  const act = useAct('POST /api/covers', `take-over:${slotId}`);
  const back = `/events/${eventId}`;
  const take = async (): Promise<void> => {
    const booking = await act.run({ body: { slotId, ...(code && { code }) } });
    if (booking) await navigate(`/bookings/${booking.bookingId}?done=booked`, { replace: true });
  };
  return (
    <Page title={t('cover.takeTitle')} back={back} eyebrow={t('pages:nav.events')}>
      {event.error ? (
        <LoadError error={event.error} retry={() => void event.refetch()} />
      ) : !event.data ? (
        <Loading />
      ) : !shift ? (
        <Empty title={t('cover.gone')}>
          <LinkButton to={back}>{t('pages:events.shifts')}</LinkButton>
        </Empty>
      ) : (
        <>
          <p>{t('cover.takeLead')}</p>
          <Answers
            rows={[
              {
                term: t('pages:check.role'),
                value: (
                  <>
                    {shift.role[language]}
                    <br />
                    <span className="muted">{event.data.title[language]}</span>
                    <br />
                    <Needs shift={shift} />
                  </>
                ),
              },
              { term: t('pages:check.where'), value: event.data.address[language] },
              {
                term: t('pages:check.when'),
                value: <b>{span(shift.startsAt, shift.endsAt, event.data.zone, language)}</b>,
              },
            ]}
          />
          {session ? (
            <>
              {act.error && (
                <ActionError error={act.error}>
                  {hasWaysOn(act.error) ? (
                    <WaysOn error={act.error} eventId={eventId} />
                  ) : (
                    <p>
                      <Link to={back}>{t('pages:events.shifts')}</Link>
                    </p>
                  )}
                </ActionError>
              )}
              <Button fullWidth size="lg" onClick={() => void take()} loading={act.busy}>
                {t('cover.take')}
              </Button>
              <Progress act={act} />
            </>
          ) : (
            <div className="card">
              <p>{t('pages:check.signInText')}</p>
              <SignInButton returnTo={pathname + query}>{t('pages:check.signIn')}</SignInButton>
            </div>
          )}
        </>
      )}
    </Page>
  );
}
