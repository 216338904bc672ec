import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput, DonationSlot, SiteInFull } from '../api/types.ts';
import { procedureOf, withQuery } from '../lib/params.ts';
import { fullDate, moment, timeOf } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { SlotPicker } from '../ui/slot-picker.tsx';
import { ActionError, Empty, LinkButton, LoadError, Loading, Progress, Reasons, useLanguage } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { WhoIs } from './person-finder.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';

type Person = CallOutput<'GET /api/desk/people/{personId}'>;
type Held = Person['bookings'][number];

export function PersonPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.person.title')}>
      {() => <One />}
    </Work>
  );
}

export function usePerson() {
  const { personId = '' } = useParams();
  const { siteId, site, today } = useDesk();
  const person = useApi('GET /api/desk/people/{personId}', { params: { personId }, query: { siteId } });
  return { personId, siteId, site, today, person };
}

function One() {
  const { t } = useTranslation('work');
  const { personId, siteId, site, today, person } = usePerson();
  const [search] = useSearchParams();
  const failed = person.error ?? site.error;
  const moving = person.data?.bookings.find(({ bookingId }) => bookingId === search.get('booking'));
  return (
    <Page
      title={person.data?.name || t('desk.person.title')}
      back={`/staff/${siteId}/people`}
      {...(person.data && { lead: <WhoIs person={person.data} /> })}
    >
      {failed && !person.data ? (
        <LoadError error={failed} retry={() => void person.refetch()} />
      ) : !person.data || !site.data ? (
        <Loading />
      ) : (
        <>
          <section aria-labelledby="held">
            <h2 id="held">{t('desk.person.bookings')}</h2>
            {person.data.bookings.length === 0 && <p>{t('desk.person.noBookings')}</p>}
            {person.data.bookings.map((booking) => (
              <HeldBooking key={booking.bookingId} booking={booking} />
            ))}
          </section>
          {person.data.lacks.length > 0 && (
            <div className="notice notice-warn">
              <div>
                <p>
                  {t('desk.person.lacks', {
                    what: person.data.lacks.map((part) => t(`desk.profile.part.${part}`)).join(t('desk.profile.and')),
                  })}
                </p>
                <LinkButton to={`/staff/${siteId}/people/${personId}/profile`}>{t('desk.profile.title')}</LinkButton>
              </div>
            </div>
          )}
          <p>
            {person.data.lacks.length === 0 && (
              <>
                <Link to={`/staff/${siteId}/people/${personId}/profile`}>{t('desk.profile.weightAnew')}</Link>
                {' · '}
              </>
            )}
            <Link to={`/staff/${siteId}/people/${personId}/phone`}>
              {t(person.data.phoneLast4 ? 'desk.person.phone' : 'desk.person.phoneFirst')}
            </Link>
            {person.data.phoneLast4 && (
              <>
                {' · '}
                <Link to={`/staff/${siteId}/people/${personId}/second-fact`}>{t('desk.person.fact')}</Link>
              </>
            )}
          </p>
          {(person.data.bookings.length === 0 || moving) && (
            <Choose
              person={person.data}
              site={site.data}
              siteId={siteId}
              personId={personId}
              today={today}
              moving={moving}
            />
          )}
        </>
      )}
    </Page>
  );
}

function HeldBooking({ booking }: { readonly booking: Held }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const [search] = useSearchParams();
  const [asking, setAsking] = useState(false);
  const { bookingId, procedure, status } = booking;
  const act = useAct('POST /api/desk/bookings/{bookingId}/cancel', `cancel-for:${bookingId}`);
  const when = moment(booking.startsAt, booking.zone, language);
  const cancel = async (): Promise<void> => {
    if (await act.run({ params: { bookingId }, body: {} })) toast(t('desk.person.cancelled'));
  };
  return (
    <div className="held">
      <p>
        <b>{when}</b> {t(`pages:procedure.${procedure}`)} · {booking.place[language]}
      </p>
      {status === 'booked' && (
        <div className="board-acts">
          <Button
            component={Link}
            size="sm"
            to={withQuery(search, { booking: bookingId, procedure })}
            aria-label={t('desk.person.changeFor', { when })}
          >
            {t('desk.person.change')}
          </Button>
          {asking ? (
            <Button size="sm" color="red" loading={act.busy} onClick={() => void cancel()}>
              {t('desk.person.sure')}
            </Button>
          ) : (
            <Button
              size="sm"
              variant="default"
              onClick={() => setAsking(true)}
              aria-label={t('desk.person.cancelFor', { when })}
            >
              {t('desk.person.cancel')}
            </Button>
          )}
        </div>
      )}
      {act.error && <ActionError error={act.error} />}
    </div>
  );
}

