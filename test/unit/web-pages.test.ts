import { describe, expect, it } from 'vitest';
import { en } from '../../web/src/i18n/en.ts';
import { initialLanguage } from '../../web/src/i18n/language.ts';
import { workEn } from '../../web/src/i18n/work-en.ts';
import { workZh } from '../../web/src/i18n/work-zh.ts';
import { zh } from '../../web/src/i18n/zh.ts';
import { dateOf, procedureOf } from '../../web/src/lib/params.ts';
import { samePlace } from '../../web/src/lib/same-place.ts';
import { addDays, dateIn, fullDate, moment, span, weekendOf } from '../../web/src/lib/time.ts';
import { waysIn } from '../../web/src/lib/ways-in.ts';
import { bodyOf, type EventValues, faultsOf } from '../../web/src/organise/event-values.ts';

describe('the language of the pages', () => {
  it('is the one chosen here, else the first of the browser’s that we have, else Chinese', () => {
    expect(initialLanguage('en', ['zh-CN'])).toBe('en');
    expect(initialLanguage(null, ['fr-FR', 'en-GB', 'zh-CN'])).toBe('en');
    expect(initialLanguage(null, ['zh-TW'])).toBe('zh');
    expect(initialLanguage(null, ['fr-FR'])).toBe('zh');
    expect(initialLanguage('klingon', ['en'])).toBe('en');
  });

  const texts = (tree: object, path = ''): [string, string][] =>
    Object.entries(tree).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[path + name, value]] : texts(value as object, `${path}${name}.`),
    );
  const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

  it.each([
    ['donors', zh, en],
    ['staff', workZh, workEn],
  ])('says everything %s read in both, with the same figures filled in', (_, chinese, english) => {
    const other = new Map(texts(english));
    for (const [path, text] of texts(chinese)) {
      expect(text.trim(), path).not.toBe('');
      expect(other.get(path)?.trim(), path).not.toBe('');
      expect(holes(other.get(path) ?? ''), path).toEqual(holes(text));
    }
    expect(other.size).toBe(texts(chinese).length);
  });
});

describe('dates and times', () => {
  it('are said in the site’s zone, whatever the reader’s', () => {
    const [from, to] = ['2026-12-20T01:00:00.000Z', '2026-12-20T01:45:00.000Z'];
    expect(span(from, to, 'Asia/Shanghai', 'zh')).toBe('12月20日 周日 09:00–09:45');
    expect(span(from, to, 'Asia/Shanghai', 'en')).toBe('Sun 20 Dec, 09:00–09:45');
    expect(moment(from, 'America/New_York', 'zh')).toBe('12月19日 周六 20:00');
    expect(dateIn('Asia/Shanghai', '2026-12-19T16:00:00.000Z')).toBe('2026-12-20');
  });

  it('name both days where a shift runs past midnight', () => {
    expect(span('2026-12-20T14:00:00.000Z', '2026-12-20T18:00:00.000Z', 'Asia/Shanghai', 'zh')).toBe(
      '12月20日 周日 22:00 – 12月21日 周一 02:00',
    );
  });

  it('carry their year where it matters, and add up over months and leap years', () => {
    expect(fullDate('2026-12-20', 'zh')).toBe('2026年12月20日');
    expect(fullDate('2026-12-20', 'en')).toBe('20 Dec 2026');
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
  });

  it('know this weekend on a weekday, on Saturday and on Sunday', () => {
    expect(weekendOf('2026-11-24')).toEqual({ from: '2026-11-28', to: '2026-11-29' });
    expect(weekendOf('2026-11-28')).toEqual({ from: '2026-11-28', to: '2026-11-29' });
    expect(weekendOf('2026-11-29')).toEqual({ from: '2026-11-29', to: '2026-11-29' });
  });
});

