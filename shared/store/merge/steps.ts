import { isHere } from '../../domain/booking-states.ts';
import { decide } from '../../domain/decide.ts';
import { laterWord, withConsent } from '../../domain/guardian.ts';
import { type BloodGroup, isSameGroup } from '../../domain/laboratory.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { isInLine } from '../../domain/waitlist.ts';
import { auditItem } from '../audit.ts';
import { createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import { createClosures, moveWrite } from '../closures.ts';
import { coverWrite, createCovers } from '../covers.ts';
import { untilWritten } from '../erase/step.ts';
import { forgetName } from '../erase/steps.ts';
import { queryAll } from '../every.ts';
import { createGuardians, guardianCodeMoved, guardianWrite } from '../guardians.ts';
import { createHealthAnswers, removal, replacement } from '../health-answers.ts';
import { bookWrite, createHours, requestWrite, supersededWrites } from '../hours.ts';
import type {
  AnswersItem,
  BloodGroupsItem,
  BookingItem,
  CallableItem,
  CalledItem,
  CertifiedItem,
  ConsentItem,
  DeferralItem,
  DinItem,
  DocumentItem,
  DocumentOfItem,
  DonationItem,
  ElsewhereItem,
  GuardianItem,
  HoursAddedItem,
  HoursBookItem,
  HoursCorrectionItem,
  InsuredItem,
  LastCalledItem,
  LinkedItem,
  LockItem,
  MergeItem,
  MessageItem,
  ProfileItem,
  ScreeningItem,
  SlotItem,
  SubjectItem,
  TeamItem,
  VolunteerNumberItem,
  WaitItem,
  WaitLineItem,
} from '../items/index.ts';
import { bookingId, indexes, type Key, keys, messageId, partitions, splitBookingId } from '../keys.ts';
import { alertWrites, createLaboratory, groupsWrite, knownGroups } from '../laboratory.ts';
import { keptCommitments, lockWrite, unpackLock } from '../lock.ts';
import { asStopped, boundTo } from '../messages.ts';
import { linkedItem } from '../people.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createService, serviceIdOf, serviceRemoval, serviceWrite } from '../service.ts';
import { ownFacts } from '../slots.ts';
import { subjectWrite } from '../subjects.ts';
import { createTeams, teamWrite } from '../teams.ts';
import { cancel } from '../transactions/cancel.ts';
import { type EngineDeps, nowOf } from '../transactions/deps.ts';
import { factsWrite } from '../transactions/redecide.ts';
import { createWaits, lineWrite, newWaitWrite } from '../waits.ts';
import { mergeWrite } from './merges.ts';

/** One kind of item's part in a merge. It may have been done before, or half done; false where it has to wait. */
type MergeStep = (deps: EngineDeps, merge: MergeItem) => Promise<boolean>;

const absent = 'attribute_not_exists(pk)';
const atVersion = (version: number) => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': version },
});
const strong = { consistent: true } as const;
const hidden = { consistent: true, table: 'private' } as const;

/** The whole of a partition as it is now. */
async function all<T>({ store }: EngineDeps, query: Parameters<EngineDeps['store']['query']>[0]): Promise<T[]> {
  return await queryAll<T>(store, { ...query, consistent: true });
}

/** An item as read, without the key that it was read under. */
function bare<T extends object>(item: T): T {
  const { pk: _pk, sk: _sk, ...rest } = item as T & { pk?: string; sk?: string };
  return rest as unknown as T;
}

/** Devices on which the person is known open the record that is kept. */
const links: MergeStep = async (deps, { keep, join }) => {
  for (const { subject } of await all<LinkedItem>(deps, partitions.linked(join))) {
    await untilWritten(deps, async (store) => {
      const before = await store.get<SubjectItem>(keys.subject(subject), strong);
      const gone: DraftItem = { Delete: { Key: keys.linked(join, subject) } };
      if (!before) return [gone];
      const { personId: direct, ...rest } = before;
      const devices = before.devices.map((it) => (it.personId === join ? { ...it, personId: keep } : it));
      const after = { ...rest, devices, ...(direct !== undefined && { personId: direct === join ? keep : direct }) };
      return [subjectWrite(subject, before, after), linkedItem(keep, subject), gone];
    });
  }
  return true;
};

/**
 * What is still to come goes on under the record that is kept, in the same place, where the rules let one person have both;
 * otherwise it ends like any booking that no longer holds. What is over goes along as it is, and what the lock remembers of it.
 */
