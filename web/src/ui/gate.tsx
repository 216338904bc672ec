import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { useMe } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { here, signIn } from '../auth/actions.ts';
import { useSession } from '../auth/use-session.ts';
import { whoAddress } from '../lib/who-address.ts';
import { Page } from './page.tsx';
import { LoadError, Loading } from './states.tsx';

/** The button that leads to the provider's page and back to where it was pressed. */
export function SignInButton({ children, returnTo }: { readonly children?: ReactNode; readonly returnTo?: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'leaving' | 'failed'>('idle');
  const go = (): void => {
    setState('leaving');
    signIn(returnTo).catch(() => setState('failed'));
  };
  return (
    <>
      <Button onClick={go} loading={state === 'leaving'}>
        {children ?? t('nav.signIn')}
      </Button>
      {state === 'failed' && (
        <p role="alert" className="bad">
          {t('error.code.offline')}
        </p>
      )}
    </>
  );
}

/** What only somebody signed in may see. Others are asked to sign in, and come back to the same address. */
export function SignedIn({
  title,
  children,
}: {
  readonly title: string;
  readonly children: (me: Person) => ReactNode;
}) {
  const { t } = useTranslation();
  const session = useSession();
  const me = useMe();
  if (session && me.data) return children(me.data);
  if (session && me.error?.code === 'person-unknown') return <Navigate to={whoAddress(here())} replace />;
  return (
    <Page title={title}>
      {!session ? (
        <div className="card">
          <p>{t('me.signedOutText')}</p>
          <SignInButton />
        </div>
      ) : me.error ? (
        <LoadError error={me.error} retry={() => void me.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
