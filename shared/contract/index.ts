import { attendance } from './attendance.ts';
import { audit } from './audit.ts';
import { blocks } from './blocks.ts';
import { bookings } from './bookings.ts';
import { calls } from './calls.ts';
import { closures } from './closures.ts';
import { desk } from './desk.ts';
import { donations } from './donations.ts';
import { doubts } from './doubts.ts';
import { events } from './events.ts';
import { factors } from './factors.ts';
import { figures } from './figures.ts';
import { files } from './files.ts';
import { guardians } from './guardians.ts';
import { health } from './health.ts';
import { holds } from './holds.ts';
import { hours } from './hours.ts';
import { identity } from './identity.ts';
import { insurance } from './insurance.ts';
import { laboratory } from './laboratory.ts';
import { me } from './me.ts';
import { messages } from './messages.ts';
import { planning } from './planning.ts';
import { precheck } from './precheck.ts';
import { recalls } from './recalls.ts';
import { records } from './records.ts';
import { roles } from './roles.ts';
import { sites } from './sites.ts';
import { stations } from './stations.ts';
import { teams } from './teams.ts';
import { units } from './units.ts';
import { waiting } from './waiting.ts';

/** Every area, each one Lambda. The one table that the gateway, the handlers, the document and the web client are made from. */
export const contract = {
  health,
  sites,
  me,
  precheck,
  bookings,
  donations,
  desk,
  units,
  holds,
  doubts,
  identity,
  audit,
  recalls,
  laboratory,
  events,
  attendance,
  guardians,
  insurance,
  teams,
  messages,
  waiting,
  closures,
  planning,
  files,
  figures,
  calls,
  records,
  roles,
  factors,
  stations,
  blocks,
  hours,
} as const;
export type Contract = typeof contract;
export type AreaName = keyof Contract;
