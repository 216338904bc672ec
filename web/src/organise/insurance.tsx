import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import type { CallOutput, EventView } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, dayName } from '../lib/time.ts';
import { useSaveText } from '../lib/use-save-text.ts';
import { DocumentFields, NO_DOCUMENT } from '../ui/document-fields.tsx';
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
  useSentence,
} from '../ui/states.tsx';
import { useRefused } from '../ui/use-refused.ts';
import { MyEventPage } from './mine.tsx';

type Person = CallOutput<'GET /api/events/{eventId}/insurance'>['items'][number];

/** Who is to be insured on a day: the list as a file, and whose number is missing. */
export function EventInsurancePage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.insurance.title')} lead={t('run.insurance.lead')}>
      {({ event, own, desk }) =>
        event.insures && desk.part === 'owner' ? (
          <Day event={event} own={own} />
        ) : (
          <Empty title={t(event.insures ? 'run.insurance.byOwner' : 'run.insurance.none')} />
        )
      }
    </MyEventPage>
  );
}

function Day({ event, own }: { readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const sentence = useSentence();
  const [search] = useSearchParams();
  const dates = [...new Set(event.shifts.map((shift) => shift.date))].sort();
  const date = dateOf(search.get('date')) ?? dates[0] ?? dateIn(event.zone, event.startsAt);
  const { eventId } = event;
  const list = useApi('GET /api/events/{eventId}/insurance', { params: { eventId }, query: { date } });
  const saving = useSaveText();
  const save = async (): Promise<void> =>
    await saving.save(
      async () => await call('GET /api/events/{eventId}/insurance.csv', { params: { eventId }, query: { date } }),
      `${eventId}-${date}-insurance.csv`,
    );
  const people = list.data?.items ?? [];
  const missing = people.filter(({ hasDocument }) => !hasDocument);
  // Whoever was just noted is not missing any more, and their form is gone with that.
  const [noted, setNoted] = useState<string>();
  const noting = missing.find(({ bookingId }) => bookingId === search.get('for'));
  return (
    <>
      {dates.length > 1 && (
        <nav className="segments" aria-label={t('staff.date')}>
          {dates.map((each) => (
            <Link key={each} to={`?date=${each}`} aria-current={each === date ? 'date' : undefined}>
              {dayName(each, language)}
            </Link>
          ))}
        </nav>
      )}
      {list.error && !list.data ? (
        <LoadError error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : people.length === 0 ? (
        <Empty title={t('organise.rosterEmpty')} />
      ) : (
        <>
          <p>
            {t('run.insurance.people', { count: people.length })}{' '}
            {missing.length === 0 ? t('run.insurance.complete') : t('run.insurance.missing', { count: missing.length })}
          </p>
          <div className="row-wrap">
            <Button loading={saving.busy} onClick={() => void save()}>
              {t('run.insurance.save')}
            </Button>
            {missing.length > 0 && <Link to={`${own}/note`}>{t('run.insurance.text')}</Link>}
          </div>
          {saving.error && (
            <p className="bad small" role="alert">
              {sentence(saving.error)}
            </p>
          )}
          <p className="small muted">{t('run.insurance.care')}</p>
          <div role="status">{noted !== undefined && <Good>{t('run.insurance.noted', { name: noted })}</Good>}</div>
          {noting ? (
            <NoteFor
              key={noting.bookingId}
              eventId={eventId}
              person={noting}
              back={`?date=${date}`}
              done={() => {
                setNoted(noting.name);
                void list.refetch();
              }}
            />
          ) : (
            missing.length > 0 && (
              <section aria-labelledby="missing">
                <h2 id="missing">{t('run.insurance.missingTitle')}</h2>
                <p className="muted">{t('run.insurance.missingLead')}</p>
                <ul className="lines">
                  {missing.map((person) => (
                    <li key={person.bookingId} className="line-row">
                      <span>
                        {person.name} <span className="muted">{t('staff.last4', { digits: person.phoneLast4 })}</span>
                      </span>
                      <Link
                        to={`?date=${date}&for=${person.bookingId}`}
                        aria-label={t('run.insurance.noteFor', { name: person.name })}
                      >
                        {t('run.insurance.note')}
                      </Link>
                    </li>
                  ))}
                </ul>
              </section>
            )
          )}
        </>
      )}
    </>
  );
}

function NoteFor({
  eventId,
  person,
  back,
  done,
}: {
  readonly eventId: string;
  readonly person: Person;
  readonly back: string;
  readonly done: () => void;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const [typed, setTyped] = useState(NO_DOCUMENT);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const { bookingId, name } = person;
  // Somebody's number stays out of what the browser keeps.
  const act = useAct('POST /api/events/{eventId}/insurance', `insured:${bookingId}`, { unwritten: true });
  const refused = useRefused(
    { 'document.number': { field: 'document-number', label: t('run.insurance.number') } },
    act.error,
  );
  const shown = problems.length > 0 ? problems : refused;
  const submit = async (): Promise<void> => {
    const missing =
      typed.number.trim() === '' ? [{ field: 'document-number', message: t('run.insurance.errorNumber') }] : [];
    setProblems(missing);
    act.reset();
    if (missing.length > 0) return;
    if (!(await act.run({ params: { eventId }, body: { bookingId, document: typed } }))) return;
    done();
  };
  return (
    <section className="card stack" aria-labelledby="note-for">
      <h2 id="note-for">{t('run.insurance.noteFor', { name })}</h2>
      <p>{t('run.insurance.noteLead')}</p>
      <Question problems={shown} submit={() => void submit()}>
        <DocumentFields
          value={typed}
          set={setTyped}
          labels={{ type: t('run.insurance.type'), number: t('run.insurance.number') }}
          error={shown[0]?.message}
        />
        {act.error && refused.length === 0 && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t('run.insurance.keep')}
        </Button>
        <Progress act={act} />
      </Question>
      <Link to={back}>{t('run.insurance.back')}</Link>
    </section>
  );
}