/** What they may give and from when; who is here takes a time of today, who calls chooses one. */
function Choose({
  person,
  site,
  siteId,
  personId,
  today,
  moving,
}: {
  readonly person: Person;
  readonly site: SiteInFull;
  readonly siteId: string;
  readonly personId: string;
  readonly today: string;
  readonly moving: Held | undefined;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const [search] = useSearchParams();
  const chosen: Procedure | undefined = moving?.procedure ?? procedureOf(search.get('procedure'));
  const bookOf = (slot: DonationSlot): string =>
    `/staff/${siteId}/people/${personId}/book?${new URLSearchParams({
      procedure: slot.procedure,
      date: slot.date,
      slot: slot.slotId,
      ...(moving && { booking: moving.bookingId }),
    })}`;
  return (
    <>
      {!moving &&
        person.procedures.map(({ procedure, ok, from, reasons }) => (
          <section key={procedure} className="may-give" aria-labelledby={`may-${procedure}`}>
            <h2 id={`may-${procedure}`}>
              {t(`pages:procedureLong.${procedure}`)}{' '}
              <span className={ok ? 'good' : 'muted'}>
                {ok
                  ? t('desk.person.may')
                  : from
                    ? t('desk.person.from', { date: fullDate(from, language) })
                    : t('desk.person.not')}
              </span>
            </h2>
            {!ok && <Reasons reasons={reasons} />}
            <div className="board-acts">
              {ok && <WalkIn procedure={procedure} siteId={siteId} personId={personId} today={today} />}
              {(ok || from) && (
                <Button
                  component={Link}
                  variant={chosen === procedure ? 'light' : 'default'}
                  to={withQuery(search, { procedure, from: ok ? undefined : from, date: undefined })}
                  aria-label={t('desk.person.bookFor', { procedure: t(`pages:procedure.${procedure}`) })}
                >
                  {t('desk.person.book')}
                </Button>
              )}
            </div>
          </section>
        ))}
      {chosen && (
        <SlotPicker site={site} procedure={chosen} linkOf={bookOf} byHand {...(moving && { except: moving.slotId })} />
      )}
    </>
  );
}

/** The time that is under way, else the next of today that has room. */
function WalkIn({
  procedure,
  siteId,
  personId,
  today,
}: {
  readonly procedure: Procedure;
  readonly siteId: string;
  readonly personId: string;
  readonly today: string;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const slots = useApi('GET /api/donations/slots', { query: { siteId, date: today } }, { every: 15_000 });
  const now = new Date().toISOString();
  const slot = slots.data?.items.find(
    (it) => it.procedure === procedure && it.endsAt > now && it.status === 'open' && it.free > 0,
  );
  const act = useAct('POST /api/desk/bookings', `walk-in:${personId}:${procedure}`);
  const take = async (): Promise<void> => {
    if (!slot) return;
    const done = await act.run({ body: { personId, slotId: slot.slotId, walkIn: true } });
    if (!done) return;
    toast(t('desk.person.walkedIn'));
    await navigate(`/staff/${siteId}/check-in/${done.bookingId}?date=${today}`);
  };
  if (!slots.data) return null;
  if (!slot) return <p className="muted">{t('desk.person.full')}</p>;
  const time = timeOf(slot.startsAt, slot.zone);
  return (
    <>
      <Button
        color="pine"
        loading={act.busy}
        onClick={() => void take()}
        aria-label={t('desk.person.walkInFor', { procedure: t(`pages:procedure.${procedure}`), time })}
      >
        {t('desk.person.walkIn', { time })}
      </Button>
      {act.error && <ActionError error={act.error} />}
    </>
  );
}

export function BookForPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.confirm.title')}>
      {() => <Confirm />}
    </Work>
  );
}

