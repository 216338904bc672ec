import { issuerFor, subjectFor } from '../../../local/subjects.ts';
import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf, toInstant } from '../../../shared/domain/local-time.ts';
import type { EligibilityFacts } from '../../../shared/domain/refusal.ts';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import type { Store } from '../../../shared/store/client.ts';
import { draftEvent, newDraft, publishEvent } from '../../../shared/store/events.ts';
import type { RoleItem, SlotItem } from '../../../shared/store/items/index.ts';
import { keys, slotId } from '../../../shared/store/keys.ts';
import { inParallel } from '../../../shared/store/parallel.ts';
import { directLink, newPersonItems } from '../../../shared/store/people.ts';
import { newSlotItems } from '../../../shared/store/slots.ts';
import { anOrganisation } from '../../builders/events.ts';
import { factorShown } from '../../builders/people.ts';
import { aSite } from '../../builders/places.ts';
import { type Chance, createChance } from './chance.ts';

export type WorldPerson = { readonly personId: string; readonly phone: string; readonly facts: EligibilityFacts };
export type WorldSlot = Pick<
  SlotItem,
  'slotId' | 'slotKind' | 'containerId' | 'procedure' | 'minAge' | 'startsAt' | 'endsAt' | 'date' | 'zone' | 'places'
>;

/** Who and what a history is about, made from a seed and the present moment. */
export type World = {
  readonly seed: number;
  readonly zone: string;
  readonly people: readonly WorldPerson[];
  readonly slots: readonly WorldSlot[];
  readonly events: readonly string[];
  readonly staff: WorldPerson;
  readonly organiser: WorldPerson;
};

export const SITE = 'central';
const MORNING = 7;
const FIRST_PHONE = 13_800_000_000;
const both = (text: string) => ({ zh: text, en: text });

/** A zone in which the day is young, so that whoever is booked for today can still come, whenever this runs. */
const zoneOfMorning = (now: number): string => {
  const ahead = (MORNING - new Date(now).getUTCHours() + 36) % 24;
  const offset = ahead - 12;
  // The signs of these names are those of POSIX: Etc/GMT-8 is eight hours ahead.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
};

export function generateWorld(seed: number, size: { readonly people: number }, now: number): World {
  const chance = createChance(seed);
  const zone = zoneOfMorning(now);
  const today = localDateOf(new Date(now).toISOString(), zone);
  const day = (n: number) => addSpan(today, { value: n, unit: 'day' });
  const phones = FIRST_PHONE + (seed % 1_000) * 100_000;
  const person = (n: number, facts: EligibilityFacts): WorldPerson => ({
    personId: `p${seed.toString(36)}-${n.toString(36)}`,
    phone: `+86${phones + n}`,
    facts,
  });
  const people = Array.from({ length: size.people }, (_, n) => person(n, factsOf(chance, day)));
  const events = Array.from(
    { length: Math.max(2, Math.ceil(size.people / 60)) },
    (_, n) => `e${seed.toString(36)}-${n}`,
  );
  const slots: WorldSlot[] = [];
  const slot = (containerId: string, n: number, more: { procedure?: Procedure; shift?: string }) => {
    // Half of them today, so that people come; the others around the ends of the intervals.
    const date = day(chance.of([0, 0, 0, 0, 0, 0, 0, 0, 5, 13, 14, 15, 27, 28, 29, 90, 100, 200]) ?? 0);
    // At least four hours from now, so that the cut-off does not come in between.
    const minutes = 11 * 60 + chance.below(36) * 15;
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
    const start = toInstant(`${date}T${time.slice(0, 2)}:${time.slice(2)}`, zone);
    if (!start.ok) throw new Error(`${date} ${time} is no time in ${zone}`);
    slots.push({
      slotId: slotId(containerId, date, time, `${more.shift ?? more.procedure}-${n}`),
      slotKind: more.shift ? 'shift' : 'donation',
      containerId,
      ...(more.procedure && { procedure: more.procedure }),
      ...(more.shift && chance.next() < 0.3 && { minAge: 18 }),
      startsAt: start.instant,
      endsAt: new Date(Date.parse(start.instant) + (30 + chance.below(4) * 30) * 60_000).toISOString(),
      date,
      zone,
      places: chance.next() < 0.1 ? 26 + chance.below(40) : 1 + chance.below(3),
    });
  };
  const donationSlots = Math.max(12, Math.ceil(size.people / 5));
  for (let n = 0; n < donationSlots; n += 1)
    slot(SITE, n, { procedure: chance.next() < 0.6 ? 'whole-blood' : 'platelets' });
  for (const [n, event] of events.entries()) for (let k = 0; k < 6; k += 1) slot(event, n * 10 + k, { shift: 'help' });
  const spread = slots
    .map((it) => ({ it, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ it }) => it);
  return {
    seed,
    zone,
    people,
    slots: spread,
    events,
    staff: person(size.people, HEALTHY),
    organiser: person(size.people + 1, HEALTHY),
  };
}

