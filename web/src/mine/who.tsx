import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useAct } from '../api/hooks.ts';
import type { CallInput } from '../api/types.ts';
import { device } from '../auth/device.ts';
import { useSession } from '../auth/use-session.ts';
import { currentLanguage } from '../i18n/index.ts';
import { samePlace } from '../lib/same-place.ts';
import { wayBack } from '../lib/way-back.ts';
import { SignInButton } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { ActionError, LinkButton, Progress } from '../ui/states.tsx';
import { useFact } from './fact-fields.tsx';

type Said = Omit<CallInput<'POST /api/me/sign-in'>['body'], 'idToken' | 'language'>;

/** Says who is here, and goes on to where that was asked. */
function useIntroduction() {
  const session = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const returnTo = samePlace(search.get('return'));
  const act = useAct('POST /api/me/sign-in', 'who', { unwritten: true });
  const say = async (said: Said): Promise<void> => {
    if (!session) return;
    device.ensure();
    const me = await act.run({ body: { idToken: session.idToken, language: currentLanguage(), ...said } });
    if (!me) return;
    const steps = wayBack.steps(returnTo);
    if (steps === undefined) await navigate(returnTo, { replace: true });
    else window.history.go(-steps);
  };
  return { session, act, say, returnTo, query: search.toString() };
}

/** On a browser that nobody is known on: the one question before anything is shown, the same for everybody. */
export function WhoPage() {
  const { t } = useTranslation('mine');
  const { session, act, say, returnTo, query } = useIntroduction();
  if (!session) return <SignedOut title={t('who.title')} returnTo={returnTo} />;
  return (
    <Page title={t('who.title')} lead={t('who.lead')}>
      {act.error && <ActionError error={act.error} />}
      <div className="ways">
        <LinkButton to={`/mine/who/before?${query}`} variant="default">
          {t('who.before')}
        </LinkButton>
        <Button onClick={() => void say({ isNew: true })} loading={act.busy}>
          {t('who.new')}
        </Button>
      </div>
      <Progress act={act} />
      <p className="small muted">{t('who.shared')}</p>
    </Page>
  );
}

/** Birth date and last four: what whoever has the number now does not know. */
export function BeforePage() {
  const { t } = useTranslation('mine');
  const { session, act, say, returnTo, query } = useIntroduction();
  const fact = useFact();
  if (!session) return <SignedOut title={t('before.title')} returnTo={returnTo} />;
  const submit = (): void => {
    const said = fact.read();
    if (said) void say(said);
  };
  return (
    <Page title={t('before.title')} lead={t('before.lead')} back={`/mine/who?${query}`}>
      <Question problems={fact.problems} submit={submit}>
        {fact.fields}
        {act.error && fact.problems.length === 0 && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t('before.submit')}
        </Button>
        <Progress act={act} />
      </Question>
      <section>
        <h2>{t('before.helpTitle')}</h2>
        <p>{t('before.help')}</p>
        <p>
          <Link to={`/mine/who?${query}`}>{t('before.startNew')}</Link>
        </p>
      </section>
    </Page>
  );
}

function SignedOut({ title, returnTo }: { readonly title: string; readonly returnTo: string }) {
  const { t } = useTranslation();
  return (
    <Page title={title}>
      <div className="card">
        <p>{t('me.signedOutText')}</p>
        <SignInButton returnTo={returnTo} />
      </div>
    </Page>
  );
}
