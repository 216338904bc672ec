import type { desk } from '../../../shared/contract/desk.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { makePerson } from '../../../shared/store/transactions/make-person.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite, recordOf } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { phoneOf } from './find-people.ts';
import { personView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const addPerson: RouteHandler<Routes['POST /api/desk/people'], DeskDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { siteId, name, phone, besides, ...facts } = body;
  const site = await coveredSite(deps, actor, siteId);
  if (facts.birthDate > localDateOf(nowOf(deps), site.zone) || facts.birthDate < '1900-01-01') {
    throw new ProblemError('invalid-input', { fields: [{ path: 'birthDate', why: 'not-allowed' }] });
  }
  const answer = await makePerson(deps.engine, {
    name,
    ...(phone && { phone: phoneOf(phone, site.phone) }),
    facts,
    // Nobody has chosen: the station's own, until they do.
    language: 'zh',
    besides,
    audit: (personId) => recordOf(deps, site, actor.personId, 'person-put-on-record', [personId]),
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind === 'known') throw new ProblemError('changed-meanwhile');
  return personView(answer.profile);
};
