import { addSpan } from '../../../shared/domain/dates.ts';
import { toldBy } from '../../../shared/domain/journey.ts';
import { addMinutes, localDateOf } from '../../../shared/domain/local-time.ts';
import { USED_WITHIN_MONTHS } from '../../../shared/domain/unit-settings.ts';
import type { Instant } from '../../../shared/domain/vocabulary.ts';
import { dayText } from '../../../shared/notify/when.ts';
import type { DraftItem } from '../../../shared/store/client.ts';
import { type Chain, createDonations } from '../../../shared/store/donations.ts';
import { createDoubts } from '../../../shared/store/doubts.ts';
import { keepUnits, unitsKept } from '../../../shared/store/figures/keep-units.ts';
import { keepIssues } from '../../../shared/store/issues.ts';
import type { DinItem, DonationItem, MessageItem, UnitItem } from '../../../shared/store/items/index.ts';
import { keys, messageId } from '../../../shared/store/keys.ts';
import {
  asDue,
  asEnded,
  asProblem,
  type Bound,
  boundTo,
  createMessages,
  type Messages,
  newMessage,
} from '../../../shared/store/messages.ts';
import { AGAIN, withRetries } from '../../../shared/store/retry.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { unitAsRead } from '../../../shared/store/units.ts';
import type { AnnounceDeps } from './announce-deps.ts';
import { decideUse, type IsBoundTo } from './decide-use.ts';
import { supervise } from './supervise.ts';

const bound = (unit: UnitItem): Bound => boundTo(keys.unit(unit.din, unit.unitId), unit.version);
const isBoundTo: IsBoundTo = (message, unit, which) => {
  const { pk, sk, version } = bound(unit);
  return (
    message.bound?.pk === pk &&
    message.bound.sk === sk &&
    (which === 'any-version' || message.bound.version === version)
  );
};

/**
 * Brings what a donor is told of a donation's use, and what their page shows, in line with the units as they are, and what is doubtful of them. May run
 * any number of times, in any order and at once: messages and doubts are read before the units, so a message never rests on a newer
 * unit than was seen; each write rests on what was read; and the claim checks the unit's version a last time.
 */
export async function announceUse(deps: AnnounceDeps, din: string): Promise<void> {
  await withRetries(async () => {
    const donations = createDonations(deps.store);
    const messages = createMessages(deps.store);
    const donation = await donations.byDin(din);
    if (!donation) return 'done';
    const { personId } = donation;
    const [used, correction] = await Promise.all(
      (['blood-used', 'blood-used-correction'] as const).map(
        async (template) => await messages.get({ personId, messageId: messageId(template, din, 'once') }),
      ),
    );
    const [kept, counted] = await Promise.all([
      createDoubts(deps.store).ofDonation(donation),
      unitsKept(deps.store, donation),
    ]);
    const chain = await donations.chain(din);
    if (!chain) return 'done';
    const supervised = await supervise(deps, chain, kept);
    if (!supervised) return AGAIN;
    await keepIssues(deps.store, chain);
    // What a text has said, the page goes on saying until the use is taken back.
    const said = used?.status === 'sent' || used?.status === 'uncertain' || donation.historical === true;
    if (!(await showJourney(deps, chain, supervised.doubtful && !said))) return AGAIN;
    if (!(await keepUnits(deps.store, counted, chain))) return AGAIN;
    if (donation.historical) return 'done';
    const step = decideUse({ units: chain.units, used, correction, ...supervised }, isBoundTo);
    if (!step) return 'done';
    if (step.kind === 'tell' && (await isLongAgo(deps, donation, step.unit))) return 'done';
    return (await take(deps, messages, donation, step, { used, correction })) ? 'done' : AGAIN;
  }, deps);
}

type Held = { readonly used: MessageItem | undefined; readonly correction: MessageItem | undefined };

