import type { MessageTemplate } from '../domain/vocabulary.ts';

/**
 * Every key of both tables, and the only file that writes or reads a separator.
 *
 * Each partition prefix is owned by one kind of item, so that a function's grant can be a prefix (see access.ts).
 * `#` separates key parts; `_` separates the parts of ids that callers see (slot and booking ids), none of which may hold it.
 */
const join = (...parts: (string | number)[]): string => parts.join('#');

export type Key = { readonly pk: string; readonly sk: string };

/** Partition prefixes of the base table and its indexes. A grant names one of these. */
export const PREFIXES = {
  person: 'PERSON',
  lock: 'LOCK',
  role: 'ROLE',
  roleBook: 'ROLEBOOK',
  subject: 'SUB',
  phone: 'PHONE',
  named: 'NAMED',
  site: 'SITE',
  siteSchedule: 'SCHEDULE',
  day: 'DAY',
  booking: 'BOOKING',
  donation: 'DONATION',
  proof: 'PROOF',
  din: 'DIN',
  message: 'MSG',
  event: 'EVENT',
  organisation: 'ORG',
  cohost: 'COHOST',
  drive: 'DRIVE',
  series: 'SERIES',
  eventChange: 'EVENTCHANGE',
  eventNote: 'EVENTNOTE',
  audit: 'AUDIT',
  job: 'JOB',
  budget: 'BUDGET',
  erasing: 'ERASING',
  wait: 'WAIT',
  offerCode: 'OFFERCODE',
  cover: 'COVER',
  team: 'TEAM',
  guardian: 'GUARDIAN',
  guardianCode: 'GUARDIANCODE',
  closure: 'CLOSURE',
  move: 'MOVE',
  block: 'BLOCK',
  blockCode: 'BLOCKCODE',
  moveCode: 'MOVECODE',
  recall: 'RECALL',
  doubt: 'DOUBT',
  issue: 'ISSUE',
  merge: 'MERGE',
  merged: 'MERGED',
  import: 'IMPORT',
  importRefused: 'IMPORTREFUSED',
  donorRef: 'DONORREF',
  unitsTaken: 'UNITSTAKEN',
  recount: 'RECOUNT',
  call: 'CALL',
  callCode: 'CALLCODE',
  callable: 'CALLABLE',
  service: 'SERVICE',
  shiftCode: 'SHIFTCODE',
  hours: 'HOURS',
  hoursRequest: 'HOURSREQUEST',
  hoursSettings: 'HOURSSETTINGS',
  certificate: 'CERTIFICATE',
  // index partitions
  roster: 'ROSTER',
  holders: 'HOLDERS',
  donated: 'DONATED',
  due: 'DUE',
  problem: 'PROBLEM',
  published: 'PUBLISHED',
  organisationEvents: 'ORGEVENTS',
  ledger: 'LEDGER',
  cancelling: 'CANCELLING',
  waiter: 'WAITER',
  waitDue: 'WAITDUE',
  applying: 'APPLYING',
  blockDue: 'BLOCKDUE',
  teamDue: 'TEAMDUE',
  ledTeams: 'LEDTEAMS',
  moved: 'MOVED',
  joining: 'JOINING',
  recalling: 'RECALLING',
  doubted: 'DOUBTED',
  making: 'MAKING',
  changing: 'CHANGING',
  telling: 'TELLING',
  importing: 'IMPORTING',
  imported: 'IMPORTED',
  calling: 'CALLING',
  reach: 'REACH',
  asked: 'ASKED',
  attending: 'ATTENDING',
  served: 'SERVED',
  hoursAsked: 'HOURSASKED',
  hoursStanding: 'HOURSSTANDING',
  // private table
  deferral: 'DEFERRAL',
  identity: 'IDENTITY',
  tries: 'TRIES',
  sealed: 'SEALED',
  hold: 'HOLD',
  answers: 'ANSWERS',
  consent: 'CONSENT',
  elsewhere: 'ELSEWHERE',
  recallReason: 'RECALLREASON',
  screening: 'SCREENING',
  reaction: 'REACTION',
  laboratory: 'LABORATORY',
  bloodGroups: 'BLOODGROUPS',
  labAlert: 'LABALERT',
  document: 'DOCUMENT',
  documentOf: 'DOCUMENTOF',
  insured: 'INSURED',
  accountChange: 'ACCOUNTCHANGE',
  factor: 'FACTOR',
  station: 'STATION',
  figures: 'FIGURES',
} as const;
export type Prefix = keyof typeof PREFIXES;

/** Value of `dynamodb:LeadingKeys` that covers a prefix. */
export const leadingKey = (prefix: Prefix): string => join(PREFIXES[prefix], '*');

/** Which prefix a partition key belongs to; undefined for a key nobody owns. */
export const prefixOf = (pk: string): Prefix | undefined => {
  const head = pk.split('#', 1)[0];
  return (Object.keys(PREFIXES) as Prefix[]).find((name) => PREFIXES[name] === head);
};

