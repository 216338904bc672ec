import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NOTE_AUDIENCES, type NoteAudience } from '../../../shared/domain/vocabulary.ts';
import { useAct } from '../api/hooks.ts';
import { dayName, timeOf } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { Question } from '../ui/question.tsx';
import { ActionError, Empty, type FieldProblem, Good, Progress, useLanguage } from '../ui/states.tsx';
import { type Mine, MyEventPage } from './mine.tsx';

/** One text to everybody who is signed up, or to those of some shifts. */
export function EventNotePage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.note.title')} lead={t('run.note.lead')}>
      {(mine) =>
        mine.desk.shifts.every(({ taken }) => taken === 0) ? <Empty title={t('run.note.nobody')} /> : <Ask {...mine} />
      }
    </MyEventPage>
  );
}

const MINUTE_MS = 60_000;
/** Check-in begins two hours before a shift. */
const soon = (now: string): string => new Date(Date.parse(now) + 120 * MINUTE_MS).toISOString();

const PRESETS = ['rain', 'early', 'mask', 'call'] as const;
const MOST = { zh: 30, en: 70 } as const;

function Ask({ event, desk }: Mine) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const act = useAct('POST /api/events/{eventId}/notes', `note:${event.eventId}`);
  const all = event.shifts.map(({ shiftId }) => shiftId);
  const [meant, setMeant] = useState<readonly string[]>(all);
  const now = useNow(MINUTE_MS);
  const begun = event.shifts.some(({ startsAt, endsAt }) => startsAt <= soon(now) && now < endsAt);
  const [to, setTo] = useState<NoteAudience>('signed-up');
  const [note, setNote] = useState({ zh: '', en: '' });
  const [sent, setSent] = useState<number>();
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const takenIn = (shiftId: string): number => desk.shifts.find((each) => each.shiftId === shiftId)?.taken ?? 0;
  const count = meant.reduce((sum, shiftId) => sum + takenIn(shiftId), 0);
  const errorOf = (field: string): string | undefined => problems.find((it) => it.field === field)?.message;
  const submit = async (): Promise<void> => {
    setSent(undefined);
    const found = [
      ...(meant.length === 0 ? [{ field: 'who', message: t('run.note.error.who') }] : []),
      ...(['zh', 'en'] as const)
        .filter((each) => note[each].trim() === '' || [...note[each].trim()].length > MOST[each])
        .map((each) => ({ field: each, message: t(`run.note.error.${each}`) })),
    ];
    setProblems(found);
    if (found.length > 0) return;
    const body = {
      note,
      ...(to !== 'signed-up' && { to }),
      ...(meant.length < all.length && { shiftIds: [...meant] }),
    };
    const done = await act.run({ params: { eventId: event.eventId }, body });
    if (!done) return;
    setSent(done.people);
    setNote({ zh: '', en: '' });
  };
  return (
    <>
      {sent !== undefined && <Good>{t('run.note.sent', { count: sent })}</Good>}
      <Question problems={problems} submit={() => void submit()}>
        {begun && (
          <Radio.Group
            label={t('run.note.to')}
            value={to}
            onChange={(value) => setTo(NOTE_AUDIENCES.find((each) => each === value) ?? 'signed-up')}
          >
            <div className="stack">
              {NOTE_AUDIENCES.map((each) => (
                <Radio key={each} value={each} label={t(`run.note.audience.${each}`)} />
              ))}
            </div>
          </Radio.Group>
        )}
        <Checkbox.Group
          id="who"
          label={t('run.note.who')}
          value={[...meant]}
          onChange={setMeant}
          error={errorOf('who')}
        >
          <div className="stack">
            {event.shifts.map((shift) => (
              <Checkbox
                key={shift.shiftId}
                value={shift.shiftId}
                label={`${shift.role[language]} · ${dayName(shift.date, language)} ${timeOf(shift.startsAt, event.zone)}`}
                description={t('run.desk.taken', { taken: takenIn(shift.shiftId), places: shift.places })}
              />
            ))}
          </div>
        </Checkbox.Group>
        <fieldset className="repeat-dates">
          <legend className="strong">{t('run.note.ready')}</legend>
          <div className="row">
            {PRESETS.map((each) => (
              <Button
                key={each}
                variant="default"
                onClick={() => setNote({ zh: t(`run.note.presets.${each}.zh`), en: t(`run.note.presets.${each}.en`) })}
              >
                {t(`run.note.presets.${each}.${language}`)}
              </Button>
            ))}
          </div>
        </fieldset>
        {(['zh', 'en'] as const).map((each) => (
          <TextInput
            key={each}
            id={each}
            lang={each === 'zh' ? 'zh-CN' : 'en'}
            label={t(`run.note.${each}`)}
            value={note[each]}
            error={errorOf(each)}
            onChange={({ currentTarget }) => setNote({ ...note, [each]: currentTarget.value })}
          />
        ))}
        {act.error && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {to === 'signed-up' ? t('run.note.send', { count }) : t('run.note.sendSome')}
        </Button>
        <Progress act={act} />
      </Question>
    </>
  );
}
