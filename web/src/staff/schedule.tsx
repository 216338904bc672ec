import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import { addDays, dayName, monthDay, timeOf, weekday } from '../lib/time.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  ErrorSummary,
  LinkButton,
  LoadError,
  Loading,
  MarkOf,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import {
  type DateRow,
  type HoursRow,
  isChanged,
  NEW_ROW,
  type Plan,
  type PreviewDay,
  previewOf,
  type StopRow,
  type WeekProblem,
  type WeekValues,
  weekOf,
  weekProblems,
  weekValues,
} from './schedule-values.ts';
import { toast } from './toast.ts';

/** A site's week: hours, chairs, days that differ, and what that makes of the next four weeks while it is typed. */
export function SchedulePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('schedule.title')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date } = useDesk();
  const plan = useApi('GET /api/planning/{siteId}', { params: { siteId } });
  const failed = site.error ?? (plan.data ? undefined : plan.error);
  return (
    <Page title={site.data?.name[language] ?? t('schedule.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <p className="muted">{t('schedule.lead')}</p>
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void plan.refetch();
          }}
        />
      ) : !plan.data ? (
        <Loading lines={6} />
      ) : (
        <Planner plan={plan.data} />
      )}
    </Page>
  );
}

const NEW = 'new';

/** The week that holds today, or the first that will. */
const currentOf = ({ weeks, today }: Plan): string =>
  (weeks.filter(({ effectiveFrom }) => effectiveFrom <= today).at(-1) ?? weeks[0])?.effectiveFrom ?? NEW;

/** What a new week begins with: the one it follows. */
function startOf(plan: Plan, which: string): WeekValues {
  const week = plan.weeks.find(({ effectiveFrom }) => effectiveFrom === (which === NEW ? currentOf(plan) : which));
  const empty = { effectiveFrom: '', effectiveTo: '', rows: [NEW_ROW], dates: [], stops: [] };
  const values = week ? weekValues(week) : empty;
  return which === NEW ? { ...values, effectiveFrom: addDays(plan.today, 1), effectiveTo: '' } : values;
}