const SLOT_META = 'META';
const PROFILE = 'PROFILE';
const DONATION = 'DONATION';
const WAIT_ENTRY = 'ENTRY';
const CALLABLE_AT = 'AT';
const CALLED_BY = 'CALL';
/** Stands for a time in the id of a wait for any time that day. */
const ANY_TIME = 'any';
const SEAT = 'SEAT';
/** In capitals: roles, which are not, can be read without it. */
const FACTOR_SESSION = 'SESSION';

export const keys = {
  profile: (personId: string): Key => ({ pk: join(PREFIXES.person, personId), sk: PROFILE }),
  linked: (personId: string, subject: string): Key => ({
    pk: join(PREFIXES.person, personId),
    sk: join('SUB', subject),
  }),
  /** That the station knew the person before opening, under a `donorRef` of this digest. */
  knownAs: (personId: string, digest: string): Key => ({
    pk: join(PREFIXES.person, personId),
    sk: join('REF', digest),
  }),
  lock: (personId: string): Key => ({ pk: join(PREFIXES.lock, personId), sk: 'LOCK' }),
  role: (personId: string, role: string, scope: string): Key => ({
    pk: join(PREFIXES.role, personId),
    sk: join(role, scope),
  }),
  /** Beside the roles, so that one read tells both; `digest`: of token subject and browser, see people.ts. */
  factorSession: (personId: string, digest: string): Key => ({
    pk: join(PREFIXES.role, personId),
    sk: join(FACTOR_SESSION, digest),
  }),
  /** Every change of a person's roles moves this item's version. */
  roleBook: (personId: string): Key => ({ pk: join(PREFIXES.roleBook, personId), sk: 'BOOK' }),
  /** `digest`: base64url SHA-256 of issuer and subject. */
  subject: (digest: string): Key => ({ pk: join(PREFIXES.subject, digest), sk: 'SUB' }),
  /** Two people may share a number: one item each. */
  phone: (phone: string, personId: string): Key => ({ pk: join(PREFIXES.phone, phone), sk: personId }),
  /** `digest`: of a name and a birth date, see people.ts. */
  named: (digest: string): Key => ({ pk: join(PREFIXES.named, digest), sk: 'NAMED' }),
  site: (siteId: string): Key => ({ pk: join(PREFIXES.site, 'ALL'), sk: siteId }),
  /** Sorts by the local date from which it holds. */
  siteSchedule: (siteId: string, effectiveFrom: string): Key => ({
    pk: join(PREFIXES.siteSchedule, siteId),
    sk: effectiveFrom,
  }),
  slot: (slotId: string): Key => ({ pk: slotPartition(slotId), sk: join(slotSort(slotId), SLOT_META) }),
  pool: (slotId: string, k: number): Key => ({
    pk: slotPartition(slotId),
    sk: join(slotSort(slotId), 'POOL', pad(k, 3)),
  }),
  booking: (bookingId: string): Key => {
    const { personId, suffix } = splitBookingId(bookingId);
    return { pk: join(PREFIXES.booking, personId), sk: suffix };
  },
  /** Sorts by date, then DIN. */
  donation: (personId: string, date: string, din: string): Key => ({
    pk: join(PREFIXES.donation, personId),
    sk: join(date, din),
  }),
  /** `code`: long and random, so that it is its own permission. */
  proof: (code: string): Key => ({ pk: join(PREFIXES.proof, code), sk: 'PROOF' }),
  din: (din: string): Key => ({ pk: join(PREFIXES.din, din), sk: DONATION }),
  unit: (din: string, unitId: string): Key => ({ pk: join(PREFIXES.din, din), sk: join('UNIT', unitId) }),
  unitStep: (din: string, unitId: string, version: number): Key => ({
    pk: join(PREFIXES.din, din),
    sk: join('STEP', unitId, pad(version, 6)),
  }),
  correction: (din: string, correctionId: string): Key => ({
    pk: join(PREFIXES.din, din),
    sk: join('CORRECTION', correctionId),
  }),
  message: (personId: string, messageId: string): Key => ({ pk: join(PREFIXES.message, personId), sk: messageId }),
  event: (eventId: string): Key => ({ pk: join(PREFIXES.event, eventId), sk: 'EVENT' }),
  organisation: (organisationId: string): Key => ({ pk: join(PREFIXES.organisation, 'ALL'), sk: organisationId }),
  eventNote: (eventId: string, noteId: string): Key => ({ pk: join(PREFIXES.eventNote, eventId), sk: noteId }),
  eventChange: (changeId: string): Key => ({ pk: join(PREFIXES.eventChange, changeId), sk: 'CHANGE' }),
  series: (seriesId: string): Key => ({ pk: join(PREFIXES.series, seriesId), sk: 'SERIES' }),
  cohost: (organisationId: string, eventId: string): Key => ({
    pk: join(PREFIXES.cohost, organisationId),
    sk: eventId,
  }),
  /** The event whose volunteers a site's donation slots of a local date rest on: one a day. */
  drive: (siteId: string, date: string): Key => ({ pk: join(PREFIXES.drive, siteId), sk: date }),
  /** `scope`: what was read, e.g. a site or an event; one partition a local date. */
  audit: (scope: string, date: string, at: string, id: string): Key => ({
    pk: join(PREFIXES.audit, scope, date),
    sk: join(at, id),
  }),
  job: (name: string): Key => ({ pk: join(PREFIXES.job, name), sk: 'STATE' }),
  /** Counters of texts: per month for the deployment, per local day for a person. */
  budget: (scope: string, period: string): Key => ({ pk: join(PREFIXES.budget, scope), sk: period }),
  erasure: (personId: string): Key => ({ pk: join(PREFIXES.erasing, 'ALL'), sk: personId }),
  identity: (personId: string): Key => ({ pk: join(PREFIXES.identity, personId), sk: 'IDENTITY' }),
  tries: (phone: string): Key => ({ pk: join(PREFIXES.tries, phone), sk: 'TRIES' }),
  /** How often somebody has tried their second factor today. */
  factorTries: (personId: string): Key => ({ pk: join(PREFIXES.tries, personId), sk: 'FACTOR' }),
  /** How often a number was asked today to agree for somebody who is not of age. */
  guardianTries: (phone: string): Key => ({ pk: join(PREFIXES.tries, phone), sk: 'GUARDIAN' }),
  /** How many numbers an organiser has looked up today. */
  lookupTries: (personId: string): Key => ({ pk: join(PREFIXES.tries, personId), sk: 'LOOKUP' }),
  station: (stationId: string): Key => ({ pk: join(PREFIXES.station, stationId), sk: 'STATION' }),
  /** Somebody who is signed in at a shared station. */
  seat: (stationId: string, personId: string): Key => ({
    pk: join(PREFIXES.station, stationId),
    sk: join(SEAT, personId),
  }),
  factor: (personId: string): Key => ({ pk: join(PREFIXES.factor, personId), sk: 'FACTOR' }),
  sealed: (personId: string): Key => ({ pk: join(PREFIXES.sealed, personId), sk: 'SEALED' }),
  /** One wait a person for a slot, or for any time of a day: see waitId. */
  wait: (waitId: string, personId: string): Key => {
    const { containerId, date, time, code } = slotParts(waitId);
    return { pk: partitions.waits(containerId, date), sk: join(WAIT_ENTRY, time, code, personId) };
  },
  /** A site's or event's waiting list of a local date: everything that happens in it moves this item's version. */
  waitLine: (containerId: string, date: string): Key => ({ pk: partitions.waits(containerId, date), sk: 'LINE' }),
  /** The short code of an offer, by which staff find it for a caller. */
  offerCode: (containerId: string, code: string): Key => ({ pk: join(PREFIXES.offerCode, containerId), sk: code }),
  /** One a booking of a shift: that its person looks for somebody to take over. */
  cover: (eventId: string, id: string): Key => ({ pk: join(PREFIXES.cover, eventId), sk: id }),
  closure: (siteId: string, closureId: string): Key => ({ pk: join(PREFIXES.closure, siteId), sk: closureId }),
  block: (siteId: string, blockId: string): Key => ({ pk: join(PREFIXES.block, siteId), sk: blockId }),
  /** `code`: of the invitation, or the long one under which only heads are counted. */
  blockCode: (code: string): Key => ({ pk: join(PREFIXES.blockCode, code), sk: 'CODE' }),
  move: (closureId: string, bookingId: string): Key => ({ pk: join(PREFIXES.move, closureId), sk: bookingId }),
  /** The short code by which staff find the move of somebody who calls. */
  merge: (siteId: string, mergeId: string): Key => ({ pk: join(PREFIXES.merge, siteId), sk: mergeId }),
  /** Whom somebody's id leads to since their record became part of another. */
  mergedInto: (personId: string): Key => ({ pk: join(PREFIXES.merged, personId), sk: 'INTO' }),
  /** There while another record is becoming part of this one. */
  mergeUnderWay: (personId: string): Key => ({ pk: join(PREFIXES.merged, personId), sk: 'KEEPING' }),
  moveCode: (siteId: string, code: string): Key => ({ pk: join(PREFIXES.moveCode, siteId), sk: code }),
  recall: (siteId: string, recallId: string): Key => ({ pk: join(PREFIXES.recall, siteId), sk: recallId }),
  /** Sorts by donation, so that all of one are found together. */
  doubt: (siteId: string, din: string, doubtId: string): Key => ({
    pk: join(PREFIXES.doubt, siteId),
    sk: join(din, doubtId),
  }),
  /** By the month in which it was issued (UTC), then when. */
  issue: (siteId: string, issuedAt: string, din: string, unitId: string, step: number): Key => ({
    pk: partitions.issues(siteId, issuedAt.slice(0, 7)),
    sk: join(issuedAt, din, unitId, pad(step, 6)),
  }),
  recallReason: (siteId: string, recallId: string): Key => ({ pk: join(PREFIXES.recallReason, siteId), sk: recallId }),
  screening: (personId: string, at: string): Key => ({ pk: join(PREFIXES.screening, personId), sk: at }),
  /** The how-manieth word on how a donor took a donation. */
  reaction: (din: string, n: number): Key => ({ pk: join(PREFIXES.reaction, din), sk: pad(n, 4) }),
  /** What the laboratory found of a donation. */
  laboratory: (din: string): Key => ({ pk: join(PREFIXES.laboratory, din), sk: 'RESULTS' }),
  /** A person's groups, by donation. */
  bloodGroups: (personId: string): Key => ({ pk: join(PREFIXES.bloodGroups, personId), sk: 'GROUPS' }),
  /** Those that somebody has to act on stand apart from the others. */
  labAlert: (siteId: string, din: string, open: boolean): Key => ({
    pk: join(PREFIXES.labAlert, siteId),
    sk: join(open ? 'OPEN' : 'DONE', din),
  }),
  import: (siteId: string, importId: string): Key => ({
    pk: join(PREFIXES.import, siteId),
    sk: join('FILE', importId),
  }),
  /** How the columns of a site's files of a kind were read the last time. */
  fileMapping: (siteId: string, kind: string): Key => ({
    pk: join(PREFIXES.import, siteId),
    sk: join('MAPPING', kind),
  }),
  /** Rows that were refused, a piece of the file an item: `pass` is the dry run or the import itself. */
  importRefused: (importId: string, pass: string, from: number): Key => ({
    pk: join(PREFIXES.importRefused, importId),
    sk: join(pass, pad(from, 9)),
  }),
  /** What has become of a donation's units, beside those of the same site and day. */
  unitsTaken: (siteId: string, date: string, din: string): Key => ({
    pk: join(PREFIXES.unitsTaken, siteId, date),
    sk: din,
  }),
  /** That something of a day has changed since it was counted. */
  recount: (siteId: string, date: string, what: string): Key => ({
    pk: join(PREFIXES.recount, 'ALL'),
    sk: join(siteId, date, what),
  }),
  call: (siteId: string, callId: string): Key => ({ pk: join(PREFIXES.call, siteId), sk: callId }),
  /** What the short address in a call's text leads to. */
  callCode: (code: string): Key => ({ pk: join(PREFIXES.callCode, code), sk: 'CODE' }),
  /** That a site may call somebody for a procedure. All that calls know of a person is in one partition. */
  callable: (personId: string, siteId: string, procedure: string): Key => ({
    pk: join(PREFIXES.callable, personId),
    sk: join(CALLABLE_AT, siteId, procedure),
  }),
  lastCalled: (personId: string): Key => ({ pk: join(PREFIXES.callable, personId), sk: 'LAST' }),
  called: (personId: string, callId: string): Key => ({
    pk: join(PREFIXES.callable, personId),
    sk: join(CALLED_BY, callId),
  }),
  /** A shift that somebody worked. Of one with a booking, `serviceId` is the suffix of that: one record a booking. */
  service: (personId: string, serviceId: string): Key => ({ pk: join(PREFIXES.service, personId), sk: serviceId }),
  /** Who signs up for a shift of an event together. */
  team: (eventId: string, teamId: string): Key => ({ pk: join(PREFIXES.team, eventId), sk: teamId }),
  /** What somebody's guardian has said of their serving with an organisation. */
  guardian: (personId: string, organisationId: string): Key => ({
    pk: join(PREFIXES.guardian, personId),
    sk: organisationId,
  }),
  /** `code`: long and random, so that it is its own permission. */
  guardianCode: (code: string): Key => ({ pk: join(PREFIXES.guardianCode, code), sk: 'CODE' }),
  /** What an organiser's rotating codes of a shift are made from: see shift-codes.ts. */
  shiftCode: (eventId: string, codeId: string): Key => ({ pk: join(PREFIXES.shiftCode, eventId), sk: codeId }),
  /** Service that was added by hand, once somebody else had approved. All that is kept of a person's hours beside what was timed is in one partition. */
  hoursAdded: (personId: string, recordId: string): Key => ({
    pk: join(PREFIXES.hours, personId),
    sk: join('ADDED', recordId),
  }),
  /** The how-manieth correction of a record, timed or added. */
  hoursCorrection: (personId: string, recordId: string, n: number): Key => ({
    pk: join(PREFIXES.hours, personId),
    sk: join('CORRECTION', recordId, pad(n, 4)),
  }),
  /** Whatever is added or corrected moves this item's version. */
  hoursBook: (personId: string): Key => ({ pk: join(PREFIXES.hours, personId), sk: 'BOOK' }),
  volunteerNumber: (personId: string): Key => ({ pk: join(PREFIXES.hours, personId), sk: 'NUMBER' }),
  /** Where a person's own certificate is. */
  certified: (personId: string, certificateId: string): Key => ({
    pk: join(PREFIXES.hours, personId),
    sk: join('CERTIFICATE', certificateId),
  }),
  hoursRequest: (organisationId: string, requestId: string): Key => ({
    pk: join(PREFIXES.hoursRequest, organisationId),
    sk: requestId,
  }),
  hoursSettings: (organisationId: string): Key => ({
    pk: join(PREFIXES.hoursSettings, 'ALL'),
    sk: join('ORG', organisationId),
  }),
  starSettings: (): Key => ({ pk: join(PREFIXES.hoursSettings, 'ALL'), sk: 'STARS' }),
  /** `code`: long and random, so that it is its own permission. */
  certificate: (code: string): Key => ({ pk: join(PREFIXES.certificate, code), sk: 'CERTIFICATE' }),
  /** What a day of a site came to; `what`: its visits, or the units that were given on it. */
  figures: (siteId: string, what: string, date: string): Key => ({
    pk: join(PREFIXES.figures, siteId),
    sk: join(what, date),
  }),
  /** `digest`: keyed, of what the station's files know a donor by. */
  donorRef: (digest: string): Key => ({ pk: join(PREFIXES.donorRef, digest), sk: 'REF' }),
  deferral: (personId: string, at: string): Key => ({ pk: join(PREFIXES.deferral, personId), sk: at }),
  /** Those that somebody has to act on stand apart from the others. */
  hold: (siteId: string, din: string, open: boolean): Key => ({
    pk: join(PREFIXES.hold, siteId),
    sk: join(open ? 'OPEN' : 'DONE', din),
  }),
  /** One item for all packs, so that withdrawing a consent cannot overlook one. */
  answers: (personId: string): Key => ({ pk: join(PREFIXES.answers, personId), sk: 'ANSWERS' }),
  consent: (personId: string, purpose: string): Key => ({ pk: join(PREFIXES.consent, personId), sk: purpose }),
  elsewhere: (personId: string, declaredId: string): Key => ({
    pk: join(PREFIXES.elsewhere, personId),
    sk: declaredId,
  }),
  insured: (personId: string): Key => ({ pk: join(PREFIXES.insured, personId), sk: 'INSURED' }),
  /** `index`: the keyed digest of a document's type and number, which nobody makes without the key. */
  document: (index: string): Key => ({ pk: join(PREFIXES.document, index), sk: 'DOCUMENT' }),
  accountChange: (changeId: string): Key => ({ pk: join(PREFIXES.accountChange, 'ALL'), sk: changeId }),
  documentOf: (personId: string, index: string): Key => ({ pk: join(PREFIXES.documentOf, personId), sk: index }),
} as const;

