/**
 * What is stored, one type an item kind, without its key (keys.ts makes those). A new kind gets its row in ../personal.ts, which says
 * what erasing a person does with it and where their export shows it; a test fails until then. Times are UTC instants with milliseconds,
 * `date` is a local date in `zone`. `version` starts at 1 and grows by one with every write that depends on what was read.
 */
import type { BlockedTime, SlotBlock } from '../../domain/blocks.ts';
import type { BookingStep } from '../../domain/booking-states.ts';
import type { CallSettings } from '../../domain/calls.ts';
import type { Closing } from '../../domain/closures.ts';
import type { EventInput } from '../../domain/events.ts';
import type { Cell, ReasonCount, StockCount, UnitNow, UseCount } from '../../domain/figures.ts';
import type { ColumnMeaning, FileField, FileKind } from '../../domain/files/fields.ts';
import type { RowFault } from '../../domain/files/rows.ts';
import type { Issue } from '../../domain/hospital-reports.ts';
import type { ExportColumn } from '../../domain/hours-export.ts';
import type { BloodGroup, LabEntry } from '../../domain/laboratory.ts';
import type { PrecheckAnswer } from '../../domain/precheck.ts';
import type { ReminderSettings } from '../../domain/reminders.ts';
import type { Measures } from '../../domain/screening.ts';
import type { Attendance } from '../../domain/service.ts';
import type { SiteSchedule } from '../../domain/site-schedule.ts';
import type { AtStation } from '../../domain/station.ts';
import type { Evidence } from '../../domain/supervision.ts';
import type { UnitSettings } from '../../domain/unit-settings.ts';
import type {
  AboGroup,
  AccountChange,
  AccountChangeStatus,
  AgainWish,
  ArrivalKey,
  BookingStatus,
  CallStatus,
  CancelCause,
  ClosureReason,
  ClosureStatus,
  CohostStatus,
  Component,
  ConsentPurpose,
  DocumentType,
  DoubtKind,
  DoubtStatus,
  DoubtVerdict,
  DoubtWhy,
  DriveStatus,
  EventStatus,
  GuardianRelation,
  GuardianStatus,
  ImportFault,
  ImportStatus,
  Instant,
  Language,
  LocalDate,
  Localized,
  MergeStatus,
  MessageStatus,
  MessageTemplate,
  NoteAudience,
  Procedure,
  Qualification,
  ReactionGrade,
  ReactionKind,
  RecallReason,
  RecallStatus,
  RepeatRule,
  RhdType,
  Role,
  ServiceCategory,
  ServiceWay,
  Sex,
  SlotKind,
  SlotStatus,
  StepWay,
  TeamSeatStatus,
  UnitAction,
  UnitNote,
  UnitStage,
  WaitStatus,
} from '../../domain/vocabulary.ts';

/**
 * The last mutations an item accepted, newest last, at most four: digest of the caller's Idempotency-Key and of the input.
 * A repeat of one answers as the first did; the same key with other input is refused.
 */
export type Accepted = { readonly key: string; readonly input: string };

/** keys.profile */
export type ProfileItem = {
  kind: 'profile';
  personId: string;
  /** Absent: somebody without one, whom the station has put on record and finds by name and birth date. */
  phone?: string;
  /** Under which name and birth date the station finds them: keys.named. */
  named?: string;
  language: Language;
  name?: string;
  birthDate?: LocalDate;
  sex?: Sex;
  weightKg?: number;
  wantsExtendedAge: boolean;
  mutedTemplates: MessageTemplate[];
  /** Absent: not asked for. */
  tellAgain?: AgainWish;
  /** For what, and by which sites, they have agreed to be called when there is too little blood, and when; absent: for nothing. */
  callWish?: AgainWish;
  callSites?: string[];
  callWishAt?: Instant;
  /** Pages in large type. */
  largeType?: boolean;
  /** The last four of an identity number are on record: keys.identity. */
  secondFact?: true;
  createdAt: Instant;
  /** When the person was last here themselves, to within a week; kept beside the version. */
  seenAt?: Instant;
  /** When somebody else began anew with this number. */
  doubtedAt?: Instant;
  accepted: Accepted[];
  version: number;
};

/**
 * keys.lock: everything a booking decides on, at most 1 KB, apart from the profile. Its lists are packed into strings;
 * lock.ts is the only code that packs and unpacks them.
 */
export type LockItem = {
  kind: 'lock';
  personId: string;
  status: 'active' | 'inactive';
  commitments: string[];
  donations: string[];
  birthDate?: LocalDate;
  sex?: Sex;
  weightKg?: number;
  repeatDonor: boolean;
  reactionRecorded: boolean;
  wantsExtendedAge: boolean;
  deferredUntil?: LocalDate;
  deferredUntilFor?: Partial<Record<Procedure, LocalDate>>;
  deferredPermanently?: boolean;
  /** Donations declared to have been made elsewhere, packed as `donations` are. */
  elsewhere?: string[];
  /** Waits from the person's own answers, a packed string a pack. */
  declared?: Record<string, string>;
  /** Skills and trainings, packed. */
  qualifications?: string[];
  /** Organisations that a guardian has agreed to. */
  guardianFor?: string[];
  version: number;
};

/** keys.role. gsi1: everybody who has one. */
export type RoleItem = {
  kind: 'role';
  personId: string;
  role: Role;
  /** Site of staff, organisation of an organiser, `ALL` otherwise. */
  scope: string;
  /** When an admin gave it, and which; absent: it was written by an operator. */
  since?: Instant;
  by?: string;
  gsi1pk?: string;
  gsi1sk?: string;
};

/**
 * keys.factorSession: that somebody has shown their second factor in one browser, and until when that holds. It is read with
 * the roles at each request, and ends at once when it is deleted.
 */
export type FactorSessionItem = {
  kind: 'factor-session';
  personId: string;
  session: string;
  until: Instant;
  /** At a shared station. */
  station?: AtStation;
};

/** keys.station, in the private table: a browser that several people of a site use in turn. */
export type StationItem = {
  kind: 'station';
  stationId: string;
  siteId: string;
  zone: string;
  /** Digests of the key that its browser keeps, and of the one by which the browser is known. */
  key: string;
  device: string;
  /** For whom it is unlocked, or was last. */
  open?: { readonly personId: string; readonly session: string };
  madeBy: string;
  madeAt: Instant;
  accepted: Accepted[];
  version: number;
};

/** keys.seat, in the private table: somebody who has signed in at a station with both factors, and unlocks it with a PIN since. */
export type SeatItem = {
  kind: 'seat';
  stationId: string;
  personId: string;
  session: string;
  /** Keyed digest. */
  pin: string;
  /** What their browser's part of it is encrypted under; told when they unlock. */
  sealed: SealedText;
  until: Instant;
  wrong: number;
  accepted: Accepted[];
  version: number;
};

