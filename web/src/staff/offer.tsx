import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useApi } from '../api/hooks.ts';
import { moment, span } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Answers, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';

/** For somebody who calls with the code of an offer. */
export function OfferPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('offer.title')}>
      {() => <Desk />}
    </Work>
  );
}

const CODE = /^\d{4}$/;

function Desk() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date } = useDesk();
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const find = (): void => {
    setWrong(!CODE.test(typed.trim()));
    setCode(CODE.test(typed.trim()) ? typed.trim() : '');
  };
  return (
    <Page
      title={t('offer.title')}
      eyebrow={site.data?.name[language] ?? t('staff.title')}
      back={`/staff/${siteId}`}
      lead={t('offer.lead')}
    >
      <DeskTabs siteId={siteId} date={date} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          find();
        }}
      >
        <TextInput
          label={t('offer.code')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={typed}
          error={wrong && t('offer.wrong')}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div>
          <Button type="submit">{t('offer.find')}</Button>
        </div>
      </form>
      {code && <Found key={code} siteId={siteId} code={code} />}
    </Page>
  );
}

function Found({ siteId, code }: { readonly siteId: string; readonly code: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const found = useApi('GET /api/waiting/offers', { query: { siteId, code } });
  const act = useAct('POST /api/waiting/offers/answer', `offer:${siteId}:${code}`);
  if (found.error) return <LoadError error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { name, phoneLast4, offer, zone, status } = found.data;
  const isOpen = status === 'offered' && offer !== undefined && offer.until > new Date().toISOString();
  const answer = (said: 'accept' | 'decline') => void act.run({ body: { siteId, code, answer: said } });
  return (
    <section aria-live="polite" className="stack">
      <Answers
        rows={[
          { term: t('offer.who'), value: `${name} · ${t('staff.last4', { digits: phoneLast4 })}` },
          ...(offer
            ? [
                { term: t('offer.when'), value: <b>{span(offer.startsAt, offer.endsAt, zone, language)}</b> },
                { term: t('offer.until'), value: moment(offer.until, zone, language) },
              ]
            : []),
        ]}
      />
      {act.error && <ActionError error={act.error} />}
      {isOpen ? (
        <div className="row">
          <Button onClick={() => answer('accept')} loading={act.busy}>
            {t('offer.accept')}
          </Button>
          <Button variant="default" onClick={() => answer('decline')} disabled={act.busy}>
            {t('offer.decline')}
          </Button>
        </div>
      ) : (
        <p className="strong">{t(status === 'accepted' ? 'offer.accepted' : 'offer.over')}</p>
      )}
      <Progress act={act} />
    </section>
  );
}
