import { desk } from '../../../shared/contract/desk.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { bookFor } from './book-for.ts';
import { cancelFor } from './cancel-for.ts';
import { completeProfile } from './complete-profile.ts';
import { deskDeps } from './deps.ts';
import { enterRow } from './enter-late.ts';
import { findPeople } from './find-people.ts';
import { getPerson } from './get-person.ts';
import { addPerson } from './make-person.ts';
import { moveToPhone } from './move-phone.ts';
import { rescheduleFor } from './reschedule-for.ts';
import { setSecondFact } from './reset-second-fact.ts';

export const deskRoutes = {
  'POST /api/desk/people/find': findPeople,
  'POST /api/desk/people': addPerson,
  'GET /api/desk/people/{personId}': getPerson,
  'POST /api/desk/people/{personId}/profile': completeProfile,
  'POST /api/desk/people/{personId}/phone': moveToPhone,
  'POST /api/desk/people/{personId}/second-fact': setSecondFact,
  'POST /api/desk/bookings': bookFor,
  'POST /api/desk/bookings/{bookingId}/reschedule': rescheduleFor,
  'POST /api/desk/bookings/{bookingId}/cancel': cancelFor,
  'POST /api/desk/late': enterRow,
};

const deps = once(() => deskDeps(storeFromEnv(), systemWorld('desk'), secretFromEnv('FACT_KEY')));

export const handler = areaHandler(desk, deps, deskRoutes);
