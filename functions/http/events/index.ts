import { events } from '../../../shared/contract/events.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { addVolunteer } from './add-volunteer.ts';
import { answerCohost } from './answer-cohost.ts';
import { askDrive } from './ask-drive.ts';
import { cancelOwnEvent } from './cancel-event.ts';
import { cancelSignUpFor } from './cancel-sign-up-for.ts';
import { changePublished } from './change-event.ts';
import { completeVolunteer } from './complete-volunteer.ts';
import { confirmQualification } from './confirm-qualification.ts';
import { createEvent } from './create-event.ts';
import { declareSkills } from './declare-skills.ts';
import { eventsDeps } from './deps.ts';
import { editDraft } from './edit-event.ts';
import { endCohost } from './end-cohost.ts';
import { endDrive } from './end-drive.ts';
import { exportRoster } from './export-roster.ts';
import { findVolunteers } from './find-volunteers.ts';
import { getDesk } from './get-desk.ts';
import { getEvent } from './get-event.ts';
import { getMyQualifications } from './get-my-qualifications.ts';
import { getRoster } from './get-roster.ts';
import { getSeries } from './get-series.ts';
import { inviteCohost } from './invite-cohost.ts';
import { listCohosted } from './list-cohosted.ts';
import { listEvents } from './list-events.ts';
import { listFollowing } from './list-following.ts';
import { listOpenShifts } from './list-open-shifts.ts';
import { listOrganisationEvents } from './list-organisation-events.ts';
import { listOrganisations } from './list-organisations.ts';
import { listWaiting } from './list-waiting.ts';
import { previewChange } from './preview-change.ts';
import { previewRepeats } from './preview-repeats.ts';
import { publishDraft } from './publish-event.ts';
import { repeatEvent } from './repeat-event.ts';
import { sendNote } from './send-note.ts';
import { signUpFor } from './sign-up-for.ts';

export const eventsRoutes = {
  'GET /api/events': listEvents,
  'GET /api/events/{eventId}': getEvent,
  'GET /api/organisations/{organisationId}/events': listOrganisationEvents,
  'POST /api/events': createEvent,
  'PUT /api/events/{eventId}': editDraft,
  'POST /api/events/{eventId}/publish': publishDraft,
  'POST /api/events/{eventId}/cancel': cancelOwnEvent,
  'GET /api/events/{eventId}/roster': getRoster,
  'GET /api/events/{eventId}/roster.csv': exportRoster,
  'GET /api/events/{eventId}/waiting': listWaiting,
  'GET /api/events/{eventId}/desk': getDesk,
  'GET /api/organisations': listOrganisations,
  'GET /api/organisations/{organisationId}/cohosted': listCohosted,
  'POST /api/events/{eventId}/cohosts': inviteCohost,
  'POST /api/events/{eventId}/cohosts/{organisationId}/answer': answerCohost,
  'POST /api/events/{eventId}/cohosts/{organisationId}/end': endCohost,
  'GET /api/me/open-shifts': listOpenShifts,
  'GET /api/me/qualifications': getMyQualifications,
  'PUT /api/me/qualifications': declareSkills,
  'POST /api/events/{eventId}/qualifications': confirmQualification,
  'POST /api/events/{eventId}/people/find': findVolunteers,
  'POST /api/events/{eventId}/people': addVolunteer,
  'POST /api/events/{eventId}/people/{personId}/profile': completeVolunteer,
  'POST /api/events/{eventId}/sign-ups': signUpFor,
  'POST /api/events/{eventId}/sign-ups/{bookingId}/cancel': cancelSignUpFor,
  'GET /api/events/{eventId}/repeats': previewRepeats,
  'POST /api/events/{eventId}/repeats': repeatEvent,
  'GET /api/series/{seriesId}': getSeries,
  'POST /api/events/{eventId}/change-previews': previewChange,
  'POST /api/events/{eventId}/changes': changePublished,
  'POST /api/events/{eventId}/drive': askDrive,
  'POST /api/events/{eventId}/drive/end': endDrive,
  'GET /api/events/{eventId}/following': listFollowing,
  'POST /api/events/{eventId}/notes': sendNote,
};

const deps = once(() => eventsDeps(storeFromEnv(), systemWorld('events')));

export const handler = areaHandler(events, deps, eventsRoutes);
