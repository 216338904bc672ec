import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { ActionError, LinkButton, Progress, useLanguage } from '../ui/states.tsx';
import { Summary } from './event.tsx';
import { faultsOf, valuesOf } from './event-values.ts';
import { MyEventPage } from './mine.tsx';
import { useFieldName } from './use-field-name.ts';
import { takenOf } from './use-mine.ts';

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
    <MyEventPage title={t(`organise.${what}Title`)}>
      {({ event, own }) => <Confirm what={what} event={event} own={own} />}
    </MyEventPage>
  );
}

function Confirm({ what, event, own }: { readonly what: What; readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const navigate = useNavigate();
  const nameOf = useFieldName();
  const act = useAct(`POST /api/events/{eventId}/${what}`, `${what}:${event.eventId}`);
  const { eventId, version } = event;
  const isCancel = what === 'cancel';
  const followers = useApi(
    'GET /api/events/{eventId}/following',
    { params: { eventId } },
    { enabled: isCancel && event.seriesId !== undefined },
  );
  const others = followers.data?.items ?? [];
  const [scope, setScope] = useState<'this' | 'following'>('this');
  const decide = async (): Promise<void> => {
    const body = { version, ...(isCancel && { scope }) };
    const done = await act.run({ params: { eventId }, body });
    if (done) await navigate(`${own}?done=${what === 'publish' ? 'published' : 'cancelled'}`, { replace: true });
  };
  const missing =
    what === 'publish'
      ? [...new Set(faultsOf(valuesOf(event), true).map(({ field }) => field.split('.')[0] ?? ''))]
      : [];
  if (missing.length > 0) {
    return (
      <>
        <div className="notice notice-warn">
          <div>
            <p>{t('organise.publishMissing')}</p>
            <ul className="plain">
              {missing.map((field) => (
                <li key={field}>{nameOf(field)}</li>
              ))}
            </ul>
          </div>
        </div>
        <div className="row">
          <LinkButton to={`${own}/edit?complete=1`}>{t('organise.complete')}</LinkButton>
          <LinkButton to={own} variant="default">
            {t('organise.goBack')}
          </LinkButton>
        </div>
      </>
    );
  }
  return (
    <>
      {what === 'publish' ? <Summary event={event} /> : <p className="strong">{event.title[language]}</p>}
      <p>{what === 'publish' ? t('organise.publishText') : t('organise.cancelText', { taken: takenOf(event) })}</p>
      {others.length > 0 && (
        <Radio.Group
          aria-label={t(`organise.${what}Title`)}
          value={scope}
          onChange={(chosen) => setScope(chosen === 'following' ? 'following' : 'this')}
        >
          <div className="stack">
            <Radio value="this" label={t('run.cancel.this')} />
            <Radio
              value="following"
              label={t('run.cancel.following', {
                count: others.length,
                taken: takenOf(event) + others.reduce((sum, { taken }) => sum + taken, 0),
              })}
            />
          </div>
        </Radio.Group>
      )}
      {act.error && (
        <ActionError error={act.error}>
          {act.error.fields.length > 0 && (
            <>
              <ul className="plain">
                {act.error.fields.map(({ path, message }) => (
                  <li key={path}>{`${nameOf(path)}: ${message}`}</li>
                ))}
              </ul>
              <LinkButton to={`${own}/edit?complete=1`} variant="default">
                {t('organise.complete')}
              </LinkButton>
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
