import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { CATEGORY_NAMES } from '../../../../shared/domain/service-categories.ts';
import { useAct, usePages } from '../../api/hooks.ts';
import type { CallOutput } from '../../api/types.ts';
import { fullDate } from '../../lib/time.ts';
import { MinutesField, NOTHING_TYPED, ReasonField } from '../../service/fields.tsx';
import { minutesTyped } from '../../service/minutes-typed.ts';
import { useHours } from '../../service/words.ts';
import { Question } from '../../ui/question.tsx';
import {
  ActionError,
  Empty,
  type FieldProblem,
  Good,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../../ui/states.tsx';
import { HoursPage } from './pages.tsx';

type Request = CallOutput<'GET /api/organisations/{organisationId}/hours/requests'>['items'][number];

export function HoursRequestsPage() {
  const { t } = useTranslation('work');
  return (
    <HoursPage title={t('hours.requests')} lead={t('hours.list.lead')}>
      {(organisationId) => <List organisationId={organisationId} />}
    </HoursPage>
  );
}

function List({ organisationId }: { readonly organisationId: string }) {
  const { t } = useTranslation(['work', 'pages']);
  const [search] = useSearchParams();
  const isDone = search.get('show') === 'done';
  const [saved, setSaved] = useState(false);
  const list = usePages('GET /api/organisations/{organisationId}/hours/requests', {
    params: { organisationId },
    query: { ...(isDone && { done: 'true' as const }), limit: 50 },
  });
  return (
    <>
      <nav className="segments" aria-label={t('hours.requests')}>
        <Link to="?" aria-current={isDone ? undefined : 'true'}>
          {t('hours.list.waiting')}
        </Link>
        <Link to="?show=done" aria-current={isDone ? 'true' : undefined}>
          {t('hours.list.done')}
        </Link>
      </nav>
      {search.get('done') === 'asked' && <Good>{t('hours.add.done')}</Good>}
      {saved && !isDone && <Good>{t('hours.list.saved')}</Good>}
      {list.error && !list.data ? (
        <LoadError error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : list.items.length === 0 ? (
        <Empty title={isDone ? t('hours.list.noneDone') : t('hours.list.none')} />
      ) : (
        <ul className="hours-list">
          {list.items.map((request) => (
            <One
              key={request.requestId}
              request={request}
              organisationId={organisationId}
              decided={() => setSaved(true)}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
    </>
  );
}

function One({
  request,
  organisationId,
  decided,
}: {
  readonly request: Request;
  readonly organisationId: string;
  readonly decided: () => void;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const hours = useHours();
  const { name, date, status, was, minutes, reason, answer } = request;
  const day = fullDate(date, language);
  const [deciding, setDeciding] = useState<'approve' | 'reject'>();
  return (
    <li>
      <b>
        {name} <span className="muted">{t('staff.last4', { digits: request.phoneLast4 })}</span>
      </b>
      <span>
        <span className="tag">{t(was === undefined ? 'hours.list.add' : 'hours.list.correct')}</span> {day} ·{' '}
        {request.title[language]}
      </span>
      <b>{was === undefined ? hours(minutes) : t('hours.list.change', { was: hours(was), minutes: hours(minutes) })}</b>
      <span className="small muted">
        {CATEGORY_NAMES[request.category][language]} ·{' '}
        {request.isOwn ? t('hours.list.own') : t('hours.list.byOther', { name: request.askedBy ?? '' })}
      </span>
      <span>{t('hours.list.reason', { reason })}</span>
      {status !== 'asked' ? (
        <>
          <span className={status === 'approved' ? 'good' : 'bad'}>
            {status === 'approved'
              ? t('hours.list.approved', { minutes: hours(request.granted ?? minutes) })
              : t('hours.list.rejected')}
            {request.decidedBy && (
              <span className="muted"> · {t('hours.list.decidedBy', { name: request.decidedBy })}</span>
            )}
          </span>
          {answer && <span>{t('hours.list.answer', { answer })}</span>}
        </>
      ) : !request.mayDecide ? (
        <span className="muted">{t('hours.list.notYours')}</span>
      ) : deciding ? (
        <Decide
          request={request}
          organisationId={organisationId}
          approve={deciding === 'approve'}
          cancel={() => setDeciding(undefined)}
          decided={decided}
        />
      ) : (
        <div className="row">
          <Button aria-label={t('hours.list.approveFor', { name, date: day })} onClick={() => setDeciding('approve')}>
            {t('hours.list.approve')}
          </Button>
          <Button
            variant="default"
            aria-label={t('hours.list.rejectFor', { name, date: day })}
            onClick={() => setDeciding('reject')}
          >
            {t('hours.list.reject')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** A no needs a reason, and so does a yes to another figure: whoever asked reads it. */
function Decide({
  request,
  organisationId,
  approve,
  cancel,
  decided,
}: {
  readonly request: Request;
  readonly organisationId: string;
  readonly approve: boolean;
  readonly cancel: () => void;
  readonly decided: () => void;
}) {
  const { t } = useTranslation('work');
  const { requestId, version } = request;
  const act = useAct(
    'POST /api/organisations/{organisationId}/hours/requests/{requestId}/decision',
    `decide-hours:${requestId}`,
  );
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [answer, setAnswer] = useState('');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const idOf = (field: string): string => `${field}-${requestId}`;
  const submit = async (): Promise<void> => {
    act.reset();
    const isTyped = approve && (typed.hours.trim() !== '' || typed.minutes.trim() !== '');
    const minutes = isTyped ? minutesTyped(typed) : undefined;
    const isOther = minutes !== undefined && minutes !== request.minutes;
    const found: FieldProblem[] = [
      ...(isTyped && (minutes === undefined || (minutes === 0 && request.was === undefined))
        ? [{ field: idOf('hours'), message: t('hours.list.minutesWrong') }]
        : []),
      ...((!approve || isOther) && !answer.trim()
        ? [{ field: idOf('answer'), message: t('hours.list.reasonNeeded') }]
        : []),
    ];
    setProblems(found);
    if (found.length > 0) return;
    const done = await act.run({
      params: { organisationId, requestId },
      body: {
        approve,
        version,
        ...(isOther && { minutes }),
        ...(answer.trim() && { answer: answer.trim() }),
      },
    });
    if (done) decided();
  };
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === idOf(field))?.message;
  return (
    <Question problems={problems} submit={() => void submit()}>
      {approve && (
        <MinutesField
          legend={
            <>
              {t('hours.list.as')} <span className="small muted">{t('hours.list.asHint')}</span>
            </>
          }
          labels={{ hours: t('hours.add.hours'), minutes: t('hours.add.minutes') }}
          typed={typed}
          set={setTyped}
          error={errorOf('hours')}
          idOf={idOf}
        />
      )}
      <ReasonField
        id={idOf('answer')}
        label={t('hours.list.reasonLabel')}
        value={answer}
        set={setAnswer}
        error={errorOf('answer')}
      />
      {act.error && <ActionError error={act.error} />}
      <div className="row">
        <Button type="submit" loading={act.busy}>
          {t(approve ? 'hours.list.approve' : 'hours.list.reject')}
        </Button>
        <Button variant="subtle" disabled={act.busy} onClick={cancel}>
          {t('hours.list.back')}
        </Button>
      </div>
      <Progress act={act} />
    </Question>
  );
}
