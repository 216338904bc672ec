import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { Work } from '../staff/frame.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading } from '../ui/states.tsx';
import { EventForm } from './event-form.tsx';
import { emptyEvent, valuesOf } from './event-values.ts';
import { useMine, useMyEvent } from './use-mine.ts';

export function NewEventPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="organiser" title={t('form.newTitle')}>
      {() => <New />}
    </Work>
  );
}

function New() {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const { organisationId, events } = useMine();
  const act = useAct('POST /api/events', `event:new:${organisationId}`);
  const zone = events.items[0]?.zone;
  return (
    <Page title={t('form.newTitle')} lead={t('form.lead')} back={`/organise/${organisationId}`}>
      {events.error ? (
        <LoadError error={events.error} retry={() => void events.refetch()} />
      ) : !events.data ? (
        <Loading />
      ) : (
        <EventForm
          name={`new:${organisationId}`}
          initial={emptyEvent(zone)}
          act={act}
          save={async (body) => {
            const saved = await act.run({ body: { organisationId, ...body } });
            if (!saved) return false;
            await navigate(`/organise/${organisationId}/${saved.eventId}?done=saved`, { replace: true });
            return true;
          }}
        />
      )}
    </Page>
  );
}

export function EditEventPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="organiser" title={t('form.editTitle')}>
      {() => <Edit />}
    </Work>
  );
}

function Edit() {
  const { t } = useTranslation(['work', 'pages']);
  const { organisationId, event, missing, events } = useMyEvent();
  const back = `/organise/${organisationId}${event ? `/${event.eventId}` : ''}`;
  return (
    <Page title={t('form.editTitle')} lead={t('form.lead')} back={back}>
      {events.error ? (
        <LoadError error={events.error} retry={() => void events.refetch()} />
      ) : missing ? (
        <Empty title={t('pages:error.code.not-found')} />
      ) : !event ? (
        <Loading />
      ) : (
        <Draft event={event} own={back} />
      )}
    </Page>
  );
}

function Draft({ event, own }: { readonly event: EventView; readonly own: string }) {
  const navigate = useNavigate();
  const act = useAct('PUT /api/events/{eventId}', `event:${event.eventId}`);
  return (
    <EventForm
      name={`${event.eventId}:${event.version}`}
      initial={valuesOf(event)}
      act={act}
      save={async (body) => {
        const saved = await act.run({
          params: { eventId: event.eventId },
          body: { organisationId: event.organisationId, ...body, version: event.version },
        });
        if (!saved) return false;
        await navigate(`${own}?done=saved`, { replace: true });
        return true;
      }}
    />
  );
}
