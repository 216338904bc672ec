import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../api/types.ts';
import { signOut } from '../auth/actions.ts';
import { LinkButton } from './states.tsx';

/** Signing out forgets who is here: whoever could not be told again is asked first. */
export function SignOutButton({ me }: { readonly me: Person }) {
  const { t } = useTranslation();
  return me.secondFact ? (
    <Button variant="default" onClick={() => void signOut()}>
      {t('nav.signOut')}
    </Button>
  ) : (
    <LinkButton to="/mine/sign-out" variant="default">
      {t('nav.signOut')}
    </LinkButton>
  );
}
