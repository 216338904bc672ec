import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct } from '../api/hooks.ts';
import { BirthDateFields, birthDateOf, NO_DATE } from '../ui/birth-date-fields.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, LoadError, Loading, Progress } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { usePerson } from './person.tsx';
import { type DeskPerson, WhoIs } from './person-finder.tsx';
import { Known, type KnownBy, knownProblems } from './person-known.tsx';
import { toast } from './toast.ts';

export function PersonFactPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.fact.title')}>
      {() => <Reset />}
    </Work>
  );
}

function Reset() {
  const { t } = useTranslation('work');
  const { personId, siteId, person } = usePerson();
  return (
    <Page title={t('desk.fact.title')} lead={t('desk.fact.lead')} back={`/staff/${siteId}/people/${personId}`}>
      {person.error && !person.data ? (
        <LoadError error={person.error} retry={() => void person.refetch()} />
      ) : !person.data ? (
        <Loading />
      ) : (
        <FactForm person={person.data} siteId={siteId} />
      )}
    </Page>
  );
}

function FactForm({ person, siteId }: { readonly person: DeskPerson; readonly siteId: string }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const { personId } = person;
  const [date, setDate] = useState(NO_DATE);
  const [lastFour, setLastFour] = useState('');
  const [knownBy, setKnownBy] = useState<KnownBy | ''>('');
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/desk/people/{personId}/second-fact', `second-fact:${personId}`, { unwritten: true });
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const birthDate = birthDateOf(date);
    const four = lastFour.normalize('NFKC').trim();
    const wrong: FieldProblem[] = [
      ...(birthDate ? [] : [{ field: 'year', message: t('desk.fact.error.birthDate') }]),
      ...(/^\d{3}[\dXx]$/.test(four) ? [] : [{ field: 'last-four', message: t('desk.fact.error.lastFour') }]),
      ...knownProblems(t, knownBy, reason),
    ];
    setProblems(wrong);
    if (wrong.length > 0 || !birthDate || !knownBy) return;
    const done = await act.run({
      params: { personId },
      body: { siteId, birthDate, lastFour: four, knownBy, reason: reason.trim() },
    });
    if (!done) return;
    toast(t('desk.fact.done'));
    await navigate(`/staff/${siteId}/people/${personId}`, { replace: true });
  };

  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      <p>
        <b>{person.name}</b> <WhoIs person={{ phoneLast4: person.phoneLast4 }} />
      </p>
      <BirthDateFields value={date} set={setDate} error={errorOf('year')} labelled />
      <TextInput
        id="last-four"
        className="short-field"
        label={t('desk.fact.lastFour')}
        autoComplete="off"
        maxLength={4}
        value={lastFour}
        onChange={(event) => setLastFour(event.currentTarget.value)}
        error={errorOf('last-four')}
      />
      <Known
        knownBy={knownBy}
        setKnownBy={setKnownBy}
        reason={reason}
        setReason={setReason}
        label={t('desk.fact.reason')}
        errorOf={errorOf}
      />
      <p className="muted">{t('desk.fact.what')}</p>
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('desk.fact.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