const bookings: MergeStep = async (deps, { keep, join }) => {
  for (const { bookingId: id } of await all<BookingItem>(deps, { pk: partitions.bookings(join) })) {
    const went = await withRetries<boolean>(async () => {
      const booking = await createBookings(deps.store).get(id);
      if (!booking) return true;
      if (isHere(booking.status)) return false;
      const now = nowOf(deps);
      const [keepItem, joinItem, slot] = (await deps.store.batchGet(
        [keys.lock(keep), keys.lock(join), keys.slot(booking.slotId)],
        strong,
      )) as [LockItem | undefined, LockItem | undefined, SlotItem | undefined];
      if (!keepItem || !joinItem) throw new TypeError('a person without a lock');
      const lock = unpackLock(keepItem);
      const other = unpackLock(joinItem);
      const mine = keptCommitments(other, now).filter((it) => it.bookingId === id);
      const isOver = booking.status !== 'booked' || booking.endsAt <= now;
      if (isOver && mine.length === 0) {
        return (await deps.store.transact(await carried(deps, booking, keep))).ok || AGAIN;
      }
      const may = slot && decide(lock, ownFacts(slot), deps.packOf(slot), now).ok;
      if (!isOver && !may && booking.startsAt > now) {
        await cancel(deps, { bookingId: id, cause: 'no-longer-eligible' });
        return AGAIN;
      }
      const moved = mine.map((it) => ({ ...it, bookingId: heldBy(keep, id) }));
      const result = await deps.store.transact([
        ...(await carried(deps, booking, keep)),
        lockWrite(lock, { commitments: [...keptCommitments(lock, now), ...moved] }),
        lockWrite(other, { commitments: other.commitments.filter((it) => it.bookingId !== id) }),
      ]);
      return result.ok || AGAIN;
    }, deps);
    if (!went) return false;
  }
  return true;
};

const heldBy = (personId: string, id: string): string => bookingId(personId, splitBookingId(id).suffix);

/** A corrected number is noted beside a booking's version. */
const asRead = ({ version, din }: BookingItem) => ({
  ConditionExpression: `#version = :version AND ${din ? '#din = :din' : 'attribute_not_exists(#din)'}`,
  ExpressionAttributeNames: { '#version': 'version', '#din': 'din' },
  ExpressionAttributeValues: { ':version': version, ...(din && { ':din': din }) },
});

/** A booking, with what a closure noted of it and what is asked of others for it, under the id of the record that is kept. */
async function carried(deps: EngineDeps, booking: BookingItem, keep: string): Promise<DraftItem[]> {
  const id = heldBy(keep, booking.bookingId);
  const after: BookingItem = {
    ...booking,
    bookingId: id,
    personId: keep,
    carried: booking.version,
    carriedFrom: booking.carriedFrom ?? booking.personId,
    gsi1sk: indexes.rosterSort(booking.startsAt, id),
  };
  const move = booking.closure && (await createClosures(deps.store).move(booking.closure.id, booking.bookingId));
  return [
    { Delete: { Key: keys.booking(booking.bookingId), ...asRead(booking) } },
    { Put: { Item: { ...after, ...keys.booking(id) }, ConditionExpression: absent } },
    ...(await coverCarried(deps, booking, id)),
    ...(await teamCarried(deps, booking, id)),
    ...(move
      ? [
          { Delete: { Key: keys.move(move.closureId, move.bookingId), ...atVersion(move.version) } },
          moveWrite({ ...bare(move), bookingId: id, personId: keep, gsi1pk: indexes.moved(keep) }, undefined),
          ...(move.code
            ? [
                {
                  Put: {
                    Item: {
                      ...keys.moveCode(move.siteId, move.code),
                      kind: 'move-code',
                      closureId: move.closureId,
                      bookingId: id,
                      until: move.until ?? move.movedAt,
                      ...('ttl' in move && { ttl: (move as { ttl: number }).ttl }),
                    },
                  },
                },
              ]
            : []),
        ]
      : []),
  ];
}

/** That somebody is looked for who takes the place over; what nobody can take any more is forgotten by itself. */
async function coverCarried({ store }: EngineDeps, booking: BookingItem, id: string): Promise<DraftItem[]> {
  if (booking.slotKind !== 'shift' || booking.status !== 'booked') return [];
  const Key = keys.cover(booking.containerId, booking.bookingId);
  const cover = await createCovers(store).get(booking.containerId, booking.bookingId);
  if (!cover) return [{ ConditionCheck: { Key, ConditionExpression: absent } }];
  return [
    { Delete: { Key, ...atVersion(cover.version) } },
    coverWrite({ ...bare(cover), bookingId: id }, undefined, booking.endsAt),
  ];
}

