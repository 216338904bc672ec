import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import { QUALIFICATIONS, type Qualification } from '../../../shared/domain/vocabulary.ts';
import { useAct, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, fullDate } from '../lib/time.ts';
import { Question } from '../ui/question.tsx';
import {
  ActionError,
  Empty,
  type FieldProblem,
  Good,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { GuardianOf, WithdrawGuardian } from './guardian.tsx';
import { type Mine, MyEventPage } from './mine.tsx';

/** What one of those signed up can do: an organiser who has seen it confirms it. */
export function EventPersonPage() {
  const { t } = useTranslation('work');
  return <MyEventPage title={t('run.confirmSkill.title')}>{(mine) => <Signed {...mine} />}</MyEventPage>;
}

type Line = CallOutput<'GET /api/events/{eventId}/roster'>['items'][number];

function Signed({ event, desk }: Mine) {
  const { t } = useTranslation('work');
  const { bookingId } = useParams();
  const [search] = useSearchParams();
  const date = dateOf(search.get('date')) ?? dateIn(event.zone, event.startsAt);
  const roster = usePages('GET /api/events/{eventId}/roster', {
    params: { eventId: event.eventId },
    query: { date, limit: 100 },
  });
  const line = roster.items.find((each) => each.bookingId === bookingId);
  // What is then known of the person is gone from the roster with it.
  const [withdrawn, setWithdrawn] = useState(false);
  if (withdrawn) return <Good>{t('run.guardian.withdrawn')}</Good>;
  if (roster.error) return <LoadError error={roster.error} retry={() => void roster.refetch()} />;
  if (!roster.data) return <Loading />;
  return line ? (
    <Held eventId={event.eventId} line={line} records={desk.part === 'owner'} withdrawn={() => setWithdrawn(true)} />
  ) : (
    <Empty title={t('run.confirmSkill.missing')} />
  );
}

/** `records`: whether the reader's organisation is the one that records the hours. */
function Held({
  eventId,
  line,
  records,
  withdrawn,
}: {
  readonly eventId: string;
  readonly line: Line;
  readonly records: boolean;
  readonly withdrawn: () => void;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { bookingId } = line;
  const act = useAct('POST /api/events/{eventId}/qualifications', `qualify:${bookingId}`);
  const [chosen, setChosen] = useState('');
  const [until, setUntil] = useState('');
  const [done, setDone] = useState(false);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const say = async (qualification: Qualification, confirmed: boolean): Promise<void> => {
    setDone(false);
    const body = { bookingId, qualification, confirmed, ...(confirmed && until && { until }) };
    if (!(await act.run({ params: { eventId }, body }))) return;
    setDone(true);
    setChosen('');
    setUntil('');
  };
  const submit = async (): Promise<void> => {
    const found = QUALIFICATIONS.find((each) => each === chosen);
    setProblems(found ? [] : [{ field: 'which', message: t('run.confirmSkill.error') }]);
    if (found) await say(found, true);
  };
  return (
    <>
      <p>{t('run.confirmSkill.lead', { name: line.name, digits: line.phoneLast4 })}</p>
      {records && (
        <p>
          <Link to="hours" aria-label={t('hours.add.goFor', { name: line.name })}>
            {t('hours.add.go')}
          </Link>
        </p>
      )}
      {line.underAge && (
        <p>
          <GuardianOf guardian={line.guardian} />
        </p>
      )}
      {done && <Good>{t('run.confirmSkill.done')}</Good>}
      {line.qualifications.length === 0 ? (
        <p className="muted">{t('run.confirmSkill.none')}</p>
      ) : (
        <ul className="lines">
          {line.qualifications.map(({ qualification, confirmed, until: end }) => (
            <li key={qualification} className="line-row">
              <span>
                <b>{QUALIFICATION_NAMES[qualification][language]}</b>{' '}
                <span className="muted">
                  {t(confirmed ? 'run.confirmSkill.ours' : 'run.confirmSkill.own')}
                  {end && ` · ${t('run.confirmSkill.until', { date: fullDate(end, language) })}`}
                </span>
              </span>
              {confirmed && (
                <Button
                  variant="subtle"
                  disabled={act.busy}
                  aria-label={t('run.confirmSkill.takeBackOf', { name: QUALIFICATION_NAMES[qualification][language] })}
                  onClick={() => void say(qualification, false)}
                >
                  {t('run.confirmSkill.takeBack')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Question problems={problems} submit={() => void submit()}>
        <NativeSelect
          id="which"
          label={t('run.confirmSkill.which')}
          value={chosen}
          error={problems[0]?.message}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          data={[
            { value: '', label: t('run.confirmSkill.pick') },
            ...QUALIFICATIONS.map((value) => ({ value, label: QUALIFICATION_NAMES[value][language] })),
          ]}
        />
        <TextInput
          id="until"
          type="date"
          label={t('run.confirmSkill.untilLabel')}
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
        {act.error && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t('run.confirmSkill.confirm')}
        </Button>
        <Progress act={act} />
      </Question>
      {records && line.guardian?.agrees && (
        <WithdrawGuardian eventId={eventId} bookingId={bookingId} done={withdrawn} />
      )}
    </>
  );
}
