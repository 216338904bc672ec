import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton } from '../ui/states.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <Empty title={t('notFound.text')}>
        <LinkButton to="/">{t('notFound.home')}</LinkButton>
      </Empty>
    </Page>
  );
}
