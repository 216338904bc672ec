import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { restWords } from '../../../shared/domain/rest.ts';
import { CATEGORY_NAMES } from '../../../shared/domain/service-categories.ts';
import { useAct } from '../api/hooks.ts';
import type { EventView, Shift } from '../api/types.ts';
import { listed } from '../lib/listed.ts';
import { dateIn, dayName, moment, span, timeOf } from '../lib/time.ts';
import { Work } from '../staff/frame.tsx';
import { Page } from '../ui/page.tsx';
import { Needs } from '../ui/shifts.tsx';
import { ActionError, Answers, Empty, Good, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';
import { NOTICES } from './event-values.ts';
import { type Desk, type ShiftFill, useMyEvent } from './use-mine.ts';

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
  const { organisationId, own, event, desk, missing } = useMyEvent({ live: true });
  const done = (['published', 'cancelled', 'saved', 'changed'] as const).find((each) => each === search.get('done'));
  return (
    <Page
      title={event?.title[language] ?? t('organise.title')}
      back={`/organise/${organisationId}`}
      eyebrow={event && t(`organise.status.${event.status}`)}
    >
      {missing ? (
        <Empty title={t('pages:error.code.not-found')} />
      ) : desk.error && !desk.data ? (
        <LoadError error={desk.error} retry={() => void desk.refetch()} />
      ) : !desk.data || !event ? (
        <Loading />
      ) : (
        <>
          {done && <Good>{done === 'changed' ? t('run.change.done') : t(`organise.${done}`)}</Good>}
          {event.isChanging && <p role="status">{t('run.change.going')}</p>}
          {desk.data.part === 'invited' && <Invited event={event} organisationId={organisationId} />}
          <Ways desk={desk.data} own={own} />
          <Summary event={event} fills={desk.data.shifts} />
        </>
      )}
    </Page>
  );
}