describe('an address', () => {
  it('that was edited by hand is read with care', () => {
    expect(dateOf('2026-02-30')).toBeUndefined();
    expect(dateOf('2026-2-3')).toBeUndefined();
    expect(dateOf('2026-02-28')).toBe('2026-02-28');
    expect(procedureOf('plasma')).toBeUndefined();
    expect(procedureOf('platelets')).toBe('platelets');
  });

  it('to return to is a page of ours, or home', () => {
    expect(samePlace('/donate/check?slot=a')).toBe('/donate/check?slot=a');
    for (const bad of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/signed-in?code=1',
      undefined,
      7,
    ]) {
      expect(samePlace(bad)).toBe('/');
    }
  });
});

describe('an event as it is typed', () => {
  const both = (text: string) => ({ zh: `${text}中`, en: text });
  const none = { zh: '', en: '' };
  const typed: EventValues = {
    title: both('t'),
    content: both('c'),
    community: both('m'),
    district: both('d'),
    address: both('a'),
    contactPhone: '+86 571-0000 0000',
    conditions: none,
    howToApply: none,
    risks: none,
    support: none,
    category: 'blood-donation',
    zone: 'Asia/Shanghai',
    opensAtLocal: '',
    closesAtLocal: '',
    restHours: '1.5',
    mostShifts: '2',
    insures: true,
    mostTeam: '6',
    shifts: [
      {
        shiftId: 's1',
        role: both('r'),
        startsAtLocal: '2026-12-05T09:00',
        endsAtLocal: '2026-12-05T11:00',
        places: '8',
        minimum: '',
        minAge: '',
        maxAge: '',
        needs: [],
      },
    ],
  };

  it('is sent as the service takes it, without what was left empty', () => {
    expect(faultsOf(typed)).toEqual([]);
    const body = bodyOf(typed);
    expect(body.contactPhone).toBe('+8657100000000');
    expect(body).toMatchObject({ restMinutes: 90, mostShifts: 2, insures: true });
    expect(body.shifts[0]).toMatchObject({ places: 8 });
    expect(body).not.toHaveProperty('conditions');
    expect(body.shifts[0]).not.toHaveProperty('minAge');
  });

  it('names each thing that is missing or wrong, at its field', () => {
    const shift = typed.shifts[0];
    if (!shift) throw new Error('no shift');
    const faults = faultsOf({
      ...typed,
      title: { zh: '标题', en: ' ' },
      contactPhone: '0571',
      risks: { zh: '有', en: '' },
      shifts: [{ ...shift, endsAtLocal: '2026-12-05T08:00', places: '0', minAge: '200' }],
    });
    expect(faults.map(({ field, why }) => `${field} ${why}`)).toEqual([
      'title.en missing',
      'contactPhone phone',
      'risks.en both',
      'shifts.0.endsAtLocal order',
      'shifts.0.places places',
      'shifts.0.minAge age',
    ]);
  });
});

describe('what somebody can do about a shift', () => {
  const now = '2026-11-27T02:00:00.000Z';
  const [before, later, begun] = ['2026-11-27T01:00:00.000Z', '2026-11-28T02:00:00.000Z', now];
  const full = { startsAt: later, free: 0, covers: 0 };
  const asked = { ...full, covers: 1 };
  it.each([
    ['with places, sign up', { ...full, free: 2 }, {}, ['sign-up']],
    ['with places that cover is asked for too, sign up', { ...asked, free: 2 }, {}, ['sign-up']],
    ['full, wait', full, {}, ['wait']],
    ['full, where somebody looks for cover, take over or wait', asked, {}, ['cover', 'wait']],
    ['not open yet, nothing', asked, { opensAt: later }, ['opens']],
    ['closed, nothing', { ...full, free: 2 }, { closesAt: before }, ['closed']],
    ['closed, where somebody looks for cover, take over', asked, { closesAt: before }, ['cover']],
    ['begun, nothing', { ...asked, startsAt: begun }, { closesAt: before }, ['over']],
  ])('%s', (_, shift, event, expected) => {
    expect(waysIn(shift, event, now, true)).toEqual(expected);
  });

  it('of a booking that is changed: only where there is a place', () => {
    expect(waysIn(asked, {}, now, false)).toEqual(['full']);
    expect(waysIn({ ...asked, free: 1 }, {}, now, false)).toEqual(['sign-up']);
  });
});
