import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { dialled } from '../../../shared/domain/phone.ts';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import type { ApiError } from '../api/error.ts';
import { useAct, useApi, useMe, usePages } from '../api/hooks.ts';
import { keys } from '../api/index.ts';
import type { Booking, DonationSlot, Person } from '../api/types.ts';
import { useSession } from '../auth/use-session.ts';
import { dateOf, procedureOf } from '../lib/params.ts';
import { RULES_NEED, whatIsMissing } from '../lib/profile.ts';
import { dateIn, fullDate, moment, span, timeOf } from '../lib/time.ts';
import { BookingCard } from '../ui/booking-card.tsx';
import { SignInButton } from '../ui/gate.tsx';
import { TickIcon, WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Needs } from '../ui/shifts.tsx';
import {
  ActionError,
  Answers,
  ComingLine,
  Empty,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  Reasons,
  useLanguage,
} from '../ui/states.tsx';
import { Told } from '../ui/told.tsx';
import { WaitHere } from '../ui/wait-here.tsx';
import { hasWaysOn, WaysOn } from '../ui/ways-on.tsx';
import { Where } from '../ui/where.tsx';

/** Takes a place: one key for this slot in this tab, whatever happens to the page or the line. */
function useBook(slotId: string, invite?: string) {
  const navigate = useNavigate();
  const input = { body: { slotId, ...(invite && { invite }) } };
  const action = `book:${slotId}`;
  const act = useAct('POST /api/bookings', action, { input: slotId ? input : undefined, keepKey: true });
  const [done, setDone] = useState(false);
  const book = async (): Promise<void> => {
    let booking: Booking | undefined = await act.run(input);
    if (booking?.status === 'cancelled') {
      // The key was of an earlier booking of this slot, since given up: this is a new one.
      keys.forget(action);
      booking = await act.run(input);
    }
    if (!booking) return;
    setDone(true);
    await navigate(`/bookings/${booking.bookingId}?done=booked`, { replace: true });
  };
  // Confirmed, but the answer never came: as soon as there is a connection again it is asked for, with the same key.
  const unsure = !act.busy && (act.error?.code === 'offline' || act.error?.code === 'unreadable');
  const again = useRef(book);
  again.current = book;
  useEffect(() => {
    if (!unsure) return;
    const go = (): void => void again.current();
    window.addEventListener('online', go);
    return () => window.removeEventListener('online', go);
  }, [unsure]);
  return { act, book, unsure, done };
}

/** A time that a work unit’s code opens: it is in no other list. */
function useKept(code: string | undefined, slotId: string) {
  const query = useApi(
    'GET /api/invitations/{code}',
    { params: { code: code ?? '' } },
    { staleTime: 2_000, every: 10_000, enabled: code !== undefined },
  );
  const time = query.data?.times.find((each) => each.slotId === slotId);
  const slot: DonationSlot | undefined =
    time && query.data
      ? { ...time, siteId: query.data.siteId, zone: query.data.zone, status: query.data.ended ? 'closed' : 'open' }
      : undefined;
  return { query, slot };
}

/** The donation booking that this person holds already, if any: no second is given beside it. */
function useHeld(enabled: boolean): Booking | undefined {
  const mine = usePages('GET /api/me/bookings', {}, { enabled });
  const now = new Date().toISOString();
  return mine.items.find((each) => each.kind === 'donation' && each.status === 'booked' && each.endsAt > now);
}

/** Refused because the slot itself no longer takes anybody. */
const isTaken = (error: ApiError): boolean =>
  error.reasons.some(({ code }) => code === 'slot-full' || code === 'slot-closed' || code === 'slot-past');

const HELD = new Set(['live-donation-booking', 'overlap', 'rest-needed', 'shift-cap']);

/** Refused for what is already booked, which is the place to look at first. */
const holdsAnother = (error: ApiError): boolean => error.reasons.some(({ code }) => HELD.has(code));

const isFull = (error: ApiError | undefined): boolean =>
  error?.reasons.some(({ code }) => code === 'slot-full') ?? false;

function useHere(): string {
  const { pathname, search } = useLocation();
  return pathname + search;
}

const withReturn = (to: string, here: string, flow = false): string =>
  `${to}?${new URLSearchParams({ return: here, ...(flow && { flow: '1' }) })}`;

