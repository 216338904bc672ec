import { callStep, heldUntil, isCallable, isWished, restsUntil } from '../../domain/calls.ts';
import { decideDonation } from '../../domain/eligibility.ts';
import { addMinutes } from '../../domain/local-time.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import type { QuietUntil } from '../../domain/waitlist.ts';
import type { DraftItem } from '../client.ts';
import type {
  CallableItem,
  CalledItem,
  CallItem,
  LastCalledItem,
  LockItem,
  ProfileItem,
  SiteItem,
} from '../items/index.ts';
import { indexes, keys } from '../keys.ts';
import { liveCommitments, unpackLock } from '../lock.ts';
import { type EngineDeps, nowOf } from '../transactions/deps.ts';
import { failed } from '../transactions/place.ts';
import { forgetAfter } from '../ttl.ts';
import { endWrite } from './begin-call.ts';
import { type CalledDay, createCalls } from './calls.ts';

export type CallingDeps = EngineDeps & { readonly quiet: QuietUntil };

const PAGE = 50;
/** Pages of the index that one run looks through, so that it ends; the next run begins again and finds those who are left. */
const MOST_PAGES = 40;
/** That somebody was called is remembered for this long, for whoever asks why. */
const KEEP_DAYS = 400;

/** Takes every call that runs as far as it goes now. One that fails keeps no other from its turn. */
export async function goOnCalling(deps: CallingDeps, sites: readonly SiteItem[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { siteId, callId } of await createCalls(deps.store).running()) {
    const site = sites.find((it) => it.siteId === siteId);
    if (site) await goOn(deps, site, callId).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some calls could not be gone on with');
}

async function goOn(deps: CallingDeps, site: SiteItem, callId: string): Promise<void> {
  const calls = createCalls(deps.store);
  const call = await calls.get(site.siteId, callId);
  if (call?.status !== 'running') return;
  const now = nowOf(deps);
  const days = await calls.days(site.siteId, call, now);
  // Volunteers may still come: until then nobody is called, and the call goes on.
  if (days.some(({ heldBack }) => heldBack > 0) && days.every(({ free }) => free <= 0)) return;
  const waveSize = call.settings.waveSize;
  const step = callStep({ ...call, waveSize }, days, deps.quiet(now, site.zone), now);
  if (step.kind === 'end') return void (await deps.store.transact([endWrite(call, step.status, now)]));
  if (step.kind === 'wait') return;
  const asked = await askWave(
    deps,
    site,
    call,
    days.filter(({ free }) => free > 0),
    step.most,
  );
  if (asked === 'later') return;
  // Nobody is left: who was asked in this wave is waited for all the same.
  const after = call.inWave + asked;
  const write = after === 0 ? endWrite(call, 'exhausted', nowOf(deps)) : closeWave(call, after, nowOf(deps));
  await deps.store.transact([write]);
}

/** The wave is over; the next may begin after the pause. Not done where it has asked more than was counted, or has been closed. */
function closeWave(call: CallItem, inWave: number, now: Instant): DraftItem {
  const nextAt = addMinutes(now, call.settings.pauseMinutes);
  return {
    Update: {
      Key: keys.call(call.siteId, call.callId),
      UpdateExpression: 'SET #wave = :next, #inWave = :none, #nextAt = :nextAt, #gsi1sk = :sort',
      ConditionExpression: '#status = :running AND #wave = :wave AND #inWave = :inWave',
      ExpressionAttributeNames: {
        '#status': 'status',
        '#wave': 'wave',
        '#inWave': 'inWave',
        '#nextAt': 'nextAt',
        '#gsi1sk': 'gsi1sk',
      },
      ExpressionAttributeValues: {
        ':running': 'running',
        ':wave': call.wave,
        ':inWave': inWave,
        ':next': call.wave + 1,
        ':none': 0,
        ':nextAt': nextAt,
        ':sort': indexes.callingSort(nextAt, call.callId),
      },
    },
  };
}

/**
 * Asks up to so many more, each in a transaction of their own that counts them in the call and its wave: so a wave that is killed
 * halfway is gone on with, two runs at once ask no more than one, and a call that was stopped asks nobody. `later`: it was stopped,
 * another run is at it, or somebody could not be asked just now; the next run looks again.
 */
async function askWave(
  deps: CallingDeps,
  site: SiteItem,
  call: CallItem,
  days: readonly CalledDay[],
  most: number,
): Promise<number | 'later'> {
  const calls = createCalls(deps.store);
  const last = days.at(-1)?.date ?? call.to;
  const { restDays } = call.settings;
  let asked = 0;
  let busy = false;
  let start: Record<string, unknown> | undefined;
  for (let pages = 0; pages < MOST_PAGES && asked < most; pages += 1) {
    const page = await calls.reach(call.siteId, call.procedure, last, { limit: PAGE, ...(start && { start }) });
    const able = page.items.filter((it) => isCallable(it, last, restDays, nowOf(deps)));
    const group = await calls.ofGroup(
      call,
      able.map(({ personId }) => personId),
    );
    const likely = able.filter(({ personId }) => group.has(personId));
    for (const each of await knownOf(deps, call, likely)) {
      if (asked >= most) break;
      const answer = await ask(deps, site, call, days, each);
      if (answer === 'stopped') return 'later';
      if (answer === 'asked') asked += 1;
      busy ||= answer === 'busy';
    }
    start = page.next;
    if (!start) break;
  }
  return asked < most && busy ? 'later' : asked;
}

type Known = { readonly lock: LockItem; readonly profile: ProfileItem; readonly last: LastCalledItem | undefined };

/** Those of a page that were not asked by this call yet, as they are now. */
async function knownOf(deps: CallingDeps, call: CallItem, people: readonly CallableItem[]): Promise<Known[]> {
  if (people.length === 0) return [];
  const read = async <T>(keyOf: (personId: string) => { pk: string; sk: string }): Promise<(T | undefined)[]> =>
    (await deps.store.batchGet(
      people.map(({ personId }) => keyOf(personId)),
      { consistent: true },
    )) as (T | undefined)[];
  const [locks, profiles, lasts, called] = await Promise.all([
    read<LockItem>(keys.lock),
    read<ProfileItem>(keys.profile),
    read<LastCalledItem>(keys.lastCalled),
    read<CalledItem>((personId) => keys.called(personId, call.callId)),
  ]);
  return people.flatMap((_, n) => {
    const [lock, profile] = [locks[n], profiles[n]];
    return lock && profile && !called[n] ? [{ lock, profile, last: lasts[n] }] : [];
  });
}

async function ask(
  deps: CallingDeps,
  site: SiteItem,
  call: CallItem,
  days: readonly CalledDay[],
  { lock: item, profile, last }: Known,
): Promise<'asked' | 'not' | 'busy' | 'stopped'> {
  const now = nowOf(deps);
  const { personId, callWish, callSites = [], phone } = profile;
  const lock = unpackLock(item);
  const wishes = isWished(callWish, call.procedure) && callSites.includes(site.siteId) && phone !== undefined;
  const rests = last !== undefined && restsUntil(last.at, call.settings.restDays) > now;
  if (!wishes || rests || lock.status !== 'active') return 'not';
  if (heldUntil(liveCommitments(lock, now), now)) return 'not';
  const { procedure } = call;
  const day = days.find(({ date }) => {
    const pack = deps.packOf({ pack: site.pack, date });
    return pack && decideDonation(pack, lock.facts, { procedure, date }).ok;
  });
  if (!day) return 'not';
  const called: CalledItem = {
    kind: 'called',
    callId: call.callId,
    siteId: call.siteId,
    personId,
    date: day.date,
    wave: call.wave,
    at: now,
    until: day.lastStart,
    gsi1pk: indexes.asked(call.callId),
    gsi1sk: indexes.askedSort(now, personId),
  };
  const result = await deps.store.transact([
    countIn(call),
    {
      Put: {
        Item: { ...keys.called(personId, call.callId), ...called, ...forgetAfter(now, KEEP_DAYS) },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    calledNow({ kind: 'last-called', personId, callId: call.callId, at: now }, last, now),
    // Both are as they were looked at: they may give, hold no place and still wish it.
    ...[[keys.lock(personId), item.version] as const, [keys.profile(personId), profile.version] as const].map(
      ([Key, version]): DraftItem => ({
        ConditionCheck: {
          Key,
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': version },
        },
      }),
    ),
  ]);
  if (result.ok) return 'asked';
  // Ended, or its wave is full: another run has asked the rest.
  return failed(result.reasons[0]) ? 'stopped' : 'busy';
}

const countIn = (call: CallItem): DraftItem => ({
  Update: {
    Key: keys.call(call.siteId, call.callId),
    UpdateExpression: 'SET #asked = #asked + :one, #inWave = #inWave + :one',
    ConditionExpression: '#status = :running AND #wave = :wave AND #inWave < :size',
    ExpressionAttributeNames: { '#asked': 'asked', '#inWave': 'inWave', '#status': 'status', '#wave': 'wave' },
    ExpressionAttributeValues: {
      ':one': 1,
      ':running': 'running',
      ':wave': call.wave,
      ':size': call.settings.waveSize,
    },
  },
});

/** When somebody was last called, in place of what was read: two calls at once have one of them. */
const calledNow = (item: LastCalledItem, before: LastCalledItem | undefined, now: Instant): DraftItem => ({
  Put: {
    Item: { ...keys.lastCalled(item.personId), ...item, ...forgetAfter(now, KEEP_DAYS) },
    ...(before
      ? {
          ConditionExpression: '#at = :before',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':before': before.at },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  },
});
