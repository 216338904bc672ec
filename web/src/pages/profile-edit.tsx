import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { shownWeight, weightBounds, weightFrom } from '../../../shared/domain/units.ts';
import { LANGUAGES, SEXES } from '../../../shared/domain/vocabulary.ts';
import { useAct } from '../api/hooks.ts';
import type { CallInput, Person } from '../api/types.ts';
import { changeLanguage } from '../i18n/index.ts';
import { EDITABLE, type Editable, firstMissing } from '../lib/profile.ts';
import { samePlace } from '../lib/same-place.ts';
import { useDraft } from '../lib/use-draft.ts';
import { useWeightUnit, type WeightUnit } from '../lib/weight-unit.ts';
import { BirthDateFields, birthDateOf } from '../ui/birth-date-fields.tsx';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { ActionError, type FieldProblem, Loading, Progress } from '../ui/states.tsx';
import { NotFoundPage } from './not-found.tsx';

type Changes = Omit<CallInput<'PATCH /api/me'>['body'], 'version'>;

/** One question a page. With `flow` in the address the next one that is still missing follows. */
export function ProfileEditPage() {
  const { t } = useTranslation();
  const { field } = useParams();
  const editable = EDITABLE.find((each) => each === field);
  if (!editable) return <NotFoundPage />;
  return (
    <SignedIn title={t(`profile.edit.${editable}.title`)}>
      {(me) => <Edit key={editable} me={me} field={editable} />}
    </SignedIn>
  );
}

