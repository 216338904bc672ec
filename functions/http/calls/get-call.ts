import type { calls } from '../../../shared/contract/calls.ts';
import { costOf, datesFrom } from '../../../shared/domain/calls.ts';
import { countSegments } from '../../../shared/notify/segments.ts';
import { everyItem } from '../../../shared/store/every.ts';
import type { BookingItem, CalledItem, CallItem, MessageItem } from '../../../shared/store/items/index.ts';
import { keys, messageId } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredCall } from './covered.ts';
import type { CallsDeps } from './deps.ts';
import { callView } from './views.ts';

type Routes = (typeof calls)['routes'];

export const getCall: RouteHandler<Routes['GET /api/calls/{callId}'], CallsDeps> = async (
  { actor, params, query },
  deps,
) => {
  const call = await coveredCall(deps, actor, { ...params, ...query });
  const [asked, days] = await Promise.all([
    deps.calls.asked(call.callId),
    deps.calls.days(call.siteId, call, nowOf(deps)),
  ]);
  const [texts, came] = await Promise.all([textsOf(deps, call, asked), cameOf(deps, call, asked)]);
  const sent = texts.filter((text) => text?.status === 'sent' || text?.status === 'uncertain');
  const waiting = texts.filter((text) => !text || text.status === 'due' || text.status === 'claimed');
  const segments = sent.reduce(
    (sum, text) => sum + countSegments(deps.text.signature + (text?.sentText ?? '')).segments,
    0,
  );
  return {
    ...callView(call),
    free: days.reduce((sum, { free }) => sum + free, 0),
    booked: came.length,
    given: came.filter(({ status }) => status === 'fulfilled').length,
    texts: { sent: sent.length, waiting: waiting.length, notSent: texts.length - sent.length - waiting.length },
    segments,
    cents: costOf(segments, call.settings),
  };
};

async function textsOf(
  { store }: CallsDeps,
  { callId }: CallItem,
  asked: readonly CalledItem[],
): Promise<(MessageItem | undefined)[]> {
  const id = messageId('donation-called', callId, 'once');
  return (await store.batchGet(asked.map(({ personId }) => keys.message(personId, id)))) as (MessageItem | undefined)[];
}

/** Bookings of the call's days that those who were asked have made since, and that stand. */
async function cameOf(deps: CallsDeps, call: CallItem, asked: readonly CalledItem[]): Promise<BookingItem[]> {
  const since = new Map(asked.map(({ personId, at }) => [personId, at]));
  const found: BookingItem[] = [];
  for (const date of datesFrom(call.from, call.to)) {
    const roster = await everyItem(
      async (page) => await deps.donations.roster(call.siteId, date, { limit: 200, ...page }),
    );
    found.push(
      ...roster.filter(
        ({ personId, status, createdAt, procedure }) =>
          status !== 'cancelled' && procedure === call.procedure && createdAt >= (since.get(personId) ?? '~'),
      ),
    );
  }
  return found;
}
