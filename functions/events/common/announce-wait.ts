import { localDateOf } from '../../../shared/domain/local-time.ts';
import { dialled } from '../../../shared/domain/phone.ts';
import { quietUntil } from '../../../shared/domain/quiet-hours.ts';
import type { Localized } from '../../../shared/domain/vocabulary.ts';
import type { QuietUntil } from '../../../shared/domain/waitlist.ts';
import { dayText, whenText } from '../../../shared/notify/when.ts';
import type { MessageItem, WaitItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { boundTo, createMessages, newMessage } from '../../../shared/store/messages.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { moveLine } from '../../../shared/store/transactions/move-line.ts';
import { createWaits, type LineKey } from '../../../shared/store/waits.ts';
import { engineDeps } from '../../runtime/common-deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';

/** Moves a day's waiting list on as far as it goes. */
export async function moveWaits(deps: AnnounceDeps, key: LineKey): Promise<void> {
  const quiet: QuietUntil = (at, zone) => quietUntil(at, zone, deps.quiet);
  await moveLine({ ...engineDeps(deps.store, deps), quiet }, key);
}

/** Makes the message that a wait's present state calls for, unless it is there. */
export async function announceWait(deps: AnnounceDeps, waitId: string, personId: string): Promise<void> {
  const wait = await createWaits(deps.store).get(waitId, personId);
  const message = wait && (await waitMessage(deps, wait));
  if (message) await createMessages(deps.store).create(message);
}

/** Tells everybody with an open offer in a list who was not told, whatever became of the stream's record. */
export async function announceOffers(deps: AnnounceDeps, key: LineKey): Promise<void> {
  const { waits } = await createWaits(deps.store).ofDay(key);
  for (const { waitId, personId, status } of waits) {
    if (status === 'offered') await announceWait(deps, waitId, personId);
  }
}

/**
 * Looks again at every list that somebody waits in of whom something has changed: they may qualify now, or have found a
 * place elsewhere while one was held for them.
 */
export async function moveWaitsOf(deps: AnnounceDeps, personId: string): Promise<void> {
  const now = nowOf(deps);
  const live = (await createWaits(deps.store).ofPerson(personId, MOST_WAITS)).filter(
    ({ status, endsAt }) => endsAt > now && (status === 'waiting' || status === 'offered'),
  );
  const days = new Map(live.map((wait) => [keys.waitLine(wait.containerId, wait.date).pk, wait]));
  for (const wait of days.values()) await moveWaits(deps, wait);
}
const MOST_WAITS = 50;

/** The page an offer's text opens; as short as can be. */
export const OFFER_PAGE = '/o';

async function waitMessage(deps: AnnounceDeps, wait: WaitItem): Promise<MessageItem | undefined> {
  const now = nowOf(deps);
  const said = wait.status === 'offered' ? await offerParams(deps, wait, now) : closedParams(wait, now);
  if (!said) return undefined;
  return newMessage({
    personId: wait.personId,
    template: `${wait.slotKind}-${wait.status === 'offered' ? 'offered' : 'wait-closed'}`,
    subject: wait.waitId,
    version: wait.version,
    scope: wait.containerId,
    zone: wait.zone,
    params: said,
    bound: boundTo(keys.wait(wait.waitId, wait.personId), wait.version),
    now,
  });
}

type Params = Record<string, string | Localized>;

async function offerParams(deps: AnnounceDeps, wait: WaitItem, now: string): Promise<Params | undefined> {
  const { offer, zone } = wait;
  // A record that comes late announces nothing that is over.
  if (!offer || offer.until <= now) return undefined;
  const until = whenText(offer.until, zone);
  const sameDay = localDateOf(offer.until, zone) === localDateOf(offer.at, zone);
  const phone = await phoneOf(deps, wait);
  return {
    when: whenText(offer.startsAt, zone),
    place: wait.place,
    until: sameDay ? until.zh.slice(-HOUR) : until,
    ...(phone && { phone: dialled(phone) }),
    code: offer.code,
    link: deps.publicUrl + OFFER_PAGE,
  };
}
const HOUR = 'HH:MM'.length;

function closedParams(wait: WaitItem, now: string): Params | undefined {
  if (wait.status !== 'closed' || wait.endsAt <= now) return undefined;
  return {
    when: wait.slotId === undefined ? dayText(wait.date) : whenText(wait.startsAt, wait.zone),
    place: wait.place,
  };
}

/** Where a caller reaches those who can act on the code: at a site only. */
async function phoneOf({ sites }: AnnounceDeps, { containerId }: WaitItem): Promise<string | undefined> {
  return (await sites()).find(({ siteId }) => siteId === containerId)?.phone;
}