/** That the place is one of a team's, by which its lead sees who is still in it. */
async function teamCarried({ store }: EngineDeps, { bookingId: of, containerId, team: its }: BookingItem, id: string) {
  const team = its && (await createTeams(store).get(containerId, its.id));
  if (!team) return [];
  const theirs = (seat: { readonly bookingId?: string }) => seat.bookingId === of;
  const after: TeamItem = {
    ...bare(team),
    ...(theirs(team) && { bookingId: id }),
    seats: team.seats.map((seat) => (theirs(seat) ? { ...seat, bookingId: id } : seat)),
    version: team.version + 1,
  };
  return [teamWrite(after, team)];
}

type HoursItem = HoursAddedItem | HoursCorrectionItem | HoursBookItem | VolunteerNumberItem | CertifiedItem;

/**
 * Hours that were added and corrected, and certificates. Requests first, so that what is approved meanwhile is written where it
 * belongs; certificates and corrections before what they are of, so that whatever changes a record under the id that is kept marks
 * what counts it, and says the next correction. Each moves the kept one's book on, as any that is made does.
 */
const hours: MergeStep = async (deps, { keep, join }) => {
  const kept = createHours(deps.store);
  for (const { organisationId, requestId } of await kept.requestsAbout(join)) {
    const went = await withRetries<boolean>(async () => {
      const before = await kept.request(organisationId, requestId);
      if (before?.personId !== join) return true;
      // With the text that answers it, so that nobody is told twice.
      const told =
        before.status === 'asked'
          ? undefined
          : await deps.store.get<MessageItem>(
              keys.message(join, messageId(`hours-${before.status}`, requestId, 'once')),
              strong,
            );
      if (told?.status === 'claimed') return false;
      const after = {
        ...bare(before),
        personId: keep,
        askedBy: before.askedBy === join ? keep : before.askedBy,
        ...(before.status !== 'asked' && before.askedBy !== join && { untold: true as const }),
        bookingId: heldBy(keep, before.bookingId),
        gsi1pk: indexes.hoursAsked(keep),
        version: before.version + 1,
      };
      return (
        (await deps.store.transact([requestWrite(after, before), ...(told ? textOf(told, keep) : [])])).ok || AGAIN
      );
    }, deps);
    if (!went) return false;
  }
  const items = await all<HoursItem & Key>(deps, { pk: partitions.hours(join) });
  for (const { sk } of items.toSorted((a, b) => HOURS_ORDER.indexOf(a.kind) - HOURS_ORDER.indexOf(b.kind))) {
    await untilWritten(deps, async (store) => {
      const old: Key = { pk: partitions.hours(join), sk };
      const to: Key = { pk: partitions.hours(keep), sk };
      const [before, there, book] = (await store.batchGet([old, to, keys.hoursBook(keep)], strong)) as [
        HoursItem | undefined,
        HoursItem | undefined,
        HoursBookItem | undefined,
      ];
      if (!before) return [];
      const gone: DraftItem = {
        Delete: {
          Key: old,
          ...('version' in before ? atVersion(before.version) : { ConditionExpression: 'attribute_exists(pk)' }),
        },
      };
      if (before.kind === 'hours-book' || (before.kind === 'volunteer-number' && there)) return [gone];
      const moved = {
        ...before,
        ...to,
        personId: keep,
        ...(before.kind === 'hours-added' && {
          bookingId: heldBy(keep, before.bookingId),
          gsi1sk: indexes.servedSort(before.date, before.recordId, keep),
        }),
      };
      return [
        gone,
        { Put: { Item: moved, ConditionExpression: absent } },
        ...(before.kind === 'certified' ? [owner(keys.certificate(before.code), join, keep)] : []),
        bookWrite(keep, book),
        ...(before.kind === 'hours-added' ? await givingWay(deps, before, keep) : []),
      ];
    });
  }
  return true;
};
const HOURS_ORDER: readonly HoursItem['kind'][] = [
  'certified',
  'hours-correction',
  'volunteer-number',
  'hours-added',
  'hours-book',
];

/** Certificates that count what was added for a shift, where that has been recorded under the id that is kept meanwhile. */
async function givingWay(deps: EngineDeps, added: HoursAddedItem, keep: string): Promise<DraftItem[]> {
  const { isWholeShift, zone } = added;
  if (!isWholeShift) return [];
  const Key = keys.service(keep, serviceIdOf(added));
  if (!(await deps.store.get(Key, strong))) return [{ ConditionCheck: { Key, ConditionExpression: absent } }];
  const { certified } = await createHours(deps.store).byHand(keep);
  return await supersededWrites(deps.store, certified, { records: [added], on: localDateOf(nowOf(deps), zone) });
}

