import type { events } from '../../../shared/contract/events.ts';
import { isUnderAge } from '../../../shared/domain/guardian.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { createCovers } from '../../../shared/store/covers.ts';
import { guardiansOf } from '../../../shared/store/guardians.ts';
import type { GuardianItem, LockItem } from '../../../shared/store/items/index.ts';
import { indexes, keys } from '../../../shared/store/keys.ts';
import { unpackLock } from '../../../shared/store/lock.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';
import { heldView } from './views.ts';

type Routes = (typeof events)['routes'];

/** The read is recorded, with whom it was about, before it is answered. */
export const getRoster: RouteHandler<Routes['GET /api/events/{eventId}/roster'], EventsDeps> = async (
  { actor, params, query },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const pk = indexes.roster(event.eventId, query.date);
  const page = await deps.events.roster(event.eventId, query.date, pageOf(query, { pkName: 'gsi1pk', pk }));
  const ids = page.items.map(({ personId }) => personId);
  const [people, locks, asked] = await Promise.all([
    deps.people.profiles(ids),
    deps.store.batchGet(ids.map(keys.lock)) as Promise<(LockItem | undefined)[]>,
    createCovers(deps.store).asked(event.eventId),
  ]);
  const minors = page.items.filter(({ date }, n) => {
    const birthDate = locks[n]?.birthDate;
    return birthDate !== undefined && isUnderAge(birthDate, date);
  });
  const guardians = await guardiansOf(
    deps.store,
    minors.map(({ personId }) => personId),
    event.organisationId,
  );
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'event-roster-read',
      scope: event.eventId,
      zone: event.zone,
      at: new Date(deps.clock.now()).toISOString(),
      id: deps.newId(),
      subjects: ids,
    }),
  );
  const seeking = new Set(asked.map(({ cover }) => cover.bookingId));
  return pageAnswer(
    { ...page, items: page.items.map((booking, n) => ({ booking, person: people[n], lock: locks[n] })) },
    ({ booking, person, lock }) => ({
      bookingId: booking.bookingId,
      shiftId: booking.shiftId ?? '',
      status: booking.status,
      name: person?.name ?? '',
      phoneLast4: person?.phone?.slice(-4) ?? '',
      ...(booking.team && { team: booking.team.name }),
      ...(seeking.has(booking.bookingId) && { seeksCover: true }),
      ...guardianOf(guardians.get(booking.personId)),
      qualifications: heldView((lock && unpackLock(lock).facts.qualifications) ?? []),
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
    }),
  );
};

const guardianOf = (item: GuardianItem | undefined) =>
  item?.status === 'given'
    ? { guardian: { name: item.guardian, relation: item.relation, ...(item.phone && { phone: item.phone }) } }
    : {};