function Confirm() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const navigate = useNavigate();
  const { personId, siteId, person } = usePerson();
  const [search] = useSearchParams();
  const [slotId, date, bookingId] = [search.get('slot') ?? '', search.get('date') ?? '', search.get('booking') ?? ''];
  const procedure = procedureOf(search.get('procedure')) ?? 'whole-blood';
  const slots = useApi(
    'GET /api/sites/{siteId}/slots',
    { params: { siteId }, query: { from: date, to: date, procedure } },
    { enabled: date !== '' },
  );
  const slot = slots.data?.items.find((it) => it.slotId === slotId);
  const moving = person.data?.bookings.find((it) => it.bookingId === bookingId);
  const book = useAct('POST /api/desk/bookings', `book-for:${personId}:${slotId}`);
  const move = useAct('POST /api/desk/bookings/{bookingId}/reschedule', `move-for:${bookingId}:${slotId}`);
  const act = bookingId ? move : book;
  const back = `/staff/${siteId}/people/${personId}?${new URLSearchParams({
    procedure,
    date,
    ...(bookingId && { booking: bookingId }),
  })}`;
  const submit = async (): Promise<void> => {
    const done = bookingId
      ? await move.run({ params: { bookingId }, body: { slotId } })
      : await book.run({ body: { personId, slotId, walkIn: false } });
    if (!done) return;
    const when = moment(done.startsAt, done.zone, language);
    toast(t(bookingId ? 'desk.confirm.changed' : 'desk.confirm.done', { when }));
    await navigate(`/staff/${siteId}/people/${personId}`, { replace: true });
  };
  const failed = person.error ?? slots.error;
  const next = act.error?.next;
  return (
    <Page title={t(bookingId ? 'desk.confirm.titleChange' : 'desk.confirm.title')} back={back}>
      {failed ? (
        <LoadError error={failed} retry={() => void slots.refetch()} />
      ) : !person.data || (date !== '' && !slots.data) ? (
        <Loading />
      ) : !slot ? (
        <Empty title={t('desk.confirm.gone')}>
          <LinkButton to={back}>{t('desk.confirm.choose')}</LinkButton>
        </Empty>
      ) : (
        <>
          <dl className="facts">
            <dt>{t('desk.confirm.who')}</dt>
            <dd>
              {person.data.name} <WhoIs person={person.data} />
            </dd>
            <dt>{t('desk.confirm.what')}</dt>
            <dd>{t(`pages:procedureLong.${procedure}`)}</dd>
            {moving && (
              <>
                <dt>{t('desk.confirm.was')}</dt>
                <dd>{moment(moving.startsAt, moving.zone, language)}</dd>
              </>
            )}
            <dt>{t('desk.confirm.when')}</dt>
            <dd>
              <b>{moment(slot.startsAt, slot.zone, language)}</b>
            </dd>
          </dl>
          {!person.data.phoneLast4 && <p className="muted">{t('desk.confirm.noText')}</p>}
          {act.error && (
            <ActionError error={act.error}>
              {next && next.siteId === siteId && (
                <LinkButton
                  variant="default"
                  to={withQuery(search, { slot: next.slotId, date: next.slotId.split('_')[1] })}
                >
                  {t('desk.confirm.next', { when: moment(next.startsAt, slot.zone, language) })}
                </LinkButton>
              )}
            </ActionError>
          )}
          <Button size="lg" loading={act.busy} onClick={() => void submit()}>
            {t(bookingId ? 'desk.confirm.submitChange' : 'desk.confirm.submit')}
          </Button>
          <Progress act={act} />
        </>
      )}
    </Page>
  );
}