/** What another organisation asks of this one. */
function Invited({ event, organisationId }: { readonly event: EventView; readonly organisationId: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { eventId } = event;
  const act = useAct('POST /api/events/{eventId}/cohosts/{organisationId}/answer', `cohost:${eventId}`);
  const answer = (accept: boolean) => void act.run({ params: { eventId, organisationId }, body: { accept } });
  return (
    <section className="card" aria-labelledby="asked">
      <h2 id="asked">{t('run.cohosts.asked', { name: event.organisation[language] })}</h2>
      <p>{t('run.cohosts.askedText')}</p>
      {act.error && <ActionError error={act.error} />}
      <div className="row">
        <Button loading={act.busy} onClick={() => answer(true)}>
          {t('run.cohosts.accept')}
        </Button>
        <Button variant="default" disabled={act.busy} onClick={() => answer(false)}>
          {t('run.cohosts.decline')}
        </Button>
      </div>
    </section>
  );
}

/** What an event is, in both languages, so that a slip in one is seen before it is published. */
export function Summary({ event, fills = [] }: { readonly event: EventView; readonly fills?: readonly ShiftFill[] }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const both = (text: { zh: string; en: string }): ReactNode => (
    <>
      <span lang="zh-CN">{text.zh}</span>
      <br />
      <span lang="en" className="muted">
        {text.en}
      </span>
    </>
  );
  const at = (instant: string): string => moment(instant, event.zone, language);
  const short = fills.filter(({ isShort }) => isShort).length;
  const signUp = [
    event.opensAt && t('run.desk.opens', { when: at(event.opensAt) }),
    event.closesAt && t('run.desk.closes', { when: at(event.closesAt) }),
    event.mostShifts && t('run.desk.most', { count: event.mostShifts }),
    event.mostTeam && t('run.desk.team', { count: event.mostTeam }),
    event.restMinutes && t('run.desk.rest', { span: restWords(event.restMinutes)[language] }),
  ].filter((each) => each);
  return (
    <>
      <section aria-labelledby="shifts">
        <h2 id="shifts">{t('organise.shifts')}</h2>
        {short > 0 && <p className="bad">{t('run.desk.allShort', { count: short })}</p>}
        {signUp.length > 0 && <p className="muted">{signUp.join(' · ')}</p>}
        <ul className="shifts">
          {event.shifts.map((shift) => (
            <ShiftLine
              key={shift.shiftId}
              event={event}
              shift={shift}
              fill={fills.find(({ shiftId }) => shiftId === shift.shiftId)}
            />
          ))}
        </ul>
      </section>
      <Answers
        rows={[
          { term: t('form.title'), value: both(event.title) },
          { term: t('pages:check.when'), value: span(event.startsAt, event.endsAt, event.zone, language) },
          ...(event.cohosts
            ? [
                {
                  term: t('run.cohosts.title'),
                  value: listed(
                    event.cohosts.map(({ name, status }) => `${name[language]} (${t(`run.cohosts.status.${status}`)})`),
                    language,
                  ),
                },
              ]
            : []),
          { term: t('form.district'), value: both(event.district) },
          { term: t('form.community'), value: both(event.community) },
          { term: t('form.address'), value: both(event.address) },
          { term: t('form.contactPhone'), value: <Tel phone={event.contactPhone} /> },
          { term: t('form.content'), value: both(event.content) },
          { term: t('form.category'), value: both(CATEGORY_NAMES[event.category]) },
          ...NOTICES.flatMap((name) => {
            const text = event[name];
            return text ? [{ term: t(`form.${name}`), value: both(text) }] : [];
          }),
        ]}
      />
    </>
  );
}

/** A shift, how far it is filled, and whether that is enough for it to go ahead. */
function ShiftLine({
  event,
  shift,
  fill,
}: {
  readonly event: EventView;
  readonly shift: Shift;
  readonly fill: ShiftFill | undefined;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const isShown = fill !== undefined && event.status === 'published';
  return (
    <li className={isShown && fill.isShort ? 'shift is-short' : 'shift'}>
      <div>
        <b>
          <span lang="zh-CN">{shift.role.zh}</span> · <span lang="en">{shift.role.en}</span>
        </b>
        <span>
          {dayName(shift.date, language)} {timeOf(shift.startsAt, event.zone)}–{timeOf(shift.endsAt, event.zone)}
        </span>
        <Needs shift={shift} />
        {isShown && <Fill shift={shift} fill={fill} />}
      </div>
      {!isShown && <span>{t('organise.places', { places: shift.places })}</span>}
    </li>
  );
}

function Fill({ shift, fill }: { readonly shift: Shift; readonly fill: ShiftFill }) {
  const { t } = useTranslation('work');
  const { places, minimum = 0, held = 0 } = shift;
  const { taken, kept, waiting, isShort } = fill;
  const left = places - taken - held - kept;
  return (
    <span className="fill">
      <span className="fill-bar" aria-hidden="true">
        <span className={isShort ? 'fill-short' : ''} style={{ width: `${Math.round((taken / places) * 100)}%` }} />
        {minimum > 0 && <i style={{ left: `${Math.round((minimum / places) * 100)}%` }} />}
      </span>
      <span className="small">
        {t('run.desk.taken', { taken, places })}
        {isShort ? (
          <b className="bad"> · {t('run.desk.short', { count: minimum - taken })}</b>
        ) : (
          ` · ${left > 0 ? t('run.desk.room', { count: left }) : t('run.desk.full')}`
        )}
        {held > 0 && ` · ${t('organise.kept', { count: held })}`}
        {kept > 0 && ` · ${t('run.desk.kept', { count: kept })}`}
        {waiting > 0 && ` · ${t('run.desk.waiting', { count: waiting })}`}
      </span>
    </span>
  );
}

function Ways({ desk: { event, part }, own }: { readonly desk: Desk; readonly own: string }) {
  const { t } = useTranslation('work');
  const isOwner = part === 'owner';
  const stands = event.status === 'draft' || event.status === 'published';
  return (
    <div className="row">
      {event.status === 'draft' && isOwner && (
        <>
          <LinkButton to={`${own}/publish`}>{t('organise.publish')}</LinkButton>
          <LinkButton to={`${own}/edit`} variant="default">
            {t('organise.edit')}
          </LinkButton>
        </>
      )}
      {event.status === 'published' && part !== 'invited' && <LinkButton to={`${own}/day`}>{t('day.go')}</LinkButton>}
      {event.status === 'published' && part !== 'invited' && (
        <LinkButton to={`${own}/roster?date=${dateIn(event.zone, event.startsAt)}`} variant="default">
          {t('organise.roster')}
        </LinkButton>
      )}
      {event.status === 'published' && isOwner && event.insures && (
        <LinkButton to={`${own}/insurance?date=${dateIn(event.zone, event.startsAt)}`} variant="default">
          {t('run.insurance.title')}
        </LinkButton>
      )}
      {event.status === 'published' && part !== 'invited' && (
        <>
          <LinkButton to={`${own}/sign-up`} variant="default">
            {t('run.signUpFor.go')}
          </LinkButton>
          <LinkButton to={`${own}/note`} variant="default">
            {t('run.note.go')}
          </LinkButton>
          <LinkButton to={`${own}/share`} variant="default">
            {t('run.share.go')}
          </LinkButton>
        </>
      )}
      {event.status === 'published' && isOwner && (
        <LinkButton to={`${own}/change`} variant="default">
          {t('run.change.go')}
        </LinkButton>
      )}
      {event.status === 'published' && (
        <LinkButton to={`/events/${event.eventId}`} variant="default">
          {t('organise.view')}
        </LinkButton>
      )}
      {stands && part !== 'invited' && (
        <LinkButton to={`${own}/cohosts`} variant="default">
          {t('run.cohosts.title')}
        </LinkButton>
      )}
      {event.status === 'published' && isOwner && (
        <LinkButton to={`${own}/drive`} variant="default">
          {t('drives.ask.title')}
        </LinkButton>
      )}
      {isOwner && (
        <LinkButton to={`/organise/${event.organisationId}/new?from=${event.eventId}`} variant="default">
          {t('run.copy.go')}
        </LinkButton>
      )}
      {stands && isOwner && (
        <LinkButton to={`${own}/${event.seriesId ? 'series' : 'repeat'}`} variant="default">
          {t(event.seriesId ? 'run.series.go' : 'run.repeat.go')}
        </LinkButton>
      )}
      {stands && isOwner && (
        <LinkButton to={`${own}/cancel`} variant="subtle">
          {t('organise.cancel')}
        </LinkButton>
      )}
    </div>
  );
}
