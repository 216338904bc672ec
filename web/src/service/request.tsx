import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { fullDate, timeOf } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import {
  ActionError,
  Answers,
  Empty,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { MinutesField, NOTHING_TYPED, ReasonField } from './fields.tsx';
import { minutesTyped } from './minutes-typed.ts';
import { useHours } from './words.ts';

/** A record that is not right. */
export function CorrectRecordPage() {
  const { t } = useTranslation('given');
  return <SignedIn title={t('service.request.title')}>{() => <Correct />}</SignedIn>;
}

/** A shift of which nothing is recorded. */
export function MissingShiftPage() {
  const { t } = useTranslation('given');
  return <SignedIn title={t('service.request.titleMissing')}>{() => <Missing />}</SignedIn>;
}

function Correct() {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const hours = useHours();
  const { year = '', recordId = '' } = useParams();
  const records = useApi('GET /api/me/service/records', { query: { year: Number(year) || 2000 } });
  const record = records.data?.items.find((each) => each.recordId === recordId);
  return (
    <Page title={t('service.request.title')} lead={t('service.request.lead')} back="/service">
      {records.error ? (
        <LoadError error={records.error} retry={() => void records.refetch()} />
      ) : !records.data ? (
        <Loading />
      ) : !record ? (
        <Gone />
      ) : (
        <>
          <Answers
            rows={[
              { term: record.title[language], value: fullDate(record.date, language) },
              { term: t('service.request.now'), value: hours(record.timed + record.byHand) },
            ]}
          />
          <Ask about={{ recordId }} was={record.timed + record.byHand} />
        </>
      )}
    </Page>
  );
}

function Missing() {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const { bookingId = '' } = useParams();
  const mine = useApi('GET /api/me/service', {});
  const shift = mine.data?.unrecorded.find((each) => each.bookingId === bookingId);
  return (
    <Page title={t('service.request.titleMissing')} lead={t('service.request.lead')} back="/service">
      {mine.error ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !mine.data ? (
        <Loading />
      ) : !shift ? (
        <Gone />
      ) : (
        <>
          <Answers
            rows={[
              {
                term: shift.title[language],
                value: `${fullDate(shift.date, language)} ${timeOf(shift.startsAt, shift.zone)}–${timeOf(shift.endsAt, shift.zone)}`,
              },
            ]}
          />
          <Ask about={{ bookingId }} />
        </>
      )}
    </Page>
  );
}

function Gone() {
  const { t } = useTranslation('given');
  return (
    <Empty title={t('service.request.gone')}>
      <LinkButton to="/service">{t('service.title')}</LinkButton>
    </Empty>
  );
}

type About = { readonly recordId: string } | { readonly bookingId: string };

function Ask({ about, was }: { readonly about: About; readonly was?: number }) {
  const { t } = useTranslation('given');
  const navigate = useNavigate();
  const id = 'recordId' in about ? about.recordId : about.bookingId;
  const act = useAct('POST /api/me/service/corrections', `correct:${id}`);
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const submit = async (): Promise<void> => {
    act.reset();
    const minutes = minutesTyped(typed);
    const found: FieldProblem[] = [
      ...(minutes === undefined || (was === undefined && minutes === 0)
        ? [{ field: 'hours', message: t('service.request.errorMinutes') }]
        : minutes === was
          ? [{ field: 'hours', message: t('service.request.errorSame') }]
          : []),
      ...(reason.trim() ? [] : [{ field: 'reason', message: t('service.request.errorReason') }]),
    ];
    setProblems(found);
    if (found.length > 0 || minutes === undefined) return;
    if (await act.run({ body: { ...about, minutes, reason: reason.trim() } })) {
      await navigate('/service?done=asked', { replace: true });
    }
  };
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  return (
    <Question problems={problems} submit={() => void submit()}>
      <MinutesField
        legend={t('service.request.should')}
        labels={{ hours: t('service.request.hours'), minutes: t('service.request.minutes') }}
        typed={typed}
        set={setTyped}
        error={errorOf('hours')}
      />
      <ReasonField
        id="reason"
        label={t('service.request.reason')}
        description={t('service.request.reasonHint')}
        value={reason}
        set={setReason}
        error={errorOf('reason')}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('service.request.send')}
      </Button>
      <Progress act={act} />
    </Question>
  );
}
