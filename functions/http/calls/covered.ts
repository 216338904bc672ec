import { CALL_DAYS, type Called } from '../../../shared/domain/calls.ts';
import { addSpan, daysBetween } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { AboGroup, Procedure, RhdType } from '../../../shared/domain/vocabulary.ts';
import type { CallItem, SiteItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { type FieldError, ProblemError } from '../../runtime/problem.ts';
import type { CallsDeps } from './deps.ts';

export async function coveredSite(deps: CallsDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.getNow(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

export async function coveredCall(
  deps: CallsDeps,
  actor: Actor,
  { siteId, callId }: { siteId: string; callId: string },
): Promise<CallItem> {
  await coveredSite(deps, actor, siteId);
  const call = await deps.calls.get(siteId, callId);
  if (!call) throw new ProblemError('not-found');
  return call;
}

/** As far ahead as there are slots. */
export const DAYS_AHEAD = 28;

type Asked = {
  readonly procedure: Procedure;
  readonly from: string;
  readonly to: string;
  readonly fromTime?: string | undefined;
  readonly toTime?: string | undefined;
  readonly abo?: AboGroup | undefined;
  readonly rhd?: RhdType | undefined;
};

/** What is asked for, once it is known to make sense at the site now. */
export function calledOf(
  { procedure, from, to, fromTime, toTime, abo, rhd }: Asked,
  site: SiteItem,
  now: string,
): Called {
  const today = localDateOf(now, site.zone);
  const fields: FieldError[] = [];
  if (!site.procedures.includes(procedure)) fields.push({ path: 'procedure', why: 'not-allowed' });
  if (from < today) fields.push({ path: 'from', why: 'too-early' });
  if (to < from) fields.push({ path: 'to', why: 'too-early' });
  else if (daysBetween(from, to) >= CALL_DAYS || to > addSpan(today, { value: DAYS_AHEAD, unit: 'day' })) {
    fields.push({ path: 'to', why: 'too-late' });
  }
  if ((fromTime ?? '00:00') >= (toTime ?? '24:00')) fields.push({ path: 'toTime', why: 'too-early' });
  if (fields.length > 0) throw new ProblemError('invalid-input', { fields });
  return {
    procedure,
    from,
    to,
    ...(fromTime && { fromTime }),
    ...(toTime && { toTime }),
    ...(abo && { abo }),
    ...(rhd && { rhd }),
  };
}