/** Partitions that are queried whole, and the start of the sort key where only a part is. */
export const partitions = {
  linked: (personId: string) => ({ pk: join(PREFIXES.person, personId), skPrefix: join('SUB', '') }),
  knownAs: (personId: string) => ({ pk: join(PREFIXES.person, personId), skPrefix: join('REF', '') }),
  erasures: () => join(PREFIXES.erasing, 'ALL'),
  budget: (personId: string) => join(PREFIXES.budget, personId),
  /** A person's roles, and where they have shown their second factor. */
  roles: (personId: string) => join(PREFIXES.role, personId),
  /** The roles alone. */
  held: (personId: string) => ({ pk: join(PREFIXES.role, personId), skBetween: ['a', '~'] as const }),
  factorSessions: (personId: string) => ({ pk: join(PREFIXES.role, personId), skPrefix: join(FACTOR_SESSION, '') }),
  factor: (personId: string) => join(PREFIXES.factor, personId),
  seats: (stationId: string) => ({ pk: join(PREFIXES.station, stationId), skPrefix: join(SEAT, '') }),
  phones: (phone: string) => join(PREFIXES.phone, phone),
  sites: () => join(PREFIXES.site, 'ALL'),
  siteSchedules: (siteId: string) => join(PREFIXES.siteSchedule, siteId),
  day: (containerId: string, date: string) => join(PREFIXES.day, containerId, date),
  slotItems: (slotId: string) => ({ pk: slotPartition(slotId), skPrefix: join(slotSort(slotId), '') }),
  organisations: () => join(PREFIXES.organisation, 'ALL'),
  cohosted: (organisationId: string) => join(PREFIXES.cohost, organisationId),
  bookings: (personId: string) => join(PREFIXES.booking, personId),
  donations: (personId: string) => join(PREFIXES.donation, personId),
  chain: (din: string) => join(PREFIXES.din, din),
  messages: (personId: string) => join(PREFIXES.message, personId),
  waits: (containerId: string, date: string) => join(PREFIXES.wait, containerId, date),
  covers: (eventId: string) => join(PREFIXES.cover, eventId),
  guardians: (personId: string) => join(PREFIXES.guardian, personId),
  teams: (eventId: string) => join(PREFIXES.team, eventId),
  closures: (siteId: string) => join(PREFIXES.closure, siteId),
  drives: (siteId: string) => join(PREFIXES.drive, siteId),
  blocks: (siteId: string) => join(PREFIXES.block, siteId),
  moves: (closureId: string) => join(PREFIXES.move, closureId),
  audit: (scope: string, date: string) => join(PREFIXES.audit, scope, date),
  merges: (siteId: string) => join(PREFIXES.merge, siteId),
  recalls: (siteId: string) => join(PREFIXES.recall, siteId),
  issues: (siteId: string, month: string) => join(PREFIXES.issue, siteId, month),
  /** What is doubtful of one donation. */
  doubts: (siteId: string, din: string) => ({ pk: join(PREFIXES.doubt, siteId), skPrefix: join(din, '') }),
  /** A person's donations of these dates. */
  donationsBetween: (personId: string, from: string, to: string) => ({
    pk: join(PREFIXES.donation, personId),
    skBetween: [from, `${join(to, '')}~`] as const,
  }),
  screenings: (personId: string) => join(PREFIXES.screening, personId),
  importRefused: (importId: string, pass: string) => ({
    pk: join(PREFIXES.importRefused, importId),
    skPrefix: join(pass, ''),
  }),
  /** A person's donations of one date. */
  donationsOn: (personId: string, date: string) => ({
    pk: join(PREFIXES.donation, personId),
    skPrefix: join(date, ''),
  }),
  deferrals: (personId: string) => join(PREFIXES.deferral, personId),
  holds: (siteId: string, open: boolean) => ({
    pk: join(PREFIXES.hold, siteId),
    skPrefix: join(open ? 'OPEN' : 'DONE', ''),
  }),
  reactions: (din: string) => join(PREFIXES.reaction, din),
  labAlerts: (siteId: string, open: boolean) => ({
    pk: join(PREFIXES.labAlert, siteId),
    skPrefix: join(open ? 'OPEN' : 'DONE', ''),
  }),
  answers: (personId: string) => join(PREFIXES.answers, personId),
  consents: (personId: string) => join(PREFIXES.consent, personId),
  elsewhere: (personId: string) => join(PREFIXES.elsewhere, personId),
  accountChanges: () => join(PREFIXES.accountChange, 'ALL'),
  insured: (personId: string) => join(PREFIXES.insured, personId),
  documentsOf: (personId: string) => join(PREFIXES.documentOf, personId),
  unitsTaken: (siteId: string, date: string) => join(PREFIXES.unitsTaken, siteId, date),
  recounts: () => join(PREFIXES.recount, 'ALL'),
  calls: (siteId: string) => join(PREFIXES.call, siteId),
  service: (personId: string) => join(PREFIXES.service, personId),
  hours: (personId: string) => join(PREFIXES.hours, personId),
  callable: (personId: string) => join(PREFIXES.callable, personId),
  callableAt: (personId: string) => ({ pk: join(PREFIXES.callable, personId), skPrefix: join(CALLABLE_AT, '') }),
  /** A site's counted days of these dates. */
  figures: (siteId: string, what: string, from: string, to: string) => ({
    pk: join(PREFIXES.figures, siteId),
    skBetween: [join(what, from), join(what, to)] as const,
  }),
} as const;

