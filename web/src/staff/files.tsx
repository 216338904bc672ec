import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { moment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { POLL_MS } from './use-roster.ts';

export type Import = CallOutput<'GET /api/files/{siteId}/{importId}'>;

/** How soon a page that watches an import asks again. */
export const WATCH_MS = 1_000;

export const isRunning = ({ status }: Pick<Import, 'status'>): boolean =>
  status === 'checking' || status === 'applying';

/** A site's files: what was imported, how far each is, and the way to the next. */
export function FilesPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('files.title')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date } = useDesk();
  const list = useApi('GET /api/files/{siteId}', { params: { siteId } }, { every: POLL_MS });
  const failed = site.error ?? (list.data ? undefined : list.error);
  return (
    <Page title={site.data?.name[language] ?? t('files.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <p className="muted">{t('files.lead')}</p>
      <div>
        <LinkButton to={`/staff/${siteId}/files/new`}>{t('files.new')}</LinkButton>
      </div>
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void list.refetch();
          }}
        />
      ) : !list.data ? (
        <Loading lines={4} />
      ) : list.data.items.length === 0 ? (
        <Empty title={t('files.empty')} />
      ) : (
        <>
          <h2>{t('files.list')}</h2>
          <ul className="plain stack">
            {list.data.items.map((item) => (
              <li key={item.importId}>
                <Link className="card import-card" to={`/staff/${siteId}/files/${item.importId}`}>
                  <b>{t(`files.kind.${item.kind}`)}</b>
                  <span className="import-name">
                    {item.fileName}
                    <span className="muted"> · {t('files.rows', { count: item.rows })}</span>
                  </span>
                  <span className={item.status === 'applied' ? 'status status-fulfilled' : 'status status-booked'}>
                    {t(`files.status.${item.status}`)}
                  </span>
                  <span className="muted">{moment(item.createdAt, item.zone, language)}</span>
                  <Bar item={item} />
                  {item.keptUntil && !isRunning(item) && (
                    <span className="muted small">
                      {t('files.kept', { when: moment(item.keptUntil, item.zone, language) })}
                    </span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <Examples />
    </Page>
  );
}

/** Two small files with invented people. */
export function Examples() {
  const { t } = useTranslation('work');
  return (
    <p className="muted">
      {t('files.examples')}{' '}
      <a href="/examples/donations-gb18030.csv" download>
        {t('files.exampleHistory')}
      </a>
      {' · '}
      <a href="/examples/hospital-usage.xlsx" download>
        {t('files.exampleUsage')}
      </a>
    </p>
  );
}

/** How far it is, drawn and in words. */
export function Bar({ item }: { readonly item: Import }) {
  const { t } = useTranslation('work');
  const counts = item.applied ?? item.checked;
  if (!counts) return null;
  return (
    <span className="import-bar">
      {isRunning(item) ? (
        <>
          <progress max={item.rows} value={counts.done} aria-label={t(`files.status.${item.status}`)} />
          {t('files.progress', { done: counts.done, all: item.rows })}
        </>
      ) : (
        <Counts counts={counts} />
      )}
    </span>
  );
}

export function Counts({ counts }: { readonly counts: NonNullable<Import['checked']> }) {
  const { t } = useTranslation('work');
  return (
    <span className="import-counts">
      {(['fresh', 'known', 'refused'] as const).map((name) => (
        <span key={name} className={name === 'refused' && counts.refused > 0 ? 'strong' : ''}>
          {t(`files.counts.${name}`)} {counts[name]}
        </span>
      ))}
    </span>
  );
}
