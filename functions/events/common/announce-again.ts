import { addSpan } from '../../../shared/domain/dates.ts';
import { giveAgain, giveAgainTimes } from '../../../shared/domain/give-again.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { Instant, LocalDate, Localized, Procedure } from '../../../shared/domain/vocabulary.ts';
import { dayText } from '../../../shared/notify/when.ts';
import { packFor } from '../../../shared/policy/index.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import type { MessageItem, ProfileItem, SiteItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { type Lock, liveCommitments } from '../../../shared/store/lock.ts';
import { asDue, asStopped, boundTo, createMessages, newMessage } from '../../../shared/store/messages.ts';
import { createPeople } from '../../../shared/store/people.ts';
import { AGAIN, withRetries } from '../../../shared/store/retry.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';

/**
 * Brings the text "you may give again" in line with what a person's lock and wish say now: one for each day from which
 * they may give again, made when that day is known, stopped when it changes or they book. Whatever changes the day changes
 * the lock, so this is asked at each of its changes; a person who does not wish to be told costs one read.
 */
export async function announceAgain(
  deps: AnnounceDeps,
  personId: string,
  changed: 'lock' | 'profile' | 'message',
): Promise<void> {
  const people = createPeople(deps.store);
  const messages = createMessages(deps.store);
  await withRetries(async () => {
    const profile = await people.profile(personId);
    if (!profile) return 'done';
    if ((profile.tellAgain ?? 'no') === 'no' && changed === 'lock') return 'done';
    const now = nowOf(deps);
    // Messages are read before the lock, so that none rests on a newer lock than was seen.
    const yesterday = addSpan(now.slice(0, 10), { value: -1, unit: 'day' });
    const made = await messages.about(personId, TEMPLATE, personId, yesterday);
    const wanted = await wantedOf(deps, profile, now);
    const written: boolean[] = [];
    if (typeof wanted === 'object' && !made.some(({ messageId }) => messageId === wanted.messageId)) {
      written.push(await messages.create(wanted));
    }
    for (const message of made) {
      const after =
        typeof wanted === 'object' && message.messageId === wanted.messageId
          ? inLine(message, wanted)
          : stopped(message, now, typeof wanted === 'object' ? 'other-day' : wanted);
      if (after) written.push(await messages.replace(after));
    }
    return written.includes(false) ? AGAIN : 'done';
  }, deps);
}

const TEMPLATE = 'may-give-again';

/** Why a sender stopped it for good: the day was over, or would have been by the morning. */
const TOO_LATE: readonly unknown[] = ['too-late', 'quiet-hours'];

/** The text as it should be, or undefined where it is. What was sent, or may have been, is not sent again. */
function inLine(message: MessageItem, wanted: MessageItem): MessageItem | undefined {
  const back =
    (message.status === 'void' && !TOO_LATE.includes(message.reason)) ||
    (message.status === 'withheld' && message.reason === 'muted');
  if (message.status === 'due' && message.bound?.version === wanted.bound?.version) return undefined;
  if (message.status !== 'due' && !back) return undefined;
  const { reason: _, ...rest } = message;
  const { bound, params, until, gsi1sk } = wanted;
  return asDue(rest, wanted.dueAt, { params, gsi1sk, ...(bound && { bound }), ...(until && { until }) });
}

const stopped = (message: MessageItem, now: Instant, reason: string): MessageItem | undefined =>
  message.status === 'due' ? asStopped(message, now, reason) : undefined;

/** The text that a person is to have, or why none. */
async function wantedOf(
  deps: AnnounceDeps,
  profile: ProfileItem,
  now: Instant,
): Promise<MessageItem | 'switched-off' | 'booked' | 'other-day'> {
  const { personId, tellAgain = 'no' } = profile;
  if (tellAgain === 'no') return 'switched-off';
  const lock = await createPeople(deps.store).lock(personId);
  if (lock?.status !== 'active') return 'other-day';
  if (liveCommitments(lock, now).some(({ kind }) => kind === 'donation')) return 'booked';
  const sites = await deps.sites();
  const site = await siteOf(deps, sites, personId);
  if (!site) return 'other-day';
  const pack = packFor(site.pack, localDateOf(now, site.zone));
  const offered = sites.filter((it) => it.pack === site.pack).flatMap(({ procedures }) => procedures);
  const again = giveAgain(pack, lock.facts, tellAgain, offered);
  const times = again && giveAgainTimes(again.date, site.zone);
  if (!again || !times || times.until <= now) return 'other-day';
  return messageOf(deps, { lock, site, again, times, now });
}

/** Where somebody gave last; for who has not given yet, as elsewhere, the first of the sites. */
async function siteOf(deps: AnnounceDeps, sites: readonly SiteItem[], personId: string): Promise<SiteItem | undefined> {
  const last = await createDonations(deps.store).lastOf(personId);
  return sites.find(({ siteId }) => siteId === last?.siteId) ?? sites[0];
}

const messageOf = (
  deps: AnnounceDeps,
  it: {
    readonly lock: Lock;
    readonly site: SiteItem;
    readonly again: { readonly date: LocalDate; readonly procedures: readonly Procedure[] };
    readonly times: { readonly dueAt: Instant; readonly until: Instant };
    readonly now: Instant;
  },
): MessageItem =>
  newMessage({
    personId: it.lock.personId,
    template: TEMPLATE,
    subject: it.lock.personId,
    version: it.again.date,
    scope: it.site.siteId,
    zone: it.site.zone,
    params: { day: dayText(it.again.date), what: whatText(it.again.procedures), link: `${deps.publicUrl}/donate` },
    bound: boundTo(keys.lock(it.lock.personId), it.lock.version),
    now: it.now,
    ...it.times,
  });

const NAMES: Record<Procedure, Localized> = {
  'whole-blood': { zh: '全血', en: 'whole blood' },
  platelets: { zh: '血小板', en: 'platelets' },
};
const whatText = (procedures: readonly Procedure[]): Localized => ({
  zh: procedures.map((it) => NAMES[it].zh).join('或'),
  en: procedures.map((it) => NAMES[it].en).join(' or '),
});
