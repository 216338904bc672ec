import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { printPassCode, scannedPassCode } from '../../../shared/domain/pass-code.ts';
import { useApi } from '../api/hooks.ts';
import type { Booking } from '../api/types.ts';
import { useSession } from '../auth/use-session.ts';
import { keepForOffline } from '../lib/offline.ts';
import { useOnline } from '../lib/online.ts';
import { passPicture } from '../lib/pass-picture.ts';
import { isPass } from '../lib/pass-store.ts';
import { passes } from '../lib/passes.ts';
import { dayName, moment, span, timeOf } from '../lib/time.ts';
import { isWechat } from '../lib/wechat.ts';
import { SignInButton } from '../ui/gate.tsx';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Qr, qrModules } from '../ui/qr.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';

/**
 * A booking's pass, to be shown at the desk. What was kept on the device is shown at once and brought up to date when the
 * service can be reached, so it opens in a cellar, with an expired session, or without a connection at all.
 */
export function PassPage() {
  const { t } = useTranslation(['pages', 'here']);
  const language = useLanguage();
  const { bookingId = '' } = useParams();
  const session = useSession();
  const [kept] = useState(() => passes.get(bookingId));
  const asked = useApi('GET /api/bookings/{bookingId}', { params: { bookingId } }, { enabled: session !== undefined });
  const fresh = asked.data;
  useEffect(() => {
    if (!fresh) return;
    passes.keep(fresh);
    keepForOffline();
  }, [fresh]);
  const asking = useOnline() && asked.fetchStatus === 'fetching';
  const booking = fresh ?? kept?.booking;
  const gone = asked.error?.code === 'not-found';
  return (
    <Page title={t('here:visit.pass')} back={`/bookings/${bookingId}`}>
      {gone ? (
        <Empty title={t('here:pass.gone')}>
          <LinkButton to="/bookings">{t('nav.bookings')}</LinkButton>
        </Empty>
      ) : booking ? (
        <>
          {!fresh && kept && asking && (
            <p className="small muted" role="status">
              {t('here:pass.checking')}
            </p>
          )}
          {!fresh && kept && !asking && (
            <div className="notice notice-warn" role="status">
              <WarnIcon />
              <p>
                {t('here:pass.offline', {
                  when: moment(kept.keptAt, Intl.DateTimeFormat().resolvedOptions().timeZone, language),
                })}
              </p>
            </div>
          )}
          {isPass(booking) ? (
            <Pass booking={booking} />
          ) : (
            <Empty title={t(booking.kind === 'shift' ? 'here:passOfShift.ended' : 'here:pass.ended')} />
          )}
        </>
      ) : !session ? (
        <div className="card">
          <p>{t('me.signedOutText')}</p>
          <SignInButton />
        </div>
      ) : asked.error ? (
        <>
          {asked.error.code === 'offline' && <p>{t('here:pass.none')}</p>}
          <LoadError error={asked.error} retry={() => void asked.refetch()} />
        </>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Pass({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation(['pages', 'here']);
  const language = useLanguage();
  const code = booking.passCode ?? '';
  const modules = useMemo(() => qrModules(scannedPassCode(code)), [code]);
  const printed = printPassCode(code);
  const when = span(booking.startsAt, booking.endsAt, booking.zone, language);
  const what = booking.procedure ? t(`procedureLong.${booking.procedure}`) : (booking.role?.[language] ?? '');
  const isShift = booking.kind === 'shift';
  const [picture, setPicture] = useState<string>();
  const draw = (): void =>
    setPicture(
      passPicture(modules, {
        title: `${t('brandLong')} · ${t('here:visit.pass')}`,
        when,
        code: printed,
        what,
        place: booking.place[language],
        address: booking.address[language],
        note: isShift ? '' : t('here:pass.identity'),
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
        <p className="pass-when">
          {dayName(booking.date, language)}
          <br />
          {timeOf(booking.startsAt, booking.zone)}–{timeOf(booking.endsAt, booking.zone)}
        </p>
        <p>
          {what}
          <br />
          <b>{booking.place[language]}</b>
          <br />
          <span className="muted">{booking.address[language]}</span>
        </p>
      </section>
      <p>{t(isShift ? 'here:passOfShift.hint' : 'here:pass.hint')}</p>
      {picture === undefined ? (
        <Button variant="default" onClick={draw}>
          {t('here:visit.passKeep')}
        </Button>
      ) : (
        <figure className="pass-picture">
          <figcaption role="status">{t('here:pass.press')}</figcaption>
          <img src={picture} alt={t('here:pass.picture', { when, place: booking.place[language], code: printed })} />
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
