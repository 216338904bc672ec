import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isLastOfMonth, nthOfMonth } from '../../../shared/domain/repeats.ts';
import { REPEAT_RULES, type RepeatRule } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { dateIn, dayName, timeOf, weekday } from '../lib/time.ts';
import {
  ActionError,
  ErrorSummary,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { MyEventPage } from './mine.tsx';

/** An event on other dates as well: first the dates, then they are made. */
export function RepeatEventPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.repeat.title')} lead={t('run.repeat.lead')}>
      {({ event, own }) =>
        event.seriesId ? (
          <LinkButton to={`${own}/series`}>{t('run.series.go')}</LinkButton>
        ) : (
          <Ask event={event} own={own} />
        )
      }
    </MyEventPage>
  );
}

type Rule = { every: RepeatRule; end: 'until' | 'count'; until: string; count: string };
type Query = { every: RepeatRule; until?: string; count?: number };

function Ask({ event, own }: { readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const first = event.shifts.map(({ date }) => date).sort()[0] ?? dateIn(event.zone, event.startsAt);
  const [rule, setRule] = useState<Rule>({ every: 'week', end: 'count', until: '', count: '4' });
  const set = (change: Partial<Rule>) => setRule({ ...rule, ...change });
  const names = { weekday: weekday(first, language), nth: nthOfMonth(first) };
  const rules = REPEAT_RULES.filter((each) => each !== 'month-last' || isLastOfMonth(first));
  const problem = faultOf(rule, first);
  return (
    <>
      <div className="question">
        <Radio.Group
          label={t('run.repeat.every')}
          value={rule.every}
          onChange={(every) => set({ every: every as RepeatRule })}
        >
          <div className="stack">
            {rules.map((each) => (
              <Radio key={each} value={each} label={t(`run.repeat.rule.${each}`, names)} />
            ))}
          </div>
        </Radio.Group>
        <Radio.Group
          label={t('run.repeat.end')}
          value={rule.end}
          onChange={(end) => set({ end: end === 'until' ? 'until' : 'count' })}
        >
          <div className="stack">
            <Radio value="count" label={t('run.repeat.count')} />
            <Radio value="until" label={t('run.repeat.until')} />
          </div>
        </Radio.Group>
        {rule.end === 'count' ? (
          <TextInput
            id="count"
            className="short-field"
            inputMode="numeric"
            label={t('run.repeat.countNumber')}
            value={rule.count}
            error={problem && t('run.repeat.error.count')}
            onChange={({ currentTarget }) => set({ count: currentTarget.value })}
          />
        ) : (
          <TextInput
            id="until"
            className="short-field"
            type="date"
            label={t('run.repeat.untilDate')}
            value={rule.until}
            error={problem && rule.until !== '' && t('run.repeat.error.until')}
            onChange={({ currentTarget }) => set({ until: currentTarget.value })}
          />
        )}
      </div>
      {!problem && <Dates event={event} own={own} query={queryOf(rule)} />}
    </>
  );
}

const faultOf = ({ end, until, count }: Rule, first: string): boolean =>
  end === 'until' ? until <= first : !/^\d{1,3}$/.test(count) || Number(count) < 2;

const queryOf = ({ every, end, until, count }: Rule): Query => ({
  every,
  ...(end === 'until' ? { until } : { count: Number(count) }),
});

function Dates({ event, own, query }: { readonly event: EventView; readonly own: string; readonly query: Query }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const navigate = useNavigate();
  const { eventId } = event;
  const found = useApi('GET /api/events/{eventId}/repeats', { params: { eventId }, query }, { keep: true });
  const act = useAct('POST /api/events/{eventId}/repeats', `repeat:${eventId}`);
  const [except, setExcept] = useState<readonly string[]>([]);
  const [publish, setPublish] = useState(event.status === 'published');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  if (found.error && !found.isFetching) {
    const [fault] = found.error.fields;
    return fault ? (
      <p className="bad">{`${fault.message}`}</p>
    ) : (
      <LoadError error={found.error} retry={() => void found.refetch()} />
    );
  }
  if (!found.data) return <Loading lines={1} />;
  // A date that clocks leave no room on cannot be chosen.
  const left = found.data.items.filter(({ date, fault }) => fault === undefined && !except.includes(date));
  const submit = async (submitted: FormEvent): Promise<void> => {
    submitted.preventDefault();
    setProblems(left.length > 0 ? [] : [{ field: 'dates', message: t('run.repeat.none') }]);
    if (left.length === 0) return;
    const taken = new Set(left.map(({ date }) => date));
    const done = await act.run({
      params: { eventId },
      body: {
        ...query,
        except: (found.data?.items ?? []).map(({ date }) => date).filter((date) => !taken.has(date)),
        publish,
        version: event.version,
      },
    });
    if (done) await navigate(`${own}/series`, { replace: true });
  };
  return (
    <form noValidate className="question" onSubmit={(submitted) => void submit(submitted)}>
      <ErrorSummary problems={problems} />
      <fieldset id="dates" tabIndex={-1} className="repeat-dates">
        <legend>
          <h2>{t('run.repeat.dates')}</h2>
        </legend>
        <p className="muted">{t('run.repeat.datesHint')}</p>
        <div className="needs">
          {found.data.items.map(({ date, startsAt, endsAt, fault }) => (
            <Checkbox
              key={date}
              label={dayName(date, language)}
              description={
                fault ??
                (startsAt && endsAt ? `${timeOf(startsAt, event.zone)}–${timeOf(endsAt, event.zone)}` : undefined)
              }
              disabled={fault !== undefined}
              checked={fault === undefined && !except.includes(date)}
              onChange={({ currentTarget: { checked } }) =>
                setExcept(checked ? except.filter((each) => each !== date) : [...except, date])
              }
            />
          ))}
        </div>
        <p role="status" className="strong">
          {t('run.repeat.summary', { count: left.length })}
        </p>
      </fieldset>
      <Radio.Group
        label={t('run.repeat.after')}
        value={publish ? 'publish' : 'draft'}
        onChange={(after) => setPublish(after === 'publish')}
      >
        <div className="stack">
          <Radio value="publish" label={t('run.repeat.publish')} />
          <Radio value="draft" label={t('run.repeat.draft')} />
        </div>
      </Radio.Group>
      {act.error && (
        <ActionError error={act.error}>
          {act.error.fields.length > 0 && (
            <ul className="plain">
              {act.error.fields.map(({ path, message }) => (
                <li key={path}>{`${path.replace('except.', '')}: ${message}`}</li>
              ))}
            </ul>
          )}
        </ActionError>
      )}
      <Button type="submit" loading={act.busy}>
        {t('run.repeat.make', { count: left.length })}
      </Button>
      <Progress act={act} />
    </form>
  );
}