/** Index partitions. `gsi1` and `gsi2` are generic; which item uses which is in items/. */
export const indexes = {
  /** gsi1 of a booking: a site's or event's roster of a local date, by start. */
  roster: (containerId: string, date: string) => join(PREFIXES.roster, containerId, date),
  rosterSort: (startsAt: string, bookingId: string) => join(startsAt, bookingId),
  /** gsi1 of a role: everybody who has one, by role and what it is of. */
  holders: () => join(PREFIXES.holders, 'ALL'),
  holdersSort: (role: string, scope: string, personId: string) => join(role, scope, personId),
  /** The start of the sort of everybody with a role. */
  holdersOf: (role: string) => join(role, ''),
  /** gsi1 of a DIN item: donations taken at a site on a local date. */
  donated: (siteId: string, date: string) => join(PREFIXES.donated, siteId, date),
  donatedSort: (collectedAt: string, din: string) => join(collectedAt, din),
  /** gsi1 of a message: a person's ledger, by when it is due or when it was stopped. */
  ledger: (personId: string) => join(PREFIXES.ledger, personId),
  /** gsi2 of a message while it waits: the minute it is due, spread over shards. */
  due: (minute: string, shard: number) => join(PREFIXES.due, minute, shard),
  /** gsi2 of a message that failed or is uncertain, by month. */
  problem: (month: string) => join(PREFIXES.problem, month),
  /** Sort of a message in any of the three: by an instant (due, stopped, problem), then its id. */
  messageSort: (at: string, messageId: string) => join(at, messageId),
  /** gsi1 of a published event, by end. */
  published: () => join(PREFIXES.published, 'ALL'),
  /** gsi2 of an event: its organisation's list. */
  organisationEvents: (organisationId: string) => join(PREFIXES.organisationEvents, organisationId),
  /** gsi1 of an event being cancelled: what the resumable job still has to finish. */
  cancelling: () => join(PREFIXES.cancelling, 'ALL'),
  /** gsi1 of a series while its events are being made. */
  making: () => join(PREFIXES.making, 'ALL'),
  makingSort: (at: string, seriesId: string) => join(at, seriesId),
  /** gsi1 of a change of events while its job has something left to do. */
  changing: () => join(PREFIXES.changing, 'ALL'),
  changingSort: (at: string, changeId: string) => join(at, changeId),
  /** gsi1 of an organiser's note while some have yet to be told. */
  telling: () => join(PREFIXES.telling, 'ALL'),
  tellingSort: (at: string, noteId: string) => join(at, noteId),
  /** gsi1 of a wait: a person's waits, by joining. */
  waiter: (personId: string) => join(PREFIXES.waiter, personId),
  waiterSort: (joinedAt: string, waitId: string) => join(joinedAt, waitId),
  /** gsi2 of a waiting list while there is something to do in it: by the instant at which. */
  waitDue: () => join(PREFIXES.waitDue, 'ALL'),
  waitDueSort: (at: string, containerId: string, date: string) => join(at, containerId, date),
  /** gsi1 of a closure while its job has something left to do. */
  applying: () => join(PREFIXES.applying, 'ALL'),
  applyingSort: (at: string, closureId: string) => join(at, closureId),
  /** gsi1 of a team while somebody has yet to say yes: by when that ends. */
  teamDue: () => join(PREFIXES.teamDue, 'ALL'),
  teamDueSort: (at: string, teamId: string) => join(at, teamId),
  /** gsi2 of a team: its lead's, by the shift's beginning. */
  ledTeams: (personId: string) => join(PREFIXES.ledTeams, personId),
  ledTeamsSort: (startsAt: string, teamId: string) => join(startsAt, teamId),
  /** gsi1 of a block while there is something left to do: by the instant at which. */
  blockDue: () => join(PREFIXES.blockDue, 'ALL'),
  blockDueSort: (at: string, blockId: string) => join(at, blockId),
  /** gsi1 of an import while there is something left to do. */
  importing: () => join(PREFIXES.importing, 'ALL'),
  /** gsi1 of an import that waits for staff, by when its upload is deleted. */
  importKept: () => join(PREFIXES.importing, 'KEPT'),
  /** gsi2 of an import: a site's, by when they were begun. */
  imported: (siteId: string) => join(PREFIXES.imported, siteId),
  /** Sort of an import in either. */
  importSort: (at: string, importId: string) => join(at, importId),
  /** gsi1 of a move: a person's moves, by when. */
  moved: (personId: string) => join(PREFIXES.moved, personId),
  movedSort: (at: string, closureId: string) => join(at, closureId),
  /** gsi1 of a recall while its job has something left to do. */
  recalling: () => join(PREFIXES.recalling, 'ALL'),
  recallingSort: (at: string, recallId: string) => join(at, recallId),
  /** gsi1 of a call while people are asked: by when the next are. */
  calling: () => join(PREFIXES.calling, 'ALL'),
  callingSort: (at: string, callId: string) => join(at, callId),
  /** gsi1 of whoever a site may call for a procedure: by the date from which they may give. */
  reach: (siteId: string, procedure: string) => join(PREFIXES.reach, siteId, procedure),
  reachSort: (from: string, personId: string) => join(from, personId),
  /** Everybody who may give by a date. */
  reachedBy: (date: string) => ['0', `${join(date, '')}~`] as const,
  /** gsi1 of whoever a call has asked, by when. */
  asked: (callId: string) => join(PREFIXES.asked, callId),
  askedSort: (at: string, personId: string) => join(at, personId),
  /** gsi2 of a booking while a volunteer is here: by when a rule closes it, should nobody check them out. */
  attending: () => join(PREFIXES.attending, 'ALL'),
  attendingSort: (at: string, bookingId: string) => join(at, bookingId),
  /** gsi1 of a record of service: its organisation's, by date. */
  served: (organisationId: string) => join(PREFIXES.served, organisationId),
  servedSort: (date: string, serviceId: string, personId: string) => join(date, serviceId, personId),
  /** All of an organisation's records between two dates. */
  servedBetween: (from: string, to: string) => [from, `${join(to, '')}~`] as const,
  /** gsi1 of a request about hours: those about a person, by when. */
  hoursAsked: (personId: string) => join(PREFIXES.hoursAsked, personId),
  /** gsi2 of a request about hours: those of an organisation that wait for somebody, or those that are decided, by when. */
  hoursStanding: (organisationId: string, open: boolean) =>
    join(PREFIXES.hoursStanding, organisationId, open ? 'OPEN' : 'DECIDED'),
  hoursSort: (at: string, requestId: string) => join(at, requestId),
  /** gsi1 of a doubt: those of a site that wait for somebody, or those that are settled, by when. */
  doubted: (siteId: string, open: boolean) => join(PREFIXES.doubted, siteId, open ? 'OPEN' : 'SETTLED'),
  doubtedSort: (at: string, din: string, doubtId: string) => join(at, din, doubtId),
  /** gsi1 of a merge while its job has something left to do. */
  joining: () => join(PREFIXES.joining, 'ALL'),
  /** Sort of an event in any of the three: by an instant (its end, its making, its cancelling), then its id. */
  eventSort: (at: string, eventId: string) => join(at, eventId),
} as const;

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/**
 * `<container>_<local date>_<local HHmm>_<code>`: made from what it names, so that generating slots twice makes them once.
 * A local time that occurs twice on a night when clocks go back takes a `b` the second time.
 */
