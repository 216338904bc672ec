import type { EventItem } from '../../shared/store/items/index.ts';
import type { Actor } from './actor.ts';
import { ProblemError } from './problem.ts';

const organises = ({ roles }: Pick<Actor, 'roles'>, organisationId: string): boolean =>
  roles.some(({ role, scope }) => role === 'organiser' && scope === organisationId);

export type Part = 'owner' | 'cohost' | 'invited';

/** What part somebody's organisations have in an event; undefined for none. */
export function partOf(actor: Pick<Actor, 'roles'>, event: EventItem): Part | undefined {
  if (organises(actor, event.organisationId)) return 'owner';
  const mine = (event.cohosts ?? []).filter(({ organisationId }) => organises(actor, organisationId));
  if (mine.some(({ status }) => status === 'accepted')) return 'cohost';
  return mine.some(({ status }) => status === 'invited') ? 'invited' : undefined;
}

/** An event in which the caller has one of these parts. Another's is `forbidden` once published; before, it is not there. */
export function withPart(
  actor: Actor,
  event: EventItem | undefined,
  parts: readonly Part[],
): { event: EventItem; part: Part } {
  if (!event) throw new ProblemError('not-found');
  const part = partOf(actor, event);
  if (part && parts.includes(part)) return { event, part };
  throw new ProblemError(part || event.status === 'published' ? 'forbidden' : 'not-found');
}
