import { events } from '../../../shared/contract/events.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { cancelOwnEvent } from './cancel-event.ts';
import { createEvent } from './create-event.ts';
import { eventsDeps } from './deps.ts';
import { editDraft } from './edit-event.ts';
import { getEvent } from './get-event.ts';
import { getRoster } from './get-roster.ts';
import { listEvents } from './list-events.ts';
import { listOrganisationEvents } from './list-organisation-events.ts';
import { listWaiting } from './list-waiting.ts';
import { publishDraft } from './publish-event.ts';

export const eventsRoutes = {
  'GET /api/events': listEvents,
  'GET /api/events/{eventId}': getEvent,
  'GET /api/organisations/{organisationId}/events': listOrganisationEvents,
  'POST /api/events': createEvent,
  'PUT /api/events/{eventId}': editDraft,
  'POST /api/events/{eventId}/publish': publishDraft,
  'POST /api/events/{eventId}/cancel': cancelOwnEvent,
  'GET /api/events/{eventId}/roster': getRoster,
  'GET /api/events/{eventId}/waiting': listWaiting,
};

const deps = once(() => eventsDeps(storeFromEnv(), systemWorld('events')));

export const handler = areaHandler(events, deps, eventsRoutes);
