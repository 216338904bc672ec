import type { CallInput, EventView } from '../api/types.ts';
import { dateIn, timeOf } from '../lib/time.ts';

/** An event as it is typed: every field a string, so that nothing typed is ever lost on its way. */
export type ShiftValues = {
  shiftId: string;
  role: Both;
  startsAtLocal: string;
  endsAtLocal: string;
  places: string;
  minAge: string;
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
  risks: Both;
  support: Both;
  zone: string;
  shifts: ShiftValues[];
};
export type EventBody = Omit<CallInput<'POST /api/events'>['body'], 'organisationId'>;

export const REQUIRED = ['title', 'content', 'community', 'district', 'address'] as const;
export const NOTICES = ['conditions', 'risks', 'support'] as const;

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
    minAge: '',
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
  risks: none(),
  support: none(),
  zone,
  shifts: [emptyShift([])],
});

export const valuesOf = (event: EventView): EventValues => {
  const local = (at: string): string => `${dateIn(event.zone, at)}T${timeOf(at, event.zone)}`;
  return {
    title: event.title,
    content: event.content,
    community: event.community,
    district: event.district,
    address: event.address,
    contactPhone: event.contactPhone,
    conditions: event.conditions ?? none(),
    risks: event.risks ?? none(),
    support: event.support ?? none(),
    zone: event.zone,
    shifts: event.shifts.map((shift) => ({
      shiftId: shift.shiftId,
      role: shift.role,
      startsAtLocal: local(shift.startsAt),
      endsAtLocal: local(shift.endsAt),
      places: String(shift.places),
      minAge: shift.minAge === undefined ? '' : String(shift.minAge),
    })),
  };
};

const filled = ({ zh, en }: Both): boolean => zh.trim() !== '' || en.trim() !== '';

export const bodyOf = (values: EventValues): EventBody => ({
  title: values.title,
  content: values.content,
  community: values.community,
  district: values.district,
  address: values.address,
  contactPhone: values.contactPhone.replaceAll(/[\s()-]/g, ''),
  ...(filled(values.conditions) && { conditions: values.conditions }),
  ...(filled(values.risks) && { risks: values.risks }),
  ...(filled(values.support) && { support: values.support }),
  zone: values.zone,
  shifts: values.shifts.map((shift) => ({
    shiftId: shift.shiftId,
    role: shift.role,
    startsAtLocal: shift.startsAtLocal,
    endsAtLocal: shift.endsAtLocal,
    places: Number(shift.places),
    ...(shift.minAge !== '' && { minAge: Number(shift.minAge) }),
  })),
});

export type EventFault =
  | { field: string; why: 'missing' | 'both'; of: (typeof REQUIRED)[number] | (typeof NOTICES)[number] | 'role' }
  | { field: string; why: 'phone' }
  | { field: string; why: 'time' | 'order' | 'places' | 'age'; n: number };

/** What is not right yet, in the order of the page. The service decides; this only saves a round trip. */
export function faultsOf(values: EventValues): EventFault[] {
  const faults: EventFault[] = [];
  const need = (of: 'role' | (typeof REQUIRED)[number], at: string, text: Both): void => {
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
    if (filled(values[name]) && (!zh.trim() || !en.trim())) {
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
    if (shift.minAge !== '' && !inRange(shift.minAge, 0, 100)) faults.push({ field: `${at}.minAge`, why: 'age', n });
  }
  return faults;
}

const inRange = (text: string, least: number, most: number): boolean =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
