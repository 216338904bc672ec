import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signOut } from '../auth/actions.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { LinkButton } from '../ui/states.tsx';

/** For somebody of whom nothing is on record by which they could be known again. */
export function SignOutPage() {
  const { t } = useTranslation('mine');
  return (
    <SignedIn title={t('out.title')}>
      {() => (
        <Page title={t('out.title')} lead={t('out.lead')} back="/me">
          <div className="ways">
            <LinkButton to="/mine/second-fact?return=%2Fme">{t('out.protect')}</LinkButton>
            <Button variant="default" onClick={() => void signOut()}>
              {t('out.anyway')}
            </Button>
          </div>
        </Page>
      )}
    </SignedIn>
  );
}
