import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { fullDate } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Good, LinkButton, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';

/** Asks for nothing but the press of a button, and answers alike whatever has become of the blood. */
export function AskNotToUsePage() {
  const { t } = useTranslation('given');
  return <SignedIn title={t('ask.title')}>{() => <Ask />}</SignedIn>;
}

function Ask() {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const navigate = useNavigate();
  const { date = '', din = '' } = useParams();
  const [search] = useSearchParams();
  const donation = useApi('GET /api/me/donations/{din}', { params: { din }, query: { date } });
  const input = { params: { din }, body: {} };
  const act = useAct('POST /api/me/donations/{din}/do-not-use', `do-not-use:${din}`, { input });
  const ask = async (): Promise<void> => {
    if (await act.run(input)) await navigate('?done=1', { replace: true });
  };
  if (search.get('done')) {
    return (
      <Page title={t('ask.doneTitle')} back="/donations">
        <Good>{t('ask.done')}</Good>
        <LinkButton to="/donations" variant="default">
          {t('ask.back')}
        </LinkButton>
      </Page>
    );
  }
  return (
    <Page
      title={t('ask.title')}
      back="/donations"
      {...(donation.data && {
        lead: t('ask.lead', {
          date: fullDate(donation.data.date, language),
          site: donation.data.siteName?.[language] ?? '',
        }),
      })}
    >
      {donation.error ? (
        <LoadError error={donation.error} retry={() => void donation.refetch()} />
      ) : !donation.data ? (
        <Loading />
      ) : (
        <>
          <p>{t('ask.text')}</p>
          <section aria-labelledby="happens">
            <h2 id="happens">{t('ask.happens')}</h2>
            <ul className="plain-list">
              <li>{t('ask.first')}</li>
              <li>{t('ask.second')}</li>
              <li>{t('ask.third')}</li>
            </ul>
          </section>
          {act.error && <ActionError error={act.error} />}
          <div className="row">
            <Button color="ember" onClick={() => void ask()} loading={act.busy}>
              {t('ask.yes')}
            </Button>
            <LinkButton to="/donations" variant="default">
              {t('ask.no')}
            </LinkButton>
          </div>
          <Progress act={act} />
          <p className="small muted">{t('ask.phone')}</p>
        </>
      )}
    </Page>
  );
}
