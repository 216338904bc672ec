import type { me } from '../../../shared/contract/me.ts';
import { isShown, textStanding } from '../../../shared/domain/text-ledger.ts';
import { render } from '../../../shared/notify/templates.ts';
import type { MessageItem } from '../../../shared/store/items/index.ts';
import { indexes } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';

type Routes = (typeof me)['routes'];

export const listMyMessages: RouteHandler<Routes['GET /api/me/messages'], MeDeps> = async (
  { actor, query, language },
  deps,
) => {
  const pk = indexes.ledger(actor.personId);
  const [profile, page] = await Promise.all([
    deps.people.profile(actor.personId),
    deps.store.query<MessageItem>({
      index: 'gsi1',
      pk,
      newestFirst: true,
      ...pageOf(query, { pkName: 'gsi1pk', pk }),
    }),
  ]);
  if (!profile) throw new ProblemError('person-unknown');
  const now = nowOf(deps);
  return pageAnswer({ ...page, items: page.items.filter(isShown) }, (item) => ({
    messageId: item.messageId,
    template: item.template,
    ...textStanding(item, profile, now),
    text: item.sentText ?? render(item.template, language, item.params),
    zone: item.zone,
    dueAt: item.dueAt,
    ...(item.sentAt && { sentAt: item.sentAt }),
  }));
};
