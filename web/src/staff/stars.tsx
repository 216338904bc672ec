import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isThreshold } from '../../../shared/domain/hours.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { ArrowIcon, HandsIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { ActionError, type FieldProblem, Good, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Work } from './frame.tsx';

/** From how many hours each star of volunteers is met here. */
export function StarsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="admin" title={t('hours.stars.title')}>
      {() => (
        <Page title={t('hours.stars.title')} lead={t('hours.stars.lead')} back="/staff">
          <Loaded />
          <Organisations />
        </Page>
      )}
    </Work>
  );
}

/** Where an organisation has one organiser, nobody else could approve what they ask for. */
function Organisations() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const scopes = useApi('GET /api/roles/scopes', {});
  if (scopes.error && !scopes.data) return <LoadError error={scopes.error} retry={() => void scopes.refetch()} />;
  if (!scopes.data) return <Loading />;
  return (
    <section aria-labelledby="organisations">
      <h2 id="organisations">{t('hours.stars.organisations')}</h2>
      <p className="muted">{t('hours.stars.organisationsText')}</p>
      <ul className="menu">
        {scopes.data.organisations.map(({ organisationId, name }) => (
          <li key={organisationId}>
            <Link to={`/organise/${organisationId}/hours/requests`}>
              <HandsIcon />
              <span>{name[language]}</span>
              <ArrowIcon size={18} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Loaded() {
  const stars = useApi('GET /api/hours/stars', {});
  if (stars.error && !stars.data) return <LoadError error={stars.error} retry={() => void stars.refetch()} />;
  if (!stars.data) return <Loading />;
  return <Form stars={stars.data} />;
}

function Form({ stars }: { readonly stars: CallOutput<'GET /api/hours/stars'> }) {
  const { t } = useTranslation('work');
  const act = useAct('PUT /api/hours/stars', 'stars');
  const [typed, setTyped] = useState(() => stars.hours.map(String));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [done, setDone] = useState(false);
  const save = async (): Promise<void> => {
    setDone(false);
    act.reset();
    const hours = typed.map((each) => (/^\d{1,5}$/.test(each.trim()) ? Number(each) : 0));
    const found = hours.flatMap((_, n): FieldProblem[] =>
      isThreshold(hours, n) ? [] : [{ field: `star-${n}`, message: t('hours.stars.wrong', { n: n + 1 }) }],
    );
    setProblems(found);
    if (found.length > 0) return;
    setDone((await act.run({ body: { hours, version: stars.version } })) !== undefined);
  };
  return (
    <Question problems={problems} submit={() => void save()}>
      {done && <Good>{t('hours.stars.done')}</Good>}
      {stars.isUsual && <p className="muted">{t('hours.stars.usual')}</p>}
      {typed.map((value, n) => (
        <TextInput
          // biome-ignore lint/suspicious/noArrayIndexKey: a star is its place in the list
          key={n}
          id={`star-${n}`}
          inputMode="numeric"
          label={t('hours.stars.star', { n: n + 1 })}
          value={value}
          error={problems.find(({ field }) => field === `star-${n}`)?.message}
          onChange={(event) => setTyped(typed.map((each, at) => (at === n ? event.currentTarget.value : each)))}
        />
      ))}
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('hours.stars.save')}
      </Button>
      <Progress act={act} />
    </Question>
  );
}
