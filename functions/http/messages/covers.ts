import type { MessageItem } from '../../../shared/store/items/index.ts';
import type { Actor } from '../../runtime/actor.ts';

/** Staff look after the texts of their own sites; texts about events belong to no site and are everyone's to mend. */
export const covers = (actor: Actor, { scope, template }: MessageItem): boolean =>
  template.startsWith('shift-') ||
  actor.roles.some((held) => held.role === 'admin' || (held.role === 'staff' && held.scope === scope));
