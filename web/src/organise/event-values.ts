import { MOST_TEAM } from '../../../shared/domain/teams.ts';
import { type Qualification, type ServiceCategory, USUAL_CATEGORY } from '../../../shared/domain/vocabulary.ts';
import type { CallInput, EventView } from '../api/types.ts';
import { dateIn, timeOf } from '../lib/time.ts';

/** An event as it is typed: every field a string, so that nothing typed is ever lost on its way. */
export type ShiftValues = {
  shiftId: string;
  role: Both;
  startsAtLocal: string;
  endsAtLocal: string;
  places: string;
  minimum: string;
  minAge: string;
  maxAge: string;
  needs: Qualification[];
};
type Both = { zh: string; en: string };
export type EventValues = {
  title: Both;
  content: Both;
  community: Both;
  district: Both;
  address: Both;
  contactPhone: string;
  conditions: Both;
  howToApply: Both;
  risks: Both;
  support: Both;
  category: ServiceCategory;
  zone: string;
  opensAtLocal: string;
  closesAtLocal: string;
  restHours: string;
  mostShifts: string;
  mostTeam: string;
  insures: boolean;
  shifts: ShiftValues[];
};
export type EventBody = Omit<CallInput<'POST /api/events'>['body'], 'organisationId'>;

export const REQUIRED = ['title', 'content', 'community', 'district', 'address'] as const;
export const NOTICES = ['conditions', 'howToApply', 'risks', 'support'] as const;

const none = (): Both => ({ zh: '', en: '' });

export const emptyShift = (taken: readonly ShiftValues[]): ShiftValues => {
  const last = taken.at(-1);
  let n = taken.length + 1;
  while (taken.some(({ shiftId }) => shiftId === `s${n}`)) n += 1;
  return {
    shiftId: `s${n}`,
    role: none(),
    startsAtLocal: last?.startsAtLocal ?? '',
    endsAtLocal: last?.endsAtLocal ?? '',
    places: '',
    minimum: '',
    minAge: '',
    maxAge: '',
    needs: [],
  };
};

/** The zone of the organisation's other events, else the browser's. */
export const emptyEvent = (zone = Intl.DateTimeFormat().resolvedOptions().timeZone): EventValues => ({
  title: none(),
  content: none(),
  community: none(),
  district: none(),
  address: none(),
  contactPhone: '',
  conditions: none(),
  // True of every event here, and of those who have no smartphone too.
  howToApply: {
    zh: '在活动页选择岗位报名；不用智能手机的，可致电联系人，由组织者代为报名。',
    en: 'Choose a role on the event’s page; without a smartphone, call the contact and the organiser signs you up.',
  },
  risks: none(),
  support: none(),
  category: USUAL_CATEGORY,
  zone,
  opensAtLocal: '',
  closesAtLocal: '',
  restHours: '',
  mostShifts: '',
  mostTeam: '',
  insures: false,
  shifts: [emptyShift([])],
});

