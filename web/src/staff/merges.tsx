import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { moment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { RecordCard } from './record-card.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';
import { POLL_MS } from './use-roster.ts';

export function MergesPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('identity.merge.title')}>
      {() => <Merges />}
    </Work>
  );
}

type Merge = CallOutput<'GET /api/identity/merges'>['items'][number];

function Merges() {
  const { t } = useTranslation('work');
  const { siteId, date } = useDesk();
  const merges = useApi('GET /api/identity/merges', { query: { siteId } }, { every: POLL_MS });
  return (
    <Page
      title={t('identity.merge.title')}
      lead={t('identity.merge.lead')}
      eyebrow={t('staff.title')}
      back={`/staff/${siteId}`}
      wide
    >
      <DeskTabs siteId={siteId} date={date} />
      {merges.error && !merges.data ? (
        <LoadError error={merges.error} retry={() => void merges.refetch()} />
      ) : !merges.data ? (
        <Loading />
      ) : merges.data.items.length === 0 ? (
        <Empty title={t('identity.merge.empty')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('identity.merge.title')}</caption>
          <thead>
            <tr>
              {(['when', 'who', 'reason', 'status'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`identity.merge.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {merges.data.items.map((merge) => (
              <Row key={merge.mergeId} merge={merge} />
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}

function Row({ merge }: { readonly merge: Merge }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { keep, join } = merge;
  return (
    <tr>
      <td>
        {t('identity.merge.by', { name: merge.proposedBy, when: moment(merge.proposedAt, merge.zone, language) })}
      </td>
      <th scope="row">
        <Link
          to={`/staff/${merge.siteId}/merges/${merge.mergeId}`}
          aria-label={t('identity.merge.openFor', { keep, join })}
        >
          {t('identity.merge.pair', { keep, join })}
        </Link>
      </th>
      <td>{merge.reason}</td>
      <td>
        <span className="tag">{t(`identity.merge.status.${merge.status}`)}</span>
      </td>
    </tr>
  );
}

export function MergePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('identity.merge.title')}>
      {() => <Decide />}
    </Work>
  );
}

/** What a merge would join, for whoever has not proposed it to approve or reject. */
function Decide() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId = '', mergeId = '' } = useParams();
  const merge = useApi('GET /api/identity/merges/{mergeId}', { params: { mergeId }, query: { siteId } });
  const approve = useAct('POST /api/identity/merges/{mergeId}/approve', `approve:${mergeId}`);
  const reject = useAct('POST /api/identity/merges/{mergeId}/reject', `reject:${mergeId}`);
  const it = merge.data;
  const input = { params: { mergeId }, body: { siteId, version: it?.version ?? 0 } };
  const error = approve.error ?? reject.error;
  return (
    <Page
      title={it ? t('identity.merge.pair', { keep: it.keep, join: it.join }) : t('identity.merge.title')}
      back={`/staff/${siteId}/merges`}
      wide
    >
      {merge.error && !it ? (
        <LoadError error={merge.error} retry={() => void merge.refetch()} />
      ) : !it ? (
        <Loading />
      ) : (
        <>
          <p>
            <span className="tag">{t(`identity.merge.status.${it.status}`)}</span>{' '}
            {t('identity.merge.by', { name: it.proposedBy, when: moment(it.proposedAt, it.zone, language) })}
            {it.decidedAt &&
              ` · ${t('identity.merge.decidedBy', {
                name: it.decidedBy ?? '',
                when: moment(it.decidedAt, it.zone, language),
              })}`}
          </p>
          <blockquote className="said">{it.reason}</blockquote>
          {it.status === 'applying' && <p role="status">{t('identity.merge.working')}</p>}
          {it.records && (
            <>
              <div className="record-pair">
                <RecordCard title={t('identity.merge.stays')} card={it.records.keep} />
                <RecordCard title={t('identity.merge.joins')} card={it.records.join} />
              </div>
              <p>{t('identity.merge.what')}</p>
              {error && <ActionError error={error} />}
              <div className="board-acts">
                {it.isMine ? (
                  <p className="strong">{t('identity.merge.mine')}</p>
                ) : (
                  <Button
                    size="lg"
                    color="pine"
                    loading={approve.busy}
                    onClick={() => void approve.run(input).then((done) => done && toast(t('identity.merge.approved')))}
                  >
                    {t('identity.merge.approve')}
                  </Button>
                )}
                <Button
                  size="lg"
                  variant="default"
                  loading={reject.busy}
                  onClick={() => void reject.run(input).then((done) => done && toast(t('identity.merge.rejected')))}
                >
                  {t('identity.merge.reject')}
                </Button>
              </div>
              <Progress act={approve} />
            </>
          )}
        </>
      )}
    </Page>
  );
}
