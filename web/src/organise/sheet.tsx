import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, timeOf } from '../lib/time.ts';
import { ActionError, Empty, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Known } from './day.tsx';
import type { Line } from './day-store.ts';
import { days } from './days.ts';
import { MyEventPage } from './mine.tsx';

/** A paper sheet entered afterwards, a line at a time; of one person, what was recorded put right. */
export function EventSheetPage() {
  const { t } = useTranslation('work');
  const [search] = useSearchParams();
  const one = search.get('booking') !== null;
  return (
    <MyEventPage
      title={t(one ? 'day.sheet.one' : 'day.sheet.title')}
      lead={t(one ? 'day.sheet.leadOne' : 'day.sheet.lead')}
    >
      {({ event }) => <Lines event={event} />}
    </MyEventPage>
  );
}

function Lines({ event }: { readonly event: EventView }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [search] = useSearchParams();
  const date = dateOf(search.get('date')) ?? dateIn(event.zone, event.startsAt);
  const booking = search.get('booking');
  const sheet = useApi('GET /api/events/{eventId}/attendance', { params: { eventId: event.eventId }, query: { date } });
  if (sheet.error && !sheet.data) return <LoadError error={sheet.error} retry={() => void sheet.refetch()} />;
  if (!sheet.data) return <Loading />;
  const lines = sheet.data.items.filter(({ bookingId }) => booking === null || bookingId === booking);
  if (lines.length === 0) return <Empty title={t('day.empty')} />;
  // A sheet of paper is a shift's.
  const shifts = [...new Set(lines.map(({ shiftId }) => shiftId))];
  const nameOf = (of: string): string => {
    const shift = event.shifts.find(({ shiftId }) => shiftId === of);
    return shift
      ? `${timeOf(shift.startsAt, event.zone)}–${timeOf(shift.endsAt, event.zone)} ${shift.role[language]}`
      : of;
  };
  return (
    <>
      {shifts.map((shift) => (
        <section key={shift} aria-labelledby={`sheet-${shift}`}>
          <h2 id={`sheet-${shift}`}>{nameOf(shift)}</h2>
          <ul className="day-lines">
            {lines
              .filter(({ shiftId }) => shiftId === shift)
              .map((line) => (
                <One key={line.bookingId} line={line} event={event} now={sheet.data.now} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

const FIELDS = { from: 'body.sheet.startedAtLocal', to: 'body.sheet.endedAtLocal' } as const;

function One({ line, event, now }: { readonly line: Line; readonly event: EventView; readonly now: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { bookingId, version, name, attended } = line;
  const shift = event.shifts.find(({ shiftId }) => shiftId === line.shiftId);
  const wall = (instant: string | undefined): string =>
    instant ? `${dateIn(event.zone, instant)}T${timeOf(instant, event.zone)}` : '';
  const [from, setFrom] = useState(wall(attended?.startedAt ?? shift?.startsAt));
  const [to, setTo] = useState(wall(attended?.endedAt ?? shift?.endsAt));
  const [done, setDone] = useState(false);
  const act = useAct('POST /api/events/{eventId}/attendance/sheet', `sheet:${bookingId}`);
  const enter = async (came: boolean): Promise<void> => {
    setDone(false);
    const sheet = came
      ? { kind: 'came' as const, startedAtLocal: from, endedAtLocal: to }
      : { kind: 'absent' as const };
    const entered = await act.run({ params: { eventId: event.eventId }, body: { bookingId, version, sheet } });
    if (!entered) return;
    // What was refused of it on this device has been seen to; and that day knows, also when the line dies now.
    days.settle(bookingId);
    days.answer(event.eventId, entered);
    setDone(true);
  };
  const faultOf = (field: keyof typeof FIELDS): string | undefined =>
    act.error?.fields.find(({ path }) => path === FIELDS[field])?.message;
  const isOver = shift !== undefined && shift.endsAt <= now;
  return (
    <li className="day-sheet">
      <div>
        <b>{name}</b> <span className="muted">{t('day.last4', { digits: line.phoneLast4 })}</span>{' '}
        <span className="small">
          {shift?.role[language]}
          {attended || line.status === 'noshow' ? (
            <Known line={line} zone={event.zone} />
          ) : (
            ` · ${t('day.sheet.nothing')}`
          )}
        </span>
      </div>
      <div className="day-times">
        <TextInput
          type="datetime-local"
          label={t('day.sheet.from')}
          aria-label={`${t('day.sheet.from')} ${t('day.sheet.fromOf', { name })}`}
          value={from}
          error={faultOf('from')}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t('day.sheet.to')}
          aria-label={`${t('day.sheet.to')} ${t('day.sheet.toOf', { name })}`}
          value={to}
          error={faultOf('to')}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
      </div>
      <div className="day-acts">
        <Button
          loading={act.busy}
          disabled={from === '' || to === ''}
          aria-label={t('day.sheet.cameOf', { name })}
          onClick={() => void enter(true)}
        >
          {t('day.sheet.came')}
        </Button>
        {isOver && line.status !== 'noshow' && (
          <Button
            variant="default"
            disabled={act.busy}
            aria-label={t('day.sheet.absentOf', { name })}
            onClick={() => void enter(false)}
          >
            {t('day.sheet.absent')}
          </Button>
        )}
        <span role="status" className="good">
          {done ? t('day.sheet.saved') : ''}
        </span>
      </div>
      {act.error && <ActionError error={act.error} />}
      <Progress act={act} />
    </li>
  );
}
