import { Button, Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import { SKILLS, type Skill } from '../../../shared/domain/vocabulary.ts';
import { useAct } from '../api/hooks.ts';
import type { CallOutput, EventView, Shift } from '../api/types.ts';
import { dayName, timeOf } from '../lib/time.ts';
import { BirthDateFields, birthDateOf, NO_DATE } from '../ui/birth-date-fields.tsx';
import { Question } from '../ui/question.tsx';
import { Needs } from '../ui/shifts.tsx';
import { ActionError, Empty, type FieldProblem, Good, Progress, useLanguage } from '../ui/states.tsx';
import { MyEventPage } from './mine.tsx';

type Found = CallOutput<'POST /api/events/{eventId}/people/find'>['items'];
type Caller = { readonly phone: string; readonly found: Found };

/** For whoever calls and has no smartphone: their number, who they are, and the shift. */
export function SignUpForPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.signUpFor.title')} lead={t('run.signUpFor.lead')}>
      {({ event }) =>
        event.status === 'published' ? <Call event={event} /> : <Empty title={t('run.signUpFor.notOpen')} />
      }
    </MyEventPage>
  );
}

function Call({ event }: { readonly event: EventView }) {
  const { t } = useTranslation('work');
  const [caller, setCaller] = useState<Caller>();
  const [done, setDone] = useState<string>();
  return (
    <>
      {done && <Good>{done}</Good>}
      {caller ? (
        <Choose
          event={event}
          caller={caller}
          again={() => setCaller(undefined)}
          finish={(said) => {
            setDone(said);
            setCaller(undefined);
          }}
        />
      ) : (
        <AskNumber
          event={event}
          next={(next) => {
            setDone(undefined);
            setCaller(next);
          }}
        />
      )}
      <p className="small muted">{t('run.signUpFor.withdrawHint')}</p>
    </>
  );
}

function AskNumber({ event, next }: { readonly event: EventView; readonly next: (caller: Caller) => void }) {
  const { t } = useTranslation('work');
  const [phone, setPhone] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  // A number stays out of what the browser keeps.
  const act = useAct('POST /api/events/{eventId}/people/find', `find:${event.eventId}`, { unwritten: true });
  const submit = async (): Promise<void> => {
    const missing = phone.trim() === '';
    setProblems(missing ? [{ field: 'phone', message: t('run.signUpFor.error.phone') }] : []);
    if (missing) return;
    const answer = await act.run({ params: { eventId: event.eventId }, body: { phone } });
    if (answer) next({ phone, found: answer.items });
  };
  return (
    <Question problems={problems} submit={() => void submit()}>
      <TextInput
        id="phone"
        label={t('run.signUpFor.phone')}
        description={t('run.signUpFor.phoneHint')}
        inputMode="tel"
        autoComplete="off"
        value={phone}
        error={problems[0]?.message}
        onChange={({ currentTarget }) => setPhone(currentTarget.value)}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('run.signUpFor.find')}
      </Button>
      <Progress act={act} />
    </Question>
  );
}

const NEW = 'new';

