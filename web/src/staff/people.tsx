import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useAct } from '../api/hooks.ts';
import { BirthDateFields, birthDateOf, NO_DATE, type TypedDate } from '../ui/birth-date-fields.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, Progress } from '../ui/states.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { type DeskPerson, PeopleList, PersonFinder, type Sought } from './person-finder.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';

export function PeoplePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.people.title')}>
      {() => <Find />}
    </Work>
  );
}

function Find() {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const { siteId, date } = useDesk();
  return (
    <Page title={t('desk.people.title')} lead={t('desk.people.lead')} back={`/staff/${siteId}?date=${date}`}>
      <PersonFinder
        siteId={siteId}
        choose={({ personId }) => void navigate(`/staff/${siteId}/people/${personId}`)}
        // Handed over with the navigation and not in the address: it names somebody.
        make={(sought, found) => void navigate(`/staff/${siteId}/people/new`, { state: { sought, found } })}
      />
    </Page>
  );
}

export function PersonNewPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.make.title')}>
      {() => <Make />}
    </Work>
  );
}

type Handed = { readonly sought?: Sought; readonly found?: readonly DeskPerson[] } | null;

const typedOf = (date: string | undefined): TypedDate => {
  const [year = '', month = '', day = ''] = date?.split('-') ?? [];
  return date ? { year, month, day } : NO_DATE;
};

function Make() {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const { siteId } = useDesk();
  const handed = useLocation().state as Handed;
  const sought = handed?.sought;
  const [besides, setBesides] = useState<readonly DeskPerson[]>(handed?.found ?? []);
  const [others, setOthers] = useState<readonly DeskPerson[]>([]);
  const [name, setName] = useState(sought?.name ?? '');
  const [phone, setPhone] = useState(sought?.phone ?? '');
  const [date, setDate] = useState(typedOf(sought?.birthDate));
  const [sex, setSex] = useState('');
  const [weight, setWeight] = useState('');
  const [extended, setExtended] = useState(false);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/desk/people', 'make-person', { unwritten: true });
  const look = useAct('POST /api/desk/people/find', 'find-person', { unwritten: true });
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;
  const open = (personId: string) => navigate(`/staff/${siteId}/people/${personId}`, { replace: true });

  const send = async (known: readonly DeskPerson[]): Promise<void> => {
    const birthDate = birthDateOf(date);
    const weightKg = Number(weight.normalize('NFKC'));
    const wrong: FieldProblem[] = [
      ...(name.trim() ? [] : [{ field: 'new-name', message: t('desk.people.error.name') }]),
      ...(birthDate ? [] : [{ field: 'year', message: t('desk.people.error.birthDate') }]),
      ...(sex ? [] : [{ field: 'sex-female', message: t('desk.make.error.sex') }]),
      ...(weight && weightKg >= 20 && weightKg <= 300
        ? []
        : [{ field: 'weight', message: t('desk.make.error.weight') }]),
    ];
    setProblems(wrong);
    if (wrong.length > 0 || !birthDate) return;
    const who = { name: name.trim(), birthDate };
    const done = await act.run({
      body: {
        siteId,
        ...who,
        sex: sex === 'male' ? 'male' : 'female',
        weightKg,
        wantsExtendedAge: extended,
        ...(phone.trim() && { phone: phone.trim() }),
        besides: known.map(({ personId }) => personId),
      },
    });
    if (done) {
      toast(t('desk.make.done', { name: done.name }));
      await open(done.personId);
      return;
    }
    // Somebody is on record so, whom nobody here has looked at yet.
    const seen = await look.run({ body: { siteId, ...(phone.trim() ? { phone: phone.trim() } : who) } });
    if (seen) setOthers(seen.items.filter(({ personId }) => !known.some((it) => it.personId === personId)));
  };

  return (
    <Page title={t('desk.make.title')} lead={t('desk.make.lead')} back={`/staff/${siteId}/people`}>
      <form
        noValidate
        className="question"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void send(besides);
        }}
      >
        <ErrorSummary problems={problems} />
        <TextInput
          id="new-name"
          label={t('desk.people.name')}
          autoComplete="off"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf('new-name')}
        />
        {sought?.phone && (
          <TextInput
            id="new-phone"
            label={t('desk.people.phone')}
            inputMode="tel"
            autoComplete="off"
            maxLength={30}
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
          />
        )}
        <BirthDateFields value={date} set={setDate} error={errorOf('year')} labelled />
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
        <Checkbox
          label={t('desk.make.extended')}
          checked={extended}
          onChange={(event) => setExtended(event.currentTarget.checked)}
        />
        {others.length > 0 ? (
          <div className="notice notice-bad" role="alert">
            <div>
              <p>{t('desk.make.known')}</p>
              <PeopleList items={others} choose={({ personId }) => void open(personId)} />
              <Button
                variant="default"
                loading={act.busy}
                onClick={() => {
                  const known = [...besides, ...others];
                  setBesides(known);
                  setOthers([]);
                  void send(known);
                }}
              >
                {t('desk.make.another')}
              </Button>
            </div>
          </div>
        ) : (
          act.error && act.error.code !== 'changed-meanwhile' && <ActionError error={act.error} />
        )}
        <Button type="submit" loading={act.busy || look.busy}>
          {t('desk.make.submit')}
        </Button>
        <Progress act={act} />
      </form>
    </Page>
  );
}
