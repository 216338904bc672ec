import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { CODE_SECONDS, codeShown, secondsLeft } from '../../../shared/domain/shift-codes.ts';
import { randomKey } from '../api/action-key.ts';
import { ApiError } from '../api/error.ts';
import { useApi } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import type { EventView, Shift } from '../api/types.ts';
import { useSession } from '../auth/use-session.ts';
import { useOnline } from '../lib/online.ts';
import { timeOf } from '../lib/time.ts';
import { Proved, Work } from '../staff/frame.tsx';
import { Page } from '../ui/page.tsx';
import { Qr, qrModules } from '../ui/qr.tsx';
import { LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { aheadOf } from './day-store.ts';
import { days } from './days.ts';

/** The code that volunteers scan, as large as the screen: from what was fetched for the coming hour, so without a line too. */
export function EventCodePage() {
  const { t } = useTranslation('work');
  const { eventId = '' } = useParams();
  const session = useSession();
  if (session && days.event(eventId))
    return (
      <Proved goesOnOffline>
        <Choose />
      </Proved>
    );
  return (
    <Work needs="organiser" title={t('day.code.title')}>
      {() => <Choose />}
    </Work>
  );
}

function Choose() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { organisationId = '', eventId = '' } = useParams();
  const [search] = useSearchParams();
  const desk = useApi('GET /api/events/{eventId}/desk', { params: { eventId } });
  const event = desk.data?.event ?? days.event(eventId)?.event;
  const [only, ...others] = event?.shifts ?? [];
  const shift =
    event?.shifts.find(({ shiftId }) => shiftId === search.get('shift')) ?? (others.length === 0 ? only : undefined);
  const back = `/organise/${organisationId}/${eventId}/day`;
  if (event && shift) return <Code event={event} shift={shift} back={`${back}?date=${shift.date}`} />;
  return (
    <Page
      title={event ? t('day.code.which') : t('day.code.title')}
      back={back}
      {...(event && { eyebrow: event.title[language] })}
    >
      {event ? (
        <ul className="menu">
          {event.shifts.map(({ shiftId, role, startsAt, endsAt }) => (
            <li key={shiftId}>
              <Link to={`?shift=${shiftId}`}>
                {timeOf(startsAt, event.zone)}–{timeOf(endsAt, event.zone)} {role[language]}
              </Link>
            </li>
          ))}
        </ul>
      ) : desk.error ? (
        <LoadError error={desk.error} retry={() => void desk.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

/** Fetched again this often, so that there is nearly always an hour in hand. */
const FETCH_MS = 5 * 60_000;
const TICK_MS = 500;

function Code({ event, shift, back }: { readonly event: EventView; readonly shift: Shift; readonly back: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const online = useOnline();
  const { eventId } = event;
  const { shiftId } = shift;
  const [error, setError] = useState<ApiError>();
  const [made, setMade] = useState(() => days.codes(eventId, shiftId));
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!online) return undefined;
    let isHere = true;
    const fetchCodes = (): void => {
      const input = { params: { eventId }, body: { shiftId } };
      call('POST /api/events/{eventId}/codes', input, { idempotencyKey: randomKey() }).then(
        (answer) => {
          if (!isHere) return;
          const fetched = { ...answer, aheadMs: aheadOf(answer, Date.now()) };
          days.keepCodes(eventId, shiftId, fetched);
          setMade(fetched);
          setError(undefined);
        },
        (failure: unknown) => {
          if (isHere && failure instanceof ApiError) setError(failure);
        },
      );
    };
    fetchCodes();
    const timer = setInterval(fetchCodes, FETCH_MS);
    return () => {
      isHere = false;
      clearInterval(timer);
    };
  }, [eventId, shiftId, online]);
  useEffect(() => {
    // A screen that goes dark shows no code; where the browser cannot keep it lit, somebody has to.
    const asked = navigator.wakeLock?.request('screen').catch(() => undefined);
    return () => void asked?.then((lock) => lock?.release());
  }, []);
  const at = now + (made?.aheadMs ?? 0);
  const code = made && codeShown(made.codes, made.from, at);
  const modules = useMemo(
    () => (code ? qrModules(`${window.location.origin}/here/${eventId}/${code}`) : undefined),
    [code, eventId],
  );
  // Refused is not the same as not reached: what was handed out before is then worth nothing either.
  const isRefused = error !== undefined && error.status >= 400 && error.status < 500 && error.status !== 429;
  const last = made && (made.from + made.codes.length) * CODE_SECONDS * 1000;
  return (
    <Page
      title={shift.role[language]}
      eyebrow={event.title[language]}
      back={back}
      lead={`${timeOf(shift.startsAt, event.zone)}–${timeOf(shift.endsAt, event.zone)}`}
    >
      {isRefused ? (
        <LoadError error={error} />
      ) : modules ? (
        <section className="code-show" aria-label={t('day.code.title')}>
          <p className="code-scan">{t('day.code.scan')}</p>
          <Qr modules={modules} label={t('day.code.label')} />
          <p className="code-bar" aria-hidden="true">
            <span style={{ width: `${(secondsLeft(at) / CODE_SECONDS) * 100}%` }} />
          </p>
          <p className="small">{t('day.code.changes', { seconds: secondsLeft(at) })}</p>
          <p className="small muted">{t('day.code.walkIn')}</p>
          {last && (
            <p className="small muted">
              {t('day.code.ready', { time: timeOf(new Date(last).toISOString(), event.zone) })}
            </p>
          )}
        </section>
      ) : made || error || !online ? (
        <p role="status" className="bad">
          {t(made ? 'day.code.over' : 'day.code.none')}
        </p>
      ) : (
        <Loading />
      )}
      <LinkButton to={back} variant="default">
        {t('day.code.close')}
      </LinkButton>
    </Page>
  );
}
