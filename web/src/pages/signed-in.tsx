import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiError } from '../api/error.ts';
import { queryClient } from '../api/hooks.ts';
import { callWith, unwrittenKeys } from '../api/index.ts';
import { device } from '../auth/device.ts';
import { session } from '../auth/session.ts';
import { currentLanguage } from '../i18n/index.ts';
import { passes } from '../lib/passes.ts';
import { seatHere } from '../lib/station-store.ts';
import { clearTab } from '../lib/storage.ts';
import { wayBack } from '../lib/way-back.ts';
import { whoAddress } from '../lib/who-address.ts';
import { SignInButton } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Loading } from '../ui/states.tsx';

/** Once for each answer of the provider, however often React mounts the page. */
const handled = new Map<string, Promise<Return>>();

type Return = { readonly returnTo: string; readonly steps: number | undefined; readonly isKnown: boolean };

async function finish(url: string): Promise<Return> {
  const { finishSignIn } = await import('../auth/oidc.ts');
  const signedIn = await finishSignIn(url);
  const input = { body: { idToken: signedIn.session.idToken, language: currentLanguage() } };
  const call = callWith(() => Promise.resolve(signedIn.session.accessToken));
  device.ensure();
  const isKnown = await call('POST /api/me/sign-in', input, {
    idempotencyKey: unwrittenKeys.of('sign-in', input),
  }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ApiError && error.code === 'person-unknown') return false;
      throw error;
    },
  );
  unwrittenKeys.forget('sign-in');
  // Nothing on the page asks for what is mine before there is somebody it belongs to.
  queryClient.clear();
  // Somebody else may have signed in here before.
  passes.forget();
  // The sign-in was begun before somebody took their turn in this tab: it is not kept as theirs.
  if (seatHere.get()) clearTab();
  session.set(signedIn.session);
  const { returnTo } = signedIn;
  // On a browser that nobody is known on, who is there is asked before the way back is taken.
  return { returnTo, isKnown, steps: isKnown ? wayBack.steps(returnTo) : undefined };
}

/** Where the identity provider sends people back to. */
export function SignedInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const url = window.location.href;
    let going = handled.get(url);
    if (!going) {
      going = finish(url);
      handled.set(url, going);
    }
    let here = true;
    going.then(
      ({ returnTo, steps, isKnown }) => {
        if (!here) return;
        if (!isKnown) void navigate(whoAddress(returnTo), { replace: true });
        else if (steps === undefined) void navigate(returnTo, { replace: true });
        else window.history.go(-steps);
      },
      () => setFailed(true),
    );
    return () => {
      here = false;
    };
  }, [navigate]);
  return failed ? (
    <Page title={t('signIn.failed')}>
      <p>{t('signIn.failedText')}</p>
      <SignInButton returnTo="/me">{t('signIn.again')}</SignInButton>
    </Page>
  ) : (
    <Page title={t('signIn.title')} lead={t('signIn.text')}>
      <Loading lines={1} />
    </Page>
  );
}