/** keys.factor, in the private table: the secret of somebody's authenticator, sealed, and one that they have yet to confirm. */
export type FactorItem = {
  kind: 'factor';
  personId: string;
  live?: {
    sealed: SealedText;
    since: Instant;
    /** The last step whose code was taken: neither it nor one before it is taken again. */
    lastStep: number;
  };
  pending?: { sealed: SealedText; until: Instant };
  accepted: Accepted[];
  version: number;
};

/** keys.roleBook: moves with every change of a person's roles, so that what rests on them rests on this. */
export type RoleBookItem = { kind: 'role-book'; personId: string; accepted: Accepted[]; version: number };

/**
 * keys.accountChange, in the private table: what would let somebody with a role in otherwise, until another admin has said yes.
 * What is to be written is forgotten once that is decided, all of it in the end.
 */
export type AccountChangeItem = {
  kind: 'account-change';
  changeId: string;
  what: AccountChange;
  personId: string;
  /** Of a move: the new number, the last four of the old one, and the others of the new one who were shown. */
  phone?: string;
  was?: string;
  besides?: string[];
  /** Of a second fact: the birth date, and the keyed digest of the last four. */
  birthDate?: LocalDate;
  lastFour?: string;
  /** The last four of the new number stay, to say what was decided. */
  phoneLast4?: string;
  knownBy: 'document' | 'known';
  reason: string;
  askedBy: string;
  askedAt: Instant;
  until: Instant;
  status: AccountChangeStatus;
  decidedBy?: string;
  decidedAt?: Instant;
  accepted: Accepted[];
  version: number;
};

/** keys.subject: who is meant when this subject calls, by the device it calls from. */
export type SubjectItem = {
  kind: 'subject';
  /** Whom a call without a device means. Only the local deployment makes such links, for its tokens: see docs/adr/0016. */
  personId?: string;
  devices: LinkedDevice[];
  version: number;
};
/** A browser on which somebody said who they are; `device` is the digest of the key that it keeps. */
export type LinkedDevice = { readonly device: string; readonly personId: string; readonly seenAt: Instant };
/** keys.linked: the other way round, so that a person's links can be found. */
export type LinkedItem = { kind: 'linked'; personId: string; subject: string };
/** keys.phone */
export type PhoneItem = { kind: 'phone'; personId: string };

/** keys.named: people without a phone by name and birth date, of which the key says nothing. */
export type NamedItem = { kind: 'named'; people: string[]; version: number };

/** keys.site */
export type SiteItem = {
  kind: 'site';
  siteId: string;
  name: Localized;
  siteKind: 'centre' | 'room' | 'bus';
  district: Localized;
  address: Localized;
  phone: string;
  zone: string;
  procedures: Procedure[];
  pack: string;
  cutoffMinutes: number;
  /** After how many minutes untouched its shared stations lock; absent: LOCK_MINUTES. */
  lockMinutes?: number;
  /** Validator of donation numbers: ISBT 128, or the station's own opaque 献血码. */
  dinScheme: 'isbt128' | 'opaque';
  /** Absent: as everywhere (REMINDERS). */
  reminders?: ReminderSettings;
  /** How long the text about a use waits for a correction; absent: as the deployment has it. */
  usedHoldMinutes?: number;
  /** When its staff last changed settings: what rests on them is brought in line some minutes later. */
  settingsAt?: Instant;
  /** Changes of its settings that staff made. */
  accepted?: Accepted[];
  /** Absent: nobody has changed its settings. */
  version?: number;
  /** Whether a donation needs a screening recorded here; absent: it does. `paper`: the station keeps them elsewhere. */
  screening?: 'required' | 'paper';
  /** Whether a unit needs its donation's test results recorded here before it is released; absent: it does. `elsewhere`: the station keeps them elsewhere. */
  laboratory?: 'required' | 'elsewhere';
  /** How it follows its units; absent: as UNIT_SETTINGS has it. Its own `version`, so that one page's change fails no other's. */
  units?: UnitSettings & { accepted: Accepted[]; version: number };
  /** How it calls donors when it is short; absent: as CALL_SETTINGS has it. */
  calls?: CallSettings & { accepted: Accepted[]; version: number };
};

/** keys.siteSchedule: from which the site's slots are made. */
export type SiteScheduleItem = SiteSchedule & {
  kind: 'site-schedule';
  siteId: string;
  /** Slots that it no longer has may still be there: the next making of slots looks. */
  unsettled?: true;
  accepted?: Accepted[];
  /** Absent: nobody has changed it. */
  version?: number;
};

/** keys.slot. Start, end and place never change once booked. */
export type SlotItem = {
  kind: 'slot';
  slotId: string;
  slotKind: SlotKind;
  /** Site of a donation slot, event of a shift. */
  containerId: string;
  place: Localized;
  address: Localized;
  procedure?: Procedure;
  /** Policy pack of a donation slot. */
  pack?: string;
  shiftId?: string;
  role?: Localized;
  minAge?: number;
  maxAge?: number;
  needs?: readonly Qualification[];
  /** Of a shift: as its event has it. */
  organisationId?: string;
  restMinutes?: number;
  mostShifts?: number;
  /** When a shift's places can first be had, and when no longer. */
  opensAt?: Instant;
  closesAt?: Instant;
  startsAt: Instant;
  endsAt: Instant;
  date: LocalDate;
  zone: string;
  places: number;
  pools: number;
  cutoffMinutes: number;
  status: SlotStatus;
  stop?: Localized;
  /** Changes of its places that staff made. */
  accepted?: Accepted[];
  /** Kept for a work unit: whoever has its code books here, and nobody else. */
  block?: SlotBlock;
  /** The closure that has closed or cut it, and how it was before. */
  closure?: { id: string; places: number; status: SlotStatus };
  version: number;
};

/** keys.block: places kept for a work unit. gsi1: while they are, or one may still come back. */
export type BlockItem = {
  kind: 'block';
  blockId: string;
  siteId: string;
  zone: string;
  /** Of the work unit. */
  unit: string;
  code: string;
  /** Under which its contact counts heads. */
  headcountCode: string;
  /** When what nobody has taken is everybody's. */
  until: Instant;
  times: (BlockedTime & { endsAt: Instant; date: LocalDate; procedure: Procedure })[];
  releasedAt?: Instant;
  by: string;
  createdAt: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
};

/** keys.blockCode: taken once. */
export type BlockCodeItem = { kind: 'block-code'; siteId: string; blockId: string; opens: 'invite' | 'headcount' };

