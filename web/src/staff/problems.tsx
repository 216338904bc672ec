import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useAct, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { moment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage, useSentence } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';
import { POLL_MS } from './use-roster.ts';

export function ProblemsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('problems.title')}>
      {() => <Month />}
    </Work>
  );
}

function Month() {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const asked = search.get('month');
  const month = asked && /^\d{4}-\d{2}$/.test(asked) ? asked : new Date().toISOString().slice(0, 7);
  const problems = usePages('GET /api/messages/problems', { query: { month } }, { every: POLL_MS });
  return (
    <Page title={t('problems.title')} lead={t('problems.lead')} back="/staff" wide>
      <TextInput
        type="month"
        className="short-field"
        label={t('problems.month')}
        value={month}
        onChange={(event) => {
          if (event.currentTarget.value) void navigate(`?month=${event.currentTarget.value}`);
        }}
      />
      {problems.error && !problems.data ? (
        <LoadError error={problems.error} retry={() => void problems.refetch()} />
      ) : !problems.data ? (
        <Loading />
      ) : problems.items.length === 0 ? (
        <Empty title={t('problems.empty')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('problems.title')}</caption>
          <thead>
            <tr>
              {(['when', 'what', 'status', 'act'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`problems.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {problems.items.map((problem) => (
              <Row key={problem.messageId} problem={problem} />
            ))}
          </tbody>
        </table>
      )}
      {problems.hasNextPage && (
        <Button variant="default" loading={problems.isFetchingNextPage} onClick={() => void problems.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
    </Page>
  );
}

type Problem = CallOutput<'GET /api/messages/problems'>['items'][number];

/** A text belongs to no site, so its time is the reader's own. */
function Row({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const sentence = useSentence();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const act = useAct('POST /api/messages/problems/resend', `resend:${problem.messageId}:${problem.attempts}`);
  const when = moment(problem.lastAttemptAt ?? problem.createdAt, zone, language);
  const what = t(`pages:texts.template.${problem.template}`);
  const resend = async (): Promise<void> => {
    const done = await act.run({ body: { personId: problem.personId, messageId: problem.messageId } });
    if (done) toast(t('problems.resent'));
  };
  return (
    <tr>
      <td className="board-time">{when}</td>
      <th scope="row">
        {what}
        <span className="mono small muted"> {problem.personId}</span>
      </th>
      <td>
        <b className="bad">{t(`problems.status.${problem.status}`)}</b>
        <br />
        <span className="small muted">
          {t('problems.attempts', { n: problem.attempts })}
          {problem.reason ? ` · ${t('problems.reason', { reason: problem.reason })}` : ''}
        </span>
      </td>
      <td>
        <Button
          size="sm"
          variant="default"
          loading={act.busy}
          onClick={() => void resend()}
          aria-label={t('problems.resendFor', { what, when })}
        >
          {t('problems.resend')}
        </Button>
        {act.error && (
          <p className="bad small" role="alert">
            {sentence(act.error)}
          </p>
        )}
      </td>
    </tr>
  );
}
