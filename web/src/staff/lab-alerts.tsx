import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { useAct, useApi, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { fullDate, moment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, ErrorSummary, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';
import { POLL_MS } from './use-roster.ts';

type Alert = CallOutput<'GET /api/laboratory/alerts'>['items'][number];

/** Donations whose results somebody has to see to. */
export function LabAlertsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('laboratory.alerts.title')}>
      {() => <Alerts />}
    </Work>
  );
}

function Alerts() {
  const { t } = useTranslation(['work', 'pages']);
  const { siteId = '' } = useParams();
  const [search] = useSearchParams();
  const settled = search.get('settled') === 'true';
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const list = usePages(
    'GET /api/laboratory/alerts',
    { query: { siteId, ...(settled && { settled: 'true' as const }) } },
    { every: POLL_MS },
  );
  return (
    <Page
      title={t('laboratory.alerts.title')}
      lead={t('laboratory.alerts.lead')}
      back={`/staff/${siteId}/results`}
      wide
    >
      <nav className="segments" aria-label={t('laboratory.alerts.which')}>
        <Link to="?" aria-current={settled ? undefined : 'true'}>
          {t('laboratory.alerts.open')}
        </Link>
        <Link to="?settled=true" aria-current={settled ? 'true' : undefined}>
          {t('laboratory.alerts.settled')}
        </Link>
      </nav>
      {list.error && !list.data ? (
        <LoadError error={list.error} retry={() => void list.refetch()} />
      ) : !list.data || !site.data ? (
        <Loading />
      ) : list.items.length === 0 ? (
        <Empty title={t(settled ? 'laboratory.alerts.emptySettled' : 'laboratory.alerts.empty')} />
      ) : (
        <ul className="doubts">
          {list.items.map((alert) => (
            <One key={alert.din} alert={alert} zone={site.data.zone} siteId={siteId} done={() => void list.refetch()} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
    </Page>
  );
}

function One({
  alert,
  zone,
  siteId,
  done,
}: {
  readonly alert: Alert;
  readonly zone: string;
  readonly siteId: string;
  readonly done: () => void;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const chain = `/staff/units/${encodeURIComponent(alert.din)}`;
  const query = `?site=${siteId}&date=${alert.date}`;
  const why = [
    ...(alert.reacted.length > 0
      ? [
          t('laboratory.alerts.reacted', {
            tests: alert.reacted.map((code) => t(`laboratory.test.${code}`)).join(language === 'zh' ? '、' : ', '),
          }),
        ]
      : []),
    ...(alert.group === 'differs' ? [t('laboratory.alerts.group')] : []),
  ];
  const { settled } = alert;
  return (
    <li className="doubt">
      <h2>
        <Link to={`${chain}/results${query}`} className="mono">
          {alert.dinPrinted}
        </Link>
      </h2>
      <p className="small muted">
        {t('doubts.given', { date: fullDate(alert.date, language) })} ·{' '}
        {t('laboratory.alerts.raised', { when: moment(alert.raisedAt, zone, language) })}
      </p>
      <p>{why.join(language === 'zh' ? '；' : '; ') || t('laboratory.alerts.clear')}</p>
      {alert.out.length > 0 && (
        <ul className="plain-list bad">
          {alert.out.map(({ unitId, hospital }) => (
            <li key={unitId}>
              {t('laboratory.alerts.out', { unit: unitId, hospital: hospital ?? t('laboratory.alerts.noHospital') })}
            </li>
          ))}
        </ul>
      )}
      <p className="small chain-links">
        <Link to={`${chain}/recall${query}`}>{t('laboratory.alerts.recall')}</Link>
        <Link to={`${chain}/lookback${query}`}>{t('laboratory.alerts.lookback')}</Link>
      </p>
      {settled ? (
        <p>
          {settled.by
            ? t('laboratory.alerts.by', {
                who: settled.by,
                when: moment(settled.at, zone, language),
                note: settled.note ?? '',
              })
            : t('laboratory.alerts.byItself', { when: moment(settled.at, zone, language) })}
        </p>
      ) : (
        <Settle alert={alert} done={done} />
      )}
    </li>
  );
}

function Settle({ alert, done }: { readonly alert: Alert; readonly done: () => void }) {
  const { t } = useTranslation('work');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const act = useAct('POST /api/laboratory/{din}/settle', `lab-alert:${alert.din}:${alert.raisedAt}`);
  const field = `note-${alert.din}`;
  const problems = tried && !note.trim() ? [{ field, message: t('laboratory.alerts.error') }] : [];
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!note.trim()) return;
    if (!(await act.run({ params: { din: alert.din }, body: { note: note.trim() } }))) return;
    toast(t('laboratory.alerts.noted'));
    done();
  };
  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      <TextInput
        id={field}
        label={t('laboratory.alerts.note')}
        description={t('laboratory.alerts.noteHint')}
        maxLength={200}
        value={note}
        error={problems[0]?.message}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {act.error && <ActionError error={act.error} />}
      <Button
        type="submit"
        color="pine"
        loading={act.busy}
        aria-label={t('laboratory.alerts.settleFor', { din: alert.dinPrinted })}
      >
        {t('laboratory.alerts.settle')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
