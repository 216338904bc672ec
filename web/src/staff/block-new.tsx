import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { MOST_BLOCKED_TIMES } from '../../../shared/domain/blocks.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { addDays, timeOf } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, ErrorSummary, type FieldProblem, LoadError, Loading, Progress } from '../ui/states.tsx';
import { DateBar } from './date-bar.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';

type Slot = CallOutput<'GET /api/donations/slots'>['items'][number];

const SHARES = [25, 50, 100] as const;
/** In the evening of the day before, unless staff say otherwise. */
const OPENS_AT = '18:00';

export function BlockNewPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('blocks.form.title')}>
      {() => <NewBlock />}
    </Work>
  );
}

function NewBlock() {
  const { t } = useTranslation(['work', 'pages']);
  const { siteId, site, date, today } = useDesk();
  const slots = useApi('GET /api/donations/slots', { query: { siteId, date } }, { enabled: site.data !== undefined });
  const [procedure, setProcedure] = useState('');
  const procedures = site.data?.procedures ?? [];
  const wanted = procedure || procedures[0];
  const now = new Date().toISOString();
  const free = slots.data?.items.filter(
    (slot) =>
      slot.procedure === wanted &&
      slot.status === 'open' &&
      slot.free > 0 &&
      slot.startsAt > now &&
      slot.unit === undefined,
  );
  const failed = site.error ?? (slots.data ? undefined : slots.error);
  return (
    <Page title={t('blocks.form.title')} lead={t('blocks.form.lead')} back={`/staff/${siteId}/blocks`}>
      <DateBar date={date} today={today} />
      {procedures.length > 1 && (
        <NativeSelect
          label={t('blocks.form.procedure')}
          value={wanted ?? ''}
          onChange={(event) => setProcedure(event.currentTarget.value)}
          data={procedures.map((value) => ({ value, label: t(`pages:procedure.${value}`) }))}
        />
      )}
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void slots.refetch();
          }}
        />
      ) : !free ? (
        <Loading lines={4} />
      ) : free.length === 0 ? (
        <Empty title={t('blocks.form.none')} />
      ) : (
        // What was typed for one day's times says nothing of another's.
        <Form key={`${date} ${wanted}`} siteId={siteId} date={date} today={today} slots={free} />
      )}
    </Page>
  );
}

