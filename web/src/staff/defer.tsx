import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { dateOf } from '../lib/params.ts';
import { fullDate } from '../lib/time.ts';
import { useDraft } from '../lib/use-draft.ts';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  ErrorSummary,
  type FieldProblem,
  LoadError,
  Loading,
  MarkOf,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';
import { useRoster } from './use-roster.ts';

export function DeferPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('defer.title')}>
      {() => <Defer />}
    </Work>
  );
}

function Defer() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const navigate = useNavigate();
  const { bookingId = '' } = useParams();
  const { siteId, site, date, today } = useDesk();
  const roster = useRoster(siteId, date, site.data !== undefined);
  const entry = roster.items.find((each) => each.bookingId === bookingId);
  const reasons = useApi('GET /api/donations/deferral-reasons', { query: { siteId } }, { staleTime: 60_000 });
  const [value, set, clear] = useDraft(`defer:${bookingId}`, { reason: '', since: '' });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/donations/deferrals', `defer:${bookingId}`);
  const back = `/staff/${siteId}?date=${date}`;
  const chosen = reasons.data?.items.find(({ code }) => code === value.reason);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblems(value.reason ? [] : [{ field: 'reason', message: t('defer.error.reason') }]);
    if (!value.reason) return;
    const since = dateOf(value.since);
    const done = await act.run({ body: { bookingId, reason: value.reason, ...(since && { since }) } });
    if (!done) return;
    clear();
    toast(
      done.permanent
        ? t('defer.forever')
        : done.deferredUntil
          ? t('defer.until', { date: fullDate(done.deferredUntil, language) })
          : t('defer.done'),
    );
    await navigate(back, { replace: true });
  };

  return (
    <Page
      title={t('defer.title')}
      back={back}
      {...(entry && { lead: t('defer.lead', { name: entry.name, digits: entry.phoneLast4 }) })}
    >
      {reasons.error ? (
        <LoadError error={reasons.error} retry={() => void reasons.refetch()} />
      ) : !reasons.data ? (
        <Loading />
      ) : (
        <form noValidate className="question" onSubmit={(event) => void submit(event)}>
          <ErrorSummary problems={problems} />
          <NativeSelect
            id="reason"
            label={t('defer.reason')}
            value={value.reason}
            onChange={(event) => set({ ...value, reason: event.currentTarget.value })}
            error={problems[0]?.message}
            data={[
              { value: '', label: '' },
              ...reasons.data.items.map(({ code, label }) => ({ value: code, label: label[language] })),
              ...(reasons.data.items.some(({ code }) => code === 'permanent')
                ? []
                : [{ value: 'permanent', label: t('defer.permanent') }]),
            ]}
          />
          {chosen && (
            <p className="small muted">
              {chosen.rule} · {chosen.source} <MarkOf mark={chosen.mark} />
            </p>
          )}
          <TextInput
            id="since"
            type="date"
            max={today}
            label={t('defer.since')}
            description={t('defer.sinceHint')}
            value={value.since}
            onChange={(event) => set({ ...value, since: event.currentTarget.value })}
          />
          <p className="muted">{t('defer.note')}</p>
          {act.error && <ActionError error={act.error} />}
          <Button type="submit" loading={act.busy}>
            {t('defer.submit')}
          </Button>
          <Progress act={act} />
        </form>
      )}
    </Page>
  );
}
