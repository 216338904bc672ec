import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { DOUBT_VERDICTS } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { fullDate, moment } from '../lib/time.ts';
import { useDraft } from '../lib/use-draft.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, ErrorSummary, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';
import { POLL_MS } from './use-roster.ts';

type Doubt = CallOutput<'GET /api/doubts'>['items'][number];

/** What is doubtful in the records of a site's donations, for somebody to explain or confirm. */
export function DoubtsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('doubts.title')}>
      {() => <Doubts />}
    </Work>
  );
}

function Doubts() {
  const { t } = useTranslation(['work', 'pages']);
  const { siteId = '' } = useParams();
  const [search] = useSearchParams();
  const settled = search.get('settled') === 'true';
  /** One at a time is being settled. */
  const [open, setOpen] = useState<string>();
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const list = usePages(
    'GET /api/doubts',
    { query: { siteId, ...(settled && { settled: 'true' as const }) } },
    { every: POLL_MS },
  );
  return (
    <Page title={t('doubts.title')} lead={t('doubts.lead')} back={`/staff/${siteId}`} wide>
      <nav className="segments" aria-label={t('doubts.which')}>
        <Link to="?" aria-current={settled ? undefined : 'true'}>
          {t('doubts.open')}
        </Link>
        <Link to="?settled=true" aria-current={settled ? 'true' : undefined}>
          {t('doubts.settled')}
        </Link>
        <Link to={`/staff/${siteId}/hospitals`}>{t('doubts.hospitals')}</Link>
      </nav>
      {list.error && !list.data ? (
        <LoadError error={list.error} retry={() => void list.refetch()} />
      ) : !list.data || !site.data ? (
        <Loading />
      ) : list.items.length === 0 ? (
        <Empty title={t(settled ? 'doubts.emptySettled' : 'doubts.empty')} />
      ) : (
        <ul className="doubts">
          {list.items.map((doubt) => {
            const id = `${doubt.din}/${doubt.doubtId}`;
            return (
              <One
                key={id}
                doubt={doubt}
                zone={site.data.zone}
                siteId={siteId}
                settling={open === id}
                settle={(now) => setOpen(now ? id : undefined)}
                done={() => void list.refetch()}
              />
            );
          })}
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

type Props = { readonly doubt: Doubt; readonly zone: string; readonly siteId: string };

function One({
  settling,
  settle,
  done,
  ...props
}: Props & { readonly settling: boolean; readonly settle: (now: boolean) => void; readonly done: () => void }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { doubt, zone, siteId } = props;
  const kind = t(`doubts.kind.${doubt.kind}`);
  const chain = `/staff/units/${encodeURIComponent(doubt.din)}?site=${siteId}&date=${doubt.date}`;
  const name = { din: doubt.dinPrinted, kind };
  return (
    <li className="doubt">
      <h2>{kind}</h2>
      <p className="small muted">
        <Link to={chain}>
          <span className="mono">{doubt.dinPrinted}</span>
        </Link>{' '}
        · {t('doubts.given', { date: fullDate(doubt.date, language) })} ·{' '}
        {t('doubts.found', { when: moment(doubt.foundAt, zone, language) })}
        {doubt.status !== 'open' && (
          <>
            {' '}
            <span className="tag">{t(`doubts.status.${doubt.status}`)}</span>
          </>
        )}
      </p>
      <About {...props} />
      {doubt.verdicts.map(({ verdict, reason, by, at }) => (
        <p key={at}>
          {t('doubts.said', {
            verdict: t(`doubts.status.${verdict}`),
            reason,
            who: by || t('staff.somebody'),
            when: moment(at, zone, language),
          })}
        </p>
      ))}
      {settling ? (
        <Settle
          doubt={doubt}
          end={(saved) => {
            settle(false);
            if (saved) done();
          }}
        />
      ) : (
        doubt.status !== 'closed' && (
          <Button
            size="sm"
            {...(doubt.status === 'open' ? { color: 'pine' } : { variant: 'default' })}
            onClick={() => settle(true)}
            aria-label={t(doubt.status === 'open' ? 'doubts.settleFor' : 'doubts.changeFor', name)}
          >
            {t(doubt.status === 'open' ? 'doubts.settle' : 'doubts.change')}
          </Button>
        )
      )}
    </li>
  );
}

/** What is doubtful, in a sentence, and the steps that say so. */
function About({ doubt, zone }: Props) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { kind, why, before, expiresAt } = doubt;
  return (
    <>
      <p>
        {kind === 'times-out-of-order'
          ? why && t(`doubts.why.${why}`)
          : t(`doubts.about.${kind}`, {
              expires: expiresAt ? moment(expiresAt, zone, language) : '',
              before: before ? fullDate(before.date, language) : '',
              from: before ? fullDate(before.from, language) : '',
              din: before?.din ?? '',
              found: doubt.groups?.found ?? '',
              groupSaid: doubt.groups?.reported ?? '',
            })}
      </p>
      {doubt.evidence.length > 0 && (
        <ol className="doubt-evidence small" aria-label={t('doubts.evidence')}>
          {doubt.evidence.map((step) => (
            <li key={`${step.unitId} ${step.at}`}>
              {[
                t('doubts.bag', {
                  component: t(`component.${step.component}`),
                  unit: step.unitId,
                  stage: t(`stage.${step.to}`),
                }),
                step.hospital && t('doubts.hospital', { name: step.hospital }),
                step.hospitalRecord && t('doubts.record', { number: step.hospitalRecord }),
                step.usedOn && t('doubts.usedOn', { date: fullDate(step.usedOn, language) }),
                step.reportedAt && t('doubts.reported', { when: moment(step.reportedAt, zone, language) }),
                t('doubts.at', { when: moment(step.at, zone, language) }),
              ]
                .filter(Boolean)
                .join(language === 'zh' ? '，' : ', ')}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function Settle({ doubt, end }: { readonly doubt: Doubt; readonly end: (saved: boolean) => void }) {
  const { t } = useTranslation('work');
  const { din, doubtId, version } = doubt;
  const [value, set, clear] = useDraft(`doubt:${din}:${doubtId}`, { verdict: '', reason: '' });
  const [tried, setTried] = useState(false);
  const act = useAct('POST /api/doubts/{din}/{doubtId}/settle', `doubt:${din}:${doubtId}`);
  const reason = value.reason.trim();
  const problems = [
    ...(value.verdict ? [] : [{ field: `verdict-${DOUBT_VERDICTS[0]}`, message: t('doubts.error.verdict') }]),
    ...(reason ? [] : [{ field: 'reason', message: t('doubts.error.reason') }]),
  ];
  const shown = tried ? problems : [];
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const verdict = DOUBT_VERDICTS.find((each) => each === value.verdict);
    if (problems.length > 0 || !verdict) return;
    if (!(await act.run({ params: { din, doubtId }, body: { verdict, reason, version } }))) return;
    clear();
    toast(t('doubts.saved'));
    end(true);
  };
  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={shown} />
      <Options
        legend={t('doubts.verdict')}
        name="verdict"
        value={value.verdict}
        options={DOUBT_VERDICTS.map((each) => ({ value: each, label: t(`doubts.verdicts.${each}`) }))}
        choose={(verdict) => set({ ...value, verdict })}
        error={shown.find(({ field }) => field.startsWith('verdict-'))?.message}
      />
      <p className="small muted">{t('doubts.effect')}</p>
      <TextInput
        id="reason"
        label={t('doubts.reason')}
        description={t('doubts.reasonHint')}
        maxLength={200}
        value={value.reason}
        error={shown.find(({ field }) => field === 'reason')?.message}
        onChange={(event) => set({ ...value, reason: event.currentTarget.value })}
      />
      {act.error && <ActionError error={act.error} />}
      <div className="doubt-acts">
        <Button type="submit" color="pine" loading={act.busy}>
          {t('doubts.save')}
        </Button>
        <Button variant="default" onClick={() => end(false)}>
          {t('doubts.cancel')}
        </Button>
      </div>
      <Progress act={act} />
    </form>
  );
}