function Form({
  siteId,
  date,
  today,
  slots,
}: {
  readonly siteId: string;
  readonly date: string;
  readonly today: string;
  readonly slots: readonly Slot[];
}) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const [unit, setUnit] = useState('');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [untilDate, setUntilDate] = useState(date > today ? addDays(date, -1) : date);
  const [untilTime, setUntilTime] = useState(OPENS_AT);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/blocks', `block:${siteId}:${date}`);
  const placesOf = ({ slotId }: Slot): string => (typed[slotId] ?? '').normalize('NFKC').trim();
  const chosen = slots.filter((slot) => Number(placesOf(slot)) > 0);
  const total = chosen.reduce((sum, slot) => sum + Number(placesOf(slot)), 0);
  const told: FieldProblem[] = [
    ...problems,
    ...(problems.length > 0 ? [] : (act.error?.fields ?? [])).flatMap(({ path, message }) => {
      const at = /^slots\.(\d+)\.places$/.exec(path);
      const slot = at && chosen[Number(at[1])];
      if (slot) return [{ field: `places-${slot.slotId}`, message: `${timeOf(slot.startsAt, slot.zone)}：${message}` }];
      return path === 'until' ? [{ field: 'untilDate', message: `${t('blocks.form.until')}：${message}` }] : [];
    }),
  ];
  const errorOf = (field: string) => told.find((each) => each.field === field)?.message;

  const fill = (percent: number): void =>
    setTyped(
      Object.fromEntries(
        slots.map((slot) => [slot.slotId, String(Math.min(slot.free, Math.round((slot.places * percent) / 100)))]),
      ),
    );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    act.reset();
    const wrong: FieldProblem[] = [
      ...(unit.trim() ? [] : [{ field: 'unit', message: t('blocks.form.error.unit') }]),
      ...slots.flatMap((slot) =>
        /^\d*$/.test(placesOf(slot)) && Number(placesOf(slot)) <= slot.free
          ? []
          : [
              {
                field: `places-${slot.slotId}`,
                message: t('blocks.form.error.places', { time: timeOf(slot.startsAt, slot.zone), free: slot.free }),
              },
            ],
      ),
    ];
    if (wrong.length === 0 && total === 0) {
      wrong.push({ field: `places-${slots[0]?.slotId}`, message: t('blocks.form.error.nothing') });
    }
    if (chosen.length > MOST_BLOCKED_TIMES) {
      wrong.push({
        field: `places-${slots[0]?.slotId}`,
        message: t('blocks.form.error.many', { most: MOST_BLOCKED_TIMES }),
      });
    }
    if (!untilDate || !untilTime) wrong.push({ field: 'untilDate', message: t('blocks.form.error.until') });
    setProblems(wrong);
    if (wrong.length > 0) return;
    const done = await act.run({
      body: {
        siteId,
        unit: unit.trim(),
        until: `${untilDate}T${untilTime}`,
        slots: chosen.map((slot) => ({ slotId: slot.slotId, places: Number(placesOf(slot)) })),
      },
    });
    if (!done) return;
    toast(t('blocks.form.done', { unit: done.unit, count: total }));
    await navigate(`/staff/${siteId}/blocks`, { replace: true });
  };

  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={told} />
      <TextInput
        id="unit"
        label={t('blocks.form.unit')}
        description={t('blocks.form.unitHint')}
        autoComplete="off"
        maxLength={60}
        value={unit}
        onChange={(event) => setUnit(event.currentTarget.value)}
        error={errorOf('unit')}
      />
      <fieldset>
        <legend>{t('blocks.form.times')}</legend>
        <p className="small muted">{t('blocks.form.timesHint')}</p>
        <div className="day-tools">
          <span>{t('blocks.form.share')}</span>
          {SHARES.map((percent) => (
            <Button key={percent} size="compact-md" variant="default" onClick={() => fill(percent)}>
              {t('blocks.form.shareOf', { percent })}
            </Button>
          ))}
        </div>
        <ul className="plain block-times">
          {slots.map((slot) => {
            const time = timeOf(slot.startsAt, slot.zone);
            const wrong = errorOf(`places-${slot.slotId}`);
            return (
              <li key={slot.slotId}>
                <b aria-hidden="true">{time}</b>
                <TextInput
                  id={`places-${slot.slotId}`}
                  aria-label={t('blocks.form.placesOf', { time, free: slot.free })}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={3}
                  value={typed[slot.slotId] ?? ''}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setTyped((before) => ({ ...before, [slot.slotId]: value }));
                  }}
                  error={wrong}
                />
                <span className="muted" aria-hidden="true">
                  {t('blocks.form.free', { free: slot.free })}
                </span>
              </li>
            );
          })}
        </ul>
        <p aria-live="polite">{t('blocks.form.total', { count: total })}</p>
      </fieldset>
      <fieldset>
        <legend>{t('blocks.form.until')}</legend>
        <p className="small muted">{t('blocks.form.untilHint')}</p>
        <div className="pair">
          <TextInput
            id="untilDate"
            type="date"
            label={t('blocks.form.untilDate')}
            min={today}
            max={date}
            value={untilDate}
            onChange={(event) => setUntilDate(event.currentTarget.value)}
            error={errorOf('untilDate')}
          />
          <TextInput
            id="untilTime"
            type="time"
            label={t('blocks.form.untilTime')}
            value={untilTime}
            onChange={(event) => setUntilTime(event.currentTarget.value)}
          />
        </div>
      </fieldset>
      {act.error && told.length === 0 && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('blocks.form.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
