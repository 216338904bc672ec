import { calledParams } from '../../../shared/notify/called.ts';
import { createCalls, RUNNING_VERSION } from '../../../shared/store/calls/calls.ts';
import { keepCallable } from '../../../shared/store/calls/keep-callable.ts';
import type { CalledItem, CallItem, MessageItem, SiteItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { boundTo, createMessages, newMessage } from '../../../shared/store/messages.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { engineDeps } from '../../runtime/common-deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';

/**
 * Makes the text for somebody whom a call has asked, unless it is there, bound to the call as it runs: once that ends, what was not
 * sent yet is not. And every site that may call them learns that they were called.
 */
export async function announceCalled(
  deps: AnnounceDeps,
  { personId, callId }: { readonly personId: string; readonly callId: string },
): Promise<void> {
  const calls = createCalls(deps.store);
  const called = await calls.called(personId, callId);
  const call = called && (await calls.get(called.siteId, callId));
  const sites = await deps.sites();
  const site = sites.find(({ siteId }) => siteId === called?.siteId);
  if (called && call?.status === 'running' && site) {
    await createMessages(deps.store).create(calledMessage(deps, site, call, called));
  }
  await keepCallable(engineDeps(deps.store, deps), sites, personId);
}

const calledMessage = (
  { publicUrl, ...deps }: Pick<AnnounceDeps, 'publicUrl' | 'clock'>,
  site: SiteItem,
  call: CallItem,
  called: CalledItem,
): MessageItem =>
  newMessage({
    personId: called.personId,
    template: 'donation-called',
    subject: call.callId,
    version: 'once',
    scope: site.siteId,
    zone: site.zone,
    params: calledParams({ ...call, site: site.name, date: called.date }, publicUrl),
    bound: boundTo(keys.call(call.siteId, call.callId), RUNNING_VERSION),
    now: nowOf(deps),
    until: called.until,
  });
