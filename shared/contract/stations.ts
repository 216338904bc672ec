import * as z from 'zod';
import { Instant, Localized, PersonId, SiteId, StationId } from './common.ts';
import { area } from './define.ts';

/** Made and kept by the browser of the station, as the key by which it is known is. */
const Key = z.string().regex(/^[a-f0-9]{32}$/);
const Pin = z.string().regex(/^\d{6}$/);

/** A browser that several people of a site use in turn. */
export const Station = z.object({
  stationId: StationId,
  siteId: SiteId,
  siteName: Localized,
  lockMinutes: z.number().int().meta({ description: 'Minutes after which it locks when nobody touches it' }),
});

/** Somebody's seat at a station while it is unlocked for them. */
export const Seat = z.object({
  personId: PersonId,
  name: z.string().optional().meta({ description: 'To whom it is themselves: not on unlocking' }),
  seatKey: z.string().meta({ description: 'What the browser keeps of them is encrypted under it' }),
  until: Instant.meta({ description: 'When they sign in with both factors again' }),
  lockMinutes: z.number().int(),
});

const AtStation = { params: z.strictObject({ stationId: StationId }), body: z.strictObject({ key: Key }) };
const Done = z.object({ done: z.boolean() });

export const stations = area('stations', {
  'POST /api/stations': {
    roles: ['staff'],
    beforeSeat: true,
    summary: 'Make this browser a shared station of a site. Audited',
    body: z.strictObject({ siteId: SiteId, key: Key }),
    status: 201,
    output: Station,
  },
  'POST /api/stations/{stationId}/join': {
    roles: ['staff'],
    beforeSeat: true,
    summary: 'Take a seat at a station, with a PIN that unlocks it; whoever it was unlocked for is locked out. Audited',
    params: AtStation.params,
    body: z.strictObject({ key: Key, pin: Pin }),
    status: 200,
    output: Seat,
  },
  'POST /api/stations/{stationId}/unlock': {
    roles: ['public'],
    summary:
      'Unlock a station, for whoever has its browser and the PIN of a seat; five wrong ones end the seat. It is locked for anybody else. Audited',
    params: AtStation.params,
    body: z.strictObject({ key: Key, personId: PersonId, pin: Pin }),
    status: 200,
    output: Seat,
  },
  'POST /api/stations/{stationId}/lock': {
    roles: ['public'],
    summary: 'Lock a station, for whoever has its browser: every route of a role is refused there until it is unlocked',
    ...AtStation,
    status: 200,
    output: Done,
  },
  'POST /api/stations/{stationId}/stay': {
    roles: ['staff'],
    summary: 'Somebody is still at it; without this it locks by itself',
    ...AtStation,
    status: 200,
    output: Done,
  },
  'POST /api/stations/{stationId}/leave': {
    roles: ['staff'],
    summary: 'Give up the own seat. Audited',
    ...AtStation,
    status: 200,
    output: Done,
  },
  'POST /api/stations/{stationId}/end': {
    roles: ['staff'],
    summary: 'Make it a browser like any other; nobody can unlock it any more. Audited',
    ...AtStation,
    status: 200,
    output: Done,
  },
});
