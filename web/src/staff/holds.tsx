import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { useAct, useApi, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { fullDate, moment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage, useSentence } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';
import { POLL_MS } from './use-roster.ts';

/** Donations on hold of which a hospital has something: who is to be called, and who has called. */
export function HoldsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('holds.title')}>
      {() => <Alerts />}
    </Work>
  );
}

type Alert = CallOutput<'GET /api/holds'>['items'][number];

function Alerts() {
  const { t } = useTranslation(['work', 'pages']);
  const { siteId = '' } = useParams();
  const [search] = useSearchParams();
  const done = search.get('done') === 'true';
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const holds = usePages(
    'GET /api/holds',
    { query: { siteId, ...(done && { done: 'true' as const }) } },
    { every: POLL_MS },
  );
  return (
    <Page title={t('holds.title')} lead={t('holds.lead')} back={`/staff/${siteId}`} wide>
      <nav className="segments" aria-label={t('holds.which')}>
        <Link to="?" aria-current={done ? undefined : 'true'}>
          {t('holds.open')}
        </Link>
        <Link to="?done=true" aria-current={done ? 'true' : undefined}>
          {t('holds.done')}
        </Link>
      </nav>
      {holds.error && !holds.data ? (
        <LoadError error={holds.error} retry={() => void holds.refetch()} />
      ) : !holds.data || !site.data ? (
        <Loading />
      ) : holds.items.length === 0 ? (
        <Empty title={t(done ? 'holds.emptyDone' : 'holds.empty')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('holds.title')}</caption>
          <thead>
            <tr>
              {(['when', 'donation', 'out', 'act'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`holds.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {holds.items.map((alert) => (
              <Row key={alert.din} alert={alert} zone={site.data.zone} siteId={siteId} />
            ))}
          </tbody>
        </table>
      )}
      {holds.hasNextPage && (
        <Button variant="default" loading={holds.isFetchingNextPage} onClick={() => void holds.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
    </Page>
  );
}

function Row({ alert, zone, siteId }: { readonly alert: Alert; readonly zone: string; readonly siteId: string }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const sentence = useSentence();
  const act = useAct('POST /api/holds/{din}/acknowledge', `acknowledge:${alert.din}`);
  const acknowledge = async (): Promise<void> => {
    if (await act.run({ params: { din: alert.din }, body: {} })) toast(t('holds.noted'));
  };
  return (
    <tr>
      <td className="board-time">{moment(alert.askedAt, zone, language)}</td>
      <th scope="row">
        <Link to={`/staff/units/${encodeURIComponent(alert.din)}?site=${siteId}&date=${alert.date}`}>
          <span className="mono">{alert.dinPrinted}</span>
        </Link>
        <br />
        <span className="small muted">
          {t(`pages:procedure.${alert.procedure}`)} · {fullDate(alert.date, language)}
        </span>
      </th>
      <td>
        {alert.out.length === 0
          ? t('holds.back')
          : alert.out.map(({ unitId, component, stage, hospital }) => (
              <div key={unitId}>
                {t(`holds.${stage}`, {
                  component: t(`component.${component}`),
                  unit: unitId,
                  hospital: hospital ?? t('holds.hospital'),
                })}
              </div>
            ))}
      </td>
      <td>
        {alert.acknowledgedAt ? (
          <span className="small">
            {t('holds.acknowledged', {
              who: alert.acknowledgedBy || t('staff.somebody'),
              when: moment(alert.acknowledgedAt, zone, language),
            })}
          </span>
        ) : (
          <Button
            size="sm"
            color="pine"
            loading={act.busy}
            onClick={() => void acknowledge()}
            aria-label={t('holds.acknowledgeFor', { din: alert.dinPrinted })}
          >
            {t('holds.acknowledge')}
          </Button>
        )}
        {act.error && (
          <p className="bad small" role="alert">
            {sentence(act.error)}
          </p>
        )}
      </td>
    </tr>
  );
}
