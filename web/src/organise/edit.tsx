import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { dateIn } from '../lib/time.ts';
import { Work } from '../staff/frame.tsx';
import { Page } from '../ui/page.tsx';
import { LoadError, Loading } from '../ui/states.tsx';
import { EventForm } from './event-form.tsx';
import { copyOf, type EventValues, emptyEvent, valuesOf } from './event-values.ts';
import { MyEventPage } from './mine.tsx';
import { useMine } from './use-mine.ts';

/** A new draft: empty, or with all of another event that it copies. */
export function NewEventPage() {
  const { t } = useTranslation('work');
  const [search] = useSearchParams();
  const from = search.get('from');
  return (
    <Work needs="organiser" title={t(from ? 'run.copy.title' : 'form.newTitle')}>
      {() => (from ? <Copy from={from} /> : <New />)}
    </Work>
  );
}

function New() {
  const { t } = useTranslation('work');
  const { organisationId, events } = useMine();
  return (
    <Page title={t('form.newTitle')} lead={t('form.lead')} back={`/organise/${organisationId}`}>
      {events.error ? (
        <LoadError error={events.error} retry={() => void events.refetch()} />
      ) : !events.data ? (
        <Loading />
      ) : (
        <NewDraft
          organisationId={organisationId}
          name={`new:${organisationId}`}
          initial={emptyEvent(events.items[0]?.zone)}
        />
      )}
    </Page>
  );
}

function Copy({ from }: { readonly from: string }) {
  const { t } = useTranslation('work');
  const { organisationId } = useMine();
  const desk = useApi('GET /api/events/{eventId}/desk', { params: { eventId: from } });
  const event = desk.data?.event;
  return (
    <Page title={t('run.copy.title')} lead={t('run.copy.lead')} back={`/organise/${organisationId}/${from}`}>
      {desk.error ? (
        <LoadError error={desk.error} retry={() => void desk.refetch()} />
      ) : !event ? (
        <Loading />
      ) : (
        <NewDraft
          organisationId={organisationId}
          name={`copy:${organisationId}:${from}`}
          initial={copyOf(event, dateIn(event.zone, new Date()))}
        />
      )}
    </Page>
  );
}

function NewDraft({
  organisationId,
  name,
  initial,
}: {
  readonly organisationId: string;
  readonly name: string;
  readonly initial: EventValues;
}) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const act = useAct('POST /api/events', `event:${name}`);
  return (
    <EventForm
      name={name}
      initial={initial}
      act={act}
      submit={t('form.save')}
      save={async (body) => {
        const saved = await act.run({ body: { organisationId, ...body } });
        if (!saved) return false;
        await navigate(`/organise/${organisationId}/${saved.eventId}?done=saved`, { replace: true });
        return true;
      }}
    />
  );
}

export function EditEventPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('form.editTitle')} lead={t('form.lead')}>
      {({ event, own }) => <Draft event={event} own={own} />}
    </MyEventPage>
  );
}

function Draft({ event, own }: { readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const act = useAct('PUT /api/events/{eventId}', `event:${event.eventId}`);
  return (
    <EventForm
      name={`${event.eventId}:${event.version}`}
      initial={valuesOf(event)}
      act={act}
      submit={t('form.save')}
      // Sent here to complete it: what is missing is said at its fields before anything is typed.
      isComplete={search.has('complete')}
      save={async (body) => {
        const saved = await act.run({
          params: { eventId: event.eventId },
          body: { organisationId: event.organisationId, ...body, version: event.version },
        });
        if (!saved) return false;
        await navigate(search.has('complete') ? `${own}/publish` : `${own}?done=saved`, { replace: true });
        return true;
      }}
    />
  );
}
