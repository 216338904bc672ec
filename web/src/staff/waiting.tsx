import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { withQuery } from '../lib/params.ts';
import { moment, span } from '../lib/time.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Answers, Empty, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { CodeForm } from './code-form.tsx';
import { DateBar } from './date-bar.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { isOpen, LineTable } from './line-table.tsx';
import { useDesk } from './roster.tsx';
import { POLL_MS } from './use-roster.ts';

/** Who waits for a place, in order; and, for somebody who calls, the answer to the offer whose code they read out. */
export function WaitingPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('line.title')}>
      {() => <Day />}
    </Work>
  );
}

function Day() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { siteId, site, date, today } = useDesk();
  const [search] = useSearchParams();
  const slotId = search.get('slot') ?? undefined;
  const line = useApi(
    'GET /api/waiting/line',
    { query: { siteId, date, ...(slotId && { slotId }) } },
    { enabled: site.data !== undefined, every: POLL_MS },
  );
  const [code, setCode] = useState('');
  const failed = site.error ?? (line.data ? undefined : line.error);
  return (
    <Page title={site.data?.name[language] ?? t('line.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <div className="desk-tools">
        <DateBar date={date} today={today} />
        <CodeForm label={t('offer.code')} find={setCode} />
      </div>
      {code && <Found key={code} siteId={siteId} code={code} />}
      {slotId && (
        <p>
          <Link to={withQuery(search, { slot: undefined })}>{t('line.wholeDay')}</Link>
        </p>
      )}
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void line.refetch();
          }}
        />
      ) : !line.data ? (
        <Loading lines={4} />
      ) : line.data.items.length === 0 ? (
        <Empty title={t(slotId ? 'line.emptySlot' : 'line.empty')} />
      ) : (
        <LineTable
          items={line.data.items}
          note={t('line.note')}
          whatOf={({ procedure }) => procedure && <span className="muted">· {t(`pages:procedure.${procedure}`)}</span>}
          answer={(entry) => setCode(entry.offer?.code ?? '')}
        />
      )}
    </Page>
  );
}

/** The offer that a code stands for, and what its caller says to it. */
function Found({ siteId, code }: { readonly siteId: string; readonly code: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const found = useApi('GET /api/waiting/offers', { query: { siteId, code } });
  const act = useAct('POST /api/waiting/offers/answer', `offer:${siteId}:${code}`);
  if (found.error?.code === 'not-found') {
    return (
      <div className="notice notice-warn" role="alert">
        <WarnIcon />
        <p>{t('offer.none', { code })}</p>
      </div>
    );
  }
  if (found.error) return <LoadError error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { name, phoneLast4, offer, zone, status } = found.data;
  const answer = (said: 'accept' | 'decline') => void act.run({ body: { siteId, code, answer: said } });
  return (
    <section aria-labelledby="offer" aria-live="polite" className="card stack">
      <h2 id="offer">{t('offer.title', { code })}</h2>
      <p>{t('offer.lead')}</p>
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
      {isOpen(found.data) ? (
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