/** keys.pool: at most 25 places of a slot. `free` is stored because a condition cannot subtract. */
export type PoolItem = {
  kind: 'pool';
  slotId: string;
  k: number;
  places: number;
  free: number;
  /** Places that came back while somebody waited: offered to them, or about to be. Absent: none. */
  held?: number;
  /** Somebody waits for a place here: what comes back is held. */
  waits?: true;
  open: boolean;
};

/**
 * keys.cover: somebody who has a place in a shift looks for another to take it over. It names nobody: the booking does, which
 * alone says whether there is still a place to take over.
 */
export type CoverItem = {
  kind: 'cover';
  eventId: string;
  bookingId: string;
  slotId: string;
  status: 'asked' | 'withdrawn' | 'taken';
  /** Whether anybody may take over who qualifies; else only whom the person sends the code. */
  open: boolean;
  code: string;
  askedAt: Instant;
  accepted: Accepted[];
  version: number;
};

/** A place that a team lead keeps for somebody they name; whoever has the code may take it. */
export type TeamSeat = {
  n: number;
  name: string;
  code: string;
  pool: number;
  status: TeamSeatStatus;
  bookingId?: string;
};

/**
 * keys.team: who signs up for a shift together. Its places are out of the pools from the beginning: each is a booking once it is
 * accepted, and goes back to others otherwise. gsi1: while somebody is asked, by when that ends; gsi2: its lead's.
 */
export type TeamItem = {
  kind: 'team';
  teamId: string;
  eventId: string;
  slotId: string;
  name: string;
  leadId: string;
  /** The lead's own place. */
  bookingId: string;
  seats: TeamSeat[];
  startsAt: Instant;
  endsAt: Instant;
  date: LocalDate;
  zone: string;
  until: Instant;
  createdAt: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
  gsi2pk: string;
  gsi2sk: string;
};

/**
 * keys.guardian: what a guardian has said of somebody who is not of age serving with an organisation, once for all its events.
 * Who the guardian is is known to both.
 */
export type GuardianItem = {
  kind: 'guardian';
  personId: string;
  organisationId: string;
  organisation: Localized;
  /** Of the event that it was first for: the dates of texts and ages are as told there. */
  zone: string;
  status: GuardianStatus;
  guardian: string;
  relation: GuardianRelation;
  /** Where they were asked, or can be reached. */
  phone?: string;
  /** What they were texted lets them answer, and say otherwise later; absent: it is on paper. */
  code?: string;
  /** When they were texted, of late. */
  asked: Instant[];
  /** When they said what stands, or an organiser noted it; and the edition of the words they were shown. */
  saidAt?: Instant;
  wording?: string;
  /** On paper: the date under it, and the organiser who has it. */
  signedOn?: LocalDate;
  notedBy?: string;
  accepted: Accepted[];
  version: number;
};

/** keys.guardianCode: of whom, and of which organisation, a guardian was asked. */
export type GuardianCodeItem = { kind: 'guardian-code'; personId: string; organisationId: string };

/** keys.wait. gsi1: the person's waits. One a person for a slot, or for any time of a day. */
export type WaitItem = {
  kind: 'wait';
  waitId: string;
  personId: string;
  status: WaitStatus;
  slotKind: SlotKind;
  containerId: string;
  place: Localized;
  address: Localized;
  procedure?: Procedure;
  role?: Localized;
  /** Absent: any time that day. */
  slotId?: string;
  /** Of the slot; of the day's first and last, for any time. */
  startsAt: Instant;
  endsAt: Instant;
  date: LocalDate;
  zone: string;
  /** Slots whose place the person gave up or let pass. */
  notSlots: string[];
  offer?: WaitOffer;
  /** Once accepted. */
  bookingId?: string;
  joinedAt: Instant;
  changedAt: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk: string;
  gsi1sk: string;
};

/** A place held for one person for a time. Kept after it has ended, for the page that says so. */
export type WaitOffer = {
  slotId: string;
  pool: number;
  startsAt: Instant;
  endsAt: Instant;
  role?: Localized;
  at: Instant;
  until: Instant;
  code: string;
};

/** keys.waitLine. gsi2: while something is to be done in it, by when. */
export type WaitLineItem = {
  kind: 'wait-line';
  containerId: string;
  date: LocalDate;
  wakeAt?: Instant;
  version: number;
  gsi2pk?: string;
  gsi2sk?: string;
};

/** keys.offerCode: taken anew once its offer is over. */
export type OfferCodeItem = { kind: 'offer-code'; waitId: string; personId: string; until: Instant };

/** keys.booking. gsi1: roster. At most 1 KB with its index entry. */
export type BookingItem = {
  kind: 'booking';
  bookingId: string;
  personId: string;
  slotId: string;
  slotKind: SlotKind;
  containerId: string;
  /** Which pool the place came from; the place goes back there. */
  pool: number;
  place: Localized;
  address: Localized;
  procedure?: Procedure;
  shiftId?: string;
  role?: Localized;
  startsAt: Instant;
  endsAt: Instant;
  date: LocalDate;
  zone: string;
  cutoffMinutes: number;
  status: BookingStatus;
  cancelCause?: CancelCause;
  din?: string;
  /** When a screening was passed; its figures are known to the private table alone. */
  screenedAt?: Instant;
  /** By what its person was known when they came. */
  knownBy?: ArrivalKey;
  /** It came from another record of its person, at this version: of that, nobody is told. */
  carried?: number;
  /** Whose it was before that, the first of them: their pass is read for it still. */
  carriedFrom?: string;
  firstTime: boolean;
  /** The team it came with. */
  team?: { id: string; name: string };
  /** Who of the station made it; absent: its person. */
  bookedBy?: string;
  /** Made for somebody who was at the door. */
  walkIn?: true;
  /** Its present place, or its end, comes of a closure: when it was to be, when its person is told, and until when they are asked. */
  closure?: { id: string; was: Instant; tellAt: Instant; until?: Instant; code?: string };
  /** Its day was on paper and entered later: when, and by whom. */
  late?: { at: Instant; by: string };
  /** What the station did with it last; absent: nothing since it was booked, moved or given up by its person. */
  step?: BookingStep;
  /** Of a shift: when its volunteer came and went, and how that is known. gsi2: while they are here. */
  attended?: Attendance;
  createdAt: Instant;
  changedAt: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk: string;
  gsi1sk: string;
  gsi2pk?: string;
  gsi2sk?: string;
};

/**
 * keys.service: a shift that somebody worked, timed, written when they leave; what is added by hand is another kind. gsi1: its
 * organisation's, by date. `minutes` are those that count, within the shift's own time; `startedAt` and `endedAt` are as they were.
 */
