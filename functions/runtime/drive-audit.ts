import type { DriveStep } from '../../shared/domain/drives.ts';
import type { Instant } from '../../shared/domain/vocabulary.ts';
import { auditItem } from '../../shared/store/audit.ts';
import type { DraftItem } from '../../shared/store/client.ts';
import type { EventItem } from '../../shared/store/items/index.ts';

/** The record of a step of a tie, whoever takes it: under the site, whose times it is about. */
export const driveAudit =
  (of: { readonly by: string; readonly step: DriveStep; readonly at: Instant; readonly id: string }) =>
  ({ eventId, zone }: EventItem, siteId: string): DraftItem => ({
    Put: auditItem({
      by: of.by,
      action: `drive-${of.step}`,
      scope: siteId,
      zone,
      at: of.at,
      id: of.id,
      change: { eventId },
    }),
  });