/** Check your answers, before a donation is booked. */
export function CheckPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const here = useHere();
  const [search] = useSearchParams();
  const invite = search.get('invite') ?? undefined;
  const siteId = search.get('site') ?? '';
  const slotId = search.get('slot') ?? '';
  const date = dateOf(search.get('date')) ?? '';
  const procedure = procedureOf(search.get('procedure')) ?? 'whole-blood';
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000, enabled: siteId !== '' });
  const slots = useApi(
    'GET /api/sites/{siteId}/slots',
    { params: { siteId }, query: { from: date, to: date, procedure } },
    { staleTime: 2_000, every: 10_000, enabled: siteId !== '' && date !== '' && !invite },
  );
  const kept = useKept(invite, slotId);
  const slot = invite ? kept.slot : slots.data?.items.find((each) => each.slotId === slotId);
  const session = useSession();
  const me = useMe();
  const { act, book, unsure, done } = useBook(slotId, invite);
  const held = useHeld(session !== undefined);
  const taken = act.error !== undefined && isTaken(act.error);
  const { refetch } = invite ? kept.query : slots;
  useEffect(() => {
    if (taken) void refetch();
  }, [taken, refetch]);
  const full = slot !== undefined && (taken || (slot.free === 0 && !act.busy && !act.error));
  const checkOf = (other: DonationSlot): string =>
    `/donate/check?${new URLSearchParams({ site: siteId, procedure, date: other.date, slot: other.slotId })}`;
  const again = invite ? `/i/${invite}` : `/donate/${siteId}?${new URLSearchParams({ procedure, date })}`;

  const offered = invite ? kept.query : slots;
  const failed = site.error ?? offered.error;
  const broken = !siteId || !slotId || !date;
  return (
    <Page title={t('check.title')} back={broken ? '/donate' : again} eyebrow={t('nav.donate')}>
      {broken || (offered.data && !slot) ? (
        <Empty title={t('check.gone')}>
          <LinkButton to={broken ? '/donate' : again}>{t('slots.title')}</LinkButton>
        </Empty>
      ) : failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void offered.refetch();
          }}
        />
      ) : (
        <>
          <Answers
            rows={[
              ...(me.data
                ? [whoRow(me.data, t('check.who'), t('check.nameMissing'), withReturn('/profile/edit/name', here))]
                : []),
              {
                term: t('check.what'),
                value: t(`procedureLong.${procedure}`),
                change: { to: `/donate?procedure=${procedure}`, label: t('check.what') },
              },
              {
                term: t('check.where'),
                value: (
                  <>
                    {site.data ? site.data.name[language] : <ComingLine />}
                    <br />
                    <span className="muted">
                      {site.data && slot ? (slot.stop?.[language] ?? site.data.address[language]) : <ComingLine />}
                    </span>
                  </>
                ),
                change: { to: `/donate?procedure=${procedure}`, label: t('check.where') },
              },
              {
                term: t('check.when'),
                value: <b>{slot ? span(slot.startsAt, slot.endsAt, slot.zone, language) : <ComingLine />}</b>,
                change: { to: again, label: t('check.when') },
              },
            ]}
          />
          {!slot && <Loading lines={0} />}
          {!session ? (
            <SignInCard here={here} expired={act.error?.code === 'not-signed-in'} />
          ) : me.error ? (
            <LoadError error={me.error} retry={() => void me.refetch()} />
          ) : !me.data || !slot ? (
            <Loading lines={1} />
          ) : held && !act.busy && !done ? (
            <Held booking={held} same={held.slotId === slotId} />
          ) : (
            <EligibilityCheck siteId={siteId} date={slot.date} procedure={slot.procedure} me={me.data} here={here}>
              {full && !taken && (
                <div className="notice notice-warn" role="status">
                  <WarnIcon />
                  <p>{t('check.full')}</p>
                </div>
              )}
              {slot.status === 'open' && (slot.free === 0 || isFull(act.error)) && !act.busy && !invite && (
                <WaitHere slotId={slot.slotId} />
              )}
              {act.error && (
                <ActionError error={act.error}>
                  {unsure ? (
                    <p>{t('find.unsure')}</p>
                  ) : act.error.next ? (
                    <p>
                      <Link
                        to={`/donate/check?${new URLSearchParams({
                          site: act.error.next.siteId,
                          procedure: slot.procedure,
                          date: dateIn(slot.zone, act.error.next.startsAt),
                          slot: act.error.next.slotId,
                        })}`}
                        onClick={act.reset}
                      >
                        {t('error.nextFree', { when: moment(act.error.next.startsAt, slot.zone, language) })}
                      </Link>
                    </p>
                  ) : (
                    <p>
                      {holdsAnother(act.error) ? (
                        <Link to="/bookings">{t('nav.bookings')}</Link>
                      ) : (
                        <Link to={again}>{t('slots.others')}</Link>
                      )}
                    </p>
                  )}
                </ActionError>
              )}
              {full ? (
                <Nearest slots={slots.data?.items ?? []} wanted={slot} linkOf={checkOf} others={again} go={act.reset} />
              ) : (
                <>
                  <p className="muted">{t('check.agree')}</p>
                  <Button fullWidth onClick={() => void book()} loading={act.busy} size="lg">
                    {t(unsure ? 'find.sure' : 'check.confirm')}
                  </Button>
                </>
              )}
              <Progress act={act} />
            </EligibilityCheck>
          )}
        </>
      )}
    </Page>
  );
}

