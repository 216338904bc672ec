import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useApi } from '../api/hooks.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { ActionError, type FieldProblem, Good, LoadError, Loading, Progress } from '../ui/states.tsx';

/** By what number an official platform knows me. */
export function NumberPage() {
  const { t } = useTranslation('given');
  return (
    <SignedIn title={t('service.number.title')}>
      {() => (
        <Page title={t('service.number.title')} lead={t('service.number.lead')} back="/service">
          <Mine />
        </Page>
      )}
    </SignedIn>
  );
}

function Mine() {
  const mine = useApi('GET /api/me/service', {});
  if (mine.error && !mine.data) return <LoadError error={mine.error} retry={() => void mine.refetch()} />;
  if (!mine.data) return <Loading />;
  return <Form known={mine.data.number.number ?? ''} version={mine.data.number.version} />;
}

function Form({ known, version }: { readonly known: string; readonly version: number }) {
  const { t } = useTranslation('given');
  const act = useAct('PUT /api/me/service/number', 'volunteer-number');
  const [typed, setTyped] = useState(known);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [done, setDone] = useState(false);
  const save = async (number: string | null): Promise<void> => {
    setDone(false);
    const message =
      number === null ? undefined : /^[0-9A-Za-z-]{4,30}$/.test(number) ? undefined : t('service.number.error');
    setProblems(message ? [{ field: 'number', message }] : []);
    if (message) return;
    if (await act.run({ body: { number, version } })) {
      setTyped(number ?? '');
      setDone(true);
    }
  };
  return (
    <Question problems={problems} submit={() => void save(typed.trim())}>
      {done && <Good>{t('service.number.done')}</Good>}
      <TextInput
        id="number"
        label={t('service.number.label')}
        description={t('service.number.hint')}
        value={typed}
        error={problems[0]?.message}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        maxLength={30}
        classNames={{ input: 'mono' }}
      />
      {act.error && <ActionError error={act.error} />}
      <div className="row">
        <Button type="submit" loading={act.busy}>
          {t('service.number.save')}
        </Button>
        {known && (
          <Button variant="default" disabled={act.busy} onClick={() => void save(null)}>
            {t('service.number.remove')}
          </Button>
        )}
      </div>
      <Progress act={act} />
    </Question>
  );
}