export type ServiceItem = {
  kind: 'service';
  serviceId: string;
  personId: string;
  /** Who organised it, and so certifies it. */
  organisationId: string;
  eventId: string;
  shiftId: string;
  bookingId: string;
  title: Localized;
  role: Localized;
  community: Localized;
  district: Localized;
  /** The local date on which they began. */
  date: LocalDate;
  zone: string;
  startedAt: Instant;
  endedAt: Instant;
  minutes: number;
  category: ServiceCategory;
  how: { in: ServiceWay; out: ServiceWay };
  version: number;
  gsi1pk: string;
  gsi1sk: string;
};

/** keys.shiftCode: what the codes are made from that one organiser shows at one shift. Forgotten by itself. */
export type ShiftCodeItem = {
  kind: 'shift-code';
  codeId: string;
  eventId: string;
  shiftId: string;
  by: string;
  /** Never leaves the table: see shift-codes.ts. */
  seed: string;
  madeAt: Instant;
};

/** Service that somebody says was done and that nothing timed: at which event, what it comes to, and why. */
type HoursSaid = {
  requestId: string;
  personId: string;
  organisationId: string;
  eventId: string;
  bookingId: string;
  title: Localized;
  role?: Localized;
  community: Localized;
  district: Localized;
  date: LocalDate;
  zone: string;
  minutes: number;
  category: ServiceCategory;
  reason: string;
  /** The person themself, or an organiser. */
  askedBy: string;
  /** Asked for by the person as the whole of that shift, of which nothing was recorded: it counts while nothing is. */
  isWholeShift?: true;
};

/**
 * keys.hoursAdded: service added by hand. Written once, when somebody other than who asked has approved; what is put right of it
 * later is a correction. gsi1: its organisation's, by date, beside what was timed.
 */
export type HoursAddedItem = HoursSaid & {
  kind: 'hours-added';
  recordId: string;
  approvedBy: string;
  at: Instant;
  gsi1pk: string;
  gsi1sk: string;
};

/** keys.hoursCorrection: that a record, timed or added, comes to other minutes. Written once; the last one holds. gsi1: as its record. */
export type HoursCorrectionItem = {
  kind: 'hours-correction';
  of: string;
  n: number;
  personId: string;
  organisationId: string;
  was: number;
  minutes: number;
  reason: string;
  askedBy: string;
  approvedBy: string;
  requestId: string;
  at: Instant;
  gsi1pk: string;
  gsi1sk: string;
};

/** keys.hoursBook: counts what was added, corrected, certified, and recorded otherwise, so that what rests on having read it all can say so. */
export type HoursBookItem = { kind: 'hours-book'; personId: string; version: number };

/** keys.volunteerNumber: what an official volunteer platform knows the person by, as they say. */
export type VolunteerNumberItem = {
  kind: 'volunteer-number';
  personId: string;
  number: string;
  accepted: Accepted[];
  version: number;
};

/** keys.hoursRequest: that hours be added, or a record corrected, and what came of it. gsi1: the person's; gsi2: the organisation's, open or decided. */
export type HoursRequestItem = HoursSaid & {
  kind: 'hours-request';
  /** Of a correction: of which record, and what that came to then. */
  recordId?: string;
  was?: number;
  askedAt: Instant;
  status: 'asked' | 'approved' | 'rejected';
  decidedBy?: string;
  decidedAt?: Instant;
  /** What was approved, where that is not what was asked for. */
  granted?: number;
  answer?: string;
  /** Decided while whoever asked was another than whom it is of: nobody was to be told, and nobody is since the two are one. */
  untold?: true;
  accepted: Accepted[];
  version: number;
  gsi1pk: string;
  gsi1sk: string;
  gsi2pk: string;
  gsi2sk: string;
};

/** keys.certificate: what an organisation certifies of somebody's service, as its records stood then. */
export type CertificateItem = {
  kind: 'certificate';
  code: string;
  number: string;
  personId: string;
  name: string;
  maskedName: string;
  volunteerNumber: string;
  /** Whose number that is: an official platform's, as the person says, or our own. */
  numberOf: 'platform' | 'nuanliu';
  organisationId: string;
  organisation: Localized;
  /** First and last date of what it counts. */
  from: LocalDate;
  to: LocalDate;
  timed: number;
  byHand: number;
  categories: { category: ServiceCategory; timed: number; byHand: number }[];
  activities: { title: Localized; minutes: number; times: number }[];
  responsible: string;
  handler: string;
  contact: string;
  issuedOn: LocalDate;
  madeAt: Instant;
  /** What it counts; absent in one that was made before that was kept. */
  recordIds?: string[];
  /** A record that it counts was corrected, replaced or taken back since. */
  supersededOn?: LocalDate;
};

/** keys.certified: a person's own certificates. */
export type CertifiedItem = { kind: 'certified'; personId: string; code: string; accepted: Accepted[] };

/** keys.hoursSettings: who answers for an organisation's certificates, and how its records go to an official platform. */
export type HoursSettingsItem = {
  kind: 'hours-settings';
  organisationId: string;
  responsible?: string | undefined;
  handler?: string | undefined;
  contact?: string | undefined;
  /** Absent: the usual ones. */
  columns?: ExportColumn[] | undefined;
  language: Language;
  categories: { [K in ServiceCategory]?: string | undefined };
  accepted: Accepted[];
  version: number;
};

/** keys.starSettings: from how many hours each star of volunteers is met here; absent: as usual. */
export type StarSettingsItem = {
  kind: 'star-settings';
  hours: number[];
  by: string;
  at: Instant;
  accepted: Accepted[];
  version: number;
};

/** keys.closure: a closure, or a cut of places, and the job that carries it out. gsi1: while that has something left to do. */
export type ClosureItem = Closing & {
  kind: 'closure';
  closureId: string;
  siteId: string;
  zone: string;
  reason: ClosureReason;
  status: ClosureStatus;
  by: string;
  createdAt: Instant;
  changedAt: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
};

/** keys.move: somebody whom a closure has moved, or whose booking it ended. gsi1: the person's. */
export type MoveItem = {
  kind: 'move';
  closureId: string;
  siteId: string;
  bookingId: string;
  personId: string;
  zone: string;
  procedure: Procedure;
  from: MovedPlace;
  /** Absent: nothing was near. */
  to?: MovedPlace;
  code?: string;
  tellAt: Instant;
  until?: Instant;
  movedAt: Instant;
  /** When they said that it suits them, and who noted it where that was staff. */
  acceptedAt?: Instant;
  acceptedBy?: string;
  /** When the closure was taken back and they got their old time again. */
  returnedAt?: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk: string;
  gsi1sk: string;
};
export type MovedPlace = {
  slotId: string;
  siteId: string;
  place: Localized;
  date: LocalDate;
  startsAt: Instant;
  endsAt: Instant;
};

/** keys.moveCode: taken anew once the time to answer is over. */
export type MoveCodeItem = { kind: 'move-code'; closureId: string; bookingId: string; until: Instant };

