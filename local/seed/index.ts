import { createHash } from 'node:crypto';
import { newTotpSecret } from '../../functions/runtime/totp.ts';
import { addSpan } from '../../shared/domain/dates.ts';
import { printDin } from '../../shared/domain/din.ts';
import { pruneDonations } from '../../shared/domain/eligibility.ts';
import { planShifts } from '../../shared/domain/events.ts';
import { localDateOf } from '../../shared/domain/local-time.ts';
import { repeatDates } from '../../shared/domain/repeats.ts';
import { type Instant, type LocalDate, type Localized, MESSAGE_TEMPLATES } from '../../shared/domain/vocabulary.ts';
import { packFor } from '../../shared/policy/index.ts';
import type { DraftItem, Store } from '../../shared/store/client.ts';
import { createEvents, draftEvent, newDraft, publishEvent } from '../../shared/store/events.ts';
import { sealFactor } from '../../shared/store/factors.ts';
import type { EventItem, FactorItem, JobItem, OrganisationItem, SiteItem } from '../../shared/store/items/index.ts';
import { keys, parseSlotId } from '../../shared/store/keys.ts';
import { inParallel } from '../../shared/store/parallel.ts';
import { directLink, newPersonItems, subjectDigest } from '../../shared/store/people.ts';
import { AGAIN, withRetries } from '../../shared/store/retry.ts';
import { roleItem } from '../../shared/store/roles.ts';
import { DAYS_AHEAD, makeSlots } from '../../shared/store/schedules.ts';
import { identityItem, type SecondFact } from '../../shared/store/second-fact.ts';
import { beginSeries, goOnMaking } from '../../shared/store/series.ts';
import { CENTRAL, ORGANISATIONS, SITES, schedules, ZONE } from './city.ts';
import { closeAnAfternoon } from './closing.ts';
import { declare } from './declared.ts';
import { liveHalfADay } from './half-day.ts';
import { dinOf, type Past, pastItems } from './history.ts';
import { clockAt, DAYS_BACK, engineAt, keyOf, live, signingUpFor, signUp } from './life.ts';
import { dayDonors, donors, doubtful, fillers, HELPER, organiserOf, type Resident, workers } from './people.ts';
import { servedItems } from './served.ts';
import { countedFrom, lastWeeks } from './visits.ts';
import { waitForPlaces, waitForShift } from './waiting.ts';
import { FULL_SHIFT, type WeekendEvent, weekendEvents, weeklyEvent } from './weekend.ts';

export type DemoPerson = {
  readonly phone: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** What to try with this person. */
  readonly note: Localized;
  /** What a new browser asks for after the code. */
  readonly secondFact?: SecondFact;
};

export type SeedOptions = {
  /** Milliseconds since the epoch: the same moment makes the same city. */
  readonly now: number;
  readonly issuer: string;
  /** The subject the embedded identity gives a number. */
  readonly subjectFor: (phone: string) => string;
  /** The deployment's key of second facts. */
  readonly factKey: string;
};

const AT_ONCE = 8;
const MAX_ITEMS = 100;

/**
 * Fills an empty local engine with the demo city, once: a second call finds the mark of the first and only makes sure that
 * everyone can sign in. A first one that was interrupted is taken up again, because each item is written only where it is
 * not there yet. Answers with the people to try it as. Throws unless the engine is on this machine.
 */
export async function seed(
  store: Store,
  { now, issuer, subjectFor, factKey }: SeedOptions,
): Promise<readonly DemoPerson[]> {
  await refuseUnlessLocal(store);
  const mark = await store.get<JobItem>(keys.job('seed'), { consistent: true });
  // Ages and histories are told as of the first start.
  const at: Instant = mark?.watermark ?? new Date(now).toISOString();
  const today = localDateOf(at, ZONE);
  const named = [...workers(), ...donors(today)];
  const doubted = doubtful(today);
  const others = fillers(today);
  const busy = dayDonors(today);
  const all = [...named, ...others, ...doubted, ...busy];

  // Whoever has asked to be forgotten since is not brought back.
  const there = mark ? await residing(store, all) : all;
  await link(store, there, ({ phone }) => ({ iss: issuer, sub: subjectFor(phone) }));

  if (!mark) {
    await writeAll(store, [...places(today), ...there.flatMap((person) => personItems(person, at, factKey))]);
    await writeAll(store, records(all, today));
    await writeAll(store, servedItems(today));
    await writeAll(store, [...lastWeeks(today), ...countedFrom(today)]);
    const slotsFrom = addSpan(today, { value: -DAYS_BACK, unit: 'day' });
    await makeSlots(
      { store, clock: clockAt(`${slotsFrom}T04:00:00.000Z`), random: Math.random },
      DAYS_AHEAD + DAYS_BACK,
    );
    await live(store, { now: at, today, fillers: others, doubted });
    await liveHalfADay(store, { now: at, today, donors: busy });
    await waitForPlaces(store, { now: at, today, fillers: others });
    await closeAnAfternoon(store, { now: at, today, fillers: others });
    await weekend(store, at, today, others);
    await declare(store, at, today);
    const item: JobItem = { kind: 'job', name: 'seed', watermark: at, version: 1 };
    await store.put({ Item: { ...keys.job('seed'), ...item } });
  }
  return there
    .filter(({ note }) => note)
    .map(({ phone, name, roles, note, birthDate, lastFour }) => ({
      phone,
      name,
      ...(birthDate && { secondFact: { birthDate, lastFour } }),
      roles: roles.map(({ role }) => role),
      note: withNumbers(
        note,
        roles.filter(({ role }) => role === 'staff').map(({ scope }) => scope),
        today,
      ),
    }));
}

