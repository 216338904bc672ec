import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { dateIn, fullDate } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Good, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { PURPOSE } from './purpose.ts';

/** Each agreement by itself: since when, to which words, and how to take it back. */
export function ConsentsPage() {
  const { t } = useTranslation('precheck');
  return <SignedIn title={t('consents.title')}>{() => <Consents />}</SignedIn>;
}

function Consents() {
  const { t } = useTranslation('precheck');
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const consents = useApi('GET /api/precheck/consents', {});
  const act = useAct('PUT /api/precheck/consents/{purpose}', 'precheck:withdraw');
  const health = consents.data?.items.find(({ purpose }) => purpose === PURPOSE);
  const withdraw = async (): Promise<void> => {
    if (!health) return;
    const body = { given: false, wording: health.currentWording, version: health.version };
    if (await act.run({ params: { purpose: PURPOSE }, body })) setSearch({ done: 'withdrawn' }, { replace: true });
  };
  const date = health?.at && fullDate(dateIn(Intl.DateTimeFormat().resolvedOptions().timeZone, health.at), language);
  return (
    <Page title={t('consents.title')} lead={t('consents.lead')} back="/me">
      {search.get('done') === 'withdrawn' && health && !health.given && <Good>{t('consents.done')}</Good>}
      {consents.error ? (
        <LoadError error={consents.error} retry={() => void consents.refetch()} />
      ) : !health ? (
        <Loading />
      ) : (
        <section className="card" aria-labelledby="health">
          <h2 id="health">{t('consents.health')}</h2>
          <p>
            {health.given
              ? t('consents.given', { date, wording: health.wording ?? '' })
              : date
                ? t('consents.withdrawn', { date })
                : t('consents.notGiven')}
          </p>
          {health.given ? (
            <>
              <p className="muted">{t('consents.follows')}</p>
              {act.error && <ActionError error={act.error} />}
              <Button variant="default" onClick={() => void withdraw()} loading={act.busy}>
                {t('consents.withdraw')}
              </Button>
              <Progress act={act} />
            </>
          ) : (
            <Link to="/precheck">{t('title')}</Link>
          )}
        </section>
      )}
      <section className="card" aria-labelledby="texts">
        <h2 id="texts">{t('consents.messages')}</h2>
        <p>{t('consents.messagesText')}</p>
        <Link to="/messages/settings">{t('consents.messagesLink')}</Link>
      </section>
      <section className="card" aria-labelledby="sharing">
        <h2 id="sharing">{t('consents.sharing')}</h2>
        <p>{t('consents.sharingText')}</p>
      </section>
    </Page>
  );
}