/** keys.donation: a donor's own record of a donation. */
export type DonationItem = {
  kind: 'donation';
  din: string;
  personId: string;
  siteId: string;
  siteName: Localized;
  date: LocalDate;
  procedure: Procedure;
  volumeMl: number;
  platelets?: 1 | 2;
  reaction: boolean;
  bookingId?: string;
  /**
   * Read model of the chain, written by the stream consumer: all that a chain may tell its donor (domain/journey.ts).
   * `usedOn` is the local date of the first use that stands.
   */
  handled?: true;
  inUse?: true;
  usedOn?: LocalDate;
  /** Code under which the record of it can be verified, once its donor has asked for one. */
  proof?: string;
  /** Loaded from before opening: never announced. */
  historical?: true;
};

/**
 * keys.proof: what anybody who holds the code of a donation's record is shown, and all that the public function may read. The
 * name is masked when it is made. It goes when its donor is erased.
 */
export type ProofItem = {
  kind: 'proof';
  personId: string;
  din: string;
  maskedName: string;
  date: LocalDate;
  siteName: Localized;
  procedure: Procedure;
  volumeMl: number;
  platelets?: 1 | 2;
  madeAt: Instant;
};

/** keys.din: makes a DIN unique and starts its chain. gsi1: donated. */
export type DinItem = {
  kind: 'din';
  din: string;
  personId: string;
  siteId: string;
  date: LocalDate;
  zone: string;
  procedure: Procedure;
  volumeMl: number;
  platelets?: 1 | 2;
  bookingId?: string;
  collectedAt: Instant;
  recordedBy: string;
  /** Entered from paper, later than it was taken. */
  enteredAt?: Instant;
  /** Nothing of it may go on to a patient. Why is known to the private table alone. */
  held?: true;
  /** The recall that keeps all of it from patients, and the site that made it. */
  recall?: { id: string; siteId: string };
  historical?: true;
  /** How often what it says was corrected. */
  corrected?: number;
  /** It was not given, or has another number: the number stays taken, and nothing is done with it any more. */
  withdrawn?: true;
  /** When the laboratory's results of it last changed; what they are is known to the private table alone. */
  labAt?: Instant;
  /** The row of a file that it was loaded from. */
  loadedFrom?: LoadedFrom;
  accepted: Accepted[];
  gsi1pk: string;
  gsi1sk: string;
};

/** keys.correction: what was recorded of a donation, what it really was, and why. Written once. */
export type CorrectionItem = {
  kind: 'correction';
  din: string;
  correctionId: string;
  /** The how-manieth of its donation. */
  nth: number;
  at: Instant;
  by: string;
  reason: string;
  was: CorrectedFacts;
  /** Absent: nothing was given. */
  now?: CorrectedFacts;
  /** It was about how the donor took it; what that was, the private table knows. */
  reaction?: true;
  accepted: Accepted[];
};
export type CorrectedFacts = { din: string; procedure: Procedure; volumeMl: number; platelets?: 1 | 2 };

/** keys.unit */
export type UnitItem = {
  kind: 'unit';
  din: string;
  unitId: string;
  parentId?: string;
  personId: string;
  siteId: string;
  component: Component;
  stage: UnitStage;
  hospital?: string;
  /** Where it lies, as the station names its shelves. */
  location?: string;
  /** The last day it may be used, the first instant at which it no longer may, and who says so: its label, or the station's setting. */
  expiresOn?: LocalDate;
  expiresAt?: Instant;
  expiryFrom?: ExpirySource;
  /** Its stages are another system's, mirrored: when that one says it came to be where it is. */
  mirroredAt?: Instant;
  /** The local date of its use, where the hospital's report says it. */
  usedOn?: LocalDate;
  changedAt: Instant;
  historical?: true;
  accepted: Accepted[];
  version: number;
};

export type ExpirySource = 'label' | 'setting';

/** keys.unitStep: written with each change of stage, never edited. `version` is the unit's after the step. */
export type UnitStepItem = {
  kind: 'unit-step';
  din: string;
  unitId: string;
  version: number;
  action: UnitAction | UnitNote | 'collect' | 'mirror' | 'correct';
  from?: UnitStage;
  to: UnitStage;
  at: Instant;
  by: string;
  hospital?: string;
  hospitalRecord?: string;
  usedOn?: LocalDate;
  location?: string;
  expiresOn?: LocalDate;
  /** The recall that put it aside. */
  recall?: string;
  /** Absent: from before it was noted. */
  via?: StepWay;
  /** `mirror`: the system that reported it, and where in what it sent. */
  source?: string;
  /** `mirror`: when that system says that it was. */
  reportedAt?: Instant;
  note?: string;
};

/** keys.doubt: something doubtful in what is kept of a donation. gsi1: doubted. Nothing in it names its donor. */
export type DoubtItem = {
  kind: 'doubt';
  doubtId: string;
  din: string;
  siteId: string;
  zone: string;
  doubt: DoubtKind;
  why?: DoubtWhy;
  evidence: Evidence[];
  expiresAt?: Instant;
  before?: { din: string; date: LocalDate; from: LocalDate };
  status: DoubtStatus;
  foundAt: Instant;
  /** When it came to be as it is: found, settled, or closed. */
  changedAt: Instant;
  /** What staff said of it, oldest first; the last stands. */
  verdicts: { verdict: DoubtVerdict; reason: string; by: string; at: Instant }[];
  accepted: Accepted[];
  version: number;
  gsi1pk: string;
  gsi1sk: string;
};

/** keys.issue: a unit issued to a hospital, and what that has said of it: a read model that the stream keeps. */
export type IssueItem = Issue & { kind: 'issue'; din: string; siteId: string };

/**
 * keys.recall: donations called back, and the job that stops what is still stoppable. gsi1: while that has something left to do.
 * Why is in the private table: it may say something of the donor's health.
 */
export type RecallItem = {
  kind: 'recall';
  recallId: string;
  siteId: string;
  zone: string;
  /** The donation it began from, and every one it is about: that alone, or all of its donor's at the time. */
  din: string;
  scope: 'donation' | 'donor';
  dins: string[];
  /** How many of them, from the first, the job has been through. */
  passed: number;
  status: RecallStatus;
  /** Hospitals that have been told, by whom and when. */
  told: { hospital: string; by: string; at: Instant }[];
  by: string;
  at: Instant;
  liftedBy?: string;
  liftedAt?: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
};

/** keys.recallReason, in the private table. */
export type RecallReasonItem = {
  kind: 'recall-reason';
  recallId: string;
  siteId: string;
  reason: RecallReason;
  note?: string;
};

