import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { timeOf } from '../lib/time.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { DateBar } from './date-bar.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { POLL_MS } from './use-roster.ts';

/** What the laboratory has found of a day's donations, and what is still to do. */
export function ResultsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('laboratory.title')}>
      {() => <Day />}
    </Work>
  );
}

type Tests = CallOutput<'GET /api/laboratory/tests/{siteId}'>;

/** What results recorded here do at this site, where that is not all they could. */
export function LabNotice({ tests }: { readonly tests: Tests }) {
  const { t } = useTranslation('work');
  if (tests.master === 'nuanliu' && tests.required) return null;
  return (
    <div className="notice notice-warn">
      <WarnIcon />
      <p>
        {tests.master === 'other'
          ? t('laboratory.mirrored', { system: tests.system ?? '' })
          : t('laboratory.elsewhere')}
      </p>
    </div>
  );
}

function Day() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { siteId, site, date, today } = useDesk();
  const tests = useApi('GET /api/laboratory/tests/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const alerts = usePages('GET /api/laboratory/alerts', { query: { siteId, limit: 100 } }, { every: POLL_MS });
  const list = usePages(
    'GET /api/laboratory',
    { query: { siteId, date, limit: 100 } },
    { every: POLL_MS, enabled: site.data !== undefined },
  );
  const failed = site.error ?? (list.data ? undefined : list.error);
  return (
    <Page title={site.data?.name[language] ?? t('laboratory.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <p className="muted">{t('laboratory.lead')}</p>
      {tests.data && <LabNotice tests={tests.data} />}
      {alerts.items.length > 0 && (
        <div className="notice notice-warn" role="status">
          <WarnIcon />
          <p>
            <b>{t('laboratory.alertsWait', { n: alerts.items.length })}</b>{' '}
            <Link to={`/staff/${siteId}/results/alerts`}>{t('laboratory.alertsSee')}</Link>
          </p>
        </div>
      )}
      <div className="desk-tools">
        <DateBar date={date} today={today} />
        <LinkButton to={`/staff/${siteId}/results/plate`}>{t('laboratory.toPlate')}</LinkButton>
      </div>
      {failed ? (
        <LoadError error={failed} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading lines={4} />
      ) : list.items.length === 0 ? (
        <Empty title={t('laboratory.empty')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('laboratory.day')}</caption>
          <thead>
            <tr>
              {(['time', 'din', 'group', 'missing', 'verdict'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`laboratory.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.items.map((donation) => (
              <tr key={donation.din}>
                <td className="board-time">{timeOf(donation.collectedAt, site.data?.zone ?? 'UTC')}</td>
                <th scope="row">
                  <Link
                    to={`/staff/units/${encodeURIComponent(donation.din)}/results?site=${siteId}&date=${date}`}
                    className="mono"
                  >
                    {donation.dinPrinted}
                  </Link>
                  <br />
                  <span className="small muted">{t(`pages:procedure.${donation.procedure}`)}</span>
                </th>
                <td className={donation.group === 'differs' ? 'bad' : undefined}>
                  {t(`laboratory.group.${donation.group}`)}
                </td>
                <td>
                  {[
                    ...donation.toRepeat.map((code) =>
                      t('laboratory.repeatOf', { test: t(`laboratory.test.${code}`) }),
                    ),
                    ...(donation.missing.length > 2
                      ? [t('laboratory.toDo', { n: donation.missing.length })]
                      : donation.missing.map((code) => t(`laboratory.test.${code}`))),
                  ].join(language === 'zh' ? '、' : ', ') || '—'}
                </td>
                <td>
                  <VerdictTag verdict={donation.verdict} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
    </Page>
  );
}

const LOOKS = { incomplete: '', clear: 'stage-used', 'not-clear': 'stage-quarantined' } as const;

export function VerdictTag({ verdict }: { readonly verdict: keyof typeof LOOKS }) {
  const { t } = useTranslation('work');
  return <span className={`stage ${LOOKS[verdict]}`}>{t(`laboratory.verdict.${verdict}`)}</span>;
}
