import type * as z from 'zod';
import type { SiteDrive } from '../../../shared/contract/planning.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { PlanningDeps } from './deps.ts';

/** What a site's days rest on, or are asked to, from today on. How many have signed up, never who. */
export async function drivesView(
  deps: PlanningDeps,
  { siteId, zone }: SiteItem,
): Promise<{ items: z.input<typeof SiteDrive>[] }> {
  const ties = await deps.drives.ofSite(siteId, localDateOf(nowOf(deps), zone));
  const items = await Promise.all(
    ties.map(async ({ date, status, event }) => {
      const roster = await deps.drives.rosterOf(event);
      return {
        date,
        eventId: event.eventId,
        title: event.title,
        organisation: event.organisation,
        contactPhone: event.contactPhone,
        zone: event.zone,
        status,
        isCancelled: event.status === 'cancelled' || event.status === 'cancelling',
        shifts: event.shifts.flatMap(({ role, places, minimum = 0, ...shift }, n) =>
          shift.date === date
            ? [
                {
                  role,
                  startsAt: shift.startsAt,
                  endsAt: shift.endsAt,
                  places,
                  minimum,
                  taken: roster[n]?.taken ?? 0,
                },
              ]
            : [],
        ),
        version: event.version,
      };
    }),
  );
  return { items };
}