/** Import and row, so that a row that is read again after a crash knows its own. */
export type LoadedFrom = { readonly importId: string; readonly row: number };

/**
 * keys.import: a file of the station's, and the job that reads it: first without writing, then again to apply. gsi1: while the
 * job has something left to do. gsi2: the site's list. Never a cell of the file.
 */
export type ImportItem = {
  kind: 'import';
  importId: string;
  siteId: string;
  zone: string;
  fileKind: FileKind;
  /** As the uploader's machine has it. */
  fileName: string;
  /** Of what was uploaded: the chosen columns as UTF-8 CSV. */
  bytes: number;
  sha256: string;
  rows: number;
  fields: FileField[];
  rules: { bareDins: boolean; dinLength?: number; epoch: 1900 | 1904; hospital?: string };
  /** Sites whose donations its rows may be about: those of whoever began it. */
  sites: string[];
  status: ImportStatus;
  /** Why the whole of it could not be read. */
  fault?: ImportFault;
  checked?: ImportCounts;
  applied?: ImportCounts;
  by: string;
  createdAt: Instant;
  changedAt: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
  gsi2pk: string;
  gsi2sk: string;
};
/** Rows done so far: that brought something new, that brought nothing, and that were refused. */
export type ImportCounts = { done: number; fresh: number; known: number; refused: number };

/** keys.fileMapping: what each header of a site's files of a kind was taken for, and how they are read. */
export type FileMappingItem = {
  kind: 'file-mapping';
  siteId: string;
  fileKind: FileKind;
  columns: Record<string, ColumnMeaning>;
  rules: Omit<ImportItem['rules'], 'epoch'>;
  /** Which site each word of a site column was taken for. */
  siteNames?: Record<string, string>;
  changedAt: Instant;
};

/** keys.importRefused: rows by their number in the uploader's file, each with why; never what stands in them. */
export type ImportRefusedItem = {
  kind: 'import-refused';
  importId: string;
  rows: { row: number; field?: FileField; why: RowFault }[];
};

/** keys.donorRef: whom the station's own files mean. Without a person: somebody who has been erased since, and stays so. */
export type DonorRefItem = { kind: 'donor-ref'; personId?: string; siteId: string; loadedFrom: LoadedFrom };
/** keys.knownAs: the other way round, so that a person's references can be found. */
export type KnownAsItem = { kind: 'known-as'; personId: string; digest: string };

/** keys.message. gsi1: ledger, by when it is due or when it was stopped. gsi2: due while it waits or its lease runs, problem once failed or uncertain, else absent. */
export type MessageItem = {
  kind: 'message';
  personId: string;
  messageId: string;
  template: MessageTemplate;
  /** Site or event it is about: staff see the problems of their own sites. */
  scope: string;
  /** Where it happens: quiet hours and the daily cap are of this zone. */
  zone: string;
  /** Fills the template. Never health data, never a person's phone number. */
  params: Record<string, string | Localized>;
  /**
   * What it announces: the item's key and the version at which it was true; the claim checks it in its transaction. Absent: it
   * tells of what was done, which nothing later makes untrue.
   */
  bound?: { pk: string; sk: string; version: number };
  /** Where it goes instead of the person's number as that is at sending: a number that was theirs. */
  to?: string;
  status: MessageStatus;
  dueAt: Instant;
  /** The last instant at which it is of use; absent: it may come late. */
  until?: Instant;
  attempts: number;
  /** An attempt ended without a known outcome, so the text may have arrived. */
  unsure?: true;
  /** The claim that has it, and until when. */
  claim?: string;
  leaseUntil?: Instant;
  providerId?: string;
  reason?: string;
  createdAt: Instant;
  lastAttemptAt?: Instant;
  sentAt?: Instant;
  /** The language and text at sending, kept for the ledger. */
  sentText?: string;
  /** Resends asked for by staff. */
  accepted: Accepted[];
  version: number;
  gsi1pk: string;
  gsi1sk: string;
  gsi2pk?: string;
  gsi2sk?: string;
};

export type ShiftDefinition = {
  shiftId: string;
  role: Localized;
  startsAt: Instant;
  endsAt: Instant;
  date: LocalDate;
  slotId: string;
  places: number;
  minAge?: number;
  maxAge?: number;
  needs?: readonly Qualification[];
  minimum?: number;
  /** Of its slot, once its places were changed; absent: as many as they take. */
  pools?: number;
};

/** Another organisation's part in an event; keys.cohost has the same under that organisation. */
export type Cohost = { organisationId: string; name: Localized; status: CohostStatus };

/** keys.event. gsi1: published, or cancelling while the job runs. gsi2: its organisation's list. */
export type EventItem = {
  kind: 'event';
  eventId: string;
  organisationId: string;
  organisation: Localized;
  cohosts?: Cohost[];
  title: Localized;
  content: Localized;
  community: Localized;
  district: Localized;
  address: Localized;
  contactPhone: string;
  conditions?: Localized;
  howToApply?: Localized;
  risks?: Localized;
  support?: Localized;
  /** What its hours count as; absent: as usual. */
  category?: ServiceCategory;
  zone: string;
  /** Rest between a shift of it and any other; how many of its shifts one person may take. */
  restMinutes?: number;
  mostShifts?: number;
  /** How many may sign up as one team. */
  mostTeam?: number;
  /** Its volunteers are insured, for which their identity numbers are asked. */
  insures?: true;
  opensAt?: Instant;
  closesAt?: Instant;
  startsAt: Instant;
  endsAt: Instant;
  status: EventStatus;
  shifts: ShiftDefinition[];
  changedAt: Instant;
  accepted: Accepted[];
  version: number;
  /** The series it is one of. */
  seriesId?: string;
  drive?: EventDrive;
  /** While people are moved out of the slots of shifts that are on at another time, or no longer; `tell`: others are told of the change. */
  changing?: { at: Instant; from: { slotId: string; date: LocalDate; to?: string }[]; tell: boolean };
  gsi1pk?: string;
  gsi1sk?: string;
  gsi2pk: string;
  gsi2sk: string;
};

/** Of an event: the site whose donation slots of these dates rest on its volunteers, once the site's staff have agreed. */
export type EventDrive = { siteId: string; site: Localized; status: DriveStatus; dates: LocalDate[] };

/** keys.drive: that a site's slots of a date are to rest on an event's volunteers, or do. */
export type DriveItem = {
  kind: 'drive';
  siteId: string;
  date: LocalDate;
  eventId: string;
  status: Exclude<DriveStatus, 'declined'>;
};