/**
 * Shifts that were worked. After the bookings: what still belongs to one that has yet to go along is written first; and after all that
 * is kept of these records, so that whatever changes one finds it.
 */
const service: MergeStep = async (deps, { keep, join }) => {
  for (const { serviceId } of await createService(deps.store).ofPerson(join)) {
    await untilWritten(deps, async (store) => {
      const before = await createService(store).get(join, serviceId);
      if (!before) return [];
      const { version, ...item } = bare(before);
      const after = {
        ...item,
        personId: keep,
        bookingId: heldBy(keep, before.bookingId),
        gsi1sk: indexes.servedSort(before.date, serviceId, keep),
      };
      return [serviceRemoval({ ...before, version }), serviceWrite(after, undefined)];
    });
  }
  return true;
};

/**
 * Each donation with all that tells of it: the number that leads to its donor, the code of its record and the texts about its
 * use, together, so that of one use nobody is told twice.
 */
const donations: MergeStep = async (deps, { keep, join }) => {
  for (const { date, din } of await all<DonationItem>(deps, { pk: partitions.donations(join) })) {
    const went = await withRetries<boolean>(async () => {
      const before = await deps.store.get<DonationItem>(keys.donation(join, date, din), strong);
      if (!before) return true;
      const texts: DraftItem[] = [];
      for (const template of ['blood-used', 'blood-used-correction'] as const) {
        const key = keys.message(join, messageId(template, din, 'once'));
        const text = await deps.store.get<MessageItem>(key, strong);
        if (text?.status === 'claimed') return false;
        if (text) texts.push(...textOf(text, keep));
      }
      const after: DonationItem = {
        ...before,
        personId: keep,
        ...(before.bookingId && { bookingId: heldBy(keep, before.bookingId) }),
      };
      const result = await deps.store.transact([
        { Delete: { Key: keys.donation(join, date, din), ...unchanged(before) } },
        { Put: { Item: { ...after, ...keys.donation(keep, date, din) }, ConditionExpression: absent } },
        owner(keys.din(din), join, keep, after.bookingId),
        ...(before.proof ? [owner(keys.proof(before.proof), join, keep)] : []),
        ...texts,
      ]);
      return result.ok || AGAIN;
    }, deps);
    if (!went) return false;
  }
  return true;
};

/** A donation has no version: what may have been written of it since, by the stream's consumer or a correction, is compared. */
function unchanged(before: DonationItem) {
  const names = ['handled', 'inUse', 'usedOn', 'proof', 'procedure', 'volumeMl', 'platelets', 'reaction'] as const;
  const known = names.filter((name) => before[name] !== undefined);
  return {
    ConditionExpression: names
      .map((name) => (known.includes(name) ? `#${name} = :${name}` : `attribute_not_exists(#${name})`))
      .join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(known.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(known.map((name) => [`:${name}`, before[name]])),
    }),
  };
}

/** Whose a number, or a record's code, is; `booking`: the visit, under its new id. */
const owner = (Key: { pk: string; sk: string }, join: string, keep: string, booking?: string): DraftItem => ({
  Update: {
    Key,
    UpdateExpression: booking ? 'SET #personId = :keep, #bookingId = :booking' : 'SET #personId = :keep',
    ConditionExpression: '#personId = :join',
    ExpressionAttributeNames: { '#personId': 'personId', ...(booking && { '#bookingId': 'bookingId' }) },
    ExpressionAttributeValues: { ':keep': keep, ':join': join, ...(booking && { ':booking': booking }) },
  },
});

const textOf = (text: MessageItem, keep: string, after = text): DraftItem[] => [
  { Delete: { Key: keys.message(text.personId, text.messageId), ...atVersion(text.version) } },
  {
    Put: {
      Item: {
        ...after,
        ...keys.message(keep, text.messageId),
        personId: keep,
        gsi1pk: indexes.ledger(keep),
      },
      ConditionExpression: absent,
    },
  },
];

type ScreenItem = DeferralItem | ScreeningItem;

