import type { ExportPart } from '../domain/vocabulary.ts';
import { forgetGuardians } from './erase/forget-guardians.ts';
import { forgetMoves } from './erase/forget-moves.ts';
import { forgetReferences } from './erase/forget-references.ts';
import { leaveTeams } from './erase/leave-teams.ts';
import { leaveWaits } from './erase/leave-waits.ts';
import type { EraseStep } from './erase/step.ts';
import { cutLinks, forgetCard, forgetName, releaseBookings, stillLock } from './erase/steps.ts';
import { withdrawCertificates } from './hours.ts';
import { partitions } from './keys.ts';
import { withdrawProofs } from './proofs.ts';

/**
 * What becomes of a kind of item when the person it is about asks to be unknown:
 * `deleted`: the partition that holds the person's own goes, item by item;
 * `step`: something of its own, which may have been done before, or half done;
 * `kept`: it stays under the person's id, which no longer leads to a name, and why it must;
 * `goesWith`: the row that takes it along.
 */
export type Erased =
  | { readonly deleted: (personId: string) => string; readonly table?: 'private' }
  | { readonly step: EraseStep }
  | { readonly kept: string }
  | { readonly goesWith: string };

export type PersonalKind = {
  readonly erased: Erased;
  /** The part of the person's export that shows it, or why none does. */
  readonly exported: ExportPart | { readonly not: string };
};

const OF_THE_STATION =
  'Blood must be traced from donor to patient and back: such records are kept by law (docs/erase.md).';
const OF_THE_ORGANISER =
  'Who organised service must be able to certify it for at least ten years (docs/erase.md); it names nobody once the person is erased.';
const SHOWN_NOWHERE = { not: 'What the station knows of the blood is told by its people, never by a page.' };
const INNER = { not: 'It says nothing that the profile does not.' };

/**
 * Every kind of item that is about a person, in the order in which erasing goes through them: what lets somebody in goes
 * first, what names the person last. A kind that is neither here nor among NOT_PERSONAL fails a test: whoever adds one says here what
 * erasing does with it and where the person's export shows it. New rows go before `profile`.
 */
