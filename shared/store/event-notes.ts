import { createHash } from 'node:crypto';
import { isAddressed } from '../domain/notes.ts';
import type { Localized, NoteAudience } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { rosterOf } from './event-changes.ts';
import { createEvents, type EventDeps } from './events.ts';
import { queryAll } from './every.ts';
import type { BookingItem, EventItem, EventNoteItem } from './items/index.ts';
import { indexes, keys } from './keys.ts';
import { AGAIN, withRetries } from './retry.ts';
import { nowOf } from './transactions/deps.ts';

export type NoteAnswer = { readonly kind: 'done'; readonly note: EventNoteItem } | { readonly kind: 'key-reused' };

/** Writes what everybody is to be told who is signed up; what follows the table's stream tells them. Its id comes from the key. */
export async function writeNote(
  deps: EventDeps,
  input: {
    readonly eventId: string;
    readonly slotIds?: readonly string[];
    readonly to?: NoteAudience | undefined;
    readonly note: Localized;
    readonly by: string;
    readonly idempotency: Idempotency;
    readonly audit: DraftItem;
  },
): Promise<NoteAnswer> {
  const { eventId, idempotency } = input;
  const noteId = `n${createHash('sha256').update(idempotency.key).digest('hex').slice(0, 20)}`;
  return await withRetries<NoteAnswer>(async () => {
    const own = await deps.store.get<EventNoteItem>(keys.eventNote(eventId, noteId), { consistent: true });
    if (own)
      return wasAccepted(own.accepted, idempotency) === 'same' ? { kind: 'done', note: own } : { kind: 'key-reused' };
    const at = nowOf(deps);
    const note: EventNoteItem = {
      kind: 'event-note',
      eventId,
      noteId,
      ...(input.slotIds && { slotIds: [...input.slotIds] }),
      ...(input.to && { to: input.to }),
      note: input.note,
      status: 'telling',
      by: input.by,
      at,
      accepted: accept([], idempotency),
      version: 1,
      gsi1pk: indexes.telling(),
      gsi1sk: indexes.tellingSort(at, noteId),
    };
    const Item = { ...note, ...keys.eventNote(eventId, noteId) };
    const result = await deps.store.transact([{ Put: { Item, ...asRead(undefined) } }, input.audit]);
    return result.ok ? { kind: 'done', note } : AGAIN;
  }, deps);
}

/** An index may be this far behind before we trust that it shows everybody. */
const INDEX_SETTLES_MS = 60_000;

/** Everybody a note is for, as of now; `isLast`: no index can hide anybody any more, so that it need not be looked at again. */
export async function toldBy(
  deps: EventDeps,
  { eventId, noteId }: { eventId: string; noteId: string },
): Promise<{ note: EventNoteItem; bookings: BookingItem[]; isLast: boolean } | undefined> {
  const note = await deps.store.get<EventNoteItem>(keys.eventNote(eventId, noteId), { consistent: true });
  const event = note?.status === 'telling' ? await createEvents(deps.store).get(eventId) : undefined;
  if (!note || !event) return undefined;
  const bookings = await addressedBy(deps.store, event, note);
  return { note, bookings, isLast: deps.clock.now() - Date.parse(note.at) >= INDEX_SETTLES_MS };
}

/** Whom a note is for, as the index of the event's rosters has it. */
export async function addressedBy(
  store: Store,
  { eventId, shifts }: EventItem,
  { slotIds, to = 'signed-up', at }: Pick<EventNoteItem, 'slotIds' | 'to' | 'at'>,
): Promise<BookingItem[]> {
  const dates = [...new Set(shifts.map(({ date }) => date))];
  const rosters = await Promise.all(dates.map(async (date) => await rosterOf(store, eventId, date)));
  return rosters
    .flat()
    .filter((booking) => (slotIds === undefined || slotIds.includes(booking.slotId)) && isAddressed(to, booking, at));
}

/** Notes that everybody has been told; false where somebody else has been faster. */
export async function closeNote(store: Store, note: EventNoteItem): Promise<boolean> {
  const { gsi1pk: _, gsi1sk: __, ...rest } = note;
  const after: EventNoteItem = { ...rest, status: 'told', version: note.version + 1 };
  const Item = { ...after, ...keys.eventNote(note.eventId, note.noteId) };
  return (await store.transact([{ Put: { Item, ...asRead(note) } }])).ok;
}

/** Notes of which some have yet to be told. */
export async function openNotes(store: Store): Promise<EventNoteItem[]> {
  return await queryAll<EventNoteItem>(store, { pk: indexes.telling(), index: 'gsi1' });
}
