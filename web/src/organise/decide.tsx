import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAct } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { Work } from '../staff/frame.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, LinkButton, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Summary } from './event.tsx';
import { NOTICES } from './event-values.ts';
import { takenOf, useMyEvent } from './use-mine.ts';

/** Check before people can sign up. */
export function PublishEventPage() {
  return <Decide what="publish" />;
}

/** Asks once more before everyone is told. */
export function CancelEventPage() {
  return <Decide what="cancel" />;
}

type What = 'publish' | 'cancel';

function Decide({ what }: { readonly what: What }) {
  const { t } = useTranslation('work');
  return (
    <Work needs="organiser" title={t(`organise.${what}Title`)}>
      {() => <Asked what={what} />}
    </Work>
  );
}

function Asked({ what }: { readonly what: What }) {
  const { t } = useTranslation(['work', 'pages']);
  const { organisationId, event, missing, events } = useMyEvent();
  return (
    <Page title={t(`organise.${what}Title`)} back={`/organise/${organisationId}${event ? `/${event.eventId}` : ''}`}>
      {events.error ? (
        <LoadError error={events.error} retry={() => void events.refetch()} />
      ) : missing ? (
        <Empty title={t('pages:error.code.not-found')} />
      ) : !event ? (
        <Loading />
      ) : (
        <Confirm what={what} event={event} />
      )}
    </Page>
  );
}

function Confirm({ what, event }: { readonly what: What; readonly event: EventView }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const navigate = useNavigate();
  const act = useAct(`POST /api/events/{eventId}/${what}`, `${what}:${event.eventId}`);
  const own = `/organise/${event.organisationId}/${event.eventId}`;
  const decide = async (): Promise<void> => {
    const done = await act.run({ params: { eventId: event.eventId }, body: { version: event.version } });
    if (done) await navigate(`${own}?done=${what === 'publish' ? 'published' : 'cancelled'}`, { replace: true });
  };
  return (
    <>
      {what === 'publish' ? <Summary event={event} /> : <p className="strong">{event.title[language]}</p>}
      <p>{what === 'publish' ? t('organise.publishText') : t('organise.cancelText', { taken: takenOf(event) })}</p>
      {act.error && (
        <ActionError error={act.error}>
          {act.error.fields.length > 0 && (
            <>
              <ul className="plain">
                {act.error.fields.map(({ path, message }) => {
                  const name = NOTICES.find((each) => each === path);
                  return <li key={path}>{`${name ? t(`form.${name}`) : path}: ${message}`}</li>;
                })}
              </ul>
              <Link to={`${own}/edit`}>{t('organise.complete')}</Link>
            </>
          )}
        </ActionError>
      )}
      <div className="row">
        <Button loading={act.busy} onClick={() => void decide()}>
          {t(`organise.${what}Yes`)}
        </Button>
        <LinkButton to={own} variant="default">
          {t('organise.goBack')}
        </LinkButton>
      </div>
      <Progress act={act} />
    </>
  );
}
