import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import { SKILLS } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { samePlace } from '../lib/same-place.ts';
import { fullDate } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Good, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';

/** What I can do, for the shifts that need it; what an organiser has confirmed is shown beside it. */
export function SkillsPage() {
  const { t } = useTranslation('mine');
  return <SignedIn title={t('skills.title')}>{() => <Mine />}</SignedIn>;
}

function Mine() {
  const { t } = useTranslation('mine');
  const [search] = useSearchParams();
  const back = samePlace(search.get('return') ?? '/me');
  const held = useApi('GET /api/me/qualifications', {});
  return (
    <Page title={t('skills.title')} lead={t('skills.lead')} back={back}>
      {held.error ? (
        <LoadError error={held.error} retry={() => void held.refetch()} />
      ) : !held.data ? (
        <Loading />
      ) : (
        <Form held={held.data.items} {...(search.has('return') && { back })} />
      )}
    </Page>
  );
}

function Form({
  held,
  back,
}: {
  readonly held: CallOutput<'GET /api/me/qualifications'>['items'];
  readonly back?: string;
}) {
  const { t } = useTranslation('mine');
  const language = useLanguage();
  const navigate = useNavigate();
  const act = useAct('PUT /api/me/qualifications', 'skills');
  const confirmed = held.filter((each) => each.confirmed);
  const [said, setSaid] = useState<string[]>(() => held.map(({ qualification }) => qualification));
  const [done, setDone] = useState(false);
  const save = async (): Promise<void> => {
    setDone(false);
    if (!(await act.run({ body: { skills: SKILLS.filter((each) => said.includes(each)) } }))) return;
    if (back) await navigate(back, { replace: true });
    else setDone(true);
  };
  return (
    <form
      className="question"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {done && <Good>{t('skills.done')}</Good>}
      <Checkbox.Group label={t('skills.label')} value={said} onChange={setSaid}>
        <div className="skills">
          {SKILLS.map((each) => {
            const isConfirmed = confirmed.some(({ qualification }) => qualification === each);
            return (
              <Checkbox
                key={each}
                value={each}
                label={QUALIFICATION_NAMES[each][language]}
                disabled={isConfirmed}
                {...(isConfirmed && { description: t('skills.confirmed') })}
              />
            );
          })}
        </div>
      </Checkbox.Group>
      <section aria-labelledby="confirmed">
        <h2 id="confirmed">{t('skills.confirmedTitle')}</h2>
        {confirmed.length === 0 ? (
          <p className="muted">{t('skills.none')}</p>
        ) : (
          <ul className="plain">
            {confirmed.map(({ qualification, until }) => (
              <li key={qualification}>
                {QUALIFICATION_NAMES[qualification][language]}
                {until && <span className="muted"> · {t('skills.until', { date: fullDate(until, language) })}</span>}
              </li>
            ))}
          </ul>
        )}
      </section>
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('skills.save')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
