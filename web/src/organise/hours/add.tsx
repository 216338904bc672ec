import '../../service/service.css';
import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { isWithinTerm } from '../../../../shared/domain/hours.ts';
import { useAct, useApi } from '../../api/hooks.ts';
import type { CallOutput } from '../../api/types.ts';
import { dateOf } from '../../lib/params.ts';
import { addDays, dateHere, fullDate } from '../../lib/time.ts';
import { MinutesField, NOTHING_TYPED, ReasonField } from '../../service/fields.tsx';
import { minutesTyped } from '../../service/minutes-typed.ts';
import { useHours } from '../../service/words.ts';
import { Question } from '../../ui/question.tsx';
import { ActionError, type FieldProblem, LoadError, Loading, Progress, useLanguage } from '../../ui/states.tsx';
import { MyEventPage } from '../mine.tsx';

type Known = CallOutput<'GET /api/organisations/{organisationId}/hours/people/{bookingId}'>;

/** Hours by hand for somebody who was signed up, with what is recorded of them already, so that nothing is added twice. */
export function AddHoursPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('hours.add.title')}>
      {({ event }) => <Loaded organisationId={event.organisationId} />}
    </MyEventPage>
  );
}

function Loaded({ organisationId }: { readonly organisationId: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const hours = useHours();
  const { bookingId = '' } = useParams();
  const known = useApi('GET /api/organisations/{organisationId}/hours/people/{bookingId}', {
    params: { organisationId, bookingId },
  });
  if (known.error && !known.data) return <LoadError error={known.error} retry={() => void known.refetch()} />;
  if (!known.data) return <Loading />;
  return (
    <>
      <p className="lead">{t('hours.add.lead', { name: known.data.name })}</p>
      <section aria-labelledby="known">
        <h2 id="known">{t('hours.add.known')}</h2>
        {known.data.items.length === 0 ? (
          <p className="muted">{t('hours.add.noneKnown')}</p>
        ) : (
          <ul className="hours-list">
            {known.data.items.slice(0, SHOWN).map((record) => (
              <li key={record.recordId}>
                <b>
                  {fullDate(record.date, language)} · {record.title[language]}
                </b>
                <span>
                  {hours(record.timed + record.byHand)}{' '}
                  <span className="tag">{t(record.isTimed ? 'hours.timed' : 'hours.byHand')}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Ask organisationId={organisationId} bookingId={bookingId} known={known.data} />
    </>
  );
}
const SHOWN = 10;
/** What may still be corrected from here: the newest. */
const FIXABLE = 5;

function Ask({
  organisationId,
  bookingId,
  known,
}: {
  readonly organisationId: string;
  readonly bookingId: string;
  readonly known: Known;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const hours = useHours();
  const navigate = useNavigate();
  const act = useAct('POST /api/organisations/{organisationId}/hours/requests', `hours:${bookingId}`);
  const [what, setWhat] = useState('new');
  const today = dateHere();
  const [date, setDate] = useState(known.date <= today ? known.date : today);
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const fixable = known.items.filter((each) => isWithinTerm(each.date, today)).slice(0, FIXABLE);
  const record = fixable.find(({ recordId }) => recordId === what);
  const submit = async (): Promise<void> => {
    act.reset();
    const minutes = minutesTyped(typed);
    const on = record ? record.date : dateOf(date);
    const found: FieldProblem[] = [
      // A day ahead of this clock may be today where the event is; the service knows.
      ...(!on || on > addDays(today, 1) ? [{ field: 'date', message: t('hours.add.dateWrong') }] : []),
      ...(minutes === undefined || (!record && minutes === 0)
        ? [{ field: 'hours', message: t('hours.add.minutesWrong') }]
        : []),
      ...(reason.trim() ? [] : [{ field: 'reason', message: t('hours.add.reasonMissing') }]),
    ];
    setProblems(found);
    if (found.length > 0 || minutes === undefined || !on) return;
    const body = { bookingId, date: on, minutes, reason: reason.trim(), ...(record && { recordId: record.recordId }) };
    if (await act.run({ params: { organisationId }, body })) {
      await navigate(`/organise/${organisationId}/hours/requests?done=asked`, { replace: true });
    }
  };
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  return (
    <Question problems={problems} submit={() => void submit()}>
      <Radio.Group label={t('hours.add.what')} value={what} onChange={setWhat}>
        <Radio value="new" label={t('hours.add.newHours')} />
        {fixable.map((each) => (
          <Radio
            key={each.recordId}
            value={each.recordId}
            label={t('hours.add.fix', {
              date: fullDate(each.date, language),
              minutes: hours(each.timed + each.byHand),
            })}
          />
        ))}
      </Radio.Group>
      {!record && (
        <TextInput
          id="date"
          type="date"
          label={t('hours.add.date')}
          value={date}
          max={addDays(today, 1)}
          error={errorOf('date')}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
      )}
      <MinutesField
        legend={t(record ? 'hours.add.shouldFix' : 'hours.add.should')}
        labels={{ hours: t('hours.add.hours'), minutes: t('hours.add.minutes') }}
        typed={typed}
        set={setTyped}
        error={errorOf('hours')}
      />
      <ReasonField
        id="reason"
        label={t('hours.add.reason')}
        description={t('hours.add.reasonHint')}
        value={reason}
        set={setReason}
        error={errorOf('reason')}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('hours.add.send')}
      </Button>
      <Progress act={act} />
    </Question>
  );
}
