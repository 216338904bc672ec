/** The words of the field, as literals both sides of the wire share. Names follow FHIR and ISBT 128 where they have one. */

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text kept in both languages. */
export type Localized = Readonly<Record<Language, string>>;

/** Identity documents a station takes; a `resident` number carries its check digit, birth date and sex (GB 11643). */
export const DOCUMENT_TYPES = ['resident', 'passport', 'hk-macao', 'taiwan', 'foreigner', 'military'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** By what somebody was known at check-in; `known`: to staff who gave a reason, without anything to show; `paper`: as their day on paper says. */
export const ARRIVAL_KEYS = ['pass', 'document', 'known', 'paper'] as const;
export type ArrivalKey = (typeof ARRIVAL_KEYS)[number];

/** Two records of one person becoming one: proposed by one of the staff, then approved or rejected by another. */
export const MERGE_STATUSES = ['proposed', 'applying', 'done', 'rejected'] as const;
export type MergeStatus = (typeof MERGE_STATUSES)[number];

/** What somebody may be beside a donor or volunteer; of a site, of an organisation, or of the whole deployment. */
export const ROLES = ['staff', 'organiser', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const ACCOUNT_CHANGES = ['phone', 'second-fact', 'second-factor'] as const;
export type AccountChange = (typeof ACCOUNT_CHANGES)[number];
export const ACCOUNT_CHANGE_STATUSES = ['asked', 'approved', 'rejected'] as const;
export type AccountChangeStatus = (typeof ACCOUNT_CHANGE_STATUSES)[number];

export const SEXES = ['female', 'male'] as const;
export type Sex = (typeof SEXES)[number];

/** Donation procedures a site can offer. */
export const PROCEDURES = ['whole-blood', 'platelets'] as const;
export type Procedure = (typeof PROCEDURES)[number];

/** Whether, and of what, somebody wishes to be told on the day they may give again. */
export const AGAIN_WISHES = ['no', 'any', ...PROCEDURES] as const;
export type AgainWish = (typeof AGAIN_WISHES)[number];

/**
 * FHIR Appointment.status, the part of it we use, with the two steps that a visit goes through between coming and going (FHIR
 * Encounter calls them triaged and in-progress).
 */
export const BOOKING_STATUSES = [
  'booked',
  'arrived',
  'screened',
  'giving',
  'fulfilled',
  'cancelled',
  'noshow',
] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** Why a booking was cancelled: it decides which text is sent; of `erased` nobody is left to tell. */
export const CANCEL_CAUSES = [
  'person',
  'staff',
  'event-cancelled',
  'event-changed',
  'covered',
  'site-closed',
  'no-longer-eligible',
  'erased',
] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

/**
 * A slot that is `closing` or `settling` refuses bookings while a job moves some it holds; then it is closed, or open with
 * other places than before, so that whoever waits for one that settles waits on.
 */
export const SLOT_STATUSES = ['open', 'settling', 'closing', 'closed'] as const;
export type SlotStatus = (typeof SLOT_STATUSES)[number];

/** A closure, or a cut of places: `applying` and `reopening` while the job has something left to do. */
export const CLOSURE_STATUSES = ['applying', 'applied', 'reopening', 'reopened'] as const;
export type ClosureStatus = (typeof CLOSURE_STATUSES)[number];

/** A site's call for donors: while it runs people are asked; else why it ended: its places are taken or over, nobody is left to ask, staff ended it. */
export const CALL_STATUSES = ['running', 'filled', 'over', 'exhausted', 'stopped'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/** Why a station closes, or takes fewer: for its own people. */
export const CLOSURE_REASONS = ['staff', 'equipment', 'weather', 'holiday', 'premises', 'other'] as const;
export type ClosureReason = (typeof CLOSURE_REASONS)[number];

/** What became of somebody whom a closure has moved; how it follows from their booking is in closures.ts. */
export const MOVE_STATES = [
  'asked',
  'accepted',
  'kept',
  'other',
  'cancelled',
  'came',
  'moved-again',
  'returned',
  'released',
  'rebooked',
] as const;
export type MoveState = (typeof MOVE_STATES)[number];

/** Why nobody can give at a site on a date: another weekday, a day it is closed on, too late today, too early to book. */
export const CLOSED_CAUSES = ['weekday', 'holiday', 'over', 'not-yet', 'closed'] as const;
export type ClosedCause = (typeof CLOSED_CAUSES)[number];

export const SLOT_KINDS = ['donation', 'shift'] as const;
export type SlotKind = (typeof SLOT_KINDS)[number];

/** Where somebody's wait for a place stands; transitions are in waitlist.ts. */
export const WAIT_STATUSES = ['waiting', 'offered', 'accepted', 'declined', 'lapsed', 'left', 'closed'] as const;
export type WaitStatus = (typeof WAIT_STATUSES)[number];

export const EVENT_STATUSES = ['draft', 'published', 'cancelling', 'cancelled'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** Where another organisation's part in an event stands: asked, and what it said. */
export const COHOST_STATUSES = ['invited', 'accepted', 'declined'] as const;
export type CohostStatus = (typeof COHOST_STATUSES)[number];

/** Where an event's tie to a donation site stands: its organiser asks, the site's staff agree. */
export const DRIVE_STATUSES = ['asked', 'agreed', 'declined'] as const;
export type DriveStatus = (typeof DRIVE_STATUSES)[number];

/** Where the consent of a guardian stands to somebody who is not of age serving with an organisation. */
export const GUARDIAN_STATUSES = ['asked', 'given', 'refused', 'withdrawn'] as const;
export type GuardianStatus = (typeof GUARDIAN_STATUSES)[number];
/** What a guardian is to whom they answer for. */
export const GUARDIAN_RELATIONS = ['mother', 'father', 'grandparent', 'other'] as const;
export type GuardianRelation = (typeof GUARDIAN_RELATIONS)[number];

/** Whom an organiser has something to say to: everybody who has a place, those who are there just now, those whose shift has begun without them. */
export const NOTE_AUDIENCES = ['signed-up', 'here', 'absent'] as const;
export type NoteAudience = (typeof NOTE_AUDIENCES)[number];

/** Where a place stands that a team lead has kept for somebody. */
export const TEAM_SEAT_STATUSES = ['asked', 'accepted', 'declined', 'withdrawn', 'lapsed', 'moved'] as const;
export type TeamSeatStatus = (typeof TEAM_SEAT_STATUSES)[number];

/** How an event repeats: `month-nth` on the same weekday of its month (the third Saturday), `month-last` on the last one. */
export const REPEAT_RULES = ['week', 'two-weeks', 'month-nth', 'month-last'] as const;
export type RepeatRule = (typeof REPEAT_RULES)[number];

/** What somebody says of themselves; an organiser who has seen it may confirm it. */
export const SKILLS = [
  'haircutting',
  'sewing',
  'repairs',
  'computing',
  'photography',
  'sign-language',
  'english',
  'driving',
  'nursing',
  'teaching',
] as const;
/** What counts only once an organiser has confirmed it. */
export const TRAININGS = [
  'induction',
  'blood-service',
  'first-aid',
  'elder-care',
  'child-protection',
  'food-safety',
] as const;
export const QUALIFICATIONS = [...SKILLS, ...TRAININGS] as const;
export type Skill = (typeof SKILLS)[number];
export type Training = (typeof TRAININGS)[number];
export type Qualification = (typeof QUALIFICATIONS)[number];

/**
 * What an event's service is for. Only service for the donation of blood and of stem cells counts to the award of those who serve
 * blood donation; the rest are what official volunteer platforms tell apart.
 */
export const SERVICE_CATEGORIES = [
  'blood-donation',
  'stem-cell-donation',
  'community',
  'health',
  'elderly',
  'children',
  'environment',
  'education',
  'emergency',
  'other',
] as const;
export type ServiceCategory = (typeof SERVICE_CATEGORIES)[number];
/** Of an event whose organiser has said nothing else. */
export const USUAL_CATEGORY: ServiceCategory = 'community';

/**
 * How a volunteer's coming or going came to be known: their pass was scanned, they scanned the organiser's code, an organiser
 * tapped, it was on paper and entered afterwards, or a rule closed what somebody forgot to.
 */
export const SERVICE_WAYS = ['pass', 'code', 'tap', 'paper', 'rule'] as const;
export type ServiceWay = (typeof SERVICE_WAYS)[number];

/** Where the reading of a file stands: first without writing (`checking`), then, when somebody says so, again to apply it. */
export const IMPORT_STATUSES = [
  'uploading',
  'checking',
  'checked',
  'applying',
  'applied',
  'stopped',
  'failed',
  /** Thrown away by staff: what was uploaded is being deleted, and then is. */
  'discarding',
  'discarded',
  /** What was uploaded was not applied in time, and is deleted. */
  'expired',
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];
/** Why a whole file could not be read: it is no longer kept, or it is no table of the columns that were named. */
export const IMPORT_FAULTS = ['gone', 'unreadable'] as const;
export type ImportFault = (typeof IMPORT_FAULTS)[number];

/** Stages of a unit of blood (FHIR BiologicallyDerivedProduct); transitions are in unit-stages.ts. */
export const UNIT_STAGES = [
  'collected',
  'tested',
  'quarantined',
  'processed',
  'released',
  'stored',
  'issued',
  'used',
  'discarded',
] as const;
export type UnitStage = (typeof UNIT_STAGES)[number];

export const UNIT_ACTIONS = [
  'test',
  'quarantine',
  'process',
  'release',
  'store',
  'issue',
  'return',
  'use',
  'discard',
  'correct-use',
] as const;
export type UnitAction = (typeof UNIT_ACTIONS)[number];

/** What is noted of a unit without its stage changing. */
export const UNIT_NOTES = ['relocate', 'set-expiry'] as const;
export type UnitNote = (typeof UNIT_NOTES)[number];

/** Which system says where a site's units stand: this one, or the blood bank's own, whose stages are only mirrored here. */
export const UNIT_MASTERS = ['nuanliu', 'other'] as const;
export type UnitMaster = (typeof UNIT_MASTERS)[number];

/** Why blood is called back: for the station's own people. */
export const RECALL_REASONS = ['donor-information', 'test-result', 'collection', 'component', 'other'] as const;
export type RecallReason = (typeof RECALL_REASONS)[number];
/** `running` and `lifting` while the job has something left to do. */
export const RECALL_STATUSES = ['running', 'done', 'lifting', 'lifted'] as const;
export type RecallStatus = (typeof RECALL_STATUSES)[number];

/** What may be doubtful in what is kept of a donation; the rules are in supervision.ts. */
export const DOUBT_KINDS = [
  'used-before-release',
  'used-after-expiry',
  'used-twice',
  'used-elsewhere',
  'component-differs',
  'group-differs',
  'reappeared',
  'times-out-of-order',
  'too-soon',
  'number-out-of-range',
] as const;
export type DoubtKind = (typeof DOUBT_KINDS)[number];
export const DOUBT_WHYS = ['before-donation', 'before-issue', 'before-previous', 'in-future'] as const;
export type DoubtWhy = (typeof DOUBT_WHYS)[number];
/** `closed`: after a correction it no longer holds, and nobody had to say anything. */
export const DOUBT_STATUSES = ['open', 'explained', 'confirmed', 'closed'] as const;
export type DoubtStatus = (typeof DOUBT_STATUSES)[number];
/** What one of the staff says of it. */
export const DOUBT_VERDICTS = ['explained', 'confirmed'] as const satisfies readonly DoubtStatus[];
export type DoubtVerdict = (typeof DOUBT_VERDICTS)[number];

/** How a step came to be recorded: scanned with others, by hand on its page, or from a file. */
export const STEP_WAYS = ['scan', 'hand', 'file'] as const;
export type StepWay = (typeof STEP_WAYS)[number];

export const COMPONENTS = ['whole-blood', 'red-cells', 'plasma', 'platelets', 'cryoprecipitate'] as const;
export type Component = (typeof COMPONENTS)[number];

/**
 * What may happen to a donor, by the terms of the Standard for Surveillance of Complications Related to Blood Donation (ISBT, IHN and AABB,
 * 2014): in and around the arm, in the whole body, of apheresis, allergic, and the rare grave ones.
 */
export const REACTION_KINDS = [
  'vasovagal',
  'vasovagal-loss-of-consciousness',
  'haematoma',
  'arterial-puncture',
  'delayed-bleeding',
  'nerve-injury',
  'arm-pain',
  'thrombophlebitis',
  'citrate',
  'haemolysis',
  'air-embolism',
  'allergic-local',
  'allergic-general',
  'cardiovascular',
  'other',
] as const;
export type ReactionKind = (typeof REACTION_KINDS)[number];
/** Grades of the AABB donor severity tool: mild, moderate, severe, life-threatening, death. */
export const REACTION_GRADES = [1, 2, 3, 4, 5] as const;
export type ReactionGrade = (typeof REACTION_GRADES)[number];

/** ABO and RhD as ISBT 128 has them on a label. */
export const ABO_GROUPS = ['O', 'A', 'B', 'AB'] as const;
export type AboGroup = (typeof ABO_GROUPS)[number];
export const RHD_TYPES = ['positive', 'negative'] as const;
export type RhdType = (typeof RHD_TYPES)[number];

/** What a laboratory tests a donation for besides its group; which of them a site must is its pack's and its own to say. */
export const DONATION_TESTS = [
  'hbsag',
  'anti-hcv',
  'hiv-ag-ab',
  'syphilis',
  'alt',
  'hbv-dna',
  'hcv-rna',
  'hiv-rna',
  'anti-hbc',
  'anti-htlv',
  'hev-rna',
  'wnv-rna',
  'anti-t-cruzi',
] as const;
export type DonationTestCode = (typeof DONATION_TESTS)[number];
/** What a run of a test says of a tube; `invalid`: nothing, so that it is run again. */
export const TEST_RESULTS = ['non-reactive', 'reactive', 'invalid'] as const;
export type TestResult = (typeof TEST_RESULTS)[number];
/** A run after one that was reactive is a repeat. */
export const TEST_RUNS = ['initial', 'repeat'] as const;
export type TestRun = (typeof TEST_RUNS)[number];
/** Where a test, or a donation's group, stands; how that follows from the entries is in laboratory.ts. */
export const TEST_CONCLUSIONS = ['missing', 'to-repeat', 'clear', 'not-clear'] as const;
export type TestConclusion = (typeof TEST_CONCLUSIONS)[number];
export const GROUP_STATES = ['missing', 'first', 'confirmed', 'differs'] as const;
export type GroupState = (typeof GROUP_STATES)[number];
export const LABORATORY_VERDICTS = ['incomplete', 'clear', 'not-clear'] as const;
export type LaboratoryVerdict = (typeof LABORATORY_VERDICTS)[number];

export const MESSAGE_STATUSES = ['due', 'claimed', 'sent', 'failed', 'uncertain', 'void', 'withheld'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

export const MESSAGE_TEMPLATES = [
  'donation-booked',
  'donation-changed',
  'donation-cancelled',
  'shift-booked',
  'shift-booked-for',
  'shift-changed',
  'shift-cancelled',
  'donation-thanked',
  'blood-used',
  'blood-used-correction',
  'donation-day-before',
  'donation-soon',
  'shift-day-before',
  'shift-soon',
  'may-give-again',
  'donation-moved',
  'donation-offered',
  'shift-offered',
  'donation-wait-closed',
  'shift-wait-closed',
  'shift-note',
  'hours-approved',
  'hours-rejected',
  'phone-moved',
  'second-fact-reset',
  'second-factor-reset',
  'guardian-asked',
  'guardian-agreed',
  'donation-called',
] as const;
export type MessageTemplate = (typeof MESSAGE_TEMPLATES)[number];

/** What somebody may agree to, each for itself; nothing is agreed to until they say so. */
export const CONSENT_PURPOSES = ['health-answers'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
/** Edition of the words that ask for each; whoever agreed to older ones is asked anew. */
export const CONSENT_WORDING: Readonly<Record<ConsentPurpose, string>> = { 'health-answers': '2026-11-25' };

/** Edition of the words by which a guardian agrees. */
export const GUARDIAN_WORDING = '2026-11-28';
/** The edition of the words with which a volunteer's identity number is asked for their insurance. */
export const INSURED_WORDING = '2026-11-28';

/** Parts of a person's export, in its order; each is made of what a page of their own shows. */
export const EXPORT_PARTS = [
  'profile',
  'bookings',
  'waits',
  'donations',
  'service',
  'guardians',
  'insurance',
  'messages',
  'declared',
] as const;
export type ExportPart = (typeof EXPORT_PARTS)[number];

/** How sure we are of a rule: confirmed in a source read, confirmed in a secondary source, recalled. */
export const MARKS = ['C', 'C†', 'R'] as const;
export type Mark = (typeof MARKS)[number];

/** `YYYY-MM-DD`, a calendar date without a zone. */
export type LocalDate = string;
/** RFC 3339 UTC instant with milliseconds, `2026-12-20T01:00:00.000Z`: the only form stored, so that strings sort as times. */
export type Instant = string;