export function slotId(containerId: string, date: string, time: string, code: string): string {
  return [containerId, date, time, code].join('_');
}

export type SlotIdParts = { containerId: string; date: string; time: string; code: string };

/** The parts of a slot id, or undefined for a string that is none. */
export function parseSlotId(id: string): SlotIdParts | undefined {
  const [containerId, date, time, code, ...rest] = id.split('_');
  if (!containerId || !date || !time || !code || rest.length > 0) return undefined;
  return { containerId, date, time, code };
}

function slotParts(id: string): SlotIdParts {
  const parts = parseSlotId(id);
  if (!parts) throw new TypeError('not a slot id');
  return parts;
}
const slotPartition = (id: string): string => {
  const { containerId, date } = slotParts(id);
  return join(PREFIXES.day, containerId, date);
};
const slotSort = (id: string): string => {
  const { time, code } = slotParts(id);
  return join('SLOT', time, code);
};

/** Id of a wait, the same for everyone who waits for it: the slot's own id, or for any time that day one like a slot's. */
export const waitId = (
  slot: { slotId: string; containerId: string; date: string; procedure?: string },
  anyTime: boolean,
): string => (anyTime ? slotId(slot.containerId, slot.date, ANY_TIME, slot.procedure ?? 'shift') : slot.slotId);

