import { toInstant } from '../../../shared/domain/local-time.ts';
import { dialled, phoneTyped } from '../../../shared/domain/phone.ts';
import { type ReminderSettings, remindersOf } from '../../../shared/domain/reminders.ts';
import { TIME_OF_DAY } from '../../../shared/domain/site-settings.ts';
import { LOCK_MINUTES } from '../../../shared/domain/station.ts';
import type { Instant, LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { CallInput, CallOutput } from '../api/types.ts';

export type Settings = CallOutput<'GET /api/donations/settings/{siteId}'>;
export type SettingsBody = CallInput<'PUT /api/donations/settings/{siteId}'>['body'];

/** Settings as they are typed: every field a string, so that nothing typed is lost on its way. */
export type SettingsValues = {
  readonly dayBefore: boolean;
  readonly dayBeforeAt: string;
  readonly soon: boolean;
  readonly minutesBefore: string;
  readonly cutoffMinutes: string;
  readonly phone: string;
  /** Empty: as the deployment has it. */
  readonly usedHoldMinutes: string;
  readonly lockMinutes: string;
};

export const valuesOf = ({
  reminders,
  cutoffMinutes,
  phone,
  usedHoldMinutes,
  lockMinutes,
}: Settings): SettingsValues => ({
  dayBefore: reminders.dayBeforeAt !== undefined,
  dayBeforeAt: reminders.dayBeforeAt ?? '18:00',
  soon: reminders.minutesBefore !== undefined,
  minutesBefore: String(reminders.minutesBefore ?? 120),
  cutoffMinutes: String(cutoffMinutes),
  phone: dialled(phone),
  usedHoldMinutes: usedHoldMinutes === undefined ? '' : String(usedHoldMinutes),
  lockMinutes: String(lockMinutes ?? LOCK_MINUTES),
});

const remindersIn = ({ dayBefore, dayBeforeAt, soon, minutesBefore }: SettingsValues): ReminderSettings => ({
  ...(dayBefore && { dayBeforeAt }),
  ...(soon && { minutesBefore: Number(minutesBefore) }),
});

export const bodyOf = (values: SettingsValues, version: number): SettingsBody => ({
  version,
  phone: values.phone.trim(),
  cutoffMinutes: Number(values.cutoffMinutes),
  reminders: remindersIn(values),
  lockMinutes: Number(values.lockMinutes),
  ...(values.usedHoldMinutes !== '' && { usedHoldMinutes: Number(values.usedHoldMinutes) }),
});

export type SettingsFault = { readonly field: 'phone' | 'dayBeforeAt'; readonly why: 'phone' | 'time' };

/** What is not right yet, in the order of the page. The service decides; this only saves a round trip. */
export const faultsOf = (values: SettingsValues, { phone }: Settings): SettingsFault[] => [
  ...(values.dayBefore && !TIME_OF_DAY.test(values.dayBeforeAt)
    ? [{ field: 'dayBeforeAt', why: 'time' } as const]
    : []),
  ...(phoneTyped(values.phone, phone) ? [] : [{ field: 'phone', why: 'phone' } as const]),
];

/** When somebody who has booked long ago for these times of a day would be reminded. */
export function previewOf(
  values: SettingsValues,
  { zone, deployment }: Settings,
  date: LocalDate,
  times: readonly string[],
): { readonly startsAt: Instant; readonly dueAt: readonly Instant[] }[] {
  if (values.dayBefore && !TIME_OF_DAY.test(values.dayBeforeAt)) return [];
  return times.flatMap((time) => {
    const start = toInstant(`${date}T${time}`, zone);
    if (!start.ok) return [];
    const booking = { startsAt: start.instant, date, zone };
    const all = remindersOf(booking, LONG_AGO, remindersIn(values), deployment.quiet);
    return [{ startsAt: start.instant, dueAt: all.map(({ dueAt }) => dueAt) }];
  });
}
const LONG_AGO = '2000-01-01T00:00:00.000Z';
