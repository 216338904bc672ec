import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { RECALL_REASONS } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { fullDate, moment } from '../lib/time.ts';
import { useDraft } from '../lib/use-draft.ts';
import { TickIcon, WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, ErrorSummary, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';
import { useChainBack } from './chain.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';
import { POLL_MS } from './use-roster.ts';

type Recall = CallOutput<'GET /api/recalls/{recallId}'>;
type Where = Recall['stopped'][number];

/** Calling a donation back, or all of its donor's. */
export function RecallNewPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('recall.newTitle')}>
      {() => <Begin />}
    </Work>
  );
}

function Begin() {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const { din = '' } = useParams();
  const { query } = useChainBack();
  const chain = useApi('GET /api/units/{din}', { params: { din } });
  const [value, set, clear] = useDraft(`recall:${din}`, { scope: '', reason: '', note: '' });
  const [tried, setTried] = useState(false);
  const act = useAct('POST /api/recalls', `recall:${din}`);
  const problems = [
    ...(value.scope ? [] : [{ field: 'scope-donation', message: t('recall.error.scope') }]),
    ...(value.reason ? [] : [{ field: `reason-${RECALL_REASONS[0]}`, message: t('recall.error.reason') }]),
  ];
  const shown = tried ? problems : [];
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const reason = RECALL_REASONS.find((each) => each === value.reason);
    if (problems.length > 0 || !reason) return;
    const begun = await act.run({
      body: {
        din,
        scope: value.scope === 'donor' ? 'donor' : 'donation',
        reason,
        ...(value.note.trim() && { note: value.note.trim() }),
      },
    });
    if (!begun) return;
    clear();
    await navigate(`/staff/${begun.siteId}/recalls/${begun.recallId}`, { replace: true });
  };
  const back = `/staff/units/${encodeURIComponent(din)}${query}`;
  return (
    <Page
      title={t('recall.newTitle')}
      back={back}
      {...(chain.data && { lead: t('units.chainTitle', { din: chain.data.dinPrinted }) })}
    >
      {chain.error && !chain.data ? (
        <LoadError error={chain.error} retry={() => void chain.refetch()} />
      ) : !chain.data ? (
        <Loading />
      ) : (
        <form noValidate className="question" onSubmit={(event) => void submit(event)}>
          <ErrorSummary problems={shown} />
          <p>
            {t(chain.data.master === 'other' ? 'recall.whatOther' : 'recall.what', { system: chain.data.system ?? '' })}
          </p>
          <Options
            legend={t('recall.scope')}
            name="scope"
            value={value.scope}
            options={(['donation', 'donor'] as const).map((each) => ({
              value: each,
              label: t(`recall.scopes.${each}`),
            }))}
            choose={(scope) => set({ ...value, scope })}
            error={shown.find(({ field }) => field === 'scope-donation')?.message}
          />
          <Options
            legend={t('recall.reason')}
            name="reason"
            value={value.reason}
            options={RECALL_REASONS.map((each) => ({ value: each, label: t(`recall.reasons.${each}`) }))}
            choose={(reason) => set({ ...value, reason })}
            error={shown.find(({ field }) => field.startsWith('reason-'))?.message}
          />
          <TextInput
            id="note"
            label={`${t('recall.note')} (${t('pages:common.optional')})`}
            description={t('recall.noteHint')}
            maxLength={200}
            value={value.note}
            onChange={(event) => set({ ...value, note: event.currentTarget.value })}
          />
          {act.error && <ActionError error={act.error} />}
          <Button type="submit" size="lg" color="ember" loading={act.busy}>
            {t('recall.begin')}
          </Button>
          <Progress act={act} />
        </form>
      )}
    </Page>
  );
}

export function RecallPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('recall.title')}>
      {() => <OneRecall />}
    </Work>
  );
}

