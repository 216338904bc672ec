import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { fullDate } from '../lib/time.ts';
import { BirthDateFields, birthDateOf, NO_DATE } from '../ui/birth-date-fields.tsx';
import { ActionError, ErrorSummary, type FieldProblem, Progress, useLanguage } from '../ui/states.tsx';
import { useRefused } from '../ui/use-refused.ts';
import { Options } from './complete.tsx';

export type DeskPerson = CallOutput<'POST /api/desk/people/find'>['items'][number];
/** What was looked for, for whoever has to be put on record. */
export type Sought = { readonly phone?: string; readonly name?: string; readonly birthDate?: string };

/** Where on the page what the service names stands, and what it is called there. */
/** Finds somebody by number, or by name and birth date where they have none. What is typed is kept nowhere on this device. */
export function PersonFinder({
  siteId,
  choose,
  make,
}: {
  readonly siteId: string;
  readonly choose: (person: DeskPerson) => void;
  readonly make?: (sought: Sought, found: readonly DeskPerson[]) => void;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const [how, setHow] = useState('phone');
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [date, setDate] = useState(NO_DATE);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [found, setFound] = useState<{ sought: Sought; items: readonly DeskPerson[] }>();
  const act = useAct('POST /api/desk/people/find', 'find-person', { unwritten: true });
  const refused = useRefused(
    {
      phone: { field: 'person-phone', label: t('desk.people.phone') },
      name: { field: 'person-name', label: t('desk.people.name') },
      birthDate: { field: 'year', label: t('pages:profile.birthDate') },
    },
    act.error,
  );
  const told = problems.length > 0 ? problems : refused;
  const errorOf = (field: string) => told.find((each) => each.field === field)?.message;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const birthDate = birthDateOf(date);
    const wrong: FieldProblem[] =
      how === 'phone'
        ? phone.trim()
          ? []
          : [{ field: 'person-phone', message: t('desk.people.error.phone') }]
        : [
            ...(name.trim() ? [] : [{ field: 'person-name', message: t('desk.people.error.name') }]),
            ...(birthDate ? [] : [{ field: 'year', message: t('desk.people.error.birthDate') }]),
          ];
    setProblems(wrong);
    setFound(undefined);
    if (wrong.length > 0) return;
    const sought: Sought =
      how === 'phone' ? { phone: phone.trim() } : { name: name.trim(), ...(birthDate && { birthDate }) };
    const done = await act.run({ body: { siteId, ...sought } });
    if (done) setFound({ sought, items: done.items });
  };

  return (
    <>
      <form noValidate className="question" onSubmit={(event) => void submit(event)}>
        <ErrorSummary problems={told} />
        <Options
          legend={t('desk.people.how')}
          name="how"
          value={how}
          options={[
            { value: 'phone', label: t('desk.people.byPhone') },
            { value: 'name', label: t('desk.people.byName') },
          ]}
          choose={(next) => {
            setHow(next);
            setProblems([]);
            setFound(undefined);
          }}
        />
        {how === 'phone' ? (
          <TextInput
            id="person-phone"
            label={t('desk.people.phone')}
            inputMode="tel"
            autoComplete="off"
            maxLength={30}
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            error={errorOf('person-phone')}
          />
        ) : (
          <>
            <TextInput
              id="person-name"
              label={t('desk.people.name')}
              autoComplete="off"
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={errorOf('person-name')}
            />
            <BirthDateFields value={date} set={setDate} error={errorOf('year')} labelled />
          </>
        )}
        {act.error && refused.length === 0 && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t('desk.people.find')}
        </Button>
        <Progress act={act} />
      </form>
      {found && (
        <section aria-labelledby="found" aria-live="polite">
          <h2 id="found">{t('desk.people.found')}</h2>
          {found.items.length === 0 && <p>{t('desk.people.none')}</p>}
          <PeopleList items={found.items} choose={choose} />
          {make && (
            <Button variant="default" onClick={() => make(found.sought, found.items)}>
              {found.sought.phone ? t('desk.people.make') : t('desk.people.makeNoPhone')}
            </Button>
          )}
        </section>
      )}
    </>
  );
}

export function PeopleList({
  items,
  choose,
}: {
  readonly items: readonly DeskPerson[];
  readonly choose: (person: DeskPerson) => void;
}) {
  const { t } = useTranslation('work');
  return (
    <ul className="plain people-list">
      {items.map((person) => (
        <li key={person.personId}>
          <span>
            <b>{person.name}</b> <WhoIs person={person} />
          </span>
          <Button size="sm" onClick={() => choose(person)} aria-label={t('desk.people.choose', { name: person.name })}>
            {t('desk.people.choose', { name: '' }).trim()}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** What tells somebody from another of the same name. */
export function WhoIs({ person }: { readonly person: Pick<DeskPerson, 'phoneLast4' | 'birthDate'> }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  return (
    <span className="muted">
      {[
        person.phoneLast4 ? t('desk.people.last4', { digits: person.phoneLast4 }) : t('desk.people.noPhone'),
        person.birthDate && t('desk.people.born', { date: fullDate(person.birthDate, language) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}