/** keys.series: an event that repeats, and the job that makes the others. gsi1: while that has something left to do. */
export type SeriesItem = {
  kind: 'series';
  seriesId: string;
  organisationId: string;
  /** The event that it began with, and its date. */
  eventId: string;
  first: LocalDate;
  every: RepeatRule;
  /** Dates after the first, in order, and how many of them, from the first, are made. */
  dates: LocalDate[];
  made: number;
  /** Whether each is published as it is made. */
  publish: boolean;
  status: 'making' | 'made';
  by: string;
  createdAt: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
};

/**
 * keys.eventChange: a change or the cancelling of an event and those of its series that follow, and the job that goes through
 * them. gsi1: while that has something left to do.
 */
export type EventChangeItem = {
  kind: 'event-change';
  changeId: string;
  /** As it is to be on the first date, in wall times; absent: they are cancelled. */
  input?: EventInput;
  targets: { eventId: string; date: LocalDate }[];
  /** How many of them, from the first, have been changed; after that their people are moved. */
  changed: number;
  status: 'applying' | 'done';
  by: string;
  at: Instant;
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
};

/** keys.eventNote: what an organiser has everybody told who is signed up. gsi1: while some have yet to be. */
export type EventNoteItem = {
  kind: 'event-note';
  eventId: string;
  noteId: string;
  /** Absent: of every shift. */
  slotIds?: string[];
  /** Absent: everybody who has a place. */
  to?: NoteAudience;
  note: Localized;
  status: 'telling' | 'told';
  by: string;
  at: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
};

/** keys.cohost: that an organisation has, or is asked to have, a part in an event of another. */
export type CohostItem = { kind: 'cohost'; organisationId: string; eventId: string; status: CohostStatus };

/** keys.organisation */
export type OrganisationItem = { kind: 'organisation'; organisationId: string; name: Localized };

/** keys.audit: append only. */
export type AuditItem = {
  kind: 'audit';
  by: string;
  action: string;
  scope: string;
  at: Instant;
  subjects?: string[];
  /** Of a change: what it was made to, and how. */
  change?: Readonly<Record<string, string | number>>;
};

/** keys.job: where a resumable job stands. */
export type JobItem = { kind: 'job'; name: string; watermark: string; version: number };

/** keys.erasure: a person who asked to be forgotten, while there is something left to do. */
export type ErasureItem = { kind: 'erasure'; personId: string; askedAt: Instant };

/** keys.identity, in the private table: the second fact. `lastFour` is a keyed digest, never the digits. */
export type IdentityItem = { kind: 'identity'; personId: string; lastFour: string; setAt: Instant; version: number };

/** keys.tries, in the private table: how often a number tried today to say who is calling. Forgotten after two days. */
export type TriesItem = { kind: 'tries'; date: LocalDate; count: number; accepted: Accepted[]; version: number };

/** keys.sealed, in the private table: who a donor was that asked to be unknown. Written once, read by no function. */
export type SealedItem = {
  kind: 'sealed';
  personId: string;
  phone?: string;
  name?: string;
  birthDate?: LocalDate;
  lastFour?: string;
  /** Each with the index it is sealed to. */
  documents?: { type: DocumentType; index: string; sealed: SealedText }[];
  sealedAt: Instant;
};

/**
 * keys.hold, in the private table: that a donation is to be kept back. Asked by its donor, on a page or by phone; no reason
 * is ever kept. Open while somebody at the site has something of it to call back.
 */
export type HoldItem = {
  kind: 'hold';
  din: string;
  siteId: string;
  open: boolean;
  via: 'page' | 'phone';
  askedBy: string;
  askedAt: Instant;
  acknowledgedBy?: string;
  acknowledgedAt?: Instant;
  liftedBy?: string;
  liftedAt?: Instant;
  accepted: Accepted[];
  version: number;
};

/** keys.screening, in the private table: what was measured at the chair, and how it ended. Written once. */
export type ScreeningItem = {
  kind: 'screening';
  personId: string;
  bookingId: string;
  siteId: string;
  measures: Measures;
  athlete?: true;
  result: 'passed' | 'deferred' | 'permanent';
  /** What the donor was told. */
  words?: string;
  by: string;
  at: Instant;
};

/**
 * keys.reaction, in the private table: how a donor took a donation. Written once; what puts it right is another, and the last stands.
 */
export type ReactionItem = {
  kind: 'reaction';
  din: string;
  n: number;
  /** Absent: there was none after all. */
  reaction?: Reaction;
  by: string;
  at: Instant;
};
export type Reaction = { kinds: ReactionKind[]; grade: ReactionGrade; note?: string | undefined };

/** keys.laboratory, in the private table: what the laboratory found of a donation. Its entries are only ever added. */
export type LaboratoryItem = {
  kind: 'laboratory';
  din: string;
  entries: LabEntry[];
  /** The group that a hospital reports of a unit, by its id. */
  reported?: Record<string, BloodGroup>;
  accepted: Accepted[];
  version: number;
};

/**
 * keys.bloodGroups, in the private table: the group of each of a person's donations whose entries agree with each other and with
 * the others. What is at odds with them is not among them.
 */
export type BloodGroupsItem = {
  kind: 'blood-groups';
  personId: string;
  groups: Record<string, BloodGroup & { date: LocalDate }>;
  /** What the station's own lists of donors have said, which no laboratory has seen here. Of one person there is one, unless two records were joined. */
  said?: SaidGroup[];
  /** What staff have taken back of it. No file brings it again. */
  takenBack?: (SaidGroup & { reason: string; takenBackBy: string; takenBackAt: Instant })[];
  version: number;
};
export type SaidGroup = BloodGroup & { siteId: string; loadedFrom: LoadedFrom; by: string; at: Instant };

/** keys.labAlert, in the private table: a donation whose results somebody has to see to. What they say is in the results alone. */
export type LabAlertItem = {
  kind: 'lab-alert';
  din: string;
  siteId: string;
  open: boolean;
  raisedAt: Instant;
  /** What was done, or that later results were clear. */
  settled?: { at: Instant; by?: string; note?: string };
  accepted: Accepted[];
  version: number;
};

/** keys.deferral, in the private table. */
export type DeferralItem = {
  kind: 'deferral';
  personId: string;
  reason: string;
  since?: LocalDate;
  until?: LocalDate;
  permanent: boolean;
  siteId: string;
  /** Absent: loaded from before opening. */
  bookingId?: string;
  procedure?: Procedure;
  loadedFrom?: LoadedFrom;
  recordedBy: string;
  at: Instant;
  /** Entered from paper, later than it was decided. */
  enteredAt?: Instant;
};

/** keys.answers, in the private table: there only while the consent to it stands. Answers by the pack they are for. */
export type AnswersItem = {
  kind: 'answers';
  personId: string;
  packs: Record<string, readonly PrecheckAnswer[]>;
  changedAt: Instant;
  accepted: Accepted[];
  version: number;
};

