import type { donations } from '../../../shared/contract/donations.ts';
import { phoneTyped } from '../../../shared/domain/phone.ts';
import { changeSite } from '../../../shared/store/transactions/change-site.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { DonationsDeps } from './deps.ts';
import { settingsView } from './settings-view.ts';

type Routes = (typeof donations)['routes'];

export const putSettings: RouteHandler<Routes['PUT /api/donations/settings/{siteId}'], DonationsDeps> = async (
  { actor, params, body, idempotency },
  { engine, sites, texts, newId },
) => {
  const { siteId } = params;
  requireSite(actor, siteId);
  const { version, phone: typed, cutoffMinutes, reminders, usedHoldMinutes, lockMinutes } = body;
  const { dayBeforeAt, minutesBefore } = reminders;
  const phone = phoneTyped(typed, (await sites.get(siteId))?.phone ?? '');
  if (!phone) throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'no-number' }] });
  const answer = await changeSite(engine, {
    siteId,
    version,
    settings: {
      phone,
      cutoffMinutes,
      reminders: {
        ...(dayBeforeAt !== undefined && { dayBeforeAt }),
        ...(minutesBefore !== undefined && { minutesBefore }),
      },
      ...(usedHoldMinutes !== undefined && { usedHoldMinutes }),
      ...(lockMinutes !== undefined && { lockMinutes }),
    },
    by: actor.personId,
    auditId: newId(),
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind === 'changed') throw new ProblemError('changed-meanwhile');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  return settingsView(answer.site, texts);
};
