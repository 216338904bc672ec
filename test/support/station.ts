import { Readable } from 'node:stream';
import type { DynamoDBRecord } from 'aws-lambda';
import { mod37_2 } from 'cdigit';
import { announceDeps } from '../../functions/events/announce/deps.ts';
import { announceHandler } from '../../functions/events/announce/handler.ts';
import { importsDeps } from '../../functions/events/imports/deps.ts';
import { importsHandler } from '../../functions/events/imports/handler.ts';
import { senderDeps } from '../../functions/events/sender/deps.ts';
import { senderHandler } from '../../functions/events/sender/handler.ts';
import { tickDeps } from '../../functions/events/tick/deps.ts';
import { tickHandler } from '../../functions/events/tick/handler.ts';
import { attendanceDeps } from '../../functions/http/attendance/deps.ts';
import { attendanceRoutes } from '../../functions/http/attendance/index.ts';
import { auditDeps } from '../../functions/http/audit/deps.ts';
import { auditRoutes } from '../../functions/http/audit/index.ts';
import { blocksDeps } from '../../functions/http/blocks/deps.ts';
import { blocksRoutes } from '../../functions/http/blocks/index.ts';
import { bookingsDeps } from '../../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../../functions/http/bookings/index.ts';
import { callsDeps } from '../../functions/http/calls/deps.ts';
import { callsRoutes } from '../../functions/http/calls/index.ts';
import { closuresDeps } from '../../functions/http/closures/deps.ts';
import { closuresRoutes } from '../../functions/http/closures/index.ts';
import { deskDeps } from '../../functions/http/desk/deps.ts';
import { deskRoutes } from '../../functions/http/desk/index.ts';
import { donationsDeps } from '../../functions/http/donations/deps.ts';
import { donationsRoutes } from '../../functions/http/donations/index.ts';
import { doubtsDeps } from '../../functions/http/doubts/deps.ts';
import { doubtsRoutes } from '../../functions/http/doubts/index.ts';
import { eventsDeps } from '../../functions/http/events/deps.ts';
import { eventsRoutes } from '../../functions/http/events/index.ts';
import { factorsDeps } from '../../functions/http/factors/deps.ts';
import { factorsRoutes } from '../../functions/http/factors/index.ts';
import { figuresDeps } from '../../functions/http/figures/deps.ts';
import { figuresRoutes } from '../../functions/http/figures/index.ts';
import { filesDeps } from '../../functions/http/files/deps.ts';
import { filesRoutes } from '../../functions/http/files/index.ts';
import { guardiansDeps } from '../../functions/http/guardians/deps.ts';
import { guardiansRoutes } from '../../functions/http/guardians/index.ts';
import { holdsDeps } from '../../functions/http/holds/deps.ts';
import { holdsRoutes } from '../../functions/http/holds/index.ts';
import { hoursDeps } from '../../functions/http/hours/deps.ts';
import { hoursRoutes } from '../../functions/http/hours/index.ts';
import { identityDeps } from '../../functions/http/identity/deps.ts';
import { identityRoutes } from '../../functions/http/identity/index.ts';
import { insuranceDeps } from '../../functions/http/insurance/deps.ts';
import { insuranceRoutes } from '../../functions/http/insurance/index.ts';
import { laboratoryDeps } from '../../functions/http/laboratory/deps.ts';
import { laboratoryRoutes } from '../../functions/http/laboratory/index.ts';
import { meDeps } from '../../functions/http/me/deps.ts';
import { meRoutes } from '../../functions/http/me/index.ts';
import { messagesDeps } from '../../functions/http/messages/deps.ts';
import { messagesRoutes } from '../../functions/http/messages/index.ts';
import { planningDeps } from '../../functions/http/planning/deps.ts';
import { planningRoutes } from '../../functions/http/planning/index.ts';
import { precheckDeps } from '../../functions/http/precheck/deps.ts';
import { precheckRoutes } from '../../functions/http/precheck/index.ts';
import { recallsDeps } from '../../functions/http/recalls/deps.ts';
import { recallsRoutes } from '../../functions/http/recalls/index.ts';
import { recordsDeps } from '../../functions/http/records/deps.ts';
import { recordsRoutes } from '../../functions/http/records/index.ts';
import { rolesDeps } from '../../functions/http/roles/deps.ts';
import { rolesRoutes } from '../../functions/http/roles/index.ts';
import { stationsDeps } from '../../functions/http/stations/deps.ts';
import { stationsRoutes } from '../../functions/http/stations/index.ts';
import { teamsDeps } from '../../functions/http/teams/deps.ts';
import { teamsRoutes } from '../../functions/http/teams/index.ts';
import { unitsDeps } from '../../functions/http/units/deps.ts';
import { unitsRoutes } from '../../functions/http/units/index.ts';
import { waitingDeps } from '../../functions/http/waiting/deps.ts';
import { waitingRoutes } from '../../functions/http/waiting/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { passCodeOf } from '../../functions/runtime/booking-view.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import type { Queued } from '../../shared/notify/queue.ts';
import { TEXT_SETTINGS, type TextSettings } from '../../shared/notify/settings.ts';
import type { SmsSender } from '../../shared/notify/sms.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { MessageItem } from '../../shared/store/items/index.ts';
import { indexes } from '../../shared/store/keys.ts';
import { createMessages } from '../../shared/store/messages.ts';
import { sealDays } from '../../shared/store/seals.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { callRoute } from './api.ts';
import { freshTables, storeOn } from './engine.ts';
import { guarded } from './guard.ts';
import { streamOf } from './stream.ts';
import { testWorld } from './world.ts';

