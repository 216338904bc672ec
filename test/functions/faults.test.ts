import { expect, it } from 'vitest';
import { senderDeps } from '../../functions/events/sender/deps.ts';
import { senderHandler } from '../../functions/events/sender/handler.ts';
import { donationsDeps } from '../../functions/http/donations/deps.ts';
import { donationsRoutes } from '../../functions/http/donations/index.ts';
import { unitsDeps } from '../../functions/http/units/deps.ts';
import { unitsRoutes } from '../../functions/http/units/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { passCodeOf } from '../../functions/runtime/booking-view.ts';
import { contract } from '../../shared/contract/index.ts';
import { TEXT_SETTINGS } from '../../shared/notify/settings.ts';
import type { AuditItem, DonationItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { anIssuedDonation } from '../builders/donations.ts';
import { callRoute } from '../support/api.ts';
import { storeOn } from '../support/engine.ts';
import { withFaults, withLostAnswers } from '../support/faults.ts';
import { aStation, labelOf } from '../support/station.ts';

const DONORS = 12;

it('a table that conflicts, throttles and goes silent costs no donation, no step and no text, and repeats none', async () => {
  const station = await aStation({ dailyCap: 1000 });
  const faulty = () => withFaults(storeOn(station.names), station.world.random);
  const donations = donationsDeps(faulty(), station.world, async () => 'a key of the tests');
  const units = unitsDeps(faulty(), station.world);
  const donationsHandler = areaHandler(contract.donations, async () => donations, donationsRoutes);
  const unitsHandler = areaHandler(contract.units, async () => units, unitsRoutes);
  const send = senderHandler(async () =>
    senderDeps(faulty(), station.world, { send: station.accept, signature: '', settings: TEXT_SETTINGS }),
  );

  for (let n = 0; n < DONORS; n += 1) {
    const { donor, bookingId } = await station.booked();
    const din = station.newDin();
    const as = station.staff;
    const body = { bookingId, passCode: passCodeOf({ bookingId }) };
    const checkedIn = await callRoute(donationsHandler, 'POST /api/donations/check-in', { as, body });
    const completed = await callRoute(donationsHandler, 'POST /api/donations', {
      as,
      body: { bookingId, din: labelOf(din), procedure: 'whole-blood', volumeMl: 400, reaction: false },
    });
    const moved = await callRoute<{ steps: unknown[] }>(unitsHandler, 'POST /api/units/{din}/{unitId}/steps', {
      as,
      params: { din, unitId: 'wb' },
      body: { action: 'test', version: 1 },
    });
    expect([checkedIn.status, completed.status, moved.status]).toEqual([200, 201, 200]);
    expect(moved.body.steps).toHaveLength(2);
    const { items } = await station.store.query<DonationItem>({ pk: partitions.donations(donor) });
    expect(items).toHaveLength(1);
  }

  await station.announce(await station.read());
  await station.announce(await station.read());
  // Each is queued twice, as a queue may.
  const queued = [...station.queued, ...station.queued];
  for (const message of queued) {
    await send({ Records: [{ messageId: 'x', body: JSON.stringify(message) }] } as never);
  }
  expect(queued).toHaveLength(2 * DONORS);
  expect(station.phone).toHaveLength(DONORS);
});

it('what staff read is shown and recorded once, though the table’s answer to the record was lost', async () => {
  const station = await aStation();
  const din = station.newDin();
  await anIssuedDonation(station.store, din);
  const units = unitsDeps(withLostAnswers(storeOn(station.names)), station.world);
  const handler = areaHandler(contract.units, async () => units, unitsRoutes);
  const read = await callRoute(handler, 'GET /api/units/{din}', { as: station.staff, params: { din } });
  expect(read.status).toBe(200);
  const written = await station.store.query<AuditItem>({ pk: keys.audit('central', '2026-11-23', '', '').pk });
  expect(written.items.filter(({ action }) => action === 'chain-read')).toHaveLength(1);
});