function Planner({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [which, setWhich] = useState(() => currentOf(plan));
  const [values, setValues] = useState<WeekValues>(() => startOf(plan, which));
  const [version, setVersion] = useState(() => versionOf(plan, which));
  const [tried, setTried] = useState(false);
  const act = useAct('PUT /api/planning/{siteId}/weeks/{effectiveFrom}', `week:${plan.siteId}`);
  const stale = act.error?.code === 'changed-meanwhile';
  const isNew = which === NEW;
  const problems = tried ? weekProblems(values, plan, isNew) : [];
  const set = (change: Partial<WeekValues>): void => setValues((before) => ({ ...before, ...change }));
  const choose = (chosen: string, from: Plan = plan): void => {
    setWhich(chosen);
    setValues(startOf(from, chosen));
    setVersion(versionOf(from, chosen));
    setTried(false);
    act.reset();
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (weekProblems(values, plan, isNew).length > 0) return;
    const { effectiveFrom, hours, closedOn, otherHours = [], stops, effectiveTo } = weekOf(values).week;
    const done = await act.run({
      params: { siteId: plan.siteId, effectiveFrom },
      body: {
        isNew,
        version: stale ? versionOf(plan, which) : version,
        ...(effectiveTo && { effectiveTo }),
        hours: [...hours],
        closedOn: [...closedOn],
        otherHours: otherHours.map(({ on, hours: own }) => ({ on, hours: [...own] })),
        stops: [...stops],
      },
    });
    if (!done) return;
    choose(effectiveFrom, done);
    toast(t('schedule.applied'));
  };
  const wrong = (field: string): string | undefined => {
    const found = problems.find((each) => each.field === field);
    return found && t(`schedule.error.${found.why}`);
  };
  const untouched = JSON.stringify(values) === JSON.stringify(startOf(plan, which));
  const summary = problems.map(({ field, why }: WeekProblem) => ({ field, message: t(`schedule.error.${why}`) }));
  return (
    <div className="planner">
      <form noValidate className="question event-form" onSubmit={(event) => void submit(event)}>
        <ErrorSummary problems={summary} />
        {stale && (
          <div className="notice notice-bad" role="alert">
            <WarnIcon />
            <p>{t('schedule.stale')}</p>
          </div>
        )}
        <NativeSelect
          id="which"
          label={t('schedule.which')}
          value={which}
          data={[
            ...plan.weeks.map(({ effectiveFrom, effectiveTo }) => ({
              value: effectiveFrom,
              label:
                t(effectiveTo ? 'schedule.weekTo' : 'schedule.week', { from: effectiveFrom, to: effectiveTo }) +
                (effectiveFrom === currentOf(plan) ? t('schedule.current') : ''),
            })),
            { value: NEW, label: t('schedule.newWeek') },
          ]}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <div className="pair">
          {isNew && (
            <TextInput
              id="effectiveFrom"
              type="date"
              min={plan.today}
              label={t('schedule.from')}
              value={values.effectiveFrom}
              error={wrong('effectiveFrom')}
              onChange={(event) => set({ effectiveFrom: event.currentTarget.value })}
            />
          )}
          <TextInput
            id="effectiveTo"
            type="date"
            label={t('schedule.to')}
            value={values.effectiveTo}
            error={wrong('effectiveTo')}
            onChange={(event) => set({ effectiveTo: event.currentTarget.value })}
          />
        </div>
        <Part title={t('schedule.hours')}>
          {values.rows.length === 0 && <p className="muted">{t('schedule.none')}</p>}
          {values.rows.map((row, n) => (
            <HoursFields
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and only the last is added
              key={n}
              id={`rows-${n}`}
              title={t('schedule.row', { n: n + 1 })}
              row={row}
              plan={plan}
              wrong={wrong}
              withDays
              set={(changed) => set({ rows: values.rows.with(n, changed) })}
              remove={() => set({ rows: values.rows.toSpliced(n, 1) })}
              removeLabel={t('schedule.removeRow', { n: n + 1 })}
            />
          ))}
          <Button variant="default" onClick={() => set({ rows: [...values.rows, values.rows.at(-1) ?? NEW_ROW] })}>
            {t('schedule.add')}
          </Button>
        </Part>
        <Part title={t('schedule.dates')} lead={t('schedule.datesLead')}>
          {values.dates.map((row, n) => (
            <DateFields
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              key={n}
              n={n}
              row={row}
              plan={plan}
              wrong={wrong}
              set={(changed) => set({ dates: values.dates.with(n, changed) })}
              remove={() => set({ dates: values.dates.toSpliced(n, 1) })}
            />
          ))}
          <Button
            variant="default"
            onClick={() => set({ dates: [...values.dates, { on: '', closed: true, hours: [] }] })}
          >
            {t('schedule.addDate')}
          </Button>
          <Holidays plan={plan} dates={values.dates} add={(dates) => set({ dates: [...values.dates, ...dates] })} />
        </Part>
        {plan.bus && <Stops values={values} set={set} wrong={wrong} />}
        {act.error && !stale && <ActionError error={act.error} />}
        <div className="row">
          <Button type="submit" size="lg" loading={act.busy}>
            {t('schedule.apply')}
          </Button>
          {!untouched && (
            <Button variant="subtle" onClick={() => choose(which)}>
              {t('schedule.undo')}
            </Button>
          )}
        </div>
        <Progress act={act} />
      </form>
      <Preview plan={plan} values={values} language={language} />
    </div>
  );
}

const versionOf = (plan: Plan, which: string): number =>
  plan.weeks.find(({ effectiveFrom }) => effectiveFrom === which)?.version ?? 0;

function Part({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="stack">
      <legend>
        <h2>{title}</h2>
      </legend>
      {lead && <p className="muted">{lead}</p>}
      {children}
    </fieldset>
  );
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** By a week that began on a Monday. */
const dayOfWeek = (day: number, language: Language): string => weekday(`2024-01-0${day}`, language);

function HoursFields({
  id,
  title,
  row,
  plan,
  wrong,
  withDays = false,
  set,
  remove,
  removeLabel,
}: {
  readonly id: string;
  readonly title: string;
  readonly row: HoursRow;
  readonly plan: Plan;
  readonly wrong: (field: string) => string | undefined;
  readonly withDays?: boolean;
  readonly set: (row: HoursRow) => void;
  readonly remove?: () => void;
  readonly removeLabel?: string;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const fault = wrong(`${id}-day-1`);
  return (
    <fieldset className="card stack hours-row" aria-label={title}>
      {withDays && (
        <fieldset className="weekdays" aria-label={t('schedule.days')}>
          {WEEKDAYS.map((day) => {
            const on = row.weekdays.includes(day);
            return (
              <Button
                key={day}
                id={`${id}-day-${day}`}
                size="sm"
                variant={on ? 'filled' : 'default'}
                aria-pressed={on}
                onClick={() =>
                  set({
                    ...row,
                    weekdays: on
                      ? row.weekdays.filter((each) => each !== day)
                      : [...row.weekdays, day].toSorted((a, b) => a - b),
                  })
                }
              >
                {dayOfWeek(day, language)}
              </Button>
            );
          })}
          {fault && <p className="bad small">{fault}</p>}
        </fieldset>
      )}
      <div className="hours-fields">
        {(
          [
            ['from', 'open', 'time'],
            ['to', 'close', 'time'],
            ['slotMinutes', 'slot', 'text'],
            ['places', 'places', 'text'],
          ] as const
        ).map(([field, word, type]) => (
          <TextInput
            key={field}
            id={`${id}-${field}`}
            type={type}
            {...(type === 'text' && { inputMode: 'numeric' as const, autoComplete: 'off' })}
            label={t(`schedule.${word}`)}
            // A time field shows the end of the day as its beginning.
            value={row[field] === '24:00' ? '00:00' : row[field]}
            error={wrong(`${id}-${field}`)}
            onChange={(event) => set({ ...row, [field]: event.currentTarget.value })}
          />
        ))}
        {plan.procedures.length > 1 && (
          <NativeSelect
            id={`${id}-procedure`}
            label={t('schedule.procedure')}
            value={row.procedure}
            data={plan.procedures.map((value) => ({ value, label: t(`pages:procedure.${value}`) }))}
            onChange={(event) =>
              set({
                ...row,
                procedure: plan.procedures.find((each) => each === event.currentTarget.value) ?? row.procedure,
              })
            }
          />
        )}
        {remove && (
          <Button size="sm" variant="subtle" aria-label={removeLabel} onClick={remove}>
            {t('schedule.remove')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function DateFields({
  n,
  row,
  plan,
  wrong,
  set,
  remove,
}: {
  readonly n: number;
  readonly row: DateRow;
  readonly plan: Plan;
  readonly wrong: (field: string) => string | undefined;
  readonly set: (row: DateRow) => void;
  readonly remove: () => void;
}) {
  const { t } = useTranslation('work');
  const id = `dates-${n}`;
  return (
    <div className="stack">
      <div className="hours-fields">
        <TextInput
          id={`${id}-on`}
          type="date"
          label={t('schedule.date')}
          value={row.on}
          error={wrong(`${id}-on`)}
          onChange={(event) => set({ ...row, on: event.currentTarget.value })}
        />
        <NativeSelect
          id={`${id}-kind`}
          label={t('schedule.hours')}
          value={row.closed ? 'closed' : 'other'}
          data={(['closed', 'other'] as const).map((value) => ({ value, label: t(`schedule.${value}`) }))}
          onChange={(event) => {
            const closed = event.currentTarget.value === 'closed';
            set({ ...row, closed, hours: closed || row.hours.length > 0 ? row.hours : [{ ...NEW_ROW, weekdays: [] }] });
          }}
        />
        <Button size="sm" variant="subtle" aria-label={t('schedule.removeDate', { date: row.on })} onClick={remove}>
          {t('schedule.remove')}
        </Button>
      </div>
      {!row.closed && (
        <>
          {row.hours.map((hours, m) => (
            <HoursFields
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              key={m}
              id={`${id}-hours-${m}`}
              title={`${row.on} ${t('schedule.row', { n: m + 1 })}`}
              row={hours}
              plan={plan}
              wrong={wrong}
              set={(changed) => set({ ...row, hours: row.hours.with(m, changed) })}
              remove={() => set({ ...row, hours: row.hours.toSpliced(m, 1) })}
              removeLabel={t('schedule.removeRow', { n: m + 1 })}
            />
          ))}
          <Button
            size="sm"
            variant="default"
            onClick={() => set({ ...row, hours: [...row.hours, { ...NEW_ROW, weekdays: [] }] })}
          >
            {t('schedule.add')}
          </Button>
        </>
      )}
    </div>
  );
}

/** How far ahead a holiday is worth planning for. */
const HOLIDAY_DAYS = 120;

function Holidays({
  plan,
  dates,
  add,
}: {
  readonly plan: Plan;
  readonly dates: readonly DateRow[];
  readonly add: (dates: DateRow[]) => void;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const last = addDays(plan.today, HOLIDAY_DAYS);
  const years = plan.holidays.filter(
    ({ year }) => String(year) >= plan.today.slice(0, 4) && `${year}` <= last.slice(0, 4),
  );
  if (years.length === 0) return null;
  const near = years.flatMap(({ holidays = [] }) =>
    holidays.filter(({ from, to }) => to >= plan.today && from <= last),
  );
  const daysOf = (from: string, to: string): string[] => {
    const all: string[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) all.push(day);
    return all;
  };
  return (
    <section className="card stack">
      <h3>{t('schedule.holidays')}</h3>
      {near.length > 0 && <p className="muted">{t('schedule.holidaysLead')}</p>}
      {near.map(({ name, from, to, worked }) => {
        const missing = daysOf(from, to).filter((day) => day >= plan.today && !dates.some(({ on }) => on === day));
        return (
          <div key={from}>
            <Button
              size="sm"
              variant="default"
              disabled={missing.length === 0}
              onClick={() => add(missing.map((on) => ({ on, closed: true, hours: [] })))}
            >
              {missing.length === 0
                ? t('schedule.added', { name: name[language] })
                : t('schedule.closeHoliday', {
                    name: name[language],
                    from: monthDay(from, language),
                    to: monthDay(to, language),
                  })}
            </Button>
            {worked.length > 0 && (
              <span className="small muted">
                {' '}
                {t('schedule.worked', { dates: worked.map((day) => dayName(day, language)).join(' · ') })}
              </span>
            )}
          </div>
        );
      })}
      {years.map(({ year, holidays, source, mark }) =>
        holidays ? (
          <p key={year} className="small muted">
            {near.length === 0 && `${t('schedule.noHolidays')} `}
            {source} {mark && <MarkOf mark={mark} />}
          </p>
        ) : (
          <p key={year} className="small">
            {t('schedule.notRead', { year })}
          </p>
        ),
      )}
    </section>
  );
}

function Stops({
  values,
  set,
  wrong,
}: {
  readonly values: WeekValues;
  readonly set: (change: Partial<WeekValues>) => void;
  readonly wrong: (field: string) => string | undefined;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const change = (n: number, row: StopRow): void => set({ stops: values.stops.with(n, row) });
  return (
    <Part title={t('schedule.stops')} lead={t('schedule.stopsLead')}>
      {values.stops.map((row, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <div key={n} className="hours-fields">
          <NativeSelect
            label={t('schedule.stopOn')}
            value={row.weekday}
            data={[
              { value: '', label: t('schedule.stopDate') },
              ...WEEKDAYS.map((day) => ({ value: String(day), label: dayOfWeek(day, language) })),
            ]}
            onChange={(event) =>
              change(n, { ...row, weekday: event.currentTarget.value, ...(event.currentTarget.value && { date: '' }) })
            }
          />
          {!row.weekday && (
            <TextInput
              type="date"
              label={t('schedule.date')}
              value={row.date}
              onChange={(event) => change(n, { ...row, date: event.currentTarget.value })}
            />
          )}
          <TextInput
            id={`stops-${n}-zh`}
            label={t('schedule.stopZh')}
            value={row.zh}
            maxLength={80}
            error={wrong(`stops-${n}-zh`)}
            onChange={(event) => change(n, { ...row, zh: event.currentTarget.value })}
          />
          <TextInput
            label={t('schedule.stopEn')}
            value={row.en}
            maxLength={80}
            onChange={(event) => change(n, { ...row, en: event.currentTarget.value })}
          />
          <Button
            size="sm"
            variant="subtle"
            aria-label={t('schedule.removeStop', { n: n + 1 })}
            onClick={() => set({ stops: values.stops.toSpliced(n, 1) })}
          >
            {t('schedule.remove')}
          </Button>
        </div>
      ))}
      <Button
        variant="default"
        onClick={() => set({ stops: [...values.stops, { weekday: '', date: '', zh: '', en: '' }] })}
      >
        {t('schedule.addStop')}
      </Button>
    </Part>
  );
}

/** What the week that is typed makes of each day; a week that cannot be yet is shown once it can. */
function Preview({
  plan,
  values,
  language,
}: {
  readonly plan: Plan;
  readonly values: WeekValues;
  readonly language: Language;
}) {
  const { t } = useTranslation('work');
  const [all, setAll] = useState(false);
  const days = useMemo(() => {
    if (!values.effectiveFrom || weekProblems(values, plan, false).length > 0) return undefined;
    return previewOf(values, plan, new Date().toISOString());
  }, [values, plan]);
  const changed = days?.filter(isChanged) ?? [];
  const shown = all ? (days ?? []) : changed;
  const sum = (of: 'before' | 'after'): number => (days ?? []).reduce((so, day) => so + day[of], 0);
  return (
    <section className="planner-preview" aria-live="polite">
      <h2>{t('schedule.preview')}</h2>
      {days && (
        <>
          <p className="strong">{t('schedule.sum', { before: sum('before'), after: sum('after') })}</p>
          {changed.length === 0 && <p>{t('schedule.nothing')}</p>}
          <p className="small muted">{t('schedule.previewLead')}</p>
          <ul className="plain stack">
            {shown.map((day) => (
              <li key={day.date}>
                <DayLine plan={plan} day={day} language={language} most={Math.max(1, ...days.map(mostOf))} />
              </li>
            ))}
          </ul>
          {!all && changed.length < days.length && (
            <p>
              {changed.length > 0 && t('schedule.unchanged', { count: days.length - changed.length })}{' '}
              <Button size="sm" variant="subtle" onClick={() => setAll(true)}>
                {t('schedule.showAll')}
              </Button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

const mostOf = ({ before, after }: PreviewDay): number => Math.max(before, after);

function DayLine({
  plan,
  day: { date, before, after, change, people },
  language,
  most,
}: {
  readonly plan: Plan;
  readonly day: PreviewDay;
  readonly language: Language;
  readonly most: number;
}) {
  const { t } = useTranslation('work');
  const { added, goes, stays, blocked, toClose, toCut } = change;
  const closing = (
    slots: readonly { startsAt: string; endsAt: string }[],
    more: Record<string, string> = {},
  ): string => {
    const first = slots.map(({ startsAt }) => startsAt).toSorted()[0] ?? '';
    const last =
      slots
        .map(({ endsAt }) => endsAt)
        .toSorted()
        .at(-1) ?? '';
    const until = timeOf(last, plan.zone);
    const query = {
      from: date,
      to: date,
      fromTime: timeOf(first, plan.zone),
      toTime: until === '00:00' ? '23:59' : until,
      ...more,
    };
    return `/staff/${plan.siteId}/closures/new?${new URLSearchParams(query)}`;
  };
  const notes = [
    added.length > 0 && t('schedule.addedSlots', { count: added.length }),
    goes.length > 0 && t('schedule.gone', { count: goes.length }),
    stays.length > 0 && t('schedule.stay', { count: stays.length }),
    blocked.length > 0 && t('schedule.blocked', { count: blocked.length }),
  ].filter(Boolean);
  const fewest = Math.min(...toCut.map(({ places }) => places));
  return (
    <div className="day-line">
      <b>{dayName(date, language)}</b>
      <span className="day-bars" aria-hidden="true">
        <span className="places-bar">
          <span style={{ width: `${(100 * before) / most}%` }} className="was" />
        </span>
        <span className="places-bar">
          <span style={{ width: `${(100 * after) / most}%` }} />
        </span>
      </span>
      <span>
        {before} → <b>{after}</b>
      </span>
      <span className="small muted full">{notes.join(' · ')}</span>
      {toClose.length > 0 && (
        <span className="full">
          {t('schedule.held', { people })}{' '}
          <LinkButton to={closing(toClose)} variant="default">
            {t('schedule.toClosure')}
          </LinkButton>
        </span>
      )}
      {toCut.length > 0 && (
        <span className="full">
          {t('schedule.fewer', { count: toCut.length })}{' '}
          <LinkButton
            to={closing(
              toCut.map(({ slot }) => slot),
              { places: String(fewest) },
            )}
            variant="default"
          >
            {t('schedule.toCut')}
          </LinkButton>
        </span>
      )}
    </div>
  );
}
