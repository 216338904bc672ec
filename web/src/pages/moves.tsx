import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dialled } from '../../../shared/domain/phone.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { moment, span } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { TickIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Answers, Empty, LinkButton, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';

type Move = CallOutput<'GET /api/moves'>['items'][number];

/** What the text about a closed time opens: the place kept instead, and the three things to say to it. */
export function MovesPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('moves.title')}>{() => <Mine />}</SignedIn>;
}

function Mine() {
  const { t } = useTranslation();
  const moves = useApi('GET /api/moves', {});
  const items = moves.data?.items ?? [];
  return (
    <Page title={t('moves.title')} lead={t('moves.lead')} back="/bookings">
      {moves.error && !moves.data ? (
        <LoadError error={moves.error} retry={() => void moves.refetch()} />
      ) : !moves.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={t('moves.empty')}>
          <LinkButton to="/bookings">{t('bookings.title')}</LinkButton>
        </Empty>
      ) : (
        <div className="stack">
          {items.map((move) => (
            <One key={`${move.bookingId} ${move.from.slotId}`} move={move} />
          ))}
        </div>
      )}
    </Page>
  );
}

function One({ move }: { readonly move: Move }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { bookingId, state, from, to, until, code, phone, zone, procedure } = move;
  const accept = useAct('POST /api/moves/{bookingId}/accept', `move:${bookingId}:${from.slotId}`);
  const place = (it: NonNullable<Move['to']>) => (
    <>
      {span(it.startsAt, it.endsAt, zone, language)}
      <br />
      {it.place[language]}
    </>
  );
  const open = state === 'asked' || state === 'kept';
  return (
    <section className="card stack" aria-live="polite">
      <Answers
        rows={[
          { term: t('moves.was'), value: <s>{place(from)}</s> },
          ...(to && (open || state === 'accepted')
            ? [
                {
                  term: t('moves.now'),
                  value: (
                    <>
                      <b>{place(to)}</b>
                      <span className="muted"> · {t(`procedure.${procedure}`)}</span>
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {open ? (
        <>
          <p>
            {state === 'asked' && until ? t('moves.ask', { when: moment(until, zone, language) }) : t('moves.kept')}
          </p>
          <div className="stack">
            <Button
              size="lg"
              loading={accept.busy}
              onClick={() => void accept.run({ params: { bookingId }, body: {} })}
            >
              {t('moves.accept')}
            </Button>
            <LinkButton to={`/bookings/${bookingId}/change`} variant="default">
              {t('moves.other')}
            </LinkButton>
            <LinkButton to={`/bookings/${bookingId}/cancel`} variant="subtle">
              {t('moves.cancel')}
            </LinkButton>
          </div>
          {phone && code && <p className="small muted">{t('moves.call', { phone: dialled(phone), code })}</p>}
        </>
      ) : (
        <>
          <p className="strong" role="status">
            {state === 'accepted' && <TickIcon size={18} />} {t(`moves.${state === 'other' ? 'otherDone' : state}`)}
          </p>
          {state === 'released' ? (
            <LinkButton to={`/donate?procedure=${procedure}`}>{t('moves.choose')}</LinkButton>
          ) : (
            <p>
              <Link to={`/bookings/${bookingId}`}>{t('moves.toBooking')}</Link>
            </p>
          )}
        </>
      )}
      {accept.error && <ActionError error={accept.error} />}
      <Progress act={accept} />
    </section>
  );
}
