import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/hooks.ts';
import { signOut } from '../auth/actions.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { ActionError, LinkButton, Progress } from '../ui/states.tsx';
import { useFact } from './fact-fields.tsx';

const GOES = ['profile', 'answers', 'bookings', 'texts', 'links'] as const;
const STAYS = ['blood', 'service', 'defer', 'sealed'] as const;

/** What goes and what the law keeps, before anything is done; then the second fact, where one is on record. */
export function ErasePage() {
  const { t } = useTranslation('mine');
  const [isDone, setDone] = useState(false);
  const act = useAct('POST /api/me/erase', 'erase', { unwritten: true, keepKey: true });
  if (isDone) {
    return (
      <Page title={t('erase.doneTitle')} lead={t('erase.done')}>
        <LeaveButton />
      </Page>
    );
  }
  return (
    <SignedIn title={t('erase.title')}>
      {(me) => (
        <Page title={t('erase.title')} lead={t('erase.lead')} back="/mine/data">
          <h2>{t('erase.goesTitle')}</h2>
          <ul className="bullets">
            {GOES.map((each) => (
              <li key={each}>{t(`erase.goes.${each}`)}</li>
            ))}
          </ul>
          <h2>{t('erase.staysTitle')}</h2>
          <ul className="bullets">
            {STAYS.map((each) => (
              <li key={each}>{t(`erase.stays.${each}`)}</li>
            ))}
          </ul>
          <p>{t('erase.after')}</p>
          <Confirm asksFact={me.secondFact} act={act} done={() => setDone(true)} />
        </Page>
      )}
    </SignedIn>
  );
}

function LeaveButton() {
  const { t } = useTranslation();
  return <Button onClick={() => void signOut()}>{t('common.close')}</Button>;
}

function Confirm({
  asksFact,
  act,
  done,
}: {
  readonly asksFact: boolean;
  readonly act: ReturnType<typeof useAct<'POST /api/me/erase'>>;
  readonly done: () => void;
}) {
  const { t } = useTranslation('mine');
  const [understood, setUnderstood] = useState(false);
  const [isMissed, setMissed] = useState(false);
  const fact = useFact();
  const missing = { field: 'understood', message: t('erase.errorUnderstood') };
  const submit = async (): Promise<void> => {
    const said = asksFact ? fact.read(understood ? [] : [missing]) : {};
    setMissed(!understood);
    if (!said || !understood) return;
    if (await act.run({ body: { understood: true, ...said } })) done();
  };
  const problems = asksFact ? fact.problems : isMissed ? [missing] : [];
  return (
    <Question problems={problems} submit={() => void submit()}>
      {asksFact && (
        <>
          <p>{t('erase.factLead')}</p>
          {fact.fields}
        </>
      )}
      <Checkbox
        id="understood"
        className="choice"
        label={t('erase.understood')}
        checked={understood}
        onChange={(event) => setUnderstood(event.currentTarget.checked)}
        error={isMissed ? missing.message : undefined}
      />
      {act.error && problems.length === 0 && <ActionError error={act.error} />}
      <div className="row-wrap">
        <Button type="submit" loading={act.busy}>
          {t('erase.submit')}
        </Button>
        <LinkButton to="/mine/data" variant="default">
          {t('erase.cancel')}
        </LinkButton>
      </div>
      <Progress act={act} />
    </Question>
  );
}