export const PERSONAL: Readonly<Record<string, PersonalKind>> = {
  role: { erased: { deleted: partitions.roles }, exported: 'profile' },
  'factor-session': { erased: { deleted: partitions.roles }, exported: { not: 'It says where they work just now.' } },
  factor: {
    erased: { deleted: partitions.factor, table: 'private' },
    exported: { not: 'Its owner has it in their authenticator; whoever read it here could be them.' },
  },
  station: {
    erased: { kept: 'A browser that staff of a site share, and which of them made it so; it holds an id and no name.' },
    exported: { not: 'It is about a browser, not about those who use it.' },
  },
  seat: {
    erased: { kept: 'Opens nothing without the role that is gone, and is forgotten by itself within days.' },
    exported: { not: 'It says where they work just now.' },
  },
  'role-book': {
    erased: { kept: 'Counts how often the roles changed; it says none of them, and no name.' },
    exported: INNER,
  },
  'account-change': {
    erased: { kept: 'What was decided of an account of the staff, by whom; forgotten by itself within weeks.' },
    exported: { not: 'It is about what two admins decided; what came of it is in the profile.' },
  },
  subject: { erased: { step: cutLinks }, exported: INNER },
  linked: { erased: { goesWith: 'subject' }, exported: INNER },
  phone: { erased: { goesWith: 'subject' }, exported: 'profile' },
  named: { erased: { step: forgetName }, exported: INNER },
  // What is left says that somebody is not to be loaded again, and not who.
  'donor-ref': { erased: { step: forgetReferences }, exported: INNER },
  'known-as': { erased: { goesWith: 'donor-ref' }, exported: INNER },
  wait: { erased: { step: leaveWaits }, exported: 'waits' },
  'offer-code': {
    erased: { kept: 'Leads from four digits to a wait that is gone; forgotten by itself within days.' },
    exported: { not: 'The text of the offer says it.' },
  },
  move: {
    erased: { step: forgetMoves },
    exported: { not: 'The booking it moved and the text that told of it say all of it.' },
  },
  'move-code': {
    erased: { kept: 'Leads from four digits to a move that is gone; forgotten by itself within days.' },
    exported: { not: 'The text of the move says it.' },
  },
  cover: {
    erased: {
      kept: 'Says that a booking which is cancelled looked for cover, and no name; forgotten by itself a week after the shift.',
    },
    exported: { not: 'The page of the booking says it while it matters.' },
  },
  // The names of those whom somebody named, and whose places are kept.
  team: {
    erased: { step: leaveTeams },
    exported: { not: 'It names others; what became of one’s own place is among the bookings.' },
  },
  guardian: { erased: { step: forgetGuardians }, exported: 'guardians' },
  'guardian-code': {
    erased: { goesWith: 'guardian' },
    exported: { not: 'It lets a guardian answer, and nobody in their stead.' },
  },
  insured: { erased: { deleted: partitions.insured, table: 'private' }, exported: 'insurance' },
  booking: { erased: { step: releaseBookings }, exported: 'bookings' },
  service: { erased: { kept: OF_THE_ORGANISER }, exported: 'service' },
  'hours-added': { erased: { kept: OF_THE_ORGANISER }, exported: 'service' },
  'hours-correction': { erased: { kept: OF_THE_ORGANISER }, exported: 'service' },
  'hours-request': { erased: { kept: OF_THE_ORGANISER }, exported: 'service' },
  'hours-book': {
    erased: { kept: 'Counts what was added and corrected; it says none of it, and no name.' },
    exported: INNER,
  },
  certificate: { erased: { step: withdrawCertificates }, exported: 'service' },
  certified: { erased: { goesWith: 'certificate' }, exported: INNER },
  'volunteer-number': { erased: { goesWith: 'certificate' }, exported: 'service' },
  message: { erased: { deleted: partitions.messages }, exported: 'messages' },
  budget: { erased: { deleted: partitions.budget }, exported: { not: 'Counts the texts that the ledger lists.' } },
  donation: { erased: { kept: OF_THE_STATION }, exported: 'donations' },
  proof: { erased: { step: withdrawProofs }, exported: 'donations' },
  din: { erased: { kept: OF_THE_STATION }, exported: SHOWN_NOWHERE },
  unit: { erased: { kept: OF_THE_STATION }, exported: SHOWN_NOWHERE },
  'unit-step': { erased: { kept: OF_THE_STATION }, exported: SHOWN_NOWHERE },
  correction: { erased: { kept: OF_THE_STATION }, exported: SHOWN_NOWHERE },
  screening: {
    erased: {
      kept: 'Part of the record of a donation that the law keeps, or of why there was none; it names nobody once the person is erased.',
    },
    exported: { not: 'The physician who screened explains it in person.' },
  },
  reaction: {
    erased: { kept: OF_THE_STATION },
    exported: { not: 'The physician of the station explains it in person.' },
  },
  laboratory: {
    erased: { kept: OF_THE_STATION },
    exported: { not: 'The physician of the station explains it in person.' },
  },
  'blood-groups': {
    erased: {
      kept: 'Without it a mistaken group of blood that is still kept could no longer be seen; it names nobody once the person is erased.',
    },
    exported: { not: 'What the laboratory found is told by the station’s people, never by a page.' },
  },
  'lab-alert': {
    erased: { kept: OF_THE_STATION },
    exported: { not: 'It says that staff had something to see to, which nobody else may tell.' },
  },
  deferral: {
    erased: { kept: 'Whoever needs blood is protected by it; kept as long as the donations are.' },
    exported: { not: 'The physician who deferred explains it in person.' },
  },
  // The agreement first: without it, nothing more can be kept for it.
  consent: { erased: { deleted: partitions.consents, table: 'private' }, exported: 'declared' },
  answers: { erased: { deleted: partitions.answers, table: 'private' }, exported: 'declared' },
  elsewhere: { erased: { deleted: partitions.elsewhere, table: 'private' }, exported: 'declared' },
  merge: {
    erased: { kept: 'Says that two records were one person’s and who decided so; it holds ids and no name.' },
    exported: { not: 'It is about those who decided; what was joined is shown where it is.' },
  },
  merged: {
    erased: { kept: 'Leads from an old id to the one that the donations are under, as blood must be traced.' },
    exported: INNER,
  },
  'merge-under-way': { erased: { kept: 'Ends with the merge, which erasing waits for.' }, exported: INNER },
  document: {
    erased: { goesWith: 'profile' },
    exported: { not: 'Its holder has the document itself; the station keeps its number sealed.' },
  },
  'document-of': { erased: { goesWith: 'profile' }, exported: INNER },
  audit: {
    erased: { kept: 'Says who looked at whose data; it would prove nothing if it could be erased.' },
    exported: { not: 'It is about those who looked.' },
  },
  identity: { erased: { goesWith: 'profile' }, exported: { not: 'Kept as a digest, of which nothing can be told.' } },
  tries: {
    erased: {
      kept: 'Counts for two days how often a number was tried, whoever has it, or an organiser looked numbers up; then it is forgotten by itself.',
    },
    exported: { not: 'It is about the number, not about who has it.' },
  },
  sealed: {
    erased: {
      kept: 'What is left to lead from a unit to its donor, opened by nobody but an operator whom the law asks to.',
    },
    exported: { not: 'There is none before the person is erased.' },
  },
  hold: {
    erased: {
      kept: 'What was asked not to be used is not used, whoever gave it; it names the donation, and the staff who acted.',
    },
    exported: {
      not: 'Nobody but the staff who act may see that it was asked, not even by an open page or a lost file.',
    },
  },
  recall: {
    erased: { kept: OF_THE_STATION },
    exported: { not: 'It names donations and who called them back, never a donor.' },
  },
  issue: {
    erased: { kept: OF_THE_STATION },
    exported: { not: 'It is about what hospitals report of units, never about a donor.' },
  },
  doubt: {
    erased: { kept: OF_THE_STATION },
    exported: { not: 'It is about what was recorded of units, and names the staff who looked, never a donor.' },
  },
  'recall-reason': {
    erased: { kept: 'Why blood was called back is kept with the blood’s own records; it names no donor.' },
    exported: { not: 'The physician of the station explains it in person.' },
  },
  'donation-units': { erased: { kept: OF_THE_STATION }, exported: SHOWN_NOWHERE },
  // Whom a site may call, whom it has called and when: one partition a person.
  callable: { erased: { deleted: partitions.callable }, exported: 'profile' },
  called: { erased: { deleted: partitions.callable }, exported: 'messages' },
  'last-called': { erased: { deleted: partitions.callable }, exported: 'messages' },
  lock: { erased: { step: stillLock }, exported: INNER },
  profile: { erased: { step: forgetCard }, exported: 'profile' },
  erasure: { erased: { goesWith: 'profile' }, exported: { not: 'It ends with the person.' } },
};

/** Kinds that are about no person: places, times, what organisations announce, and where jobs stand. */
export const NOT_PERSONAL: readonly string[] = [
  'site',
  'site-schedule',
  'slot',
  'pool',
  'wait-line',
  'closure',
  'block',
  'block-code',
  'event',
  'cohost',
  'drive',
  'series',
  'event-change',
  'event-note',
  'organisation',
  'shift-code',
  'job',
  'import',
  'import-refused',
  'file-mapping',
  'recount',
  'day-figures',
  'unit-figures',
  'call',
  'call-code',
  'hours-settings',
  'star-settings',
];