function whoRow(me: Person, term: string, missing: string, to: string) {
  return {
    term,
    value: (
      <>
        {me.name ?? <span className="bad">{missing}</span>}
        <br />
        <span className="muted">{dialled(me.phone)}</span>
      </>
    ),
    change: { to, label: term },
  };
}

const NEAREST = 6;

/** The times of that day that are closest to the one that has gone, at once, so that nobody has to start over. */
function Nearest({
  slots,
  wanted,
  linkOf,
  others,
  go,
}: {
  readonly slots: readonly DonationSlot[];
  readonly wanted: DonationSlot;
  readonly linkOf: (slot: DonationSlot) => string;
  readonly others: string;
  readonly go: () => void;
}) {
  const { t } = useTranslation();
  const now = new Date().toISOString();
  const away = (slot: DonationSlot): number => Math.abs(Date.parse(slot.startsAt) - Date.parse(wanted.startsAt));
  const near = slots
    .filter((slot) => slot.status === 'open' && slot.free > 0 && slot.startsAt > now && slot.slotId !== wanted.slotId)
    .sort((a, b) => away(a) - away(b))
    .slice(0, NEAREST)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  return (
    <section className="others nearest" aria-labelledby="nearest">
      <h2 id="nearest">{t(near.length > 0 ? 'find.nearest' : 'find.nearestNone')}</h2>
      {near.length > 0 && (
        <ul className="chips">
          {near.map((slot) => (
            <li key={slot.slotId}>
              <Link to={linkOf(slot)} className="chip" onClick={go} replace>
                <b>{timeOf(slot.startsAt, slot.zone)}</b>
                <span>{t('slots.free', { free: slot.free })}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <LinkButton to={others} variant="default">
        {t('find.otherDays')}
      </LinkButton>
    </section>
  );
}

/** Somebody who comes back to this page after booking, or in another tab, sees the booking and not the question. */
function Held({ booking, same }: { readonly booking: Booking; readonly same: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="held" aria-labelledby="held">
      <h2 id="held">{t('find.already')}</h2>
      <BookingCard booking={booking} />
      {!same && <p className="muted">{t('find.alreadyChange')}</p>}
    </section>
  );
}

function SignInCard({ here, expired = false }: { readonly here: string; readonly expired?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="card" data-for="guests">
      <p role={expired ? 'alert' : undefined}>{t(expired ? 'find.expired' : 'check.signInText')}</p>
      <SignInButton returnTo={here}>{t('check.signIn')}</SignInButton>
    </div>
  );
}

/** The rules' verdict for that day, and below it what to do when it is yes. */
function EligibilityCheck({
  siteId,
  date,
  procedure,
  me,
  here,
  children,
}: {
  readonly siteId: string;
  readonly date: string;
  readonly procedure: Procedure;
  readonly me: Person;
  readonly here: string;
  readonly children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const answer = useApi('GET /api/me/eligibility', { query: { siteId, date } });
  if (answer.error) return <LoadError error={answer.error} retry={() => void answer.refetch()} />;
  const verdict = answer.data?.procedures.find((each) => each.procedure === procedure);
  if (!answer.data || !verdict) return <Loading lines={1} />;
  const missing = whatIsMissing(me);
  const incomplete = verdict.reasons.some(({ code }) => code === 'profile-incomplete') || missing.length > 0;
  const name = t(`procedureInText.${procedure}`);
  return (
    <>
      <section aria-labelledby="eligible" className={verdict.ok && !incomplete ? 'verdict verdict-ok' : 'verdict'}>
        <h2 id="eligible">
          {verdict.ok && !incomplete ? <TickIcon /> : <WarnIcon />}
          {t('check.eligibility')}
        </h2>
        {incomplete ? (
          <>
            <p>
              {t('check.incomplete', {
                what: (missing.length > 0 ? missing : RULES_NEED)
                  .map((field) => t(`check.missing.${field}`))
                  .join(t('check.and')),
              })}
            </p>
            <LinkButton to={withReturn(`/profile/edit/${missing[0] ?? RULES_NEED[0]}`, here, true)}>
              {t('check.complete')}
            </LinkButton>
          </>
        ) : verdict.ok ? (
          <p>{t('check.ok', { procedure: name })}</p>
        ) : (
          <>
            <p>{t('check.no', { procedure: name })}</p>
            <Reasons reasons={verdict.reasons} />
            <Told told={answer.data.told} />
            {verdict.reasons.some(({ code }) => code === 'extended-age-not-open') && (
              <p>
                <Link to={withReturn('/profile/edit/extended-age', here)}>{t('check.wish')}</Link>
              </p>
            )}
            {verdict.reasons.some(({ code }) => code === 'own-answers') && (
              <p>
                <Link to="/precheck/check">{t('check.ownAnswers')}</Link>
              </p>
            )}
            {verdict.from && (
              <LinkButton
                to={`/donate/${siteId}?${new URLSearchParams({ procedure, from: verdict.from, date: verdict.from })}`}
                variant="default"
              >
                {t('check.seeFrom', { date: fullDate(verdict.from, language) })}
              </LinkButton>
            )}
          </>
        )}
        <p className="small muted">
          {t('check.pack', { name: answer.data.pack.name[language], source: answer.data.pack.source })}
        </p>
      </section>
      {verdict.ok && !incomplete && children}
    </>
  );
}

/** Check your answers, before a shift is signed up for. */
export function ShiftCheckPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const here = useHere();
  const { eventId = '' } = useParams();
  const [search] = useSearchParams();
  const slotId = search.get('slot') ?? '';
  const event = useApi('GET /api/events/{eventId}', { params: { eventId } }, { staleTime: 2_000 });
  const shift = event.data?.shifts.find((each) => each.slotId === slotId);
  const session = useSession();
  const me = useMe();
  const { act, book, done } = useBook(slotId);
  const full = shift !== undefined && !act.busy && !done && (isFull(act.error) || (shift.free ?? 0) === 0);
  return (
    <Page title={t('check.titleShift')} back={`/events/${eventId}`} eyebrow={t('nav.events')}>
      {event.error ? (
        <LoadError error={event.error} retry={() => void event.refetch()} />
      ) : !event.data ? (
        <Loading />
      ) : !shift ? (
        <Empty title={t('check.gone')}>
          <LinkButton to={`/events/${eventId}`}>{t('events.shifts')}</LinkButton>
        </Empty>
      ) : (
        <>
          <Answers
            rows={[
              ...(me.data
                ? [whoRow(me.data, t('check.who'), t('check.nameMissing'), withReturn('/profile/edit/name', here))]
                : []),
              {
                term: t('check.role'),
                value: (
                  <>
                    {shift.role[language]}
                    <br />
                    <span className="muted">{event.data.title[language]}</span>
                    <br />
                    <Needs shift={shift} />
                  </>
                ),
                change: { to: `/events/${eventId}`, label: t('check.role') },
              },
              {
                term: t('check.where'),
                value: <Where of={{ place: event.data.community, address: event.data.address }} />,
              },
              {
                term: t('check.when'),
                value: <b>{span(shift.startsAt, shift.endsAt, event.data.zone, language)}</b>,
                change: { to: `/events/${eventId}`, label: t('check.when') },
              },
            ]}
          />
          {!session ? (
            <SignInCard here={here} />
          ) : me.error ? (
            <LoadError error={me.error} retry={() => void me.refetch()} />
          ) : !me.data ? (
            <Loading lines={1} />
          ) : full ? (
            <WaitHere slotId={slotId} shift>
              {(error) =>
                hasWaysOn(error) ? (
                  <WaysOn error={error} eventId={eventId} />
                ) : holdsAnother(error) ? (
                  <Link to="/bookings">{t('nav.bookings')}</Link>
                ) : null
              }
            </WaitHere>
          ) : (
            <>
              {act.error && (
                <ActionError error={act.error}>
                  {hasWaysOn(act.error) ? (
                    <WaysOn error={act.error} eventId={eventId} />
                  ) : (
                    <p>
                      {holdsAnother(act.error) ? (
                        <Link to="/bookings">{t('nav.bookings')}</Link>
                      ) : (
                        <Link to={`/events/${eventId}`}>{t('events.shifts')}</Link>
                      )}
                    </p>
                  )}
                </ActionError>
              )}
              <p className="muted">{t('check.agreeShift')}</p>
              <Button fullWidth onClick={() => void book()} loading={act.busy} size="lg">
                {t('check.confirmShift')}
              </Button>
              <Progress act={act} />
            </>
          )}
        </>
      )}
    </Page>
  );
}
