import { Checkbox, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { shownWeight, weightBounds, weightFrom } from '../../../shared/domain/units.ts';
import { PROCEDURES, type Procedure, SEXES } from '../../../shared/domain/vocabulary.ts';
import { Page } from '../ui/page.tsx';
import { type FieldProblem, useLanguage } from '../ui/states.tsx';
import { type Draft, draftAnswer, type Stop, stopsOf } from './draft.ts';
import { DateFields, QuestionForm, useTypedDate, useWay } from './parts.tsx';
import { usePrecheck } from './use-precheck.ts';

/** One question a page; which one is in the address, so that Back goes to the one before. */
export function StepPage() {
  const { step = '' } = useParams();
  const { stops } = usePrecheck();
  const way = useWay();
  const stop = stops.find(({ name }) => name === step);
  if (!stop) return <Navigate to={way('')} replace />;
  return <Ask key={step} stop={stop} />;
}

type AskProps = { readonly stop: Stop; readonly done: (change: Draft) => void };

function Ask({ stop }: { readonly stop: Stop }) {
  const precheck = usePrecheck();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const way = useWay();
  const change = search.get('change') ?? undefined;
  const done = (told: Draft): void => {
    precheck.set(told);
    // What was told may open further pages: the way is looked at as it is now.
    const stops = stopsOf({ ...precheck, draft: { ...precheck.draft, ...told } });
    const at = stops.findIndex(({ name }) => name === stop.name);
    const next = stops.slice(at + 1).find((it) => !it.done) ?? stops.find((it) => !it.done);
    void navigate(next ? way(`/q/${next.name}`, { change }) : way('/check'));
  };
  const Form = FORMS[stop.kind];
  return <Form stop={stop} done={done} />;
}

function useFrame(stop: Stop): { eyebrow: string; back: string } {
  const { t } = useTranslation('precheck');
  const { stops } = usePrecheck();
  const way = useWay();
  const [search] = useSearchParams();
  const at = stops.findIndex(({ name }) => name === stop.name);
  const pages = stops.filter(({ kind }) => kind !== 'when' && kind !== 'past-when');
  const n = stops.slice(0, at + 1).filter((it) => pages.includes(it)).length;
  const before = stops[at - 1];
  return {
    eyebrow: t('step', { n, of: pages.length }),
    back: search.get('change') ? way('/check') : before ? way(`/q/${before.name}`) : way(''),
  };
}

function BirthDate({ stop, done }: AskProps) {
  const { t } = useTranslation('precheck');
  const { draft, today } = usePrecheck();
  const typed = useTypedDate(draft.birthDate, today, t('birth.error'));
  return (
    <Page title={t('birth.title')} lead={t('birth.hint')} {...useFrame(stop)}>
      <QuestionForm
        problems={typed.problems}
        label={t('next')}
        submit={() => {
          const birthDate = typed.read();
          if (birthDate) done({ birthDate });
        }}
      >
        <DateFields legend={t('birth.title')} today={today} birthday {...typed} />
      </QuestionForm>
    </Page>
  );
}

function SexQuestion({ stop, done }: AskProps) {
  const { t } = useTranslation('precheck');
  const { draft } = usePrecheck();
  const [sex, setSex] = useState(draft.sex);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  return (
    <Page title={t('sex.title')} lead={t('sex.hint')} {...useFrame(stop)}>
      <QuestionForm
        problems={problems}
        label={t('next')}
        submit={() => (sex ? done({ sex }) : setProblems([{ field: 'sex-female', message: t('sex.error') }]))}
      >
        <fieldset className="choices">
          <legend className="sr-only">{t('sex.title')}</legend>
          {SEXES.map((each) => (
            <Radio
              key={each}
              id={`sex-${each}`}
              className="choice"
              name="sex"
              value={each}
              label={t(`sex.${each}`)}
              checked={sex === each}
              onChange={() => setSex(each)}
            />
          ))}
        </fieldset>
      </QuestionForm>
    </Page>
  );
}

function Weight({ stop, done }: AskProps) {
  const { t } = useTranslation('precheck');
  const { draft, pack } = usePrecheck();
  const unit = pack.units.weight;
  const [value, setValue] = useState(draft.weightKg === undefined ? '' : String(shownWeight(draft.weightKg, unit)));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const submit = (): void => {
    const weightKg = weightFrom(value, unit, draft.weightKg);
    if (weightKg !== undefined) {
      done({ weightKg });
      return;
    }
    setProblems([
      { field: 'weight', message: t('weight.error', { ...weightBounds(unit), unit: t(`weight.${unit}`) }) },
    ]);
  };
  return (
    <Page title={t('weight.title')} {...useFrame(stop)}>
      <QuestionForm problems={problems} label={t('next')} submit={submit}>
        <TextInput
          id="weight"
          label={t(`weight.${unit}`)}
          inputMode="decimal"
          maxLength={6}
          className="short-field"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          error={problems[0]?.message}
        />
      </QuestionForm>
    </Page>
  );
}

function Past({ stop, done }: AskProps) {
  const { t } = useTranslation('precheck');
  const { draft } = usePrecheck();
  const [past, setPast] = useState<readonly Procedure[]>(draft.past ?? []);
  const [none, setNone] = useState(draft.past?.length === 0);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const toggle = (procedure: Procedure, on: boolean): void => {
    setNone(false);
    setPast(PROCEDURES.filter((each) => (each === procedure ? on : past.includes(each))));
  };
  return (
    <Page title={t('past.title')} lead={t('past.hint')} {...useFrame(stop)}>
      <QuestionForm
        problems={problems}
        label={t('next')}
        submit={() =>
          none || past.length > 0
            ? done({ past })
            : setProblems([{ field: 'past-whole-blood', message: t('past.error') }])
        }
      >
        <fieldset className="choices">
          <legend className="sr-only">{t('past.title')}</legend>
          {PROCEDURES.map((each) => (
            <Checkbox
              key={each}
              id={`past-${each}`}
              className="choice"
              label={t(`past.${each}`)}
              checked={past.includes(each)}
              onChange={(event) => toggle(each, event.currentTarget.checked)}
            />
          ))}
          <Checkbox
            id="past-none"
            className="choice"
            label={t('past.none')}
            checked={none}
            onChange={(event) => {
              setNone(event.currentTarget.checked);
              setPast([]);
            }}
          />
        </fieldset>
      </QuestionForm>
    </Page>
  );
}

function PastWhen({ stop, done }: AskProps) {
  const { t } = useTranslation('precheck');
  const { draft, today } = usePrecheck();
  const procedure = stop.procedure ?? 'whole-blood';
  const typed = useTypedDate(draft.pastOn?.[procedure], today);
  const title = procedure === 'platelets' ? t('past.whenPlatelets') : t('past.whenWhole');
  return (
    <Page title={title} {...useFrame(stop)}>
      <QuestionForm
        problems={typed.problems}
        label={t('next')}
        submit={() => {
          const date = typed.read();
          if (date) done({ pastOn: { ...draft.pastOn, [procedure]: date } });
        }}
      >
        <DateFields legend={title} today={today} {...typed} />
      </QuestionForm>
    </Page>
  );
}

/** What of this applies: several may, or none. A question with one answer is a plain yes or no. */
function Which({ stop, done }: AskProps) {
  const { t } = useTranslation('precheck');
  const language = useLanguage();
  const { draft, kept, today } = usePrecheck();
  const question = stop.step?.question;
  const before = question && draftAnswer(draft, kept, question.id);
  const [codes, setCodes] = useState<readonly string[]>(before?.codes ?? []);
  const [none, setNone] = useState(before?.codes.length === 0);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const frame = useFrame(stop);
  if (!question) return null;
  const { id, ask, hint, options } = question;
  const single = options.length === 1;
  const noneLabel = single ? t('no') : t('none');
  const submit = (): void => {
    if (!none && codes.length === 0) {
      setProblems([{ field: `${id}-${options[0]?.code}`, message: t('choose', { none: noneLabel }) }]);
      return;
    }
    const days = Object.fromEntries(Object.entries(before?.days ?? {}).filter(([code]) => codes.includes(code)));
    done({ answers: { ...draft.answers, [id]: { answeredOn: today, codes, days } } });
  };
  const Choice = single ? Radio : Checkbox;
  return (
    <Page title={ask[language]} lead={hint?.[language]} {...frame}>
      <QuestionForm problems={problems} label={t('next')} submit={submit}>
        <fieldset className="choices">
          <legend className="sr-only">{ask[language]}</legend>
          {options.map(({ code, label }) => (
            <Choice
              key={code}
              id={`${id}-${code}`}
              className="choice"
              name={single ? id : undefined}
              label={label[language]}
              checked={codes.includes(code)}
              onChange={(event) => {
                setNone(false);
                const others = codes.filter((each) => each !== code);
                setCodes(single ? [code] : event.currentTarget.checked ? [...others, code] : others);
              }}
            />
          ))}
          <Choice
            id={`${id}-none`}
            className="choice"
            name={single ? id : undefined}
            label={noneLabel}
            checked={none}
            onChange={(event) => {
              setNone(event.currentTarget.checked);
              setCodes([]);
            }}
          />
        </fieldset>
      </QuestionForm>
    </Page>
  );
}

/** The day from which the wait counts; or that it has not ended. */
function When({ stop, done }: AskProps) {
  const { t } = useTranslation('precheck');
  const language = useLanguage();
  const { draft, kept, today } = usePrecheck();
  const step = stop.step;
  const option = step?.kind === 'when' ? step.option : undefined;
  const before = step && draftAnswer(draft, kept, step.question.id);
  const told = option && before?.days[option.code];
  const typed = useTypedDate(told === 'still' ? undefined : told, today);
  const [still, setStill] = useState(told === 'still');
  const frame = useFrame(stop);
  if (!step || !option?.when || !before) return null;
  const submit = (): void => {
    const day = still ? 'still' : typed.read();
    if (!day) return;
    const answer = { answeredOn: today, codes: before.codes, days: { ...before.days, [option.code]: day } };
    done({ answers: { ...draft.answers, [step.question.id]: answer } });
  };
  const title = option.when[language];
  // Beside a plain yes, the question itself says more.
  const about = step.question.options.length === 1 ? step.question.ask : option.label;
  return (
    <Page title={title} lead={t('about', { label: about[language] })} {...frame}>
      <QuestionForm problems={still ? [] : typed.problems} label={t('next')} submit={submit}>
        <DateFields
          legend={title}
          today={today}
          value={typed.value}
          set={(value) => {
            setStill(false);
            typed.set(value);
          }}
          wrong={still ? undefined : typed.wrong}
        />
        {option.still && (
          <Checkbox
            id="still"
            className="choice"
            label={option.still[language]}
            checked={still}
            onChange={(event) => setStill(event.currentTarget.checked)}
          />
        )}
      </QuestionForm>
    </Page>
  );
}

const FORMS: Record<Stop['kind'], (props: AskProps) => React.ReactNode> = {
  'birth-date': BirthDate,
  sex: SexQuestion,
  weight: Weight,
  past: Past,
  'past-when': PastWhen,
  question: Which,
  when: When,
};
