import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct } from '../api/hooks.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, LoadError, Loading, Progress } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { usePerson } from './person.tsx';
import { type DeskPerson, PeopleList, WhoIs } from './person-finder.tsx';
import { Known, type KnownBy, knownProblems } from './person-known.tsx';
import { toast } from './toast.ts';

export function PersonPhonePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.phone.title')}>
      {() => <Move />}
    </Work>
  );
}

function Move() {
  const { t } = useTranslation('work');
  const { personId, siteId, person } = usePerson();
  return (
    <Page
      title={t(person.data && !person.data.phoneLast4 ? 'desk.person.phoneFirst' : 'desk.phone.title')}
      lead={t('desk.phone.lead')}
      back={`/staff/${siteId}/people/${personId}`}
    >
      {person.error && !person.data ? (
        <LoadError error={person.error} retry={() => void person.refetch()} />
      ) : !person.data ? (
        <Loading />
      ) : (
        <NumberForm person={person.data} siteId={siteId} />
      )}
    </Page>
  );
}

function NumberForm({ person, siteId }: { readonly person: DeskPerson; readonly siteId: string }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const { personId } = person;
  const [phone, setPhone] = useState('');
  const [who, setWho] = useState<KnownBy | ''>('');
  const [reason, setReason] = useState('');
  const [others, setOthers] = useState<readonly DeskPerson[]>([]);
  const [stale, setStale] = useState(false);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/desk/people/{personId}/phone', `move-phone:${personId}`, { unwritten: true });
  const look = useAct('POST /api/desk/people/find', 'find-person', { unwritten: true });
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;

  const send = async (besides: readonly DeskPerson[]): Promise<void> => {
    const wrong: FieldProblem[] = [
      ...(phone.trim() ? [] : [{ field: 'new-phone', message: t('desk.phone.error.phone') }]),
      ...knownProblems(t, who, reason),
    ];
    setProblems(wrong);
    setStale(false);
    if (wrong.length > 0 || !who) return;
    // Whoever has the number is looked at before anything is moved to it.
    const seen = await look.run({ body: { siteId, phone: phone.trim() } });
    if (!seen) return;
    if (seen.items.some((it) => it.personId === personId)) {
      setProblems([{ field: 'new-phone', message: t('desk.phone.error.same') }]);
      return;
    }
    const unseen = seen.items.filter((it) => !besides.some((known) => known.personId === it.personId));
    setOthers(unseen.length > 0 ? seen.items : []);
    if (unseen.length > 0) return;
    const done = await act.run({
      params: { personId },
      body: {
        siteId,
        phone: phone.trim(),
        was: person.phoneLast4,
        knownBy: who,
        reason: reason.trim(),
        besides: besides.map((it) => it.personId),
      },
    });
    if (!done) {
      setStale(true);
      return;
    }
    toast(t('desk.phone.done', { digits: done.phoneLast4 }));
    await navigate(`/staff/${siteId}/people/${personId}`, { replace: true });
  };

  return (
    <form
      noValidate
      className="question"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send([]);
      }}
    >
      <ErrorSummary problems={problems} />
      <p>
        <b>{person.name}</b> <WhoIs person={person} />
      </p>
      <TextInput
        id="new-phone"
        label={t('desk.phone.new')}
        description={t('desk.phone.newHint')}
        inputMode="tel"
        autoComplete="off"
        maxLength={30}
        value={phone}
        onChange={(event) => {
          setPhone(event.currentTarget.value);
          setOthers([]);
        }}
        error={errorOf('new-phone')}
      />
      <Known
        knownBy={who}
        setKnownBy={setWho}
        reason={reason}
        setReason={setReason}
        label={t('desk.phone.reason')}
        errorOf={errorOf}
      />
      <p className="muted">{t('desk.phone.what')}</p>
      {look.error && <ActionError error={look.error} />}
      {act.error &&
        (act.error.code === 'changed-meanwhile' ? (
          stale && (
            <p className="notice notice-bad" role="alert">
              {t('desk.phone.stale')}
            </p>
          )
        ) : (
          <ActionError error={act.error} />
        ))}
      {others.length > 0 ? (
        <div className="notice notice-bad" role="alert">
          <div>
            <p>{t('desk.phone.known')}</p>
            <PeopleList items={others} choose={(other) => void navigate(`/staff/${siteId}/people/${other.personId}`)} />
            <Button loading={act.busy || look.busy} onClick={() => void send(others)}>
              {t('desk.phone.another')}
            </Button>
          </div>
        </div>
      ) : (
        <Button type="submit" loading={act.busy || look.busy}>
          {t('desk.phone.submit')}
        </Button>
      )}
      <Progress act={act} />
    </form>
  );
}
