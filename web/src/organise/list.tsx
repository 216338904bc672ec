import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { usePages } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { span } from '../lib/time.ts';
import { Work } from '../staff/frame.tsx';
import { ArrowIcon, CalendarIcon, HandsIcon, PinIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { takenOf, useMine, useOrganisations } from './use-mine.ts';

export function OrganisationsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="organiser" title={t('organise.title')}>
      {(me) => {
        const mine = me.roles.flatMap(({ role, scope }) => (role === 'organiser' && scope ? [scope] : []));
        const [only, ...rest] = mine;
        if (only && rest.length === 0) return <Navigate to={`/organise/${only}`} replace />;
        return (
          <Page title={t('organise.choose')} eyebrow={t('organise.title')}>
            {mine.length === 0 ? <Empty title={t('organise.none')} /> : <Choice mine={mine} />}
          </Page>
        );
      }}
    </Work>
  );
}

function Choice({ mine }: { readonly mine: readonly string[] }) {
  const language = useLanguage();
  const all = useOrganisations();
  if (!all) return <Loading />;
  return (
    <ul className="menu">
      {mine.map((organisationId) => (
        <li key={organisationId}>
          <Link to={`/organise/${organisationId}`}>
            <HandsIcon />
            <span>{all.find((each) => each.organisationId === organisationId)?.name[language] ?? organisationId}</span>
            <ArrowIcon size={18} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function EventsOfMinePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="organiser" title={t('organise.title')}>
      {() => <Mine />}
    </Work>
  );
}

function Mine() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { organisationId, events } = useMine();
  const name = useOrganisations()?.find((each) => each.organisationId === organisationId)?.name[language];
  const add = <LinkButton to={`/organise/${organisationId}/new`}>{t('organise.new')}</LinkButton>;
  return (
    <Page title={t('organise.title')} eyebrow={name} wide>
      <Cohosted />
      {events.error ? (
        <LoadError error={events.error} retry={() => void events.refetch()} />
      ) : !events.data ? (
        <Loading lines={4} />
      ) : events.items.length === 0 ? (
        <Empty title={t('organise.empty')}>
          <p>{t('organise.emptyText')}</p>
          {add}
        </Empty>
      ) : (
        <>
          <div className="row">
            {add}
            <LinkButton to={`/organise/${organisationId}/hours`} variant="default">
              {t('hours.title')}
            </LinkButton>
          </div>
          <ul className="cards cards-two">
            {events.items.map((event) => (
              <Card key={event.eventId} event={event} to={`/organise/${organisationId}/${event.eventId}`} />
            ))}
          </ul>
          {events.hasNextPage && (
            <Button variant="default" loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
              {t('pages:common.more')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

/** Events of others in which this organisation has a part, or is asked to. */
function Cohosted() {
  const { t } = useTranslation('work');
  const { organisationId = '' } = useParams();
  const cohosted = usePages('GET /api/organisations/{organisationId}/cohosted', { params: { organisationId } });
  const shown = cohosted.items.filter(({ status }) => status !== 'declined');
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="cohosted">
      <h2 id="cohosted">{t('run.cohosted')}</h2>
      <ul className="cards cards-two">
        {shown.map(({ event, status }) => (
          <Card
            key={event.eventId}
            event={event}
            to={`/organise/${organisationId}/${event.eventId}`}
            part={t(`run.part.${status}`)}
          />
        ))}
      </ul>
    </section>
  );
}

function Card({ event, to, part }: { readonly event: EventView; readonly to: string; readonly part?: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const places = event.headcount;
  return (
    <li className="site is-event">
      <div className="site-head">
        <h2 className="card-title">
          <Link to={to} className="stretched">
            {event.title[language]}
          </Link>
        </h2>
        <span className={`tag tag-${event.status}`}>{part ?? t(`organise.status.${event.status}`)}</span>
      </div>
      <p className="with-icon">
        <CalendarIcon size={18} />
        {span(event.startsAt, event.endsAt, event.zone, language)}
      </p>
      <p className="with-icon muted">
        <PinIcon size={18} />
        {event.district[language]} · {event.community[language]}
      </p>
      <p className="small muted">
        {event.status === 'draft'
          ? t('organise.places', { places })
          : t('organise.signedUp', { taken: takenOf(event), places })}
      </p>
    </li>
  );
}