/** What was measured at the chair, and what it ended in: records that are written once, by the time they were made. */
const ofScreening =
  (key: typeof keys.deferral, partition: (personId: string) => string): MergeStep =>
  async (deps, { keep, join }) => {
    for (const before of await all<ScreenItem & Key>(deps, { pk: partition(join), table: 'private' })) {
      await untilWritten(deps, async (store) => {
        const old: Key = { pk: before.pk, sk: before.sk };
        if (!(await store.get(old, hidden))) return [];
        const gone: DraftItem = { Delete: { Key: old, table: 'private', ConditionExpression: 'attribute_exists(pk)' } };
        // One that was loaded from a file is known by what it says, not by when: there it is already, or not yet.
        const isLoaded = 'loadedFrom' in before;
        const same = key(keep, before.sk);
        if (isLoaded && (await store.get(same, hidden))) return [gone];
        // Two at the same millisecond would be one: the later of them by one.
        let at = before.at;
        while (!isLoaded && (await store.get(key(keep, at), hidden))) at = new Date(Date.parse(at) + 1).toISOString();
        const after = {
          ...before,
          personId: keep,
          ...(before.bookingId && { bookingId: heldBy(keep, before.bookingId) }),
          at,
        };
        const to = isLoaded ? same : key(keep, at);
        return [gone, { Put: { Item: { ...after, ...to }, table: 'private', ConditionExpression: absent } }];
      });
    }
    return true;
  };
const deferrals = ofScreening(keys.deferral, partitions.deferrals);
const screenings = ofScreening(keys.screening, partitions.screenings);

/**
 * The groups of the donations that have come along. One that is at odds with the kept record's stays out of it, and staff of where
 * it was given are alerted: of the two records one may be somebody else's.
 */
const bloodGroups: MergeStep = async (deps, { keep, join }) => {
  await untilWritten(deps, async (store) => {
    const [before, kept] = (await store.batchGet([keys.bloodGroups(join), keys.bloodGroups(keep)], hidden)) as [
      BloodGroupsItem | undefined,
      BloodGroupsItem | undefined,
    ];
    if (!before) return [];
    const theirs = knownGroups(kept);
    const fits = ([, group]: [string, BloodGroup]) => theirs.every((other) => isSameGroup(group, other));
    const came = Object.entries(before.groups);
    const ours = kept?.said ?? [];
    const said = [...ours, ...(before.said ?? []).filter((it) => !ours.some((other) => isSameGroup(it, other)))];
    const takenBack = [...(kept?.takenBack ?? []), ...(before.takenBack ?? [])];
    const after: BloodGroupsItem = {
      kind: 'blood-groups',
      personId: keep,
      groups: { ...kept?.groups, ...Object.fromEntries(came.filter(fits)) },
      ...(said.length > 0 && { said }),
      ...(takenBack.length > 0 && { takenBack }),
      version: (kept?.version ?? 0) + 1,
    };
    // What lists have said stays said, and is at odds with the kept record's own donations from now on: one of them is looked at.
    const [latest] = Object.entries(kept?.groups ?? {}).toSorted(([, a], [, b]) => (a.date < b.date ? 1 : -1));
    const atOdds = latest && before.said?.some((it) => !isSameGroup(it, latest[1]));
    const doubtful = [...(atOdds ? [latest[0]] : []), ...came.filter((each) => !fits(each)).map(([din]) => din)];
    const raised: DraftItem[] = [];
    for (const din of doubtful.slice(0, MOST_ALERTS)) {
      const donation = await store.get<DinItem>(keys.din(din), strong);
      const alert = donation && (await createLaboratory(store).alert(donation.siteId, din));
      if (!donation || alert?.open) continue;
      raised.push(
        ...alertWrites(alert, {
          kind: 'lab-alert',
          din,
          siteId: donation.siteId,
          open: true,
          raisedAt: nowOf(deps),
          accepted: alert?.accepted ?? [],
          version: (alert?.version ?? 0) + 1,
        }),
      );
    }
    return [
      groupsWrite(after, kept),
      { Delete: { Key: keys.bloodGroups(join), table: 'private', ...atVersion(before.version) } },
      ...raised,
    ];
  });
  return true;
};
/** As many as a transaction holds; somebody of so many groups is two people whose records nobody should have joined. */
const MOST_ALERTS = 40;

/** Whoever has no number is found by name: under the name of the record that goes, nobody is any more. */
const names: MergeStep = async (deps, { join }) => {
  await forgetName(deps, { kind: 'erasure', personId: join, askedAt: nowOf(deps) });
  return true;
};

/** What the person said of each purpose last under the record that is kept stands; the rest becomes its history. */
const consents: MergeStep = async (deps, { keep, join }) => {
  const declared = createHealthAnswers(deps.store);
  for (const { purpose } of await declared.consents(join)) {
    await untilWritten(deps, async () => {
      const [before, kept] = [await declared.consent(join, purpose), await declared.consent(keep, purpose)];
      if (!before) return [];
      const past = [...before.history, { given: before.given, wording: before.wording, at: before.at }];
      const history = [...past, ...(kept?.history ?? [])].toSorted((a, b) => (a.at < b.at ? -1 : 1));
      const after: ConsentItem = kept
        ? { ...kept, history, version: kept.version + 1 }
        : { ...bare(before), personId: keep, version: 1 };
      return [removal(keys.consent(join, purpose), before.version), replacement(keys.consent(keep, purpose), after)];
    });
  }
  return true;
};

