import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GUARDIAN_RELATIONS } from '../../../shared/domain/vocabulary.ts';
import { useAct } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { dateHere } from '../lib/time.ts';
import { Confirmed } from '../ui/confirmed.tsx';
import { Question } from '../ui/question.tsx';
import { RelationField } from '../ui/relation-field.tsx';
import { ActionError, type FieldProblem, Progress } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';
import { useRefused } from '../ui/use-refused.ts';

/** A consent that is there on paper: it holds for all that the organisation does. */
export function NoteGuardian({
  eventId,
  personId,
  done,
}: {
  readonly eventId: string;
  readonly personId: string;
  readonly done: () => void;
}) {
  const { t } = useTranslation('work');
  const [guardian, setGuardian] = useState('');
  const [relation, setRelation] = useState('');
  const [phone, setPhone] = useState('');
  const [signedOn, setSignedOn] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  // Somebody else's number stays out of what the browser keeps.
  const act = useAct('POST /api/events/{eventId}/guardians', `guardian-noted:${personId}`, { unwritten: true });
  const refused = useRefused(
    {
      guardian: { field: 'guardian', label: t('run.guardian.name') },
      phone: { field: 'guardian-phone', label: t('run.guardian.phoneName') },
      signedOn: { field: 'signedOn', label: t('run.guardian.signedOn') },
    },
    act.error,
  );
  const shown = problems.length > 0 ? problems : refused;
  const errorOf = (field: string): string | undefined => shown.find((it) => it.field === field)?.message;
  const submit = async (): Promise<void> => {
    const missing = [
      ...(guardian.trim() === '' ? [{ field: 'guardian', message: t('run.guardian.error.name') }] : []),
      ...(relation === '' ? [{ field: 'relation', message: t('run.guardian.error.relation') }] : []),
      ...(signedOn === '' ? [{ field: 'signedOn', message: t('run.guardian.error.signedOn') }] : []),
      ...(signedOn > dateHere() ? [{ field: 'signedOn', message: t('run.guardian.error.notYet') }] : []),
    ];
    setProblems(missing);
    act.reset();
    const of = GUARDIAN_RELATIONS.find((each) => each === relation);
    if (missing.length > 0 || !of) return;
    const body = { personId, guardian: guardian.trim(), relation: of, signedOn, ...(phone.trim() && { phone }) };
    if (await act.run({ params: { eventId }, body })) done();
  };
  return (
    <section className="card stack" aria-labelledby="guardian-title">
      <h2 id="guardian-title">{t('run.guardian.title')}</h2>
      <p>{t('run.guardian.lead')}</p>
      <Question problems={shown} submit={() => void submit()}>
        <TextInput
          id="guardian"
          label={t('run.guardian.name')}
          autoComplete="off"
          maxLength={60}
          value={guardian}
          error={errorOf('guardian')}
          onChange={({ currentTarget }) => setGuardian(currentTarget.value)}
        />
        <RelationField
          label={t('run.guardian.relation')}
          pick={t('run.guardian.pick')}
          nameOf={(each) => t(`run.guardian.relations.${each}`)}
          value={relation}
          set={setRelation}
          error={errorOf('relation')}
        />
        <TextInput
          id="guardian-phone"
          label={t('run.guardian.phone')}
          description={t('run.guardian.phoneHint')}
          inputMode="tel"
          autoComplete="off"
          maxLength={30}
          value={phone}
          error={errorOf('guardian-phone')}
          onChange={({ currentTarget }) => setPhone(currentTarget.value)}
        />
        <TextInput
          id="signedOn"
          type="date"
          label={t('run.guardian.signedOn')}
          value={signedOn}
          error={errorOf('signedOn')}
          onChange={({ currentTarget }) => setSignedOn(currentTarget.value)}
        />
        {act.error && refused.length === 0 && <ActionError error={act.error} />}
        <Button type="submit" variant="default" loading={act.busy}>
          {t('run.guardian.submit')}
        </Button>
        <Progress act={act} />
      </Question>
    </section>
  );
}

type Line = CallOutput<'GET /api/events/{eventId}/roster'>['items'][number];

/** What is said of somebody who is not of age: who their guardian is, and whether they agree. */
export function useGuardianText(): (guardian: Line['guardian']) => string {
  const { t } = useTranslation('work');
  return (guardian) =>
    guardian
      ? t(guardian.agrees ? 'run.guardian.of' : 'run.guardian.ofNoLonger', {
          name: guardian.name,
          relation: t(`run.guardian.relations.${guardian.relation}`),
        })
      : t('run.guardian.none');
}

/** Whom to call about somebody who is not of age. */
export function GuardianOf({ guardian }: Pick<Line, 'guardian'>) {
  const textOf = useGuardianText();
  return (
    <span className="small under-name">
      {textOf(guardian)}
      {guardian?.phone && (
        <>
          {' '}
          <Tel phone={guardian.phone} />
        </>
      )}
    </span>
  );
}

/** A guardian has told the organisation that they no longer agree. What it gives up cannot be had back by a slip: asked once more. */
export function WithdrawGuardian({
  eventId,
  bookingId,
  done,
}: {
  readonly eventId: string;
  readonly bookingId: string;
  readonly done: () => void;
}) {
  const { t } = useTranslation('work');
  const act = useAct('POST /api/events/{eventId}/guardians/withdraw', `guardian-withdrawn:${bookingId}`);
  const withdraw = async (): Promise<void> => {
    if (await act.run({ params: { eventId }, body: { bookingId } })) done();
  };
  return (
    <section className="card stack" aria-labelledby="withdraw-guardian">
      <h2 id="withdraw-guardian">{t('run.guardian.withdraw')}</h2>
      <p>{t('run.guardian.withdrawLead')}</p>
      {act.error && <ActionError error={act.error} />}
      <Confirmed
        label={t('run.guardian.withdraw')}
        yes={t('run.guardian.withdrawYes')}
        busy={act.busy}
        confirm={() => void withdraw()}
      />
      <Progress act={act} />
    </section>
  );
}
