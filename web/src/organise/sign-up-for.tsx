import { Button, Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QUALIFICATION_NAMES } from '../../../shared/domain/qualifications.ts';
import { SKILLS } from '../../../shared/domain/vocabulary.ts';
import { useAct } from '../api/hooks.ts';
import type { CallOutput, EventView, Shift } from '../api/types.ts';
import { dayName, timeOf } from '../lib/time.ts';
import { BirthDateFields, birthDateOf, NO_DATE } from '../ui/birth-date-fields.tsx';
import { Question } from '../ui/question.tsx';
import { Needs } from '../ui/shifts.tsx';
import { ActionError, Empty, type FieldProblem, Good, Progress, useLanguage } from '../ui/states.tsx';
import { useRefused } from '../ui/use-refused.ts';
import { NoteGuardian } from './guardian.tsx';
import { MyEventPage } from './mine.tsx';

type Found = CallOutput<'POST /api/events/{eventId}/people/find'>['items'];
type Caller = { readonly phone: string; readonly found: Found };

/** For whoever calls and has no smartphone: their number, who they are, and the shift. */
export function SignUpForPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.signUpFor.title')} lead={t('run.signUpFor.lead')}>
      {({ event, desk }) =>
        event.status === 'published' ? (
          <Call event={event} owns={desk.part === 'owner'} />
        ) : (
          <Empty title={t('run.signUpFor.notOpen')} />
        )
      }
    </MyEventPage>
  );
}

