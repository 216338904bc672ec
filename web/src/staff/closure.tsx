import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isUnanswered } from '../../../shared/domain/closures.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, LoadError, Loading, Progress } from '../ui/states.tsx';
import { MovedTable } from './closure-moves.tsx';
import { Answered, ClosureWhat, ClosureWhen } from './closures.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';

/** A closure with everybody it moved: who has answered, who has not, and its end. */
export function ClosurePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('closures.one.title')}>
      {() => <One />}
    </Work>
  );
}

const BUSY_MS = 2_000;
/** Each look is recorded, so that nobody's answer is waited for by the second. */
const CALM_MS = 60_000;
const FILTERS = ['all', 'unanswered', 'answered'] as const;

function One() {
  const { t } = useTranslation('work');
  const { closureId = '' } = useParams();
  const { siteId } = useDesk();
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>('all');
  const [working, setWorking] = useState(true);
  const closure = useApi(
    'GET /api/closures/{closureId}',
    { params: { closureId }, query: { siteId } },
    { every: working ? BUSY_MS : CALM_MS },
  );
  const seen = closure.data;
  const isWorking = seen?.status === 'applying' || seen?.status === 'reopening';
  if (seen && isWorking !== working) setWorking(isWorking);
  const items = (seen?.items ?? []).filter(
    ({ state }) => filter === 'all' || isUnanswered(state) === (filter === 'unanswered'),
  );
  return (
    <Page title={t('closures.one.title')} back={`/staff/${siteId}/closures`} wide>
      {closure.error && !seen ? (
        <LoadError error={closure.error} retry={() => void closure.refetch()} />
      ) : !seen ? (
        <Loading lines={5} />
      ) : (
        <>
          <p className="lead">
            <b>
              <ClosureWhen closure={seen} />
            </b>{' '}
            · <ClosureWhat closure={seen} /> · {t(`closures.reason.${seen.reason}`)}
          </p>
          <p className="counts" aria-live="polite">
            <span className={seen.status === 'reopened' ? 'status status-cancelled' : 'status status-booked'}>
              {t(`closures.status.${seen.status}`)}
            </span>{' '}
            <Answered closure={seen} />
          </p>
          {isWorking && <p role="status">{t('closures.one.working')}</p>}
          {seen.items.length === 0 ? (
            !isWorking && <Empty title={t('closures.one.empty')} />
          ) : (
            <>
              <fieldset className="row choose-slot" aria-label={t('closures.one.columns.state')}>
                {FILTERS.map((value) => (
                  <Button
                    key={value}
                    size="sm"
                    variant={filter === value ? 'filled' : 'default'}
                    aria-pressed={filter === value}
                    onClick={() => setFilter(value)}
                  >
                    {t(`closures.one.filter.${value}`)}
                  </Button>
                ))}
              </fieldset>
              <MovedTable siteId={siteId} items={items} />
            </>
          )}
          {(seen.status === 'applied' || seen.status === 'applying') && <Reopen closure={seen} siteId={siteId} />}
        </>
      )}
    </Page>
  );
}

function Reopen({
  closure: { closureId, version },
  siteId,
}: {
  readonly closure: CallOutput<'GET /api/closures/{closureId}'>;
  readonly siteId: string;
}) {
  const { t } = useTranslation('work');
  const [asking, setAsking] = useState(false);
  const act = useAct('POST /api/closures/{closureId}/reopen', `reopen:${closureId}`);
  const reopen = async (): Promise<void> => {
    if (!(await act.run({ params: { closureId }, body: { siteId, version } }))) return;
    setAsking(false);
    toast(t('closures.one.reopened'));
  };
  return (
    <section className="card stack">
      <h2>{t('closures.one.reopen')}</h2>
      <p>{t('closures.one.reopenLead')}</p>
      {act.error && <ActionError error={act.error} />}
      <div className="row">
        {asking ? (
          <>
            <Button loading={act.busy} onClick={() => void reopen()}>
              {t('closures.one.reopenYes')}
            </Button>
            <Button variant="subtle" onClick={() => setAsking(false)}>
              {t('closures.one.reopenNo')}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('closures.one.reopen')}
          </Button>
        )}
      </div>
      <Progress act={act} />
    </section>
  );
}
