import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { EventView } from '../api/types.ts';
import { dateIn, dayName, span, timeOf } from '../lib/time.ts';
import { Work } from '../staff/frame.tsx';
import { Page } from '../ui/page.tsx';
import { Answers, Empty, Good, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';
import { useMyEvent } from './use-mine.ts';

export function EventOfMinePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="organiser" title={t('organise.title')}>
      {() => <One />}
    </Work>
  );
}

function One() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const [search] = useSearchParams();
  const { organisationId, event, missing, events } = useMyEvent();
  const done = (['published', 'cancelled', 'saved'] as const).find((each) => each === search.get('done'));
  return (
    <Page
      title={event?.title[language] ?? t('organise.title')}
      back={`/organise/${organisationId}`}
      eyebrow={event && t(`organise.status.${event.status}`)}
    >
      {events.error ? (
        <LoadError error={events.error} retry={() => void events.refetch()} />
      ) : missing ? (
        <Empty title={t('pages:error.code.not-found')} />
      ) : !event ? (
        <Loading />
      ) : (
        <>
          {done && <Good>{t(`organise.${done}`)}</Good>}
          <Summary event={event} />
          <Ways event={event} />
        </>
      )}
    </Page>
  );
}

/** What an event is, in both languages, so that a slip in one is seen before it is published. */
export function Summary({ event }: { readonly event: EventView }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const both = (text: { zh: string; en: string }) => (
    <>
      <span lang="zh-CN">{text.zh}</span>
      <br />
      <span lang="en" className="muted">
        {text.en}
      </span>
    </>
  );
  return (
    <>
      <Answers
        rows={[
          { term: t('form.title'), value: both(event.title) },
          { term: t('pages:check.when'), value: span(event.startsAt, event.endsAt, event.zone, language) },
          { term: t('form.district'), value: both(event.district) },
          { term: t('form.community'), value: both(event.community) },
          { term: t('form.address'), value: both(event.address) },
          { term: t('form.contactPhone'), value: <Tel phone={event.contactPhone} /> },
          { term: t('form.content'), value: both(event.content) },
          ...(['conditions', 'risks', 'support'] as const).flatMap((name) => {
            const text = event[name];
            return text ? [{ term: t(`form.${name}`), value: both(text) }] : [];
          }),
        ]}
      />
      <section aria-labelledby="shifts">
        <h2 id="shifts">{t('organise.shifts')}</h2>
        <ul className="shifts">
          {event.shifts.map((shift) => (
            <li key={shift.shiftId} className="shift">
              <div>
                <b>
                  {shift.role.zh} · {shift.role.en}
                </b>
                <span>
                  {dayName(shift.date, language)} {timeOf(shift.startsAt, event.zone)}–
                  {timeOf(shift.endsAt, event.zone)}
                </span>
                {shift.minAge !== undefined && (
                  <span className="small muted">{t('pages:check.minAge', { years: shift.minAge })}</span>
                )}
              </div>
              <span>
                {shift.free === undefined
                  ? t('organise.places', { places: shift.places })
                  : t('organise.signedUp', {
                      taken: shift.places - shift.free - (shift.held ?? 0),
                      places: shift.places,
                    })}
                {shift.held ? (
                  <>
                    <br />
                    <span className="small muted">{t('organise.kept', { count: shift.held })}</span>
                  </>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Ways({ event }: { readonly event: EventView }) {
  const { t } = useTranslation('work');
  const own = `/organise/${event.organisationId}/${event.eventId}`;
  return (
    <div className="row">
      {event.status === 'draft' && (
        <>
          <LinkButton to={`${own}/publish`}>{t('organise.publish')}</LinkButton>
          <LinkButton to={`${own}/edit`} variant="default">
            {t('organise.edit')}
          </LinkButton>
        </>
      )}
      {event.status === 'published' && (
        <>
          <LinkButton to={`${own}/roster?date=${dateIn(event.zone, event.startsAt)}`}>
            {t('organise.roster')}
          </LinkButton>
          <LinkButton to={`/events/${event.eventId}`} variant="default">
            {t('organise.view')}
          </LinkButton>
        </>
      )}
      {(event.status === 'draft' || event.status === 'published') && (
        <LinkButton to={`${own}/cancel`} variant="subtle">
          {t('organise.cancel')}
        </LinkButton>
      )}
    </div>
  );
}
