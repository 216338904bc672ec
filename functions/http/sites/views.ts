import type * as z from 'zod';
import type { DonationSlot, Site, sites } from '../../../shared/contract/sites.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { Instant } from '../../../shared/domain/vocabulary.ts';
import { packFor } from '../../../shared/policy/index.ts';
import { visitsOf } from '../../../shared/policy/visits.ts';
import type { OfferedSlot } from '../../../shared/store/drives.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';

/** A site with what the pack in force there today lets a donation draw. */
export function siteView({ siteKind, ...site }: SiteItem, now: Instant): z.input<typeof Site> {
  const { volumes } = packFor(site.pack, localDateOf(now, site.zone));
  return {
    ...site,
    kind: siteKind,
    volumes: volumes
      .filter(({ procedure }) => site.procedures.includes(procedure))
      .flatMap(({ procedure, allowed }) => allowed.map((bag) => ({ procedure, ...bag }))),
  };
}

/** The same, with what a visit is like; volumes say which rule allows them. */
export function siteInFull(
  site: SiteItem,
  now: Instant,
): z.input<(typeof sites)['routes']['GET /api/sites/{siteId}']['output']> {
  const { volumes } = packFor(site.pack, localDateOf(now, site.zone));
  return {
    ...siteView(site, now),
    visits: visitsOf(site.pack)
      .filter(({ procedure }) => site.procedures.includes(procedure))
      .map((visit) => {
        const rule = volumes.find(({ procedure }) => procedure === visit.procedure);
        return {
          ...visit,
          ...(rule && { volumes: { source: rule.source, mark: rule.mark } }),
          bring: [...visit.bring],
          before: [...visit.before],
          after: [...visit.after],
        };
      }),
  };
}

export const slotView = ({ slot, free, drive }: OfferedSlot): z.input<typeof DonationSlot> => ({
  slotId: slot.slotId,
  siteId: slot.containerId,
  procedure: slot.procedure ?? 'whole-blood',
  startsAt: slot.startsAt,
  endsAt: slot.endsAt,
  date: slot.date,
  zone: slot.zone,
  status: slot.status,
  places: slot.places,
  free: slot.status === 'open' ? free : 0,
  ...(slot.stop && { stop: slot.stop }),
  ...(drive && { drive }),
});
