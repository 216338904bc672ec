import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { dayName } from '../lib/time.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { MovedTable } from './closure-moves.tsx';
import { CodeForm } from './code-form.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { POLL_MS } from './use-roster.ts';

export type Closure = CallOutput<'GET /api/closures'>['items'][number];

/** What a site has closed or cut, who has answered, and the answer of a caller by their code. */
export function ClosuresPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('closures.title')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date } = useDesk();
  const closures = useApi('GET /api/closures', { query: { siteId } }, { every: POLL_MS });
  const [code, setCode] = useState('');
  const failed = site.error ?? (closures.data ? undefined : closures.error);
  return (
    <Page title={site.data?.name[language] ?? t('closures.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <p className="muted">{t('closures.lead')}</p>
      <div className="desk-tools">
        <LinkButton to={`/staff/${siteId}/closures/new`}>{t('closures.new')}</LinkButton>
        <CodeForm label={t('closures.code.label')} find={setCode} />
      </div>
      {code && <Found key={code} siteId={siteId} code={code} />}
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void closures.refetch();
          }}
        />
      ) : !closures.data ? (
        <Loading lines={4} />
      ) : closures.data.items.length === 0 ? (
        <Empty title={t('closures.empty')} />
      ) : (
        <>
          <h2>{t('closures.list')}</h2>
          <ul className="plain stack">
            {closures.data.items.map((closure) => (
              <li key={closure.closureId}>
                <Link className="card closure-card" to={`/staff/${siteId}/closures/${closure.closureId}`}>
                  <b>
                    <ClosureWhen closure={closure} />
                  </b>
                  <span>
                    <ClosureWhat closure={closure} />
                    <span className="muted"> · {t(`closures.reason.${closure.reason}`)}</span>
                  </span>
                  <span className={closure.status === 'reopened' ? 'status status-cancelled' : 'status status-booked'}>
                    {t(`closures.status.${closure.status}`)}
                  </span>
                  <Answered closure={closure} />
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

/** Its days, and of each the hours where it is not the whole day. */
export function ClosureWhen({
  closure: { from, to, fromTime, toTime },
}: {
  readonly closure: Pick<Closure, 'from' | 'to' | 'fromTime' | 'toTime'>;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const days =
    from === to
      ? dayName(from, language)
      : t('closures.days', { from: dayName(from, language), to: dayName(to, language) });
  const hours =
    fromTime || toTime ? t('closures.hours', { from: fromTime ?? '00:00', to: toTime ?? '24:00' }) : undefined;
  return <>{[days, hours].filter(Boolean).join(' ')}</>;
}

export function ClosureWhat({
  closure: { places, procedure },
}: {
  readonly closure: Pick<Closure, 'places' | 'procedure'>;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const what = places === 0 ? t('closures.closed') : t('closures.cutTo', { count: places });
  return <>{[procedure && t(`pages:procedure.${procedure}`), what].filter(Boolean).join(' · ')}</>;
}

/** How many of those it moved have said something, drawn and in words. */
export function Answered({ closure: { counts } }: { readonly closure: Pick<Closure, 'counts'> }) {
  const { t } = useTranslation('work');
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0) return <span className="muted">{t('closures.nobody')}</span>;
  const answered = all - counts.asked - counts.kept - counts.released;
  return (
    <span className="closure-answered">
      <span className="places-bar" aria-hidden="true">
        <span style={{ width: `${(100 * answered) / all}%` }} />
      </span>
      {t('closures.answered', { answered, all })}
    </span>
  );
}

/** The move that a code stands for, to be answered for its caller. */
function Found({ siteId, code }: { readonly siteId: string; readonly code: string }) {
  const { t } = useTranslation('work');
  const found = useApi('GET /api/closures/moves', { query: { siteId, code } });
  if (found.error?.code === 'not-found') {
    return (
      <div className="notice notice-warn" role="alert">
        <WarnIcon />
        <p>{t('closures.code.none', { code })}</p>
      </div>
    );
  }
  if (found.error) return <LoadError error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return (
    <section aria-live="polite">
      <h2>{t('offer.title', { code })}</h2>
      <p className="muted">{t('offer.lead')}</p>
      <MovedTable siteId={siteId} items={[found.data]} />
    </section>
  );
}
