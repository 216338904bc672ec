import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { Wait } from '../api/types.ts';
import { dateIn, dayName, nearMoment, span } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, LinkButton, LoadError, Loading, Progress, Reasons, useLanguage } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';

/** What an offer's text opens, and what somebody waits for. */
export function WaitingPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('wait.title')}>{() => <Mine />}</SignedIn>;
}

const ASK_EVERY_MS = 30_000;

function Mine() {
  const { t } = useTranslation();
  const mine = useApi('GET /api/waiting', {}, { every: ASK_EVERY_MS });
  const now = new Date().toISOString();
  const items = mine.data?.items ?? [];
  const offered = items.filter(({ status, offer }) => status === 'offered' && (offer?.until ?? '') > now);
  const inLine = items.filter(
    ({ status, slotId, startsAt, endsAt }) => status === 'waiting' && (slotId ? startsAt : endsAt) > now,
  );
  const past = items.filter((wait) => !offered.includes(wait) && !inLine.includes(wait));
  return (
    <Page title={t('wait.title')} lead={t('wait.lead')} back="/bookings">
      {mine.error && !mine.data ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !mine.data ? (
        <Loading />
      ) : (
        <>
          {items.length === 0 && (
            <Empty title={t('wait.empty')}>
              <p>{t('wait.emptyText')}</p>
              <LinkButton to="/donate">{t('home.donate')}</LinkButton>
            </Empty>
          )}
          <Group title={t('wait.open')} waits={offered} />
          <Group title={t('wait.inLine')} waits={inLine} />
          {past.length > 0 && (
            <section>
              <h2>{t('wait.past')}</h2>
              <div className="stack">
                {past.map((wait) => (
                  <div className="card" key={wait.waitId}>
                    <What wait={wait} />
                    <p className="muted">{t(`wait.status.${wait.status}`)}</p>
                    {wait.bookingId && <Link to={`/bookings/${wait.bookingId}`}>{t('wait.toBooking')}</Link>}
                  </div>
                ))}
              </div>
            </section>
          )}
        </>
      )}
    </Page>
  );
}

function Group({ title, waits }: { readonly title: string; readonly waits: readonly Wait[] }) {
  if (waits.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <div className="stack">
        {waits.map((wait) => (
          <Standing key={wait.waitId} wait={wait} />
        ))}
      </div>
    </section>
  );
}

function What({ wait }: { readonly wait: Wait }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { offer, zone, place, date, slotId } = wait;
  const when =
    wait.status === 'offered' && offer
      ? span(offer.startsAt, offer.endsAt, zone, language)
      : slotId
        ? span(wait.startsAt, wait.endsAt, zone, language)
        : `${dayName(date, language)} · ${t('wait.anyTime')}`;
  return (
    <p>
      <b>{when}</b>
      <br />
      {place[language]}
      {wait.procedure && <span className="muted"> · {t(`procedure.${wait.procedure}`)}</span>}
      {wait.role && <span className="muted"> · {wait.role[language]}</span>}
    </p>
  );
}

function Standing({ wait }: { readonly wait: Wait }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { waitId, offer, zone, phone, ahead = 0 } = wait;
  const input = { params: { waitId }, body: {} };
  const take = useAct('POST /api/waiting/{waitId}/accept', `take:${waitId}:${offer?.code}`);
  const pass = useAct('POST /api/waiting/{waitId}/decline', `pass:${waitId}:${offer?.code}`);
  const leave = useAct('POST /api/waiting/{waitId}/leave', `leave:${waitId}:${wait.joinedAt}`);
  const busy = take.busy || pass.busy || leave.busy;
  const error = take.error ?? pass.error ?? leave.error;
  return (
    <div className="card stack">
      <What wait={wait} />
      {wait.status === 'offered' && offer ? (
        <>
          <p>{t('wait.until', { when: nearMoment(offer.until, zone, dateIn(zone, new Date()), language) })}</p>
          <div className="row">
            <Button size="lg" onClick={() => void take.run(input)} loading={take.busy} disabled={busy}>
              {t('wait.take')}
            </Button>
            <Button variant="default" onClick={() => void pass.run(input)} loading={pass.busy} disabled={busy}>
              {t(wait.slotId ? 'wait.letPass' : 'wait.letPassAny')}
            </Button>
          </div>
          {phone && (
            <p>
              <Tel phone={phone} say={(shown) => t('wait.code', { phone: shown, code: offer.code })} />
            </p>
          )}
        </>
      ) : (
        <p>{ahead === 0 ? t('wait.aheadNone') : t('wait.ahead', { count: ahead })}</p>
      )}
      {wait.reasons.length > 0 && (
        <>
          <p>{t('wait.passedOver')}</p>
          <Reasons reasons={wait.reasons} />
        </>
      )}
      {error && <ActionError error={error} />}
      {/* Whoever waits for one time only and lets its place pass waits no longer: one way out is enough. */}
      {!(wait.status === 'offered' && wait.slotId) && (
        <div>
          <Button variant="subtle" onClick={() => void leave.run(input)} loading={leave.busy} disabled={busy}>
            {t('wait.leave')}
          </Button>
        </div>
      )}
      <Progress act={take} />
    </div>
  );
}
