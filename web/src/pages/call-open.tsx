import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { useApi } from '../api/hooks.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading } from '../ui/states.tsx';

/** Where the address in a call's text leads: to the free times of its day. */
export function CallOpenPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const open = useApi('GET /api/calls/open/{code}', { params: { code } }, { staleTime: 10_000 });
  if (open.data) {
    const { siteId, procedure, date } = open.data;
    return <Navigate replace to={`/donate/${siteId}?${new URLSearchParams({ procedure, date })}`} />;
  }
  return (
    <Page title={t('nav.donate')}>
      {open.error?.code === 'not-found' ? (
        <Empty title={t('error.code.not-found')}>
          <LinkButton to="/donate">{t('nav.donate')}</LinkButton>
        </Empty>
      ) : open.error ? (
        <LoadError error={open.error} retry={() => void open.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
