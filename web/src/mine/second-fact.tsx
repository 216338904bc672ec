import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useAct } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { samePlace } from '../lib/same-place.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { ActionError, type FieldProblem, LinkButton, Progress } from '../ui/states.tsx';
import { LastFourField, lastFourOf } from './fact-fields.tsx';

const HERE = '/mine/second-fact';

/** The last four of the identity number: given once, changed by who can say the present ones. */
export function SecondFactPage() {
  const { t } = useTranslation('mine');
  return <SignedIn title={t('protect.title')}>{(me) => <Ask me={me} />}</SignedIn>;
}

function Ask({ me }: { readonly me: Person }) {
  const { t } = useTranslation('mine');
  const [search] = useSearchParams();
  const back = samePlace(search.get('return') ?? '/mine/settings');
  if (!me.birthDate) {
    return (
      <Page title={t('protect.title')} lead={t('protect.lead')} back={back}>
        <p>{t('protect.birthFirst')}</p>
        <LinkButton to={`/profile/edit/birth-date?${new URLSearchParams({ return: HERE })}`}>
          {t('protect.birthLink')}
        </LinkButton>
      </Page>
    );
  }
  return <Form isChange={me.secondFact} back={back} />;
}

function Form({ isChange, back }: { readonly isChange: boolean; readonly back: string }) {
  const { t } = useTranslation('mine');
  const navigate = useNavigate();
  const act = useAct('PUT /api/me/second-fact', 'second-fact', { unwritten: true });
  const [typed, setTyped] = useState({ next: '', present: '' });
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const errorOf = (field: string): string | undefined => problems.find((it) => it.field === field)?.message;
  const submit = async (): Promise<void> => {
    const [lastFour, present] = [lastFourOf(typed.next), isChange ? lastFourOf(typed.present) : undefined];
    setProblems([
      ...(isChange && !present ? [{ field: 'present', message: t('error.lastFour') }] : []),
      ...(lastFour ? [] : [{ field: 'last-four', message: t('error.lastFour') }]),
    ]);
    if (!lastFour || (isChange && !present)) return;
    if (await act.run({ body: { lastFour, ...(present && { present }) } })) {
      await navigate(`${back}${back.includes('?') ? '&' : '?'}done=protected`, { replace: true });
    }
  };
  return (
    <Page title={isChange ? t('protect.change') : t('protect.title')} lead={t('protect.lead')} back={back}>
      <Question problems={problems} submit={() => void submit()}>
        {isChange && (
          <LastFourField
            id="present"
            label={t('fact.present')}
            value={typed.present}
            set={(present) => setTyped({ ...typed, present })}
            error={errorOf('present')}
            hint={false}
          />
        )}
        <LastFourField
          label={isChange ? t('fact.next') : t('fact.lastFour')}
          value={typed.next}
          set={(next) => setTyped({ ...typed, next })}
          error={errorOf('last-four')}
        />
        {act.error && problems.length === 0 && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t('protect.submit')}
        </Button>
        <Progress act={act} />
      </Question>
    </Page>
  );
}
