import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { keys } from '../api/index.ts';
import { span } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { NoLonger, useFreshAfter } from '../ui/no-longer.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Answers, LinkButton, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Where } from '../ui/where.tsx';

/** Asks once more. Opening the page changes nothing: only the button does. */
export function CancelPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('booking.cancelTitle')}>{() => <Cancel />}</SignedIn>;
}

function Cancel() {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { bookingId = '' } = useParams();
  const own = `/bookings/${bookingId}`;
  const booking = useApi('GET /api/bookings/{bookingId}', { params: { bookingId } });
  const input = { params: { bookingId }, body: {} };
  const act = useAct('POST /api/bookings/{bookingId}/cancel', `cancel:${bookingId}`, { input });
  useFreshAfter(act.error, booking.refetch);
  const cancel = async (): Promise<void> => {
    const done = await act.run(input);
    if (!done) return;
    keys.forget(`book:${done.slotId}`);
    await navigate(`${own}?done=cancelled`, { replace: true });
  };
  return (
    <Page title={t('booking.cancelTitle')} back={own}>
      {booking.error ? (
        <LoadError error={booking.error} retry={() => void booking.refetch()} />
      ) : !booking.data ? (
        <Loading />
      ) : booking.data.status !== 'booked' ? (
        <NoLonger own={own} />
      ) : (
        <>
          <Answers
            rows={[
              {
                term: t('check.when'),
                value: <b>{span(booking.data.startsAt, booking.data.endsAt, booking.data.zone, language)}</b>,
              },
              { term: t('check.where'), value: <Where of={booking.data} /> },
            ]}
          />
          <p>{t('booking.cancelText')}</p>
          {act.error && <ActionError error={act.error} />}
          <div className="row">
            <Button color="ember" onClick={() => void cancel()} loading={act.busy}>
              {t('booking.cancelYes')}
            </Button>
            <LinkButton to={own} variant="default">
              {t('booking.cancelNo')}
            </LinkButton>
          </div>
          <Progress act={act} />
        </>
      )}
    </Page>
  );
}