export type UnitView = { unitId: string; stage: string; version: number; component: string; actions: string[] };
export type ChainView = { units: UnitView[]; steps: { action: string; unitId: string }[]; dinPrinted: string };

/** What colleagues call the one of a station's staff who calls its routes. */
export const STAFF_NAME = '周护士';

/** A number as its label reads, with the check character. */
export const labelOf = (din: string): string => din + mod37_2.compute(din);

/**
 * A blood station on fresh tables: the areas its staff work with, the table's stream read from the engine, the queue in
 * memory, and a phone network that does as `network` says. Every function runs behind its own grants.
 */
export async function aStation(settings: Partial<TextSettings> = {}) {
  const names = await freshTables();
  const store = storeOn(names);
  const world = testWorld('2026-11-23T02:00:00.000Z');
  const text: TextSettings = { ...TEXT_SETTINGS, ...settings };
  const behind = (name: keyof typeof ACCESS) => guarded(storeOn(names), ACCESS[name], names.private);
  /** What browsers have put, by import. */
  const uploaded = new Map<string, string>();
  const uploads = {
    sign: async (importId: string) => ({ url: `https://uploads.test/${importId}`, headers: {} }),
    size: async (importId: string) => {
      const content = uploaded.get(importId);
      return content === undefined ? undefined : Buffer.byteLength(content);
    },
    read: async (importId: string) => {
      const content = uploaded.get(importId);
      return content === undefined ? undefined : Readable.from([Buffer.from(content)]);
    },
    remove: async (importId: string) => void uploaded.delete(importId),
  };
  const secret = async () => 'a key of the tests';
  const importing = importsDeps(behind('imports'), world, { uploads, secret, identityKey: secret, piece: 20 });
  /** What was sealed, by key: put once. */
  const sealed = new Map<string, string>();
  const seals = {
    get: async (key: string) => sealed.get(key),
    put: async (key: string, content: string) => {
      if (sealed.has(key)) return 'there' as const;
      sealed.set(key, content);
      return 'done' as const;
    },
  };
  const deps = {
    blocks: blocksDeps(behind('blocks'), world),
    bookings: bookingsDeps(behind('bookings'), world),
    donations: donationsDeps(behind('donations'), world, async () => 'a key of the tests'),
    desk: deskDeps(behind('desk'), world, async () => 'a key of the tests'),
    units: unitsDeps(behind('units'), world),
    holds: holdsDeps(behind('holds'), world),
    doubts: doubtsDeps(behind('doubts'), world),
    recalls: recallsDeps(behind('recalls'), world),
    laboratory: laboratoryDeps(behind('laboratory'), world),
    hours: hoursDeps(behind('hours'), world),
    identity: identityDeps(behind('identity'), world, async () => 'a key of the tests'),
    audit: auditDeps(behind('audit'), world, () => seals),
    records: recordsDeps(behind('records'), world),
    stations: stationsDeps(
      behind('stations'),
      world,
      async () => 'a key of the tests',
      () => `seat-${world.newId()}`,
    ),
    factors: factorsDeps(behind('factors'), world, async () => 'a key of the tests'),
    roles: rolesDeps(behind('roles'), world, async () => 'a key of the tests'),
    me: meDeps(
      behind('me'),
      world,
      async () => undefined,
      async () => 'a key of the tests',
    ),
    precheck: precheckDeps(behind('precheck'), world),
    messages: messagesDeps(behind('messages'), world),
    events: eventsDeps(behind('events'), world),
    attendance: attendanceDeps(behind('attendance'), world),
    teams: teamsDeps(behind('teams'), world),
    guardians: guardiansDeps(behind('guardians'), world, 'https://nuanliu.example'),
    insurance: insuranceDeps(behind('insurance'), world, async () => 'a key of the tests'),
    waiting: waitingDeps(behind('waiting'), world),
    closures: closuresDeps(behind('closures'), world),
    planning: planningDeps(behind('planning'), world),
    figures: figuresDeps(behind('figures'), world),
    calls: callsDeps(behind('calls'), world, { publicUrl: 'https://nuanliu.example', signature: '' }),
    files: filesDeps(behind('files'), world, uploads),
  };
  const areas: Record<string, unknown> = {
    blocks: areaHandler(contract.blocks, async () => deps.blocks, blocksRoutes),
    bookings: areaHandler(contract.bookings, async () => deps.bookings, bookingsRoutes),
    desk: areaHandler(contract.desk, async () => deps.desk, deskRoutes),
    donations: areaHandler(contract.donations, async () => deps.donations, donationsRoutes),
    units: areaHandler(contract.units, async () => deps.units, unitsRoutes),
    holds: areaHandler(contract.holds, async () => deps.holds, holdsRoutes),
    doubts: areaHandler(contract.doubts, async () => deps.doubts, doubtsRoutes),
    recalls: areaHandler(contract.recalls, async () => deps.recalls, recallsRoutes),
    laboratory: areaHandler(contract.laboratory, async () => deps.laboratory, laboratoryRoutes),
    hours: areaHandler(contract.hours, async () => deps.hours, hoursRoutes),
    identity: areaHandler(contract.identity, async () => deps.identity, identityRoutes),
    audit: areaHandler(contract.audit, async () => deps.audit, auditRoutes),
    records: areaHandler(contract.records, async () => deps.records, recordsRoutes),
    stations: areaHandler(contract.stations, async () => deps.stations, stationsRoutes),
    factors: areaHandler(contract.factors, async () => deps.factors, factorsRoutes),
    roles: areaHandler(contract.roles, async () => deps.roles, rolesRoutes),
    me: areaHandler(contract.me, async () => deps.me, meRoutes),
    precheck: areaHandler(contract.precheck, async () => deps.precheck, precheckRoutes),
    messages: areaHandler(contract.messages, async () => deps.messages, messagesRoutes),
    events: areaHandler(contract.events, async () => deps.events, eventsRoutes),
    attendance: areaHandler(contract.attendance, async () => deps.attendance, attendanceRoutes),
    teams: areaHandler(contract.teams, async () => deps.teams, teamsRoutes),
    guardians: areaHandler(contract.guardians, async () => deps.guardians, guardiansRoutes),
    insurance: areaHandler(contract.insurance, async () => deps.insurance, insuranceRoutes),
    waiting: areaHandler(contract.waiting, async () => deps.waiting, waitingRoutes),
    closures: areaHandler(contract.closures, async () => deps.closures, closuresRoutes),
    planning: areaHandler(contract.planning, async () => deps.planning, planningRoutes),
    figures: areaHandler(contract.figures, async () => deps.figures, figuresRoutes),
    calls: areaHandler(contract.calls, async () => deps.calls, callsRoutes),
    files: areaHandler(contract.files, async () => deps.files, filesRoutes),
  };

  const queued: Queued[] = [];
  let queueIsBroken = false;
  const config = {
    queue: async (messages: readonly Queued[]) => {
      if (queueIsBroken) throw new Error('the queue does not answer');
      queued.push(...messages);
    },
    publicUrl: 'https://nuanliu.example',
    usedHoldSeconds: text.usedHoldSeconds,
    quiet: text.quiet,
  };
  const phone: { to: string; text: string; at: number }[] = [];
  const accept: SmsSender = async (to, said) => {
    phone.push({ to, text: said, at: world.clock.now() });
    return { providerId: `sms-${phone.length}` };
  };
  const network: { send: SmsSender } = { send: accept };
  const announcer = announceDeps(behind('announce'), world, config);
  const announceRecords = announceHandler(async () => announcer);
  const sending = senderDeps(behind('sender'), world, {
    send: async (to, said) => await network.send(to, said),
    signature: '',
    settings: text,
  });
  const sender = senderHandler(async () => sending);
  const ticking = tickDeps(behind('tick'), world, config);
  const tick = tickHandler(async () => ticking);

  const read = await streamOf(names.schedule);
  const seen: DynamoDBRecord[] = [];

  const announce = async (records: DynamoDBRecord[]) => await announceRecords({ Records: records });
  const send = async (messages: readonly Queued[]) =>
    await sender({
      Records: messages.map((message, n) => ({ messageId: String(n), body: JSON.stringify(message) })),
    } as never);

  /** Lets the stream and the queue run until neither has anything left. */
  const settle = async () => {
    for (let quiet = false; !quiet; ) {
      const records = await read();
      seen.push(...records);
      const failed = await announce(records);
      if (failed.batchItemFailures.length > 0) throw new Error(JSON.stringify(world.lines.slice(-3)));
      const batch = queued.splice(0);
      const unsent = await send(batch);
      if (unsent.batchItemFailures.length > 0) throw new Error(JSON.stringify(world.lines.slice(-3)));
      quiet = records.length === 0 && batch.length === 0;
    }
  };

  await aSite(store);
  const staff = await aPerson(store, { name: STAFF_NAME, roles: [{ role: 'staff', scope: 'central' }] });
  const call = async <T = Problem>(area: string, route: string, input: Parameters<typeof callRoute>[2]) =>
    await callRoute<T & Problem>(areas[area], route, { as: staff, ...input });

  let dins = 100_000;
  let slots = 0;
  const station = {
    store,
    names,
    world,
    phone,
    network,
    accept,
    queued,
    /** What browsers have put, by import. */
    uploaded,
    sealed,
    /** Seals the days of the audit log that are over. */
    seal: async () => await sealDays({ store: behind('seals'), clock: world.clock, box: seals }),
    /** What the importer runs on. */
    importing,
    seen,
    staff,
    areas,
    deps,
    read,
    announce,
    send,
    sender: sending,
    tick,
    /** What the tick's tasks run on, one by one. */
    ticking,
    settle,
    call,
    /** Goes on with every file that is being read. */
    readFiles: async () => await importsHandler(async () => importing)({}, { getRemainingTimeInMillis: () => 60_000 }),
    breakQueue: () => {
      queueIsBroken = true;
    },
    newDin: () => {
      dins += 1;
      return `G123426${dins}`;
    },

    /** The queue's turn a while later: what is due by then is found by the tick. */
    async later(ms: number) {
      world.advance(ms);
      await tick();
      await settle();
    },

    /** A slot of today at the station, and a donor booked in it. */
    async booked(more: Parameters<typeof aPerson>[1] & { procedure?: 'whole-blood' | 'platelets' } = {}) {
      const { procedure = 'whole-blood', ...person } = more;
      slots += 1;
      const time = `12${String(slots % 60).padStart(2, '0')}`;
      const slot = await aSlot(store, { date: '2026-11-23', time, places: 5, procedure });
      const donor = await aPerson(store, person);
      const booking = await call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
        as: donor,
        body: { slotId: slot.slotId },
      });
      if (booking.status !== 201) throw new Error(booking.body.code);
      return { donor, slot, bookingId: booking.body.bookingId };
    },

    checkIn: async (bookingId: string, key?: string) =>
      await call('donations', 'POST /api/donations/check-in', {
        body: { bookingId, passCode: passCodeOf({ bookingId }) },
        ...(key && { key }),
      }),

    complete: async (bookingId: string, din: string, more: Record<string, unknown> = {}, key?: string) =>
      await call<{ din: string; dinPrinted: string }>('donations', 'POST /api/donations', {
        body: {
          bookingId,
          din: more['din'] ?? labelOf(din),
          procedure: 'whole-blood',
          volumeMl: 400,
          reaction: false,
          ...more,
        },
        ...(key && { key }),
      }),

    /** A donor who has just given, and the number of what they gave. */
    async given(more: Parameters<typeof aPerson>[1] = {}) {
      const { donor, bookingId } = await station.booked(more);
      const din = station.newDin();
      await station.checkIn(bookingId);
      const done = await station.complete(bookingId, din);
      if (done.status !== 201) throw new Error(done.body.code);
      return { donor, bookingId, din };
    },

    chain: async (din: string) =>
      (await call<ChainView>('units', 'GET /api/units/{din}', { params: { din } })).body as ChainView,

    async unit(din: string, unitId: string): Promise<UnitView> {
      const found = (await station.chain(din)).units.find((unit) => unit.unitId === unitId);
      if (!found) throw new Error(`no unit ${unitId}`);
      return found;
    },

    /** One step of a unit, at its present version unless another is given. */
    async step(din: string, unitId: string, action: string, more: Record<string, unknown> = {}, key?: string) {
      const version = more['version'] ?? (await station.unit(din, unitId)).version;
      return await call<ChainView>('units', 'POST /api/units/{din}/{unitId}/steps', {
        params: { din, unitId },
        body: { action, ...more, version },
        ...(key && { key }),
      });
    },

    /** Brings a unit through its usual steps until a hospital has it. */
    async issue(din: string, unitId: string, hospital = 'First Hospital') {
      for (const action of ['release', 'store']) await station.step(din, unitId, action);
      await station.step(din, unitId, 'issue', { hospital });
    },
    use: async (din: string, unitId: string, hospital = 'First Hospital') =>
      await station.step(din, unitId, 'use', { hospital, hospitalRecord: 'R-1' }),

    /** A donation whose two components are at a hospital. */
    async issued(more: Parameters<typeof aPerson>[1] = {}) {
      const donation = await station.given(more);
      await station.step(donation.din, 'wb', 'test');
      await station.step(donation.din, 'wb', 'process', { components: ['red-cells', 'plasma'] });
      for (const unit of ['wb-rc', 'wb-pl']) await station.issue(donation.din, unit);
      return donation;
    },

    message: async (personId: string, messageId: string) => await createMessages(store).get({ personId, messageId }),
    messagesOf: async (personId: string) =>
      (await store.query<MessageItem>({ pk: indexes.ledger(personId), index: 'gsi1' })).items,
    textsTo: async (personId: string) => {
      const profile = await deps.donations.people.profile(personId);
      return phone.filter(({ to }) => to === profile?.phone).map(({ text: said }) => said);
    },
  };
  return station;
}
export type Station = Awaited<ReturnType<typeof aStation>>;
