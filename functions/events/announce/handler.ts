import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { MessageTemplate } from '../../../shared/domain/vocabulary.ts';
import { keepCallable } from '../../../shared/store/calls/keep-callable.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { goOnChanging, settleChange } from '../../../shared/store/event-changes.ts';
import { cancelEventBookings } from '../../../shared/store/events.ts';
import { keepUnitsOf, recountUpdate } from '../../../shared/store/figures/keep-units.ts';
import { type AnnouncedKey, announcedKey, dinOfBound, isMessageOf } from '../../../shared/store/keys.ts';
import { createMessages } from '../../../shared/store/messages.ts';
import { createPeople } from '../../../shared/store/people.ts';
import { goOnMaking } from '../../../shared/store/series.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { engineDeps } from '../../runtime/common-deps.ts';
import { announceAgain } from '../common/announce-again.ts';
import { announceBooking } from '../common/announce-booking.ts';
import { announceCalled } from '../common/announce-called.ts';
import { goOnWithClosure } from '../common/announce-closure.ts';
import { announceHours } from '../common/announce-hours.ts';
import { announceNote } from '../common/announce-note.ts';
import { announceUse } from '../common/announce-use.ts';
import { announceWait, moveWaits, moveWaitsOf } from '../common/announce-wait.ts';
import { processStream } from '../common/batch.ts';
import { REMINDER_TEMPLATES } from '../common/booking-reminders.ts';
import { laterDonations } from '../common/supervise.ts';
import type { AnnounceHandlerDeps } from './deps.ts';

/**
 * The table's stream: a record says only that an item changed. What it calls for is worked out from the item as it is now,
 * and every id that comes of it is made from what it announces, so records may come late, twice or in any order.
 */
export const announceHandler =
  (getDeps: () => Promise<AnnounceHandlerDeps>) =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const deps = await getDeps();
    // Several records of a batch may be about one thing (a transaction's own, often): it is looked at once.
    const seen = new Map<string, Promise<void>>();
    return await processStream(event, deps.log, async ({ dynamodb, eventName }) => {
      const pk = dynamodb?.Keys?.['pk']?.S;
      const sk = dynamodb?.Keys?.['sk']?.S;
      const changed = pk && sk ? announcedKey({ pk, sk }) : undefined;
      if (!changed) return;
      const isNew = eventName !== 'MODIFY';
      const subject = JSON.stringify([changed, isNew]);
      const work = seen.get(subject) ?? announce(deps, changed, isNew);
      seen.set(subject, work);
      await work;
    });
  };

async function announce(deps: AnnounceHandlerDeps, changed: AnnouncedKey, isNew: boolean): Promise<void> {
  switch (changed.kind) {
    case 'booking':
      return await announceBooking(deps, changed.bookingId);
    case 'line':
      return await moveWaits(deps, changed);
    case 'closure':
      // As far as one run goes; the tick goes on.
      return await goOnWithClosure(deps, changed);
    case 'wait':
      // Whatever changes a wait has moved its line too, whose own record moves it on.
      return await announceWait(deps, changed.waitId, changed.personId);
    case 'unit':
      return await announceUse(deps, changed.din);
    case 'donation':
      return await followDonation(deps, changed.din, isNew);
    case 'lock':
      // What somebody may take has changed, and with it whom the places of their lists go to.
      await moveWaitsOf(deps, changed.personId);
      return await followPerson(deps, changed.personId, changed.kind);
    case 'profile':
      return await followPerson(deps, changed.personId, changed.kind);
    case 'called':
      return await announceCalled(deps, changed);
    case 'message':
      return await followMessage(deps, changed, isNew);
    case 'series':
      // As far as one run goes; the tick goes on.
      return await goOnMaking(deps, changed.seriesId);
    case 'event-note':
      return await announceNote(deps, changed);
    case 'hours-request':
      return await announceHours(deps, changed);
    case 'event-change':
      return await goOnChanging(deps, changed.changeId);
    case 'event':
      // Both answer at once unless there is something to do; what they leave is the tick's to finish.
      await settleChange(deps, changed.eventId);
      return void (await cancelEventBookings(deps.store, changed.eventId, deps));
  }
}

/** A person who wishes neither to be told when they may give again nor to be called costs one read. */
async function followPerson(deps: AnnounceHandlerDeps, personId: string, changed: 'lock' | 'profile'): Promise<void> {
  const profile = await createPeople(deps.store).profile(personId);
  if (changed === 'profile' || (profile?.tellAgain ?? 'no') !== 'no') await announceAgain(deps, personId, changed);
  // Whoever was never asked is in no site's reach; whoever is here no more may still be.
  if (!profile || (changed === 'profile' ? profile.callWish !== undefined : (profile.callWish ?? 'no') !== 'no')) {
    await keepCallable(engineDeps(deps.store, deps), await deps.sites(), personId);
  }
}

/** What a donation says of its person makes others of theirs doubtful: records that were joined show what neither did alone. */
async function followDonation(deps: AnnounceHandlerDeps, din: string, isNew: boolean): Promise<void> {
  const donation = await createDonations(deps.store).byDin(din);
  // A station's history is loaded by the hundred thousand, and judged by nobody.
  if (!donation || (isNew && donation.historical)) return;
  // A new one is counted with its first unit, and its day when that is over.
  if (!isNew) {
    await keepUnitsOf(deps, donation);
    // Of what group it is may be known since, or not any more: that stands in the private table alone.
    await deps.store.update(recountUpdate(donation.siteId, donation.date, 'units'));
    await deps.store.update(recountUpdate(donation.siteId, donation.date, 'day'));
  }
  for (const later of await laterDonations(deps, donation)) await announceUse(deps, later.din);
}

type MessageKey = Extract<AnnouncedKey, { kind: 'message' }>;

/**
 * Queues a new message. One about a use, or about giving again, is looked at whenever it changes: how it ended may call for
 * more. What else becomes of a message needs nobody at once: whatever falls due later, or again, is the tick's.
 */
async function followMessage(deps: AnnounceHandlerDeps, ref: MessageKey, isNew: boolean): Promise<void> {
  const { personId, messageId } = ref;
  if (!FOLLOWED.some((template) => isMessageOf(template, ref))) {
    // Not read first, as most are due at once: the sender leaves those that are not.
    if (isNew && !REMINDER_TEMPLATES.some((template) => isMessageOf(template, ref)))
      await deps.queue([{ personId, messageId }]);
    return;
  }
  const message = await createMessages(deps.store).get(ref);
  if (!message) return;
  if (message.status === 'due' && message.dueAt <= nowOf(deps)) await deps.queue([{ personId, messageId }]);
  const din = message.bound && dinOfBound(message.bound.pk);
  if (din) await announceUse(deps, din);
  if (message.template === 'may-give-again') await announceAgain(deps, personId, 'message');
}

const FOLLOWED = [
  'blood-used',
  'blood-used-correction',
  'may-give-again',
] as const satisfies readonly MessageTemplate[];
