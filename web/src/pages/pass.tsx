import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { printPassCode, scannedPassCode } from '../../../shared/domain/pass-code.ts';
import { useApi, useMe } from '../api/hooks.ts';
import type { Booking } from '../api/types.ts';
import { here } from '../auth/actions.ts';
import { useSession } from '../auth/use-session.ts';
import { keepForOffline } from '../lib/offline.ts';
import { useOnline } from '../lib/online.ts';
import { passPicture } from '../lib/pass-picture.ts';
import { PASS_DAYS, passOf } from '../lib/pass-store.ts';
import { passes } from '../lib/passes.ts';
import { addDays, dateHere, dayName, moment, timeOf } from '../lib/time.ts';
import { isWechat } from '../lib/wechat.ts';
import { whoAddress } from '../lib/who-address.ts';
import { BookingCard } from '../ui/booking-card.tsx';
import { SignInButton } from '../ui/gate.tsx';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Qr, qrModules } from '../ui/qr.tsx';
import { LoadError, Loading, useLanguage } from '../ui/states.tsx';

/**
 * Somebody’s one pass, to be shown at a site's desk and to an organiser alike. What was kept on the device is shown at once and
 * brought up to date when the service can be reached, so it opens in a cellar, with an expired session, or without a connection at all.
 */
export function PassPage() {
  const { t } = useTranslation(['pages', 'here']);
  const language = useLanguage();
  /** The booking whose page it was opened from. */
  const { bookingId } = useParams();
  const session = useSession();
  const [kept] = useState(() => passes.all());
  const me = useMe();
  const [from, to] = [addDays(dateHere(), -1), addDays(dateHere(), PASS_DAYS)];
  const asked = useApi('GET /api/me/bookings', { query: { from, to, limit: 100 } }, { enabled: session !== undefined });
  const fresh = asked.data?.items;
  useEffect(() => {
    if (!fresh) return;
    passes.keepAll(fresh, { from, to });
    keepForOffline();
  }, [fresh, from, to]);
  const asking = useOnline() && asked.fetchStatus === 'fetching';
  const pass = passOf(fresh ?? kept.map(({ booking }) => booking), {
    code: session ? me.data?.passCode : undefined,
    first: bookingId,
    now: Date.now(),
  });
  const error = asked.error ?? me.error;
  const keptAt = kept.map((each) => each.keptAt).sort()[0];
  if (session && me.error?.code === 'person-unknown') return <Navigate to={whoAddress(here())} replace />;
  return (
    <Page title={t('here:visit.pass')} back={bookingId === undefined ? '/bookings' : `/bookings/${bookingId}`}>
      {pass ? (
        <>
          {!fresh && asking && (
            <p className="small muted" role="status">
              {t('here:pass.checking')}
            </p>
          )}
          {!fresh && !asking && keptAt && (
            <div className="notice notice-warn" role="status">
              <WarnIcon />
              <p>
                {t('here:pass.offline', {
                  when: moment(keptAt, Intl.DateTimeFormat().resolvedOptions().timeZone, language),
                })}
              </p>
            </div>
          )}
          <Pass code={pass.code} bookings={pass.bookings} />
        </>
      ) : !session ? (
        <div className="card">
          <p>{t('me.signedOutText')}</p>
          <SignInButton />
        </div>
      ) : error ? (
        <>
          {error.code === 'offline' && <p>{t('here:pass.none')}</p>}
          <LoadError error={error} retry={() => void Promise.all([asked.refetch(), me.refetch()])} />
        </>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Pass({ code, bookings }: { readonly code: string; readonly bookings: readonly Booking[] }) {
  const { t } = useTranslation(['pages', 'here']);
  const language = useLanguage();
  const modules = useMemo(() => qrModules(scannedPassCode(code)), [code]);
  const printed = printPassCode(code);
  const [picture, setPicture] = useState<string>();
  const [first, ...others] = bookings;
  const draw = (): void =>
    setPicture(
      passPicture(modules, {
        title: `${t('brandLong')} · ${t('here:visit.pass')}`,
        code: printed,
        note: t('here:pass.pictureNote'),
      }),
    );
  return (
    <>
      <section className="pass" aria-label={t('here:visit.pass')}>
        <Qr modules={modules} label={t('here:pass.qr', { code: printed })} />
        <p className="pass-code">
          <span>{t('here:visit.passCode')}</span>
          <b>{printed}</b>
        </p>
        {first ? (
          <>
            <p className="pass-when">
              {dayName(first.date, language)}
              <br />
              {timeOf(first.startsAt, first.zone)}–{timeOf(first.endsAt, first.zone)}
            </p>
            <p>
              {first.procedure ? t(`procedureLong.${first.procedure}`) : first.role?.[language]}
              <br />
              <b>{first.place[language]}</b>
              <br />
              <span className="muted">{first.address[language]}</span>
            </p>
          </>
        ) : (
          <p className="muted">{t('here:pass.nothing')}</p>
        )}
      </section>
      <p>{t('here:pass.hint')}</p>
      {others.length > 0 && (
        <section aria-labelledby="also">
          <h2 id="also">{t('here:pass.also')}</h2>
          <ul className="stack">
            {others.map((each) => (
              <li key={each.bookingId}>
                <BookingCard booking={each} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {picture === undefined ? (
        <Button variant="default" onClick={draw}>
          {t('here:visit.passKeep')}
        </Button>
      ) : (
        <figure className="pass-picture">
          <figcaption role="status">{t('here:pass.press')}</figcaption>
          <img src={picture} alt={t('here:pass.picture', { code: printed })} />
          {!isWechat() && (
            <Button component="a" href={picture} download={`nuanliu-${code}.png`} variant="default">
              {t('here:visit.passDownload')}
            </Button>
          )}
        </figure>
      )}
    </>
  );
}