export const valuesOf = (event: EventView): EventValues => {
  const local = (at: string | undefined): string => (at ? `${dateIn(event.zone, at)}T${timeOf(at, event.zone)}` : '');
  const figure = (value: number | undefined): string => (value === undefined ? '' : String(value));
  return {
    title: event.title,
    content: event.content,
    community: event.community,
    district: event.district,
    address: event.address,
    contactPhone: event.contactPhone,
    conditions: event.conditions ?? none(),
    howToApply: event.howToApply ?? none(),
    risks: event.risks ?? none(),
    support: event.support ?? none(),
    category: event.category,
    zone: event.zone,
    opensAtLocal: local(event.opensAt),
    closesAtLocal: local(event.closesAt),
    restHours: event.restMinutes === undefined ? '' : String(event.restMinutes / HOUR),
    mostShifts: figure(event.mostShifts),
    mostTeam: figure(event.mostTeam),
    insures: event.insures === true,
    shifts: event.shifts.map((shift) => ({
      shiftId: shift.shiftId,
      role: shift.role,
      startsAtLocal: local(shift.startsAt),
      endsAtLocal: local(shift.endsAt),
      places: String(shift.places),
      minimum: figure(shift.minimum),
      minAge: figure(shift.minAge),
      maxAge: figure(shift.maxAge),
      needs: [...(shift.needs ?? [])],
    })),
  };
};

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** An event again: all of it, on the same weekday and at the same time of day, the first that is still to come. */
export function copyOf(event: EventView, today: string): EventValues {
  const values = valuesOf(event);
  const first = values.shifts.map(({ startsAtLocal }) => startsAtLocal).sort()[0] ?? '';
  const behind = Math.max(0, (Date.parse(today) - Date.parse(first.slice(0, 10))) / DAY_MS);
  const days = (Math.floor(behind / WEEK_DAYS) + 1) * WEEK_DAYS;
  const later = (local: string): string => {
    if (!local) return '';
    const date = new Date(Date.parse(`${local.slice(0, 10)}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
    return date + local.slice(10);
  };
  return {
    ...values,
    opensAtLocal: later(values.opensAtLocal),
    closesAtLocal: later(values.closesAtLocal),
    shifts: values.shifts.map((shift) => ({
      ...shift,
      startsAtLocal: later(shift.startsAtLocal),
      endsAtLocal: later(shift.endsAtLocal),
    })),
  };
}

const HOUR = 60;

const filled = ({ zh, en }: Both): boolean => zh.trim() !== '' || en.trim() !== '';

export const bodyOf = (values: EventValues): EventBody => ({
  title: values.title,
  content: values.content,
  community: values.community,
  district: values.district,
  address: values.address,
  contactPhone: values.contactPhone.replaceAll(/[\s()-]/g, ''),
  ...(filled(values.conditions) && { conditions: values.conditions }),
  ...(filled(values.howToApply) && { howToApply: values.howToApply }),
  ...(filled(values.risks) && { risks: values.risks }),
  ...(filled(values.support) && { support: values.support }),
  category: values.category,
  zone: values.zone,
  ...(values.opensAtLocal && { opensAtLocal: values.opensAtLocal }),
  ...(values.closesAtLocal && { closesAtLocal: values.closesAtLocal }),
  ...(values.restHours !== '' && { restMinutes: Math.round(Number(values.restHours) * HOUR) }),
  ...(values.mostShifts !== '' && { mostShifts: Number(values.mostShifts) }),
  ...(values.mostTeam !== '' && { mostTeam: Number(values.mostTeam) }),
  ...(values.insures && { insures: true as const }),
  shifts: values.shifts.map((shift) => ({
    shiftId: shift.shiftId,
    role: shift.role,
    startsAtLocal: shift.startsAtLocal,
    endsAtLocal: shift.endsAtLocal,
    places: Number(shift.places),
    ...(shift.minimum !== '' && { minimum: Number(shift.minimum) }),
    ...(shift.minAge !== '' && { minAge: Number(shift.minAge) }),
    ...(shift.maxAge !== '' && { maxAge: Number(shift.maxAge) }),
    ...(shift.needs.length > 0 && { needs: shift.needs }),
  })),
});

export type EventFault =
  | { field: string; why: 'missing' | 'both'; of: (typeof REQUIRED)[number] | (typeof NOTICES)[number] | 'role' }
  | { field: string; why: 'phone' | 'window' | 'rest' | 'most' | 'team' }
  | { field: string; why: 'time' | 'order' | 'places' | 'minimum' | 'age' | 'ages'; n: number };

/**
 * What is not right yet, in the order of the page; `complete`: all of it is to be there, as before publishing. The service
 * decides; this only saves a round trip.
 */
export function faultsOf(values: EventValues, complete = false): EventFault[] {
  const faults: EventFault[] = [];
  const need = (of: 'role' | (typeof REQUIRED)[number] | (typeof NOTICES)[number], at: string, text: Both): void => {
    for (const language of ['zh', 'en'] as const) {
      if (!text[language].trim()) faults.push({ field: `${at}.${language}`, why: 'missing', of });
    }
  };
  for (const name of REQUIRED) need(name, name, values[name]);
  if (!/^\+[1-9]\d{6,14}$/.test(values.contactPhone.replaceAll(/[\s()-]/g, ''))) {
    faults.push({ field: 'contactPhone', why: 'phone' });
  }
  for (const name of NOTICES) {
    const { zh, en } = values[name];
    if (complete) need(name, name, values[name]);
    else if (filled(values[name]) && (!zh.trim() || !en.trim())) {
      faults.push({ field: `${name}.${zh.trim() ? 'en' : 'zh'}`, why: 'both', of: name });
    }
  }
  for (const [index, shift] of values.shifts.entries()) {
    const at = `shifts.${index}`;
    const n = index + 1;
    need('role', `${at}.role`, shift.role);
    if (!shift.startsAtLocal || !shift.endsAtLocal) faults.push({ field: `${at}.startsAtLocal`, why: 'time', n });
    else if (shift.endsAtLocal <= shift.startsAtLocal) faults.push({ field: `${at}.endsAtLocal`, why: 'order', n });
    if (!inRange(shift.places, 1, 500)) faults.push({ field: `${at}.places`, why: 'places', n });
    else if (shift.minimum !== '' && !inRange(shift.minimum, 1, Number(shift.places))) {
      faults.push({ field: `${at}.minimum`, why: 'minimum', n });
    }
    if (shift.minAge !== '' && !inRange(shift.minAge, 0, 100)) faults.push({ field: `${at}.minAge`, why: 'age', n });
    if (shift.maxAge !== '' && !inRange(shift.maxAge, Number(shift.minAge) || 0, 120)) {
      faults.push({ field: `${at}.maxAge`, why: 'ages', n });
    }
  }
  if (values.opensAtLocal && values.closesAtLocal && values.closesAtLocal <= values.opensAtLocal) {
    faults.push({ field: 'closesAtLocal', why: 'window' });
  }
  // Half hours will do; nobody rests longer than a day.
  if (values.restHours !== '' && !/^(?:[1-9]|1\d|2[0-3])(?:\.5)?$|^0\.5$|^24$/.test(values.restHours)) {
    faults.push({ field: 'restHours', why: 'rest' });
  }
  if (values.mostShifts !== '' && !inRange(values.mostShifts, 1, 20)) faults.push({ field: 'mostShifts', why: 'most' });
  if (values.mostTeam !== '' && !inRange(values.mostTeam, 2, MOST_TEAM))
    faults.push({ field: 'mostTeam', why: 'team' });
  return faults;
}

const inRange = (text: string, least: number, most: number): boolean =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
