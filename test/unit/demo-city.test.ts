import { describe, expect, it } from 'vitest';
import { SITES, schedules, ZONE } from '../../local/seed/city.ts';
import { dinOf } from '../../local/seed/history.ts';
import { donors, FAMOUS, fillers } from '../../local/seed/people.ts';
import { weekendEvents } from '../../local/seed/weekend.ts';
import { addSpan, weekdayOf } from '../../shared/domain/dates.ts';
import { parseDin, printDin } from '../../shared/domain/din.ts';
import { applyDonation, decideDonation, volumeAllowed } from '../../shared/domain/eligibility.ts';
import { planShifts, publishFaults } from '../../shared/domain/events.ts';
import { honours } from '../../shared/domain/honours.ts';
import type { EligibilityFacts } from '../../shared/domain/refusal.ts';
import { siteDay } from '../../shared/domain/site-schedule.ts';
import { PACKS, packFor } from '../../shared/policy/index.ts';

/** First starts on all sorts of days: leap day, ends of months and years, years ahead. */
const TODAYS = ['2026-11-24', '2026-12-31', '2027-02-28', '2028-02-29', '2029-08-31', '2031-01-01'];

describe.each(TODAYS)('the demo city first started on %s', (today) => {
  it('has donors who gave each time on a day on which the rules let them', () => {
    const broken: string[] = [];
    for (const person of [...donors(today), ...fillers(today)]) {
      let facts: EligibilityFacts = {
        ...(person.birthDate && { birthDate: person.birthDate }),
        ...(person.sex && { sex: person.sex }),
        ...(person.weightKg && { weightKg: person.weightKg }),
        donations: [],
        repeatDonor: false,
        reactionRecorded: false,
        wantsExtendedAge: person.wantsExtendedAge ?? false,
      };
      for (const donation of person.past) {
        const pack = packFor('cn', donation.date);
        const decision = decideDonation(pack, facts, donation);
        const reasons = decision.ok ? [] : decision.reasons.map(({ code }) => code);
        if (reasons.length > 0 || !volumeAllowed(pack, donation) || donation.date >= today) {
          broken.push(`${person.name} ${donation.date} ${donation.procedure} ${reasons.join(' ')}`);
        }
        facts = applyDonation(pack, facts, donation, false);
      }
    }
    expect(broken).toEqual([]);
  });

  it('has a donor of 18 donations of whole blood and 82 of platelets: 39,600 ml, 198 times, the lifetime standard met', () => {
    const past = donors(today).find(({ personId }) => personId === FAMOUS)?.past ?? [];
    const count = (of: (it: (typeof past)[number]) => boolean) => past.filter(of).length;
    expect(count((it) => it.procedure === 'whole-blood' && it.volumeMl === 200)).toBe(1);
    expect(count((it) => it.procedure === 'whole-blood' && it.volumeMl === 400)).toBe(17);
    expect(count((it) => it.platelets === 2)).toBe(81);
    expect(count((it) => it.platelets === 1)).toBe(1);
    expect(past[0]).toMatchObject({ procedure: 'whole-blood', volumeMl: 200 });

    const rules = PACKS.find(({ id }) => id === 'cn')?.honours;
    if (!rules) throw new Error('the pack has no honours');
    const total = honours(rules, past);
    expect(total).toMatchObject({ donations: 100, volumeMl: 39_600, times: 198 });
    expect(total.met.filter(({ honour }) => honour === 'gold')).toHaveLength(4);
    expect(total.met.filter(({ honour }) => honour === 'lifetime')).toHaveLength(1);
  });

  it('has weekend events in four communities, which may be published as they are', () => {
    const events = weekendEvents(today);
    expect(new Set(events.map(({ text }) => text.community.en)).size).toBe(4);
    expect(new Set(events.map(({ organisationId }) => organisationId)).size).toBe(2);
    expect(events.filter(({ draft }) => draft)).toHaveLength(1);
    for (const { text, shifts } of events) {
      const plan = planShifts(text.zone, shifts);
      if (!plan.ok) throw new Error(JSON.stringify(plan.faults));
      expect(plan.shifts.every(({ date }) => date > today && weekdayOf(date) >= 6)).toBe(true);
      const { conditions, howToApply, risks, support } = text;
      const notice = {
        ...(conditions && { conditions }),
        ...(howToApply && { howToApply }),
        ...(risks && { risks }),
        ...(support && { support }),
      };
      expect(publishFaults({ ...notice, shifts: plan.shifts }, `${today}T15:59:59.999Z`)).toEqual([]);
    }
  });

  it('has a slot open on every day of the coming weeks at the central station, and a stop for the bus on each it drives', () => {
    const weeks = schedules(today);
    for (let n = 0; n <= 28; n += 1) {
      const date = addSpan(today, { value: n, unit: 'day' });
      for (const { siteId, siteKind, procedures } of SITES) {
        const day = siteDay(
          weeks.filter((week) => week.siteId === siteId),
          date,
          ZONE,
        );
        if (siteKind === 'centre') expect(new Set(day.slots.map(({ procedure }) => procedure)).size).toBe(2);
        else expect(day.slots.every(({ procedure }) => procedures.includes(procedure))).toBe(true);
        if (siteKind === 'bus' && day.slots.length > 0) expect(day.stop).toBeDefined();
      }
    }
  });

  it('gives staff donation numbers that pass the check', () => {
    expect(parseDin(printDin(dinOf(today, 900_001)), 'isbt128')).toMatchObject({ ok: true });
  });
});
