import { Button, Radio } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput, EventView } from '../api/types.ts';
import { dayName } from '../lib/time.ts';
import { useDraft } from '../lib/use-draft.ts';
import { ActionError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { EventForm } from './event-form.tsx';
import { bodyOf, type EventValues, valuesOf } from './event-values.ts';
import { MyEventPage } from './mine.tsx';
import { useFieldName } from './use-field-name.ts';

/** A published event that is changed: first what, then whom that touches, then it is made. */
export function ChangeEventPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.change.title')} lead={t('run.change.lead')}>
      {({ event, own }) => <Ask event={event} own={own} />}
    </MyEventPage>
  );
}

/** Whom it touches, before it is made. */
export function CheckChangePage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.change.checkTitle')}>
      {({ event, own }) => <Check key={event.version} event={event} own={own} />}
    </MyEventPage>
  );
}

const nameOf = ({ eventId, version }: EventView): string => `change:${eventId}:${version}`;

function Ask({ event, own }: { readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const idle = { busy: false, attempt: undefined, error: undefined, reset: () => {} };
  return (
    <EventForm
      name={nameOf(event)}
      initial={valuesOf(event)}
      act={idle}
      submit={t('run.change.next')}
      isPublished
      save={async () => {
        await navigate(`${own}/change/check`);
        // Kept until it is made: Back brings all of it again.
        return false;
      }}
    />
  );
}

type Scope = 'this' | 'following';

function Check({ event, own }: { readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const [values, , clear] = useDraft<EventValues>(`event:${nameOf(event)}`, valuesOf(event));
  const { eventId, version } = event;
  const followers = useApi('GET /api/events/{eventId}/following', { params: { eventId } });
  const [scope, setScope] = useState<Scope>('this');
  const preview = useAct('POST /api/events/{eventId}/change-previews', `preview:${eventId}`);
  const act = useAct('POST /api/events/{eventId}/changes', `change:${eventId}`);
  const [found, setFound] = useState<CallOutput<'POST /api/events/{eventId}/change-previews'>>();
  const body = { ...bodyOf(values), version, scope };
  const input = JSON.stringify(body);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for each input, and for nothing else
  useEffect(() => {
    let isMeant = true;
    setFound(undefined);
    void preview.run({ params: { eventId }, body: JSON.parse(input) }).then((answer) => {
      if (isMeant) setFound(answer);
    });
    return () => {
      isMeant = false;
    };
  }, [eventId, input]);
  const apply = async (): Promise<void> => {
    if (!(await act.run({ params: { eventId }, body }))) return;
    clear();
    await navigate(`${own}?done=changed`, { replace: true });
  };
  const others = followers.data?.items ?? [];
  const again = (
    <Button variant="default" onClick={() => void navigate(-1)}>
      {t('run.change.back')}
    </Button>
  );
  return (
    <>
      {others.length > 0 && (
        <Radio.Group
          label={t('run.change.scope')}
          value={scope}
          onChange={(chosen) => setScope(chosen === 'following' ? 'following' : 'this')}
        >
          <div className="stack">
            <Radio value="this" label={t('run.change.this')} />
            <Radio value="following" label={t('run.change.following', { count: others.length })} />
          </div>
        </Radio.Group>
      )}
      {preview.error ? (
        <>
          <Refused error={preview.error} />
          {again}
        </>
      ) : !found ? (
        <Loading lines={1} />
      ) : (
        <>
          <Touched found={found} />
          {act.error && <Refused error={act.error} />}
          <div className="row">
            {found.faults.length === 0 && (
              <Button loading={act.busy} onClick={() => void apply()}>
                {toldBy(found) > 0 ? t('run.change.applyTold', { count: toldBy(found) }) : t('run.change.apply')}
              </Button>
            )}
            {again}
          </div>
          <Progress act={act} />
        </>
      )}
    </>
  );
}

type Preview = CallOutput<'POST /api/events/{eventId}/change-previews'>;
const toldBy = ({ moved, lose, told, waiting }: Preview): number => moved + lose + told + waiting;

function Touched({ found }: { readonly found: Preview }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const nameOfField = useFieldName();
  const counts = (['moved', 'lose', 'told', 'waiting', 'stay'] as const).filter((name) => found[name] > 0);
  if (found.faults.length > 0) {
    return (
      <div className="notice notice-bad" role="alert">
        <div>
          <p>{t('run.change.faults')}</p>
          <ul className="plain">
            {found.faults.map(({ date, path, message }) => (
              <li key={`${date} ${path}`}>{`${dayName(date, language)} · ${nameOfField(path)}: ${message}`}</li>
            ))}
          </ul>
        </div>
      </div>
    );
  }
  return (
    <section className="card" aria-live="polite">
      {counts.length === 0 ? (
        <p>{t('run.change.nobody')}</p>
      ) : (
        <ul className="plain touched">
          {counts.map((name) => (
            <li key={name} className={name === 'lose' ? 'bad' : undefined}>
              {t(`run.change.${name}`, { count: found[name] })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Refused({ error }: { readonly error: Parameters<typeof ActionError>[0]['error'] }) {
  const nameOfField = useFieldName();
  return (
    <ActionError error={error}>
      {error.fields.length > 0 && (
        <ul className="plain">
          {error.fields.map(({ path, message }) => (
            <li key={path}>{`${nameOfField(path.replace(/^body\./, ''))}: ${message}`}</li>
          ))}
        </ul>
      )}
    </ActionError>
  );
}