/** False when what the step was decided on has changed. */
async function take(
  deps: AnnounceDeps,
  messages: Messages,
  donation: DinItem,
  step: NonNullable<ReturnType<typeof decideUse>>,
  { used, correction }: Held,
): Promise<boolean> {
  const now = nowOf(deps);
  switch (step.kind) {
    case 'tell':
    case 'rebind': {
      const dueAt = later(now, addMinutes(step.unit.changedAt, await holdOf(deps, donation)));
      if (!used) return await tell(deps, donation, messageOfUse(deps, donation, 'blood-used', step.unit, now, dueAt));
      const change = { bound: bound(step.unit) };
      // One that failed stays before the staff, but what they would send again is true again.
      if (used.status === 'failed') return await messages.replace({ ...used, ...change, version: used.version + 1 });
      const { reason: _, ...rest } = used;
      return await messages.replace(asDue(rest, dueAt, change));
    }
    case 'stop':
      return used ? await messages.replace(asEnded(used, 'void', { reason: 'corrected' })) : true;
    case 'wait':
      return used ? await messages.replace(asEnded(used, 'void', { reason: 'in-doubt' })) : true;
    case 'give-up':
      return used ? await messages.replace(asProblem(used, 'uncertain', now, 'corrected')) : true;
    case 'correct': {
      if (!correction) {
        return await messages.create(messageOfUse(deps, donation, 'blood-used-correction', step.unit, now, now));
      }
      const { reason: _, ...rest } = correction;
      return await messages.replace(asDue(rest, now, { bound: bound(step.unit) }));
    }
    case 'stop-correction':
      return correction ? await messages.replace(asEnded(correction, 'void', { reason: 'used-again' })) : true;
  }
}

/**
 * Makes the one text of a donation's use, provided the donation is still its person's: joined with another record meanwhile, the
 * text is that record's to have. False as well where it is there already.
 */
async function tell({ store }: AnnounceDeps, { din, personId }: DinItem, text: MessageItem): Promise<boolean> {
  const result = await store.transact([
    {
      Put: {
        Item: { ...keys.message(text.personId, text.messageId), ...text },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      ConditionCheck: {
        Key: keys.din(din),
        ConditionExpression: '#personId = :personId',
        ExpressionAttributeNames: { '#personId': 'personId' },
        ExpressionAttributeValues: { ':personId': personId },
      },
    },
  ]);
  return result.ok;
}

/** Whether a donation was given too long before its use for anybody to be texted about it, as its site has it. */
async function isLongAgo({ sites }: AnnounceDeps, { siteId, date, zone }: DinItem, use: UnitItem): Promise<boolean> {
  const site = (await sites()).find((each) => each.siteId === siteId);
  const value = site?.units?.usedWithinMonths ?? USED_WITHIN_MONTHS;
  return (use.usedOn ?? localDateOf(use.changedAt, zone)) >= addSpan(date, { value, unit: 'month' });
}

/** How many minutes the text about a use waits: as the site has it, else the deployment. */
async function holdOf({ sites, usedHoldSeconds }: AnnounceDeps, { siteId }: DinItem): Promise<number> {
  const site = (await sites()).find((each) => each.siteId === siteId);
  return site?.usedHoldMinutes ?? usedHoldSeconds / 60;
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

const messageOfUse = (
  deps: AnnounceDeps,
  donation: DinItem,
  template: 'blood-used' | 'blood-used-correction',
  unit: UnitItem,
  now: Instant,
  dueAt: Instant,
): MessageItem =>
  newMessage({
    personId: donation.personId,
    template,
    subject: donation.din,
    version: 'once',
    scope: donation.siteId,
    zone: donation.zone,
    params: { day: dayText(donation.date), link: `${deps.publicUrl}/donations` },
    bound: bound(unit),
    now,
    dueAt,
  });

/**
 * Writes what the chain tells its donor to the donor's own record, provided every unit is still as it was read. False when
 * one is not. A use that is in doubt is not told by the page any more than by a text.
 */
async function showJourney({ store }: AnnounceDeps, { din, units, steps }: Chain, doubtful: boolean): Promise<boolean> {
  const key = keys.donation(din.personId, din.date, din.din);
  const record = await store.get<DonationItem>(key, { consistent: true });
  if (!record) return true;
  const { handled, inUse, usedOn } = toldBy(units, steps, din.zone, { doubtful });
  const told = { handled: handled || undefined, inUse: inUse || undefined, usedOn };
  const changed = TOLD.filter((name) => record[name] !== told[name]);
  if (changed.length === 0) return true;
  const set = changed.filter((name) => told[name] !== undefined);
  const remove = changed.filter((name) => told[name] === undefined);
  const write: DraftItem = {
    Update: {
      Key: key,
      UpdateExpression: [
        set.length > 0 ? `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}` : '',
        remove.length > 0 ? `REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : '',
      ].join(' '),
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: Object.fromEntries(changed.map((name) => [`#${name}`, name])),
      ...(set.length > 0 && {
        ExpressionAttributeValues: Object.fromEntries(set.map((name) => [`:${name}`, told[name]])),
      }),
    },
  };
  return (await store.transact([write, ...units.map(unitAsRead)])).ok;
}
const TOLD = ['handled', 'inUse', 'usedOn'] as const;
