import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { bookingMessage } from '../../functions/events/common/announce-booking.ts';
import { REMINDER_TEMPLATES, reminderMessages } from '../../functions/events/common/booking-reminders.ts';
import { REMINDERS } from '../../shared/domain/reminders.ts';
import { whenText } from '../../shared/notify/when.ts';
import { createBookings } from '../../shared/store/bookings.ts';
import type { JobItem, SlotItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createMessages } from '../../shared/store/messages.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

const RUNS = 12;
const URL = 'https://nuanliu.example';
const NIGHT = { from: '21:00', to: '08:00' };
/** In Shanghai, ten in the morning; slots are on the next days, at all hours that matter. */
const NOW = Date.parse('2026-11-23T02:00:00.000Z');
const HOUR = 3_600_000;

type Step =
  | { kind: 'move'; slot: number }
  | { kind: 'stream'; how: 'in order' | 'reversed' | 'twice' }
  | { kind: 'wait'; hours: number }
  | { kind: 'cancel' }
  | { kind: 'queue' }
  | { kind: 'tick' };

const SLOTS = [
  ['2026-11-24', '0800'],
  ['2026-11-24', '1400'],
  ['2026-11-25', '0900'],
  ['2026-11-25', '2330'],
  ['2026-11-26', '1100'],
] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), slot: fc.nat(SLOTS.length - 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('stream' as const),
      how: fc.constantFrom('in order' as const, 'reversed' as const, 'twice' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(1, 4, 8, 14) }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'cancel' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'queue' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'tick' }) },
);
const history = fc.array(step, { minLength: 4, maxLength: 14 });

let station: Station;
let slots: SlotItem[];
beforeAll(async () => {
  station = await aStation({ dailyCap: 1000 });
  slots = await Promise.all(SLOTS.map(async ([date, time]) => await aSlot(station.store, { date, time, places: 25 })));
});

/** The clock goes on; the tick has run each minute, as the watermark says. */
async function tickAt(ms: number): Promise<void> {
  station.world.set(new Date(ms).toISOString());
  const job = await station.store.get<JobItem>(keys.job('due'), { consistent: true });
  const item: JobItem = { kind: 'job', name: 'due', watermark: '', version: (job?.version ?? 0) + 1 };
  await station.store.put({
    Item: { ...keys.job('due'), ...item, watermark: new Date(ms - 5 * 60_000).toISOString().slice(0, 16) },
  });
  await station.tick();
}

it('whatever happens to a booking, and in whatever order it is heard of, no reminder is of what is no longer so', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      await station.settle();
      let now = NOW;
      station.world.set(new Date(now).toISOString());
      const donor = await aPerson(station.store);
      const answer = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
        as: donor,
        body: { slotId: slots[4]?.slotId },
      });
      const { bookingId } = answer.body;
      const booking = async () => {
        const found = await createBookings(station.store).get(bookingId);
        if (!found) throw new Error('the booking is gone');
        return found;
      };
      const phone = (await station.store.get<{ phone: string }>(keys.profile(donor)))?.phone;
      const wrong: string[] = [];
      station.network.send = async (to, text) => {
        // What was claimed is what stands: the clock of the test stands still in between.
        const { status, startsAt, zone } = await booking();
        const stands = status === 'booked' && text.includes(whenText(startsAt, zone).zh);
        if (to === phone && /提醒|期待/.test(text) && !stands) wrong.push(`${text} (${status} ${startsAt})`);
        return await station.accept(to, text);
      };
      for (const it of steps) {
        const params = { bookingId };
        if (it.kind === 'move') {
          const body = { slotId: slots[it.slot]?.slotId };
          await station.call('bookings', 'POST /api/bookings/{bookingId}/reschedule', { as: donor, params, body });
        } else if (it.kind === 'cancel') {
          await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', { as: donor, params, body: {} });
        } else if (it.kind === 'stream') {
          const records = await station.read();
          if (it.how === 'twice') await station.announce(records);
          await station.announce(it.how === 'reversed' ? records.toReversed() : records);
        } else if (it.kind === 'queue') await station.send(station.queued.splice(0));
        else if (it.kind === 'tick') await tickAt(now);
        else if (it.kind === 'wait') {
          now += it.hours * HOUR;
          station.world.set(new Date(now).toISOString());
        }
      }
      await station.settle();
      expect(wrong).toEqual([]);

      // In the end every reminder that waits is of the booking as it is, and none that it calls for is missing.
      const last = await booking();
      const all = (await station.messagesOf(donor)).filter(({ template }) => REMINDER_TEMPLATES.includes(template));
      const at = new Date(now).toISOString();
      expect(all.filter(({ gsi2pk, bound }) => gsi2pk !== undefined && bound?.version !== last.version)).toEqual([]);
      const told = bookingMessage(last, URL, at);
      const confirmation = told && (await createMessages(station.store).get(told));
      if (last.status !== 'booked' || !confirmation) return;
      const input = { toldAt: confirmation.createdAt, settings: REMINDERS, quiet: NIGHT, publicUrl: URL, now: at };
      const made = new Set(all.map(({ messageId }) => messageId));
      for (const { messageId, dueAt } of reminderMessages(last, input)) {
        if (dueAt > at) expect(made, messageId).toContain(messageId);
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