async function residing(store: Store, people: readonly Resident[]): Promise<Resident[]> {
  const profiles = await store.batchGet(people.map(({ personId }) => keys.profile(personId)));
  return people.filter((_, n) => profiles[n] !== undefined);
}

/** Links everyone to their subject. The issuer carries the port, and so may be another than at the first start. */
async function link(
  store: Store,
  people: readonly Resident[],
  subjectOf: (person: Resident) => { iss: string; sub: string },
): Promise<void> {
  const there = await store.batchGet(people.map((person) => keys.subject(subjectDigest(subjectOf(person)))));
  const missing = people.filter((_, n) => there[n] === undefined);
  await writeAll(
    store,
    missing.flatMap((person) => directLink(subjectOf(person), person.personId)),
  );
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

async function refuseUnlessLocal(store: Store): Promise<void> {
  const endpoint = await store.base.config.endpoint?.();
  if (!endpoint || !LOOPBACK.test(endpoint.hostname)) {
    throw new Error('the demo city is only for a table engine on this machine: start with --no-seed');
  }
}

/** A note with a valid donation number for each site the person works at: in the demo nobody has a label to scan. */
function withNumbers(note: Localized | undefined, siteIds: readonly string[], today: LocalDate): Localized {
  const numbers = siteIds.map((siteId) =>
    printDin(dinOf(today, 900_001 + SITES.findIndex((site) => site.siteId === siteId))),
  );
  return {
    zh: [note?.zh, ...numbers.map((din) => `可输入的献血码：${din}`)].join('；'),
    en: [note?.en, ...numbers.map((din) => `a donation number to type: ${din}`)].join('; '),
  };
}

const absent = 'attribute_not_exists(pk)';
const put = (key: { pk: string; sk: string }, item: object): DraftItem => ({
  Put: { Item: { ...key, ...item }, ConditionExpression: absent },
});

function places(today: LocalDate): DraftItem[] {
  const from = addSpan(today, { value: -DAYS_BACK, unit: 'day' });
  return [
    ...SITES.map((site: SiteItem) => put(keys.site(site.siteId), site)),
    ...schedules(from).map((week) =>
      put(keys.siteSchedule(week.siteId, week.effectiveFrom), { kind: 'site-schedule', ...week }),
    ),
    ...ORGANISATIONS.map((it: OrganisationItem) => put(keys.organisation(it.organisationId), it)),
  ];
}

function personItems(person: Resident, now: Instant, factKey: string): DraftItem[] {
  const { personId, phone, language, name, birthDate, sex, weightKg, past, tellAgain, callSites } = person;
  const today = localDateOf(now, ZONE);
  const facts = {
    ...(birthDate && { birthDate }),
    ...(sex && { sex }),
    ...(weightKg && { weightKg }),
    wantsExtendedAge: person.wantsExtendedAge ?? false,
    donations: pruneDonations(packFor('cn', today), past, today),
    repeatDonor: past.length > 0,
    ...(person.qualifications && { qualifications: person.qualifications }),
  };
  return [
    ...newPersonItems({
      personId,
      phone,
      language,
      name,
      now,
      facts,
      ...(tellAgain && { tellAgain }),
      ...(callSites && { callWish: 'any', callSites }),
      ...(birthDate && { secondFact: true }),
      ...(person.quiet && { mutedTemplates: [...MESSAGE_TEMPLATES] }),
    }),
    ...(birthDate ? [identityItem({ personId, lastFour: person.lastFour, now, key: factKey })] : []),
    ...(person.roles.length > 0 ? [factorOf(personId, factKey, now)] : []),
    ...person.roles.map(({ role, scope }) => {
      return put(keys.role(personId, role, scope), roleItem({ personId, role, scope }));
    }),
  ];
}

/** The authenticator of somebody who works here; what it shows is on the phone page. */
function factorOf(personId: string, factKey: string, now: Instant): DraftItem {
  const live = { sealed: sealFactor(factKey, personId, newTotpSecret()), since: now, lastStep: 0 };
  const item: FactorItem = { kind: 'factor', personId, live, accepted: [], version: 1 };
  return {
    Put: { Item: { ...keys.factor(personId), ...item }, table: 'private', ConditionExpression: absent },
  };
}

/** Chains of units are told for donations of about this long; of older ones only the donation itself is kept. */
const CHAINED_DAYS = 420;
/** Numbers of donations before opening begin here, each year. */
const FIRST_SEQUENCE = 100_000;

function records(people: readonly Resident[], today: LocalDate): DraftItem[] {
  const chainedFrom = addSpan(today, { value: -CHAINED_DAYS, unit: 'day' });
  const all = people.flatMap((person) => person.past.map((donation) => ({ person, donation })));
  return all.flatMap(({ person, donation }, n) =>
    pastItems({
      personId: person.personId,
      site: siteOf(donation, n),
      donation,
      din: dinOf(donation.date, FIRST_SEQUENCE + n),
      chainBy: donation.date >= chainedFrom ? today : undefined,
    }),
  );
}

/** Platelets are only taken at the central station; whole blood at the rooms too. */
function siteOf({ procedure }: Past, n: number): SiteItem {
  const fixed = SITES.filter(({ siteKind }) => siteKind !== 'bus');
  const site = procedure === 'platelets' ? SITES.find(({ siteId }) => siteId === CENTRAL) : fixed[n % fixed.length];
  return site ?? (SITES[0] as SiteItem);
}

const DRAFTED_BEFORE_DAYS = 5;

async function weekend(store: Store, now: Instant, today: LocalDate, people: readonly Resident[]): Promise<void> {
  const drafted = new Date(Date.parse(now) - DRAFTED_BEFORE_DAYS * 86_400_000).toISOString();
  const open: { event: WeekendEvent; slotIds: string[] }[] = [];
  await inParallel(weekendEvents(today), AT_ONCE, async (event) => {
    const draft = await draftOf(store, event, drafted);
    if (event.draft) return;
    const made = await createEvents(store).get(draft.eventId);
    const deps = engineAt(store, drafted);
    if (made) await publishEvent(deps, made, { version: 1, idempotency: keyOf(draft.eventId, 'publish') });
    open.push({ event, slotIds: draft.shifts.map(({ slotId }) => slotId) });
  });
  open.sort((a, b) => (a.event.key < b.event.key ? -1 : 1));
  await signUp(store, open, people, dayBefore(now));
  const slotId = open.flatMap(({ slotIds }) => slotIds).find((id) => parseSlotId(id)?.code === FULL_SHIFT) ?? '';
  const holders = signingUpFor(open, people, slotId);
  const [neighbour] = people.filter(({ personId }) => holders.every((holder) => holder.personId !== personId));
  await waitForShift(store, { slotId, holders, line: [HELPER, neighbour?.personId ?? ''] }, now);
  await everyWeek(store, today, drafted);
}

async function draftOf(store: Store, event: WeekendEvent, drafted: Instant): Promise<EventItem> {
  const plan = planShifts(event.text.zone, event.shifts);
  const organisation = ORGANISATIONS.find(({ organisationId }) => organisationId === event.organisationId);
  if (!plan.ok || !organisation) throw new Error(`the demo event ${event.key} does not hold`);
  const eventId = `e${createHash('sha256').update(`seed ${event.key}`).digest('hex').slice(0, 20)}`;
  const idempotency = keyOf(eventId, 'draft');
  const draft = newDraft({ eventId, organisation, text: event.text, shifts: plan.shifts, now: drafted, idempotency });
  await draftEvent(engineAt(store, drafted), draft, idempotency);
  return draft;
}

/** So many Saturdays, the first among them. */
const SATURDAYS = 6;

/** The same event every Saturday, as its organiser has made it: published once, then repeated. */
async function everyWeek(store: Store, today: LocalDate, drafted: Instant): Promise<void> {
  const deps = engineAt(store, drafted);
  const weekly = weeklyEvent(today);
  const { eventId, shifts } = await draftOf(store, weekly, drafted);
  const made = await createEvents(store).get(eventId);
  if (made?.status === 'draft') await publishEvent(deps, made, { version: 1, idempotency: keyOf(eventId, 'publish') });
  const repeat = repeatDates(shifts[0]?.date ?? today, { every: 'week', count: SATURDAYS });
  if (!repeat.ok) throw new Error('the demo series does not hold');
  const begun = await beginSeries(deps, {
    eventId,
    version: 2,
    every: 'week',
    dates: repeat.dates,
    publish: true,
    by: organiserOf(weekly.organisationId),
    idempotency: keyOf(eventId, 'repeat'),
  });
  if (begun.kind === 'done') await goOnMaking(deps, begun.series.seriesId);
}

/** Signed up yesterday. */
const dayBefore = (now: Instant): Instant => new Date(Date.parse(now) - 86_400_000).toISOString();

/** Writes items, some of which may be there already from an interrupted run: those stay as they are. */
async function writeAll(store: Store, items: readonly DraftItem[]): Promise<void> {
  const groups = Array.from({ length: Math.ceil(items.length / MAX_ITEMS) }, (_, n) =>
    items.slice(n * MAX_ITEMS, (n + 1) * MAX_ITEMS),
  );
  await inParallel(groups, AT_ONCE, async (group) => {
    let missing = group;
    await withRetries(
      async () => {
        if (missing.length === 0) return true;
        const result = await store.transact(missing);
        if (result.ok) return true;
        missing = missing.filter((_, n) => result.reasons[n]?.code !== 'ConditionalCheckFailed');
        return AGAIN;
      },
      { clock: clockAt(new Date().toISOString()), random: Math.random },
    );
  });
}