/** Answers to a pack that the kept record has none for, if they may be kept at all. */
const answers: MergeStep = async (deps, { keep, join }) => {
  const declared = createHealthAnswers(deps.store);
  await untilWritten(deps, async () => {
    const [before, kept] = [await declared.answers(join), await declared.answers(keep)];
    if (!before) return [];
    const gone = removal(keys.answers(join), before.version);
    const consent = await declared.consent(keep, 'health-answers');
    if (!consent?.given) return [gone];
    const after: AnswersItem = kept
      ? { ...kept, packs: { ...before.packs, ...kept.packs }, version: kept.version + 1 }
      : { ...bare(before), personId: keep, version: 1 };
    return [gone, replacement(keys.answers(keep), after)];
  });
  return true;
};

/** Donations declared to have been made elsewhere. What both records know of a day is one; a proof seen for either counts. */
const elsewhere: MergeStep = async (deps, { keep, join }) => {
  const declared = createHealthAnswers(deps.store);
  const here = new Set((await all<DonationItem>(deps, { pk: partitions.donations(keep) })).map(({ date }) => date));
  for (const { declaredId } of await declared.elsewhere(join)) {
    await untilWritten(deps, async (store) => {
      const before = await store.get<ElsewhereItem>(keys.elsewhere(join, declaredId), hidden);
      if (!before) return [];
      const gone = removal(keys.elsewhere(join, declaredId), before.version);
      const same = (await declared.elsewhere(keep)).find(({ date }) => date === before.date);
      if (here.has(before.date)) return [gone];
      if (!same) {
        const after: ElsewhereItem = { ...bare(before), personId: keep, version: 1 };
        return [gone, replacement(keys.elsewhere(keep, declaredId), after)];
      }
      if (same.verified || !before.verified) return [gone];
      const proven: ElsewhereItem = { ...same, verified: before.verified, version: same.version + 1 };
      return [gone, replacement(keys.elsewhere(keep, same.declaredId), proven)];
    });
  }
  return true;
};

/** Teams that the person leads: whom they named may still say yes. */
const teams: MergeStep = async (deps, { keep, join }) => {
  const all = createTeams(deps.store);
  for (const { eventId, teamId } of await all.ledBy(join)) {
    await untilWritten(deps, async (store) => {
      const before = await createTeams(store).get(eventId, teamId);
      if (before?.leadId !== join) return [];
      const after = {
        ...bare(before),
        leadId: keep,
        bookingId: heldBy(keep, before.bookingId),
        version: before.version + 1,
        gsi2pk: indexes.ledTeams(keep),
      };
      return [teamWrite(after, before)];
    });
  }
  return true;
};

/**
 * What a guardian has said goes along; where both records have heard, the later word stands, and what may be signed up for follows
 * it. The link of the other opens nothing any more.
 */
const guardians: MergeStep = async (deps, { keep, join }) => {
  for (const { organisationId } of await createGuardians(deps.store).ofPerson(join)) {
    await untilWritten(deps, async (store) => {
      const all = createGuardians(store);
      const [before, kept] = [await all.get(join, organisationId), await all.get(keep, organisationId)];
      const lock = await store.get<LockItem>(keys.lock(keep), strong);
      if (!before || !lock) return [];
      const stands = kept ? laterWord(kept, before) : before;
      const ended = stands === kept ? before : kept;
      const after: GuardianItem = {
        ...bare(before),
        personId: keep,
        version: (kept?.version ?? 0) + before.version + 1,
      };
      const facts = withConsent(unpackLock(lock).facts, organisationId, stands.status === 'given');
      return [
        { Delete: { Key: keys.guardian(join, organisationId), ...atVersion(before.version) } },
        ...(stands === kept
          ? [{ ConditionCheck: { Key: keys.guardian(keep, organisationId), ...atVersion(kept.version) } }]
          : [guardianWrite(after, kept), ...(after.code ? [guardianCodeMoved(after.code, after)] : [])]),
        ...(ended?.code ? [{ Delete: { Key: keys.guardianCode(ended.code) } }] : []),
        ...(await factsWrite(deps, unpackLock(lock), facts)),
      ];
    });
  }
  return true;
};