function Choose({
  event,
  caller: { phone, found },
  again,
  finish,
}: {
  readonly event: EventView;
  readonly caller: Caller;
  readonly again: () => void;
  readonly finish: (said: string) => void;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { eventId } = event;
  const [who, setWho] = useState(found.length === 0 ? NEW : '');
  const [name, setName] = useState('');
  const [born, setBorn] = useState(NO_DATE);
  const [skills, setSkills] = useState<string[]>([]);
  const [agreed, setAgreed] = useState(false);
  const [slotId, setSlotId] = useState('');
  // Put on record already, where the shift was then refused: another shift is for the same person.
  const [made, setMade] = useState<string>();
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const add = useAct('POST /api/events/{eventId}/people', `add:${eventId}`, { unwritten: true });
  const sign = useAct('POST /api/events/{eventId}/sign-ups', `sign-up-for:${eventId}`);
  const errorOf = (field: string): string | undefined => problems.find((it) => it.field === field)?.message;
  const shift = event.shifts.find((each) => each.slotId === slotId);
  const isNew = who === NEW && made === undefined;
  const asksAge = shift?.minAge !== undefined || shift?.maxAge !== undefined;
  const date = birthDateOf(born);
  const nothingBorn = born.year === '' && born.month === '' && born.day === '';
  const nameOf = (each: Shift): string => {
    const when = `${dayName(each.date, language)} ${timeOf(each.startsAt, event.zone)}–${timeOf(each.endsAt, event.zone)}`;
    return `${each.role[language]} · ${when}`;
  };
  const labelOf = (each: Shift): string => `${nameOf(each)} · ${t('run.signUpFor.free', { count: each.free ?? 0 })}`;
  const submit = async (): Promise<void> => {
    const wrong = (isWrong: boolean, field: string, message: string): FieldProblem[] =>
      isWrong ? [{ field, message }] : [];
    const missing = [
      ...wrong(slotId === '', 'shift', t('run.signUpFor.error.shift')),
      ...wrong(who === '', 'who', t('run.signUpFor.error.who')),
      ...wrong(isNew && name.trim() === '', 'name', t('run.signUpFor.error.name')),
      ...wrong(isNew && (asksAge || !nothingBorn) && !date, 'year', t('run.signUpFor.error.born')),
      ...wrong(isNew && !agreed, 'agreed', t('run.signUpFor.error.agreed')),
    ];
    setProblems(missing);
    if (missing.length > 0) return;
    let personId = made ?? who;
    if (isNew) {
      const person = await add.run({
        params: { eventId },
        body: {
          name: name.trim(),
          phone,
          ...(date && { birthDate: date }),
          ...(skills.length > 0 && { skills: skills as Skill[] }),
          agreed: true,
          besides: found.map((each) => each.personId),
        },
      });
      if (!person) return;
      personId = person.personId;
      setMade(personId);
    }
    if (!(await sign.run({ params: { eventId }, body: { personId, slotId } }))) return;
    finish(t('run.signUpFor.done', { shift: shift ? nameOf(shift) : '' }));
  };
  const error = add.error ?? sign.error;
  return (
    <Question problems={problems} submit={() => void submit()}>
      <NativeSelect
        id="shift"
        label={t('run.signUpFor.shift')}
        value={slotId}
        error={errorOf('shift')}
        onChange={({ currentTarget }) => {
          setSlotId(currentTarget.value);
          sign.reset();
        }}
        data={[
          { value: '', label: t('run.signUpFor.pick') },
          ...event.shifts.map((each) => ({ value: each.slotId, label: labelOf(each) })),
        ]}
      />
      {shift && <Needs shift={shift} />}
      {found.length > 0 && made === undefined && (
        <Radio.Group
          id="who"
          label={t('run.signUpFor.who')}
          value={who}
          error={errorOf('who')}
          onChange={(value) => {
            setWho(value);
            sign.reset();
          }}
        >
          <div className="stack">
            {found.map((each) => (
              <Radio key={each.personId} value={each.personId} label={each.name} />
            ))}
            <Radio value={NEW} label={t('run.signUpFor.other')} />
          </div>
        </Radio.Group>
      )}
      {isNew && (
        <>
          <TextInput
            id="name"
            label={t('run.signUpFor.name')}
            autoComplete="off"
            maxLength={60}
            value={name}
            error={errorOf('name')}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <p className="muted">{t(asksAge ? 'run.signUpFor.bornNeeded' : 'run.signUpFor.bornHint')}</p>
          <BirthDateFields labelled value={born} set={setBorn} error={errorOf('year')} />
          {shift?.needs?.some((need) => SKILLS.some((skill) => skill === need)) && (
            <Checkbox.Group label={t('run.signUpFor.skills')} value={skills} onChange={setSkills}>
              <div className="needs">
                {SKILLS.filter((skill) => shift.needs?.includes(skill)).map((skill) => (
                  <Checkbox key={skill} value={skill} label={QUALIFICATION_NAMES[skill][language]} />
                ))}
              </div>
            </Checkbox.Group>
          )}
          <Checkbox
            id="agreed"
            checked={agreed}
            error={errorOf('agreed')}
            label={t('run.signUpFor.agreed')}
            onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
          />
        </>
      )}
      {error && <ActionError error={error} />}
      <div className="row">
        <Button type="submit" loading={add.busy || sign.busy}>
          {t('run.signUpFor.submit')}
        </Button>
        <Button variant="subtle" onClick={again} disabled={add.busy || sign.busy}>
          {t('run.signUpFor.again')}
        </Button>
      </div>
      <Progress act={sign} />
    </Question>
  );
}
