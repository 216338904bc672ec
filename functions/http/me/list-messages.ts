import type { me } from '../../../shared/contract/me.ts';
import { render } from '../../../shared/notify/templates.ts';
import type { MessageItem } from '../../../shared/store/items/index.ts';
import { indexes } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { MeDeps } from './deps.ts';

type Routes = (typeof me)['routes'];

export const listMyMessages: RouteHandler<Routes['GET /api/me/messages'], MeDeps> = async (
  { actor, query, language },
  deps,
) => {
  const pk = indexes.ledger(actor.personId);
  const page = await deps.store.query<MessageItem>({
    index: 'gsi1',
    pk,
    newestFirst: true,
    ...pageOf(query, { pkName: 'gsi1pk', pk }),
  });
  return pageAnswer(page, (item) => ({
    messageId: item.messageId,
    template: item.template,
    status: item.status,
    text: item.sentText ?? render(item.template, language, item.params),
    createdAt: item.createdAt,
    dueAt: item.dueAt,
    ...(item.sentAt && { sentAt: item.sentAt }),
  }));
};