const HEALTHY: EligibilityFacts = {
  birthDate: '1996-05-01',
  sex: 'male',
  weightKg: 70,
  donations: [],
  repeatDonor: false,
  reactionRecorded: false,
  wantsExtendedAge: false,
};

/** Mostly people who may give; the others for every rule there is, on the days around its end. */
function factsOf(chance: Chance, day: (n: number) => string): EligibilityFacts {
  const kind = chance.weighted({ healthy: 62, gave: 16, deferred: 8, light: 4, young: 4, old: 3, unknown: 3 });
  switch (kind) {
    case 'gave': {
      const procedure: Procedure = chance.next() < 0.5 ? 'platelets' : 'whole-blood';
      const date = day(-(chance.of([1, 2, 9, 14, 15, 63, 90, 91, 150]) ?? 1));
      const last =
        procedure === 'platelets'
          ? ({ date, procedure, volumeMl: 250, platelets: 1 } as const)
          : ({ date, procedure, volumeMl: 400 } as const);
      return { ...HEALTHY, donations: [last], repeatDonor: true };
    }
    case 'deferred':
      return chance.next() < 0.2
        ? { ...HEALTHY, deferredPermanently: true }
        : { ...HEALTHY, deferredUntil: day(chance.of([1, 5, 14, 28, 100]) ?? 1) };
    case 'light':
      return { ...HEALTHY, weightKg: 49 };
    case 'young':
      return { ...HEALTHY, birthDate: `${Number(day(0).slice(0, 4)) - 18}${day(14).slice(4)}` };
    case 'old':
      return {
        ...HEALTHY,
        birthDate: '1969-01-01',
        repeatDonor: chance.next() < 0.5,
        wantsExtendedAge: chance.next() < 0.5,
      };
    case 'unknown': {
      const { weightKg: _, ...rest } = HEALTHY;
      return rest;
    }
    default:
      return chance.next() < 0.5 ? HEALTHY : { ...HEALTHY, sex: 'female', weightKg: 55 };
  }
}

const absent = 'attribute_not_exists(pk)';

/** Puts a world into the table, past any proxy: it is where histories begin, not part of them. */
export async function storeWorld(store: Store, world: World, origin: string, now: number): Promise<void> {
  const at = new Date(now).toISOString();
  await aSite(store, { siteId: SITE, zone: world.zone });
  await anOrganisation(store);
  const roles = new Map<string, Pick<RoleItem, 'role' | 'scope'>>([
    [world.staff.personId, { role: 'staff', scope: SITE }],
    [world.organiser.personId, { role: 'organiser', scope: 'helpers' }],
  ]);
  await inParallel([...world.people, world.staff, world.organiser], 16, async ({ personId, phone, facts }) => {
    const role = roles.get(personId);
    const item: RoleItem | undefined = role && { kind: 'role', personId, ...role };
    await mustWrite(store, [
      ...directLink({ iss: issuerFor(origin), sub: subjectFor(phone) }, personId),
      ...newPersonItems({ personId, phone, language: 'zh', now: at, facts }),
      ...(item
        ? [
            { Put: { Item: { ...keys.role(personId, item.role, item.scope), ...item }, ConditionExpression: absent } },
            factorShown(personId, { iss: issuerFor(origin), sub: subjectFor(phone) }),
          ]
        : []),
    ]);
  });
  await inParallel(
    world.slots.filter(({ slotKind }) => slotKind === 'donation'),
    8,
    async (slot) =>
      await mustWrite(
        store,
        newSlotItems({ ...slot, pack: 'cn', place: both('Place'), address: both('Address'), cutoffMinutes: 120 }),
      ),
  );
  const deps = { store, clock: { now: () => now, sleep: async () => {} }, random: Math.random };
  for (const eventId of world.events) {
    const shifts = world.slots
      .filter(({ containerId }) => containerId === eventId)
      .map((slot) => ({
        shiftId: slot.slotId.split('_')[3] ?? '',
        role: both('Helper'),
        startsAt: slot.startsAt,
        endsAt: slot.endsAt,
        date: slot.date,
        time: slot.slotId.split('_')[2] ?? '',
        places: slot.places,
        ...(slot.minAge !== undefined && { minAge: slot.minAge }),
      }));
    const idempotency = { key: eventId, input: eventId };
    const draft = newDraft({
      eventId,
      organisation: { kind: 'organisation', organisationId: 'helpers', name: both('Helpers') },
      text: {
        title: both(eventId),
        content: both('Content'),
        community: both('Community'),
        district: both('District'),
        address: both('Square'),
        contactPhone: '+8613800000011',
        zone: world.zone,
      },
      shifts,
      now: at,
      idempotency,
    });
    await draftEvent(deps, draft, idempotency);
    const published = await publishEvent(deps, draft, {
      version: 1,
      idempotency: { key: `${eventId}p`, input: eventId },
    });
    if (published.kind !== 'done') throw new Error(`the event could not be published: ${published.kind}`);
  }
}

async function mustWrite(store: Store, items: Parameters<Store['transact']>[0]): Promise<void> {
  const result = await store.transact(items);
  if (!result.ok) throw new Error('the world could not be stored');
}
