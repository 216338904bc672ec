import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { ActionError, Good, Progress } from './states.tsx';

/** Asks whoever has to wait, and has not said yes, whether to be told on the day they may give again. */
export function AskAgain({ me }: { readonly me: Person }) {
  const { t } = useTranslation();
  const act = useAct('PATCH /api/me', 'tell-again');
  const eligibility = useApi('GET /api/me/eligibility', {});
  const [answered, setAnswered] = useState(false);
  if (answered) {
    return (
      <Good>
        <p>{t('texts.ask.done')}</p>
        <p>
          <Link to="/messages/settings">{t('texts.ask.change')}</Link>
        </p>
      </Good>
    );
  }
  const waits = eligibility.data?.procedures.some(({ ok, from }) => !ok && from) ?? false;
  if (me.tellAgain !== 'no' || !waits) return null;
  const ask = async (): Promise<void> => {
    if (await act.run({ body: { version: me.version, tellAgain: 'any' } })) setAnswered(true);
  };
  return (
    <section className="ask-again">
      <h2>{t('texts.ask.title')}</h2>
      <p className="muted">{t('texts.ask.text')}</p>
      {act.error && <ActionError error={act.error} />}
      <Button variant="default" loading={act.busy} onClick={() => void ask()}>
        {t('texts.ask.yes')}
      </Button>
      <Progress act={act} />
    </section>
  );
}