/** keys.consent, in the private table. `history` holds what was said before, oldest first. */
export type ConsentItem = {
  kind: 'consent';
  personId: string;
  purpose: ConsentPurpose;
  given: boolean;
  /** Edition of the words that were agreed to, or shown when it was withdrawn. */
  wording: string;
  at: Instant;
  history: { given: boolean; wording: string; at: Instant }[];
  accepted: Accepted[];
  version: number;
};

/** keys.elsewhere, in the private table: a donation made elsewhere, as the person declared it. */
export type ElsewhereItem = {
  kind: 'elsewhere';
  personId: string;
  declaredId: string;
  date: LocalDate;
  procedure: Procedure;
  volumeMl: number;
  platelets?: 1 | 2;
  /** Where, in the person's words. */
  place?: string;
  declaredAt: Instant;
  /** The station's word that its proof was seen; gone when the declaration is changed. */
  verified?: { at: Instant; siteId: string };
  accepted: Accepted[];
  version: number;
};

/**
 * keys.insured, in the private table: the document under which a volunteer is insured, as they say or an organiser was shown. It finds nobody, and
 * proves nothing of who they are. Without `sealed` it was taken back.
 */
export type InsuredItem = {
  kind: 'insured';
  personId: string;
  type?: DocumentType;
  sealed?: SealedText;
  at: Instant;
  /** Who said so: the person, or the organiser who was shown it. */
  by: string;
  /** The edition of the words that were shown where it was asked. */
  wording: string;
  accepted: Accepted[];
  version: number;
};

/**
 * keys.document, in the private table: whose a document is. One document is one donor: it is written where there is none. The
 * number is sealed; what finds it is the keyed digest in the key.
 */
export type DocumentItem = {
  kind: 'document';
  personId: string;
  type: DocumentType;
  sealed: SealedText;
  claimedAt: Instant;
  claimedBy: string;
  siteId: string;
  version: number;
};
/** A text under a key of its own, which is under the deployment's: `keyId` says under which of those. */
export type SealedText = { readonly keyId: string; readonly wrapped: string; readonly data: string };

/** keys.documentOf, in the private table: the other way round. */
export type DocumentOfItem = {
  kind: 'document-of';
  personId: string;
  index: string;
  /** The booking at whose check-in it was first shown, or the row of the file that it came in. */
  claimedFor?: string;
};

/** keys.merge: two records of one person, of which `join` is to become part of `keep`. gsi1: while the job has something left to do. */
export type MergeItem = {
  kind: 'merge';
  mergeId: string;
  siteId: string;
  zone: string;
  keep: string;
  join: string;
  reason: string;
  status: MergeStatus;
  proposedBy: string;
  proposedAt: Instant;
  decidedBy?: string;
  decidedAt?: Instant;
  doneAt?: Instant;
  accepted: Accepted[];
  version: number;
  gsi1pk?: string;
  gsi1sk?: string;
};

/** keys.mergedInto: where an old id leads. Never removed. */
export type MergedItem = { kind: 'merged'; personId: string; into: string; mergeId: string; at: Instant };

/** keys.mergeUnderWay: one merge into a record at a time. */
export type MergeUnderWayItem = { kind: 'merge-under-way'; personId: string; mergeId: string };

/**
 * keys.unitsTaken: what has become of a donation's units, written by the stream's consumer, so that a day's are counted by one
 * query. Nothing in it names its donor or says of what group it is. `version` grows with every change of the chain.
 */
export type DonationUnitsItem = {
  kind: 'donation-units';
  din: string;
  siteId: string;
  date: LocalDate;
  procedure: Procedure;
  /** On hold or called back. */
  kept?: true;
  units: UnitNow[];
  version: number;
};

/** keys.recount: something of a day that is over has changed since it was counted. `version` grows with each change. */
export type RecountItem = {
  kind: 'recount';
  siteId: string;
  date: LocalDate;
  what: 'day' | 'units';
  version: number;
};

/** keys.figures, in the private table, because counts of few may tell of one: what the visits of a day came to. */
export type DayFiguresItem = {
  kind: 'day-figures';
  siteId: string;
  date: LocalDate;
  cells: Cell[];
  reasons: ReasonCount[];
  /** Donations of that day that were loaded from files and have no visit here. */
  loaded: number;
  countedAt: Instant;
  version: number;
};

/** keys.figures, in the private table: what has become of the units that were given on a day. */
export type UnitFiguresItem = {
  kind: 'unit-figures';
  siteId: string;
  date: LocalDate;
  used: UseCount[];
  stock: StockCount[];
  countedAt: Instant;
  version: number;
};

/**
 * keys.call: a site calling donors for places of some days. gsi1: while people are asked. `version` changes only when it ends,
 * so that the texts that are bound to it go as long as it runs.
 */
export type CallItem = {
  kind: 'call';
  callId: string;
  siteId: string;
  zone: string;
  procedure: Procedure;
  from: LocalDate;
  to: LocalDate;
  fromTime?: string;
  toTime?: string;
  /** Of which group donors are called; never whose. */
  abo?: AboGroup;
  rhd?: RhdType;
  /** As the site had it when it began. */
  settings: CallSettings;
  /** By which its text leads to the free times. */
  code: string;
  status: CallStatus;
  /** Places that were free when it began. */
  freeAtStart: number;
  asked: number;
  /** The wave under way, how many it has asked, and when it may go on. */
  wave: number;
  inWave: number;
  nextAt: Instant;
  by: string;
  createdAt: Instant;
  endedAt?: Instant;
  endedBy?: string;
  accepted: Accepted[];
  version: number;
  /** Whoever was asked before it has their text, as the clock has seen. */
  textsSeenTo?: Instant;
  gsi1pk?: string;
  gsi1sk?: string;
};

/** keys.callCode */
export type CallCodeItem = { kind: 'call-code'; siteId: string; callId: string };

/** keys.callable: somebody whom a site may call for a procedure. gsi1: by the date from which they may give it. */
export type CallableItem = {
  kind: 'callable';
  personId: string;
  siteId: string;
  procedure: Procedure;
  language: Language;
  from: LocalDate;
  /** They hold a place to give until then. */
  heldUntil?: Instant;
  calledAt?: Instant;
  gsi1pk: string;
  gsi1sk: string;
};

/** keys.lastCalled: when a person was last called, by whichever site. */
export type LastCalledItem = { kind: 'last-called'; personId: string; callId: string; at: Instant };

/** keys.called: somebody whom a call has asked, for a day on which they may give. gsi1: the call's. */
export type CalledItem = {
  kind: 'called';
  callId: string;
  siteId: string;
  personId: string;
  date: LocalDate;
  wave: number;
  at: Instant;
  /** The text is of no use after it. */
  until: Instant;
  gsi1pk: string;
  gsi1sk: string;
};