/** The person keeps the better of two places in a line, and an offer with it. */
const waits: MergeStep = async (deps, { keep, join }) => {
  const line = createWaits(deps.store);
  for (const { waitId } of await line.ofPerson(join, MOST_WAITS)) {
    await untilWritten(deps, async (store) => {
      const [wait, kept] = [await line.get(waitId, join), await line.get(waitId, keep)];
      if (!wait) return [];
      const key = keys.waitLine(wait.containerId, wait.date);
      const inLine = isInLine(wait.status);
      const before = inLine ? await store.get<WaitLineItem>(key, strong) : undefined;
      const gone: DraftItem = { Delete: { Key: keys.wait(waitId, join), ...atVersion(wait.version) } };
      const moves = !kept || (inLine && !isInLine(kept.status));
      const after: WaitItem = {
        ...bare(wait),
        personId: keep,
        ...(wait.bookingId && { bookingId: heldBy(keep, wait.bookingId) }),
        version: (kept?.version ?? 0) + wait.version + 1,
        gsi1pk: indexes.waiter(keep),
      };
      const { offer } = wait;
      return [
        gone,
        ...(moves ? [newWaitWrite(after, kept)] : []),
        ...(moves && offer && wait.status === 'offered'
          ? [
              {
                Put: {
                  Item: {
                    ...keys.offerCode(wait.containerId, offer.code),
                    kind: 'offer-code',
                    waitId,
                    personId: keep,
                    until: offer.until,
                  },
                },
              },
            ]
          : []),
        ...(inLine
          ? [lineWrite(wait, before, !moves && wait.status === 'offered' ? nowOf(deps) : before?.wakeAt)]
          : []),
      ];
    });
  }
  return true;
};
const MOST_WAITS = 100;

/** The texts, so that the ledger is whole; one in a sender's hands is waited for. */
const texts: MergeStep = async (deps, { keep, join }) => {
  for (const { messageId: id } of await all<MessageItem>(deps, { pk: partitions.messages(join) })) {
    const went = await withRetries<boolean>(async () => {
      const text = await deps.store.get<MessageItem>(keys.message(join, id), strong);
      if (!text) return true;
      if (text.status === 'claimed') return false;
      const there = await deps.store.get(keys.message(keep, id), strong);
      const [gone] = textOf(text, keep);
      // The booking that came along has reminders of its own.
      const isPast = text.status === 'due' && text.bound?.pk === partitions.bookings(join);
      const after = isPast ? asStopped(text, nowOf(deps), 'changed') : await boundAnew(deps, text, keep);
      return (await deps.store.transact(there && gone ? [gone] : textOf(text, keep, after))).ok || AGAIN;
    }, deps);
    if (!went) return false;
  }
  return true;
};

/** A question to a guardian that is still to go out rests on what is kept of them now, if its link is the one that came along. */
async function boundAnew({ store }: EngineDeps, text: MessageItem, keep: string): Promise<MessageItem> {
  if (text.status !== 'due' || text.template !== 'guardian-asked') return text;
  const guardian = await createGuardians(store).get(keep, text.scope);
  const isTheirs = guardian?.code !== undefined && String(text.params['link']).endsWith(guardian.code);
  return isTheirs ? { ...text, bound: boundTo(keys.guardian(keep, text.scope), guardian.version) } : text;
}

const documents: MergeStep = async (deps, { keep, join }) => {
  for (const { index } of await all<DocumentOfItem>(deps, { pk: partitions.documentsOf(join), table: 'private' })) {
    await untilWritten(deps, async (store) => {
      const before = await store.get<DocumentItem>(keys.document(index), hidden);
      const back: DocumentOfItem = { kind: 'document-of', personId: keep, index };
      const gone: DraftItem = { Delete: { Key: keys.documentOf(join, index), table: 'private' } };
      if (before?.personId !== join) return [gone];
      const after: DocumentItem = { ...before, personId: keep, version: before.version + 1 };
      return [
        { Put: { Item: { ...after, ...keys.document(index) }, table: 'private', ...atVersion(before.version) } },
        { Put: { Item: { ...back, ...keys.documentOf(keep, index) }, table: 'private' } },
        gone,
      ];
    });
  }
  return true;
};

/** Under which document somebody is insured is sealed to the record it was said in, and asked again in the other. */
const insured: MergeStep = async (deps, { join }) => {
  await untilWritten(deps, async (store) => {
    const before = await store.get<InsuredItem>(keys.insured(join), hidden);
    return before ? [{ Delete: { Key: keys.insured(join), table: 'private', ...atVersion(before.version) } }] : [];
  });
  return true;
};