function Edit({ me, field }: { readonly me: Person; readonly field: Editable }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const returnTo = search.get('return');
  const act = useAct('PATCH /api/me', `profile:${field}`);
  const save = async (changes: Changes, clear: () => void): Promise<void> => {
    const saved = await act.run({ body: { version: me.version, ...changes } });
    if (!saved) return;
    clear();
    if (changes.language) await changeLanguage(changes.language);
    const next = search.get('flow') ? firstMissing(saved) : undefined;
    if (next) await navigate(`/profile/edit/${next}?${search}`);
    else await navigate(returnTo ? samePlace(returnTo) : '/profile?done=saved');
  };
  const Form = FORMS[field];
  return (
    <Page
      title={t(`profile.edit.${field}.title`)}
      lead={t(`profile.edit.${field}.hint`)}
      back={returnTo ? samePlace(returnTo) : '/profile'}
    >
      <Form me={me} save={save}>
        {act.error && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {search.get('flow') ? t('common.continue') : t('common.save')}
        </Button>
        <Progress act={act} />
      </Form>
    </Page>
  );
}

type FormProps = {
  readonly me: Person;
  readonly save: (changes: Changes, clear: () => void) => Promise<void>;
  readonly children: ReactNode;
};

function NameForm({ me, save, children }: FormProps) {
  const { t } = useTranslation();
  const [{ name }, set, clear] = useDraft('name', { name: me.name ?? '' });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const submit = (): void => {
    const said = name.trim();
    const message = !said ? t('profile.error.name') : said.length > 40 ? t('profile.error.nameLong') : undefined;
    setProblems(message ? [{ field: 'name', message }] : []);
    if (!message) void save({ name: said }, clear);
  };
  return (
    <Question problems={problems} submit={submit}>
      <TextInput
        id="name"
        label={t('profile.edit.name.label')}
        autoComplete="name"
        value={name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={problems[0]?.message}
      />
      {children}
    </Question>
  );
}

function BirthDateForm({ me, save, children }: FormProps) {
  const { t } = useTranslation();
  const [y = '', m = '', d = ''] = (me.birthDate ?? '').split('-');
  const [value, set, clear] = useDraft('birth-date', { year: y, month: m.replace(/^0/, ''), day: d.replace(/^0/, '') });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const submit = (): void => {
    const date = birthDateOf(value);
    const message = !date
      ? t('profile.error.birthDate')
      : date >= new Date().toISOString().slice(0, 10)
        ? t('profile.error.birthFuture')
        : undefined;
    setProblems(message ? [{ field: 'year', message }] : []);
    if (!message && date) void save({ birthDate: date }, clear);
  };
  return (
    <Question problems={problems} submit={submit}>
      <BirthDateFields value={value} set={set} error={problems[0]?.message} />
      {children}
    </Question>
  );
}

function SexForm({ me, save, children }: FormProps) {
  const { t } = useTranslation();
  const [{ sex }, set, clear] = useDraft<{ sex: Person['sex'] | '' }>('sex', { sex: me.sex ?? '' });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const submit = (): void => {
    setProblems(sex ? [] : [{ field: 'sex-female', message: t('profile.error.sex') }]);
    if (sex) void save({ sex }, clear);
  };
  return (
    <Question problems={problems} submit={submit}>
      <Choices
        legend={t('profile.sex')}
        name="sex"
        value={sex ?? ''}
        options={SEXES.map((each) => ({ value: each, label: t(`profile.edit.sex.${each}`) }))}
        choose={(value) => set({ sex: SEXES.find((each) => each === value) ?? '' })}
        error={problems[0]?.message}
      />
      {children}
    </Question>
  );
}

function WeightForm(props: FormProps) {
  const [search] = useSearchParams();
  const unit = useWeightUnit(search.get('return'));
  return unit ? <WeightIn unit={unit} {...props} /> : <Loading lines={1} />;
}

function WeightIn({ unit, me, save, children }: FormProps & { readonly unit: WeightUnit }) {
  const { t } = useTranslation();
  const [{ weight }, set, clear] = useDraft(`weight:${unit}`, {
    weight: me.weightKg === undefined ? '' : String(shownWeight(me.weightKg, unit)),
  });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const submit = (): void => {
    const weightKg = weightFrom(weight, unit, me.weightKg);
    const message = t('profile.error.weight', { ...weightBounds(unit), unit: t(`profile.unit.${unit}`) });
    setProblems(weightKg === undefined ? [{ field: 'weight', message }] : []);
    if (weightKg !== undefined) void save({ weightKg }, clear);
  };
  return (
    <Question problems={problems} submit={submit}>
      <TextInput
        id="weight"
        label={t('profile.edit.weight.label', { unit: t(`profile.unit.${unit}`) })}
        inputMode="decimal"
        maxLength={6}
        className="short-field"
        value={weight}
        onChange={(event) => set({ weight: event.currentTarget.value })}
        error={problems[0]?.message}
      />
      {children}
    </Question>
  );
}

function LanguageForm({ me, save, children }: FormProps) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState(me.language);
  return (
    <Question problems={[]} submit={() => void save({ language }, () => undefined)}>
      <Choices
        legend={t('profile.language')}
        name="language"
        value={language}
        options={LANGUAGES.map((each) => ({ value: each, label: t(`profile.edit.language.${each}`) }))}
        choose={(value) => setLanguage(value === 'en' ? 'en' : 'zh')}
      />
      {children}
    </Question>
  );
}

function ExtendedAgeForm({ me, save, children }: FormProps) {
  const { t } = useTranslation();
  const [wants, setWants] = useState(me.wantsExtendedAge);
  return (
    <Question problems={[]} submit={() => void save({ wantsExtendedAge: wants }, () => undefined)}>
      <Checkbox
        id="wants"
        className="choice"
        label={t('profile.edit.extended-age.label')}
        checked={wants}
        onChange={(event) => setWants(event.currentTarget.checked)}
      />
      {children}
    </Question>
  );
}

function Choices({
  legend,
  name,
  value,
  options,
  choose,
  error,
}: {
  readonly legend: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly { value: string; label: string }[];
  readonly choose: (value: string) => void;
  readonly error?: string | undefined;
}) {
  return (
    <fieldset className="choices">
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <Radio
          key={option.value}
          id={`${name}-${option.value}`}
          className="choice"
          name={name}
          value={option.value}
          label={option.label}
          checked={value === option.value}
          onChange={() => choose(option.value)}
        />
      ))}
      {error && <p className="bad">{error}</p>}
    </fieldset>
  );
}

const FORMS: Record<Editable, (props: FormProps) => ReactNode> = {
  name: NameForm,
  'birth-date': BirthDateForm,
  sex: SexForm,
  weight: WeightForm,
  'extended-age': ExtendedAgeForm,
  language: LanguageForm,
};
