import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/hooks.ts';
import { Question } from '../ui/question.tsx';
import { ActionError, type FieldProblem, Progress, useLanguage } from '../ui/states.tsx';
import { type Mine, MyEventPage } from './mine.tsx';
import { useOrganisations } from './use-mine.ts';

/** Who runs an event beside its owner, who is asked to, and how that ends. */
export function CohostsPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.cohosts.title')} lead={t('run.cohosts.lead')}>
      {(mine) => (
        <>
          <Cohosts {...mine} />
          {mine.desk.part === 'owner' && <Invite {...mine} />}
        </>
      )}
    </MyEventPage>
  );
}

function Cohosts({ event, desk, organisationId: mine }: Mine) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const act = useAct('POST /api/events/{eventId}/cohosts/{organisationId}/end', `cohost-end:${event.eventId}`);
  const cohosts = event.cohosts ?? [];
  return (
    <>
      {act.error && <ActionError error={act.error} />}
      {cohosts.length === 0 ? (
        <p className="muted">{t('run.cohosts.none')}</p>
      ) : (
        <ul className="lines">
          {cohosts.map(({ organisationId, name, status }) => (
            <li key={organisationId} className="line-row">
              <span>
                <b>{name[language]}</b> <span className={`tag tag-${status}`}>{t(`run.cohosts.status.${status}`)}</span>
              </span>
              {(desk.part === 'owner' || organisationId === mine) && (
                <Button
                  variant="subtle"
                  loading={act.busy}
                  aria-label={t('run.cohosts.endOf', { name: name[language] })}
                  onClick={() => void act.run({ params: { eventId: event.eventId, organisationId }, body: {} })}
                >
                  {t(desk.part === 'owner' ? 'run.cohosts.end' : 'run.cohosts.leave')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Invite({ event }: Mine) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const organisations = useOrganisations();
  const act = useAct('POST /api/events/{eventId}/cohosts', `cohost-invite:${event.eventId}`);
  const [chosen, setChosen] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const asked = (event.cohosts ?? []).filter(({ status }) => status !== 'declined');
  const others = organisations?.filter(
    ({ organisationId }) =>
      organisationId !== event.organisationId && asked.every((each) => each.organisationId !== organisationId),
  );
  if (!others) return null;
  if (others.length === 0) return <p className="muted">{t('run.cohosts.nobody')}</p>;
  const submit = async (): Promise<void> => {
    setProblems(chosen ? [] : [{ field: 'cohost', message: t('run.cohosts.error') }]);
    if (!chosen) return;
    const done = await act.run({ params: { eventId: event.eventId }, body: { organisationId: chosen } });
    if (done) setChosen('');
  };
  return (
    <Question problems={problems} submit={() => void submit()}>
      <NativeSelect
        id="cohost"
        label={t('run.cohosts.choose')}
        value={chosen}
        error={problems[0]?.message}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        data={[
          { value: '', label: t('run.cohosts.pick') },
          ...others.map(({ organisationId, name }) => ({ value: organisationId, label: name[language] })),
        ]}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('run.cohosts.invite')}
      </Button>
      <Progress act={act} />
    </Question>
  );
}