function OneRecall() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId = '', recallId = '' } = useParams();
  const recall = useApi('GET /api/recalls/{recallId}', { params: { recallId }, query: { siteId } }, { every: POLL_MS });
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const data = recall.data;
  const zone = site.data?.zone ?? 'UTC';
  const goes = data?.status === 'running' || data?.status === 'lifting';
  return (
    <Page
      title={data ? t('recall.titleOf', { din: data.dinPrinted }) : t('recall.title')}
      back={`/staff/${siteId}/recalls`}
      wide
      {...(data && {
        lead: t('recall.lead', {
          scope: t(`recall.scopes.${data.scope}`),
          reason: t(`recall.reasons.${data.reason}`),
          who: data.by || t('staff.somebody'),
          when: moment(data.at, zone, language),
        }),
      })}
    >
      {recall.error && !data ? (
        <LoadError error={recall.error} retry={() => void recall.refetch()} />
      ) : !data ? (
        <Loading lines={5} />
      ) : (
        <div className="stack">
          <div className={`scan-verdict ${data.status === 'done' ? 'scan-verdict-good' : ''}`} role="status">
            {!goes && <TickIcon size={32} />}
            <p>{t(`recall.status.${data.status}`, { passed: data.passed, n: data.donations })}</p>
          </div>
          {data.note && <p>{data.note}</p>}
          <section aria-labelledby="out">
            <h2 id="out">{t('recall.out')}</h2>
            {data.out.length === 0 ? (
              <p className="muted">{t('recall.noneOut')}</p>
            ) : (
              data.out.map((each) => <Hospital key={each.hospital} recall={data} hospital={each} zone={zone} />)
            )}
          </section>
          {data.elsewhere.length > 0 && (
            <section aria-labelledby="elsewhere">
              <h2 id="elsewhere">{t('recall.elsewhere', { system: data.system ?? '' })}</h2>
              <Places items={data.elsewhere} siteId={siteId} />
            </section>
          )}
          <section aria-labelledby="stopped">
            <h2 id="stopped">{t('recall.stopped')}</h2>
            {data.stopped.length === 0 ? (
              <p className="muted">{t('recall.noneStopped')}</p>
            ) : (
              <Places items={data.stopped} siteId={siteId} />
            )}
          </section>
          {data.status === 'done' && <Lift recall={data} />}
          {data.liftedAt && (
            <p className="muted">
              {t('recall.liftedBy', {
                who: data.liftedBy || t('staff.somebody'),
                when: moment(data.liftedAt, zone, language),
              })}
            </p>
          )}
        </div>
      )}
    </Page>
  );
}