/** Whom the person's calls were to goes along, and with it that they are left in peace; which sites may call the kept record is its own to say. */
const called: MergeStep = async (deps, { keep, join }) => {
  for (const { sk } of await all<CalledItem & Key>(deps, { pk: partitions.callable(join) })) {
    await untilWritten(deps, async (store) => {
      const key: Key = { pk: partitions.callable(join), sk };
      const before = await store.get<CallableItem | CalledItem | LastCalledItem>(key, strong);
      if (!before) return [];
      const gone: DraftItem = { Delete: { Key: key, ConditionExpression: 'attribute_exists(pk)' } };
      if (before.kind === 'callable') return [gone];
      const to: Key = { pk: partitions.callable(keep), sk };
      const there = await store.get<CalledItem | LastCalledItem>(to, strong);
      if (there && (before.kind === 'called' || there.at >= before.at)) return [gone];
      const own = before.kind === 'called' ? { gsi1sk: indexes.askedSort(before.at, keep) } : {};
      return [
        gone,
        {
          Put: {
            Item: { ...before, ...own, personId: keep, ...to },
            ConditionExpression: there ? '#at = :at' : absent,
            ...(there && { ExpressionAttributeNames: { '#at': 'at' }, ExpressionAttributeValues: { ':at': there.at } }),
          },
        },
      ];
    });
  }
  return true;
};

/**
 * The last: the empty record's number, second fact and profile go, and the merge is done. What the kept record did not know of
 * its person, the other tells. A wish to be forgotten that was made under the old id is now the kept record's.
 */
const end: MergeStep = async (deps, merge) => {
  const { keep, join } = merge;
  await untilWritten(deps, async (store) => {
    // Another run of the job may have ended it.
    const before = await store.get<MergeItem>(keys.merge(merge.siteId, merge.mergeId), strong);
    if (before?.status !== 'applying') return [];
    const [kept, gone, joinItem, wish] = (await store.batchGet(
      [keys.profile(keep), keys.profile(join), keys.lock(join), keys.erasure(join)],
      strong,
    )) as [ProfileItem | undefined, ProfileItem | undefined, LockItem | undefined, object | undefined];
    const now = nowOf(deps);
    const { write } = mergeWrite(before, { status: 'done', doneAt: now });
    const known = kept && gone ? told(kept, gone) : {};
    return [
      write,
      { Delete: { Key: keys.mergeUnderWay(keep) } },
      ...(gone ? [{ Delete: { Key: keys.profile(join) } }] : []),
      ...(gone?.phone ? [{ Delete: { Key: keys.phone(gone.phone, join) } }] : []),
      // Somebody without a number has the one that the other record had.
      ...(known.phone ? [{ Put: { Item: { ...keys.phone(known.phone, keep), kind: 'phone', personId: keep } } }] : []),
      { Delete: { Key: keys.identity(join), table: 'private' as const } },
      ...(joinItem ? [lockWrite(unpackLock(joinItem), { status: 'inactive', commitments: [], facts: NOTHING })] : []),
      ...(kept && Object.keys(known).length > 0
        ? [
            {
              Put: {
                Item: { ...kept, ...known, ...keys.profile(keep), version: kept.version + 1 },
                ...atVersion(kept.version),
              },
            },
          ]
        : []),
      ...(wish
        ? [
            { Delete: { Key: keys.erasure(join) } },
            { Put: { Item: { ...keys.erasure(keep), kind: 'erasure', personId: keep, askedAt: now } } },
          ]
        : []),
      {
        Put: auditItem({
          by: merge.decidedBy ?? '',
          action: 'merge-done',
          scope: merge.siteId,
          zone: merge.zone,
          at: now,
          subjects: [keep, join],
          change: { mergeId: merge.mergeId },
          id: merge.mergeId,
        }),
      },
    ];
  });
  return true;
};

const NOTHING = { donations: [], repeatDonor: false, reactionRecorded: false, wantsExtendedAge: false };

const told = (kept: ProfileItem, gone: ProfileItem): Partial<ProfileItem> =>
  Object.fromEntries(
    (['name', 'phone', 'birthDate', 'sex', 'weightKg'] as const)
      .filter((name) => kept[name] === undefined && gone[name] !== undefined)
      .map((name) => [name, gone[name]]),
  );

/** Whoever is let in first, so that nobody who signs in meanwhile meets half a record; what ends it last. */
export const STEPS: readonly MergeStep[] = [
  links,
  bookings,
  hours,
  service,
  donations,
  deferrals,
  screenings,
  bloodGroups,
  consents,
  answers,
  elsewhere,
  teams,
  guardians,
  waits,
  texts,
  called,
  documents,
  insured,
  names,
  end,
];