/** `owns`: of the organisation that answers for the event; a guardian's paper is its to note. */
function Call({ event, owns }: { readonly event: EventView; readonly owns: boolean }) {
  const { t } = useTranslation('work');
  const [caller, setCaller] = useState<Caller>();
  const [done, setDone] = useState<string>();
  return (
    <>
      {done && <Good>{done}</Good>}
      {caller ? (
        <Choose
          event={event}
          owns={owns}
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
  const refused = useRefused({ phone: { field: 'phone', label: t('run.signUpFor.phone') } }, act.error);
  const told = problems.length > 0 ? problems : refused;
  const submit = async (): Promise<void> => {
    const missing = phone.trim() === '';
    setProblems(missing ? [{ field: 'phone', message: t('run.signUpFor.error.phone') }] : []);
    if (missing) return;
    const answer = await act.run({ params: { eventId: event.eventId }, body: { phone } });
    if (answer) next({ phone, found: answer.items });
  };
  return (
    <Question problems={told} submit={() => void submit()}>
      <TextInput
        id="phone"
        label={t('run.signUpFor.phone')}
        description={t('run.signUpFor.phoneHint')}
        inputMode="tel"
        autoComplete="off"
        value={phone}
        error={told[0]?.message}
        onChange={({ currentTarget }) => setPhone(currentTarget.value)}
      />
      {act.error && refused.length === 0 && <ActionError error={act.error} />}
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
  owns,
  caller: { phone, found },
  again,
  finish,
}: {
  readonly event: EventView;
  readonly owns: boolean;
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
  const complete = useAct('POST /api/events/{eventId}/people/{personId}/profile', `complete:${eventId}`, {
    unwritten: true,
  });
  const sign = useAct('POST /api/events/{eventId}/sign-ups', `sign-up-for:${eventId}`);
  const refused = useRefused(
    {
      birthDate: { field: 'year', label: t('pages:profile.birthDate') },
      name: { field: 'name', label: t('run.signUpFor.name') },
    },
    add.error ?? complete.error,
  );
  const told = problems.length > 0 ? problems : refused;
  const errorOf = (field: string): string | undefined => told.find((it) => it.field === field)?.message;
  const shift = event.shifts.find((each) => each.slotId === slotId);
  const isNew = who === NEW && made === undefined;
  // What this shift asks of somebody on record who has yet to say it: asked for once the service has said so.
  const [lacks, setLacks] = useState<readonly string[]>([]);
  const foundReasons = sign.error?.reasons;
  useEffect(() => {
    if (foundReasons) setLacks(foundReasons.map(({ code }) => code));
  }, [foundReasons]);
  const asksSkills = SKILLS.filter((skill) => shift?.needs?.includes(skill));
  const canDo = asksSkills.filter((skill) => skills.includes(skill));
  const lacksAge = !isNew && lacks.includes('profile-incomplete');
  const lacksSkills = !isNew && lacks.includes('skill-missing') && asksSkills.length > 0;
  const startAnew = (): void => {
    sign.reset();
    complete.reset();
    add.reset();
    setNoted(false);
    setLacks([]);
    setProblems([]);
  };
  const [noted, setNoted] = useState(false);
  const date = birthDateOf(born);
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
      ...wrong(isNew && !date, 'year', t('run.signUpFor.error.born')),
      ...wrong(lacksAge && !date, 'year', t('run.signUpFor.error.born')),
      ...wrong(lacksSkills && canDo.length === 0, `skill-${asksSkills[0]}`, t('run.signUpFor.error.skills')),
      ...wrong((isNew || lacksAge || lacksSkills) && !agreed, 'agreed', t('run.signUpFor.error.agreed')),
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
          birthDate: date ?? '',
          ...(canDo.length > 0 && { skills: canDo }),
          agreed: true,
          besides: found.map((each) => each.personId),
        },
      });
      if (!person) return;
      personId = person.personId;
      setMade(personId);
    } else if (lacksAge || lacksSkills) {
      const said = await complete.run({
        params: { eventId, personId },
        body: {
          phone,
          ...(lacksAge && date && { birthDate: date }),
          ...(lacksSkills && { skills: canDo }),
          agreed: true,
        },
      });
      if (!said) return;
      setLacks([]);
    }
    if (!(await sign.run({ params: { eventId }, body: { personId, slotId } }))) return;
    finish(t('run.signUpFor.done', { shift: shift ? nameOf(shift) : '' }));
  };
  const error = refused.length > 0 ? undefined : (add.error ?? complete.error ?? sign.error);
  const bornFields = <BirthDateFields labelled value={born} set={setBorn} error={errorOf('year')} />;
  const skillFields = asksSkills.length > 0 && (
    <Checkbox.Group
      label={t('run.signUpFor.skills')}
      value={skills}
      error={errorOf(`skill-${asksSkills[0]}`)}
      onChange={setSkills}
    >
      <div className="needs">
        {asksSkills.map((skill) => (
          <Checkbox key={skill} id={`skill-${skill}`} value={skill} label={QUALIFICATION_NAMES[skill][language]} />
        ))}
      </div>
    </Checkbox.Group>
  );
  const agreement = (
    <Checkbox
      id="agreed"
      checked={agreed}
      error={errorOf('agreed')}
      label={t(isNew ? 'run.signUpFor.agreed' : 'run.signUpFor.agreedMore')}
      onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
    />
  );
  const busy = add.busy || complete.busy || sign.busy;
  return (
    <>
      <Question problems={told} submit={() => void submit()}>
        <NativeSelect
          id="shift"
          label={t('run.signUpFor.shift')}
          value={slotId}
          error={errorOf('shift')}
          onChange={({ currentTarget }) => {
            setSlotId(currentTarget.value);
            startAnew();
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
              startAnew();
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
            <p className="muted">{t('run.signUpFor.bornNeeded')}</p>
            {bornFields}
            {skillFields}
            {agreement}
          </>
        )}
        {error && <ActionError error={error} />}
        {lacksAge && bornFields}
        {lacksSkills && skillFields}
        {(lacksAge || lacksSkills) && agreement}
        <div className="row">
          <Button type="submit" loading={busy}>
            {t('run.signUpFor.submit')}
          </Button>
          <Button variant="subtle" onClick={again} disabled={busy}>
            {t('run.signUpFor.again')}
          </Button>
        </div>
        <Progress act={sign} />
      </Question>
      {noted && <Good>{t('run.guardian.done')}</Good>}
      {lacks.includes('guardian-needed') && !isNew && !owns && (
        <p>{t('run.guardian.byOwner', { name: event.organisation[language] })}</p>
      )}
      {lacks.includes('guardian-needed') && !isNew && owns && (
        <NoteGuardian
          eventId={eventId}
          personId={made ?? who}
          done={() => {
            sign.reset();
            setLacks([]);
            setNoted(true);
          }}
        />
      )}
    </>
  );
}