/** Whether a sort key in a day's partition is a slot's own item (true) or one of its pools. */
export const isSlotMeta = (sk: string): boolean => sk.endsWith(join('', SLOT_META));

/** `<person>_<suffix>`: staff who hold a booking's id can reach it without an index. */
export const bookingId = (personId: string, suffix: string): string => `${personId}_${suffix}`;

/** Throws on a string that is not a booking id; the contract has already refused those. */
export function splitBookingId(id: string): { personId: string; suffix: string } {
  const at = id.lastIndexOf('_');
  if (at < 1) throw new TypeError('not a booking id');
  return { personId: id.slice(0, at), suffix: id.slice(at + 1) };
}

/** Id of a message: deterministic in what it announces, so that announcing twice makes one. */
export const messageId = (template: string, subject: string, version: number | string): string =>
  [template, subject, version].join('.');

export const isMessageOf = (template: MessageTemplate, { messageId: id }: { messageId: string }): boolean =>
  id.startsWith(messageId(template, '', '').slice(0, -1));

/** What a changed item of the table's stream is, by its key alone; undefined for kinds that announce nothing. */
export function announcedKey({ pk, sk }: Key): AnnouncedKey | undefined {
  const id = pk.slice(pk.indexOf('#') + 1);
  const prefix = prefixOf(pk);
  if (prefix === 'booking') return { kind: 'booking', bookingId: bookingId(id, sk) };
  if (prefix === 'message') return { kind: 'message', personId: id, messageId: sk };
  if (prefix === 'event') return { kind: 'event', eventId: id };
  if (prefix === 'series') return { kind: 'series', seriesId: id };
  if (prefix === 'eventNote') return { kind: 'event-note', eventId: id, noteId: sk };
  if (prefix === 'hoursRequest') return { kind: 'hours-request', organisationId: id, requestId: sk };
  if (prefix === 'eventChange') return { kind: 'event-change', changeId: id };
  if (prefix === 'closure') return { kind: 'closure', siteId: id, closureId: sk };
  if (prefix === 'lock') return { kind: 'lock', personId: id };
  if (prefix === 'person' && sk === PROFILE) return { kind: 'profile', personId: id };
  if (prefix === 'wait') {
    const [containerId = '', date = ''] = id.split('#');
    const [entry, time = '', code = '', personId = ''] = sk.split('#');
    if (entry !== WAIT_ENTRY) return { kind: 'line', containerId, date };
    return { kind: 'wait', containerId, date, waitId: slotId(containerId, date, time, code), personId };
  }
  if (prefix === 'day' && isSlotMeta(sk)) {
    const [containerId = '', date = ''] = id.split('#');
    return { kind: 'line', containerId, date };
  }
  if (prefix === 'din' && sk.startsWith(join('UNIT', ''))) return { kind: 'unit', din: id };
  if (prefix === 'din' && sk === DONATION) return { kind: 'donation', din: id };
  if (prefix === 'callable' && sk.startsWith(join(CALLED_BY, '')))
    return { kind: 'called', personId: id, callId: sk.slice(join(CALLED_BY, '').length) };
  // What was said of a doubt decides whether the text about a use goes.
  if (prefix === 'doubt') return { kind: 'unit', din: sk.split('#', 1)[0] ?? '' };
  return undefined;
}
export type AnnouncedKey =
  | { readonly kind: 'booking'; readonly bookingId: string }
  | { readonly kind: 'message'; readonly personId: string; readonly messageId: string }
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'series'; readonly seriesId: string }
  | { readonly kind: 'event-change'; readonly changeId: string }
  | { readonly kind: 'event-note'; readonly eventId: string; readonly noteId: string }
  | { readonly kind: 'hours-request'; readonly organisationId: string; readonly requestId: string }
  | { readonly kind: 'closure'; readonly siteId: string; readonly closureId: string }
  | { readonly kind: 'lock' | 'profile'; readonly personId: string }
  /** A waiting list, or a slot that one may be for. */
  | { readonly kind: 'line'; readonly containerId: string; readonly date: string }
  | {
      readonly kind: 'wait';
      readonly containerId: string;
      readonly date: string;
      readonly waitId: string;
      readonly personId: string;
    }
  | { readonly kind: 'unit' | 'donation'; readonly din: string }
  | { readonly kind: 'called'; readonly personId: string; readonly callId: string };

/** The donation number a message about a use is bound to a unit of; undefined for one bound to anything else. */
export function dinOfBound(pk: string): string | undefined {
  return prefixOf(pk) === 'din' ? pk.slice(pk.indexOf('#') + 1) : undefined;
}
