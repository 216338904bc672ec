import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { WEIGHT_KG } from '../../../shared/domain/units.ts';
import { useAct } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { BirthDateFields, birthDateOf, NO_DATE } from '../ui/birth-date-fields.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, LoadError, Loading, Progress } from '../ui/states.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { usePerson } from './person.tsx';
import { WhoIs } from './person-finder.tsx';
import { toast } from './toast.ts';

/** What somebody on the phone has yet to say of themselves, taken down for them. */
export function PersonProfilePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.profile.title')}>
      {() => <Complete />}
    </Work>
  );
}

function Complete() {
  const { t } = useTranslation('work');
  const { personId, siteId, person } = usePerson();
  return (
    <Page title={t('desk.profile.title')} lead={t('desk.profile.lead')} back={`/staff/${siteId}/people/${personId}`}>
      {person.error && !person.data ? (
        <LoadError error={person.error} retry={() => void person.refetch()} />
      ) : !person.data ? (
        <Loading />
      ) : (
        <ProfileForm key={person.data.version} person={person.data} siteId={siteId} />
      )}
    </Page>
  );
}

function ProfileForm({
  person,
  siteId,
}: {
  readonly person: CallOutput<'GET /api/desk/people/{personId}'>;
  readonly siteId: string;
}) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const { personId, version, lacks } = person;
  const [name, setName] = useState('');
  const [date, setDate] = useState(NO_DATE);
  const [sex, setSex] = useState('');
  const [weight, setWeight] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/desk/people/{personId}/profile', `profile:${personId}`, { unwritten: true });
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;
  const needs = (part: (typeof lacks)[number]): boolean => lacks.includes(part);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const birthDate = needs('birthDate') ? birthDateOf(date) : undefined;
    const weightKg = Number(weight.normalize('NFKC'));
    const weighs = weight.trim() !== '' && weightKg >= WEIGHT_KG.least && weightKg <= WEIGHT_KG.most;
    const wrong: FieldProblem[] = [
      ...(needs('name') && !name.trim() ? [{ field: 'new-name', message: t('desk.people.error.name') }] : []),
      ...(needs('birthDate') && !birthDate ? [{ field: 'year', message: t('desk.people.error.birthDate') }] : []),
      ...(needs('sex') && !sex ? [{ field: 'sex-female', message: t('desk.make.error.sex') }] : []),
      ...(weighs ? [] : [{ field: 'weight', message: t('desk.make.error.weight') }]),
      ...(agreed ? [] : [{ field: 'agreed', message: t('desk.profile.error.agreed') }]),
    ];
    setProblems(wrong);
    if (wrong.length > 0) return;
    const done = await act.run({
      params: { personId },
      body: {
        siteId,
        version,
        agreed: true,
        ...(needs('name') && { name: name.trim() }),
        ...(birthDate && { birthDate }),
        ...(needs('sex') && { sex: sex === 'male' ? 'male' : 'female' }),
        weightKg,
      },
    });
    if (!done) return;
    toast(t('desk.profile.done'));
    await navigate(`/staff/${siteId}/people/${personId}`, { replace: true });
  };

  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      <p>
        <b>{person.name}</b> <WhoIs person={person} />
      </p>
      <div className="notice">
        <div>
          <p className="muted">{t('desk.profile.say')}</p>
          <p>{t('desk.profile.words')}</p>
        </div>
      </div>
      <Checkbox
        id="agreed"
        className="choice"
        label={t('desk.profile.agreed')}
        checked={agreed}
        error={errorOf('agreed')}
        onChange={(event) => setAgreed(event.currentTarget.checked)}
      />
      {needs('name') && (
        <TextInput
          id="new-name"
          label={t('desk.people.name')}
          autoComplete="off"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf('new-name')}
        />
      )}
      {needs('birthDate') && <BirthDateFields value={date} set={setDate} error={errorOf('year')} labelled />}
      {needs('sex') && (
        <Options
          legend={t('desk.make.sex')}
          name="sex"
          value={sex}
          options={[
            { value: 'female', label: t('desk.make.female') },
            { value: 'male', label: t('desk.make.male') },
          ]}
          choose={setSex}
          error={errorOf('sex-female')}
        />
      )}
      <TextInput
        id="weight"
        className="short-field"
        label={t('desk.make.weight')}
        inputMode="decimal"
        autoComplete="off"
        maxLength={5}
        value={weight}
        onChange={(event) => setWeight(event.currentTarget.value)}
        error={errorOf('weight')}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('desk.profile.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