function Hospital({
  recall,
  hospital,
  zone,
}: {
  readonly recall: Recall;
  readonly hospital: Recall['out'][number];
  readonly zone: string;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const act = useAct('POST /api/recalls/{recallId}/told', `told:${recall.recallId}:${hospital.hospital}`);
  const { told } = hospital;
  return (
    <article className="unit" aria-label={hospital.hospital}>
      <header>
        <h3>{hospital.hospital || t('recall.noHospital')}</h3>
        {told ? (
          <span className="good">
            {t('recall.told', { who: told.by || t('staff.somebody'), when: moment(told.at, zone, language) })}
          </span>
        ) : hospital.phone ? (
          <Tel phone={hospital.phone} />
        ) : (
          <Link to={`/staff/${recall.siteId}/unit-settings`}>{t('recall.noPhone')}</Link>
        )}
      </header>
      <Places items={hospital.units} siteId={recall.siteId} />
      {!told && recall.status !== 'lifted' && recall.status !== 'lifting' && hospital.hospital && (
        <div className="unit-acts">
          <Button
            size="sm"
            color="pine"
            loading={act.busy}
            onClick={() =>
              void act
                .run({
                  params: { recallId: recall.recallId },
                  body: { siteId: recall.siteId, hospital: hospital.hospital },
                })
                .then((done) => done && toast(t('recall.toldNoted')))
            }
          >
            {t('recall.tell', { hospital: hospital.hospital })}
          </Button>
        </div>
      )}
      {act.error && <ActionError error={act.error} />}
    </article>
  );
}

/** Units, each with where it stands. */
function Places({ items, siteId }: { readonly items: readonly Where[]; readonly siteId: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  return (
    <ul className="places-list">
      {items.map((where) => (
        <li key={`${where.din} ${where.unitId}`}>
          <Link to={`/staff/units/${encodeURIComponent(where.din)}?site=${siteId}`} className="mono">
            {where.dinPrinted}
          </Link>
          <span>
            {t(`component.${where.component}`)} <span className="mono muted">{where.unitId}</span>
          </span>
          <span className={`stage stage-${where.stage}`}>{t(`stage.${where.stage}`)}</span>
          <span className="small muted">
            {[
              where.hospital,
              where.hospitalRecord && t('units.record', { record: where.hospitalRecord }),
              where.location && t('units.lies', { place: where.location }),
              where.expiresOn && t('units.expires', { date: fullDate(where.expiresOn, language) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Lift({ recall }: { readonly recall: Recall }) {
  const { t } = useTranslation('work');
  const [sure, setSure] = useState(false);
  const act = useAct('POST /api/recalls/{recallId}/lift', `lift:${recall.recallId}`);
  return (
    <section aria-labelledby="lift">
      <h2 id="lift">{t('recall.lift')}</h2>
      <p className="muted">{t('recall.liftText')}</p>
      {sure ? (
        <Button
          color="ember"
          loading={act.busy}
          onClick={() =>
            void act.run({ params: { recallId: recall.recallId }, body: { siteId: recall.siteId } }).then((done) => {
              if (done) toast(t('recall.lifted'));
            })
          }
        >
          {t('recall.liftSure')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setSure(true)}>
          {t('recall.lift')}
        </Button>
      )}
      {act.error && <ActionError error={act.error} />}
    </section>
  );
}

export function RecallsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('recall.listTitle')}>
      {() => <All />}
    </Work>
  );
}

function All() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { siteId = '' } = useParams();
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const recalls = usePages('GET /api/recalls', { query: { siteId } });
  return (
    <Page title={t('recall.listTitle')} lead={t('recall.listLead')} back={`/staff/${siteId}/batch`} wide>
      {recalls.error && !recalls.data ? (
        <LoadError error={recalls.error} retry={() => void recalls.refetch()} />
      ) : !recalls.data ? (
        <Loading />
      ) : recalls.items.length === 0 ? (
        <Empty title={t('recall.none')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('recall.listTitle')}</caption>
          <thead>
            <tr>
              {(['when', 'din', 'scope', 'status'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`recall.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {recalls.items.map((each) => (
              <tr key={each.recallId}>
                <td className="board-time">{moment(each.at, site.data?.zone ?? 'UTC', language)}</td>
                <th scope="row">
                  <Link to={`/staff/${siteId}/recalls/${each.recallId}`} className="mono">
                    {each.dinPrinted}
                  </Link>
                </th>
                <td>{t(`recall.scopes.${each.scope}`)}</td>
                <td>{t(`recall.status.${each.status}`, { passed: each.passed, n: each.donations })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {recalls.hasNextPage && (
        <Button variant="default" loading={recalls.isFetchingNextPage} onClick={() => void recalls.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
    </Page>
  );
}

/** Every donation of a donation's donor, and where all of it went. */
export function LookbackPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('lookback.title')}>
      {() => <Lookback />}
    </Work>
  );
}

function Lookback() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { din = '' } = useParams();
  const [search] = useSearchParams();
  const { query } = useChainBack();
  const traced = useApi('GET /api/lookback', { query: { din } });
  const self = `/staff/units/${encodeURIComponent(din)}`;
  return (
    <Page title={t('lookback.title')} lead={t('lookback.lead')} back={`${self}${query}`} wide>
      {traced.error && !traced.data ? (
        <LoadError error={traced.error} retry={() => void traced.refetch()} />
      ) : !traced.data ? (
        <Loading lines={5} />
      ) : (
        <>
          <p>
            <Link to={`${self}/recall${query}`}>{t('recall.link')}</Link>
          </p>
          {traced.data.items.map((donation) => (
            <article key={donation.din} className="unit" aria-label={donation.dinPrinted}>
              <header>
                <h2>
                  {fullDate(donation.date, language)} · {t(`pages:procedure.${donation.procedure}`)}{' '}
                  {t('pages:common.ml', { ml: donation.volumeMl })}
                </h2>
                <span className="muted">{donation.siteName?.[language]}</span>
              </header>
              {(donation.recall || donation.held) && (
                <p className="bad">
                  <WarnIcon size={16} /> {t(donation.recall ? 'recall.recalled' : 'holds.held')}
                </p>
              )}
              {donation.units.length > 0 ? (
                <Places items={donation.units} siteId={search.get('site') ?? donation.siteId ?? ''} />
              ) : (
                <p className="muted">
                  <span className="mono">{donation.dinPrinted}</span> {t('lookback.noUnits')}
                </p>
              )}
            </article>
          ))}
        </>
      )}
    </Page>
  );
}
