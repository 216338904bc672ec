import { UNIT_SETTINGS } from '../../domain/unit-settings.ts';
import { notYetIssued } from '../../domain/unit-stages.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem } from '../client.ts';
import { type Chain, createDonations } from '../donations.ts';
import { createHolds, holdWrites } from '../holds.ts';
import type { HoldItem, SiteItem, UnitItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { quarantineItems, unitAsRead } from '../units.ts';
import { type EngineDeps, nowOf } from './deps.ts';

type Deps = Pick<EngineDeps, 'store' | 'clock' | 'random'>;

/** Who put a unit aside under a hold: its step tells nobody who asked. */
export const STATION = 'station';

/** Units that one transaction can put aside, two items each, beside everything else in it. */
const AT_ONCE = 40;

/** A unit that has left the station; what was made into components has become them. */
export const isOut = ({ stage }: UnitItem): boolean => stage === 'issued' || stage === 'used';

/**
 * Keeps a donation back: the hold on its number, the request and every component not yet issued, in one transaction. From
 * then on no step may bring any of it nearer to a patient (see `moveUnit`), so that whatever a crash leaves to be put aside,
 * of a donation of more than forty components, stays where it is; the next call goes on with it. Asking again does nothing.
 */
export async function holdDonation(
  deps: Deps,
  input: {
    din: string;
    via: HoldItem['via'];
    by: string;
    /** Id of the entry that says which of the staff did it; absent for the donor. */
    auditId?: string;
    idempotency: Idempotency;
  },
): Promise<'done' | 'not-found' | 'key-reused'> {
  return await withRetries<'done' | 'not-found' | 'key-reused'>(async () => {
    const chain = await createDonations(deps.store).chain(input.din);
    if (!chain) return 'not-found';
    const before = chain.din.held ? undefined : await createHolds(deps.store).get(chain.din.siteId, input.din);
    // A repeat that comes after the hold was lifted does not bring it back.
    const known = before && wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? 'done' : 'key-reused';
    const now = nowOf(deps);
    const site = await deps.store.get<SiteItem>(keys.site(chain.din.siteId));
    // Where another system says where units stand, the word alone is kept here: putting them aside is that system's.
    const mirrored = (site?.units ?? UNIT_SETTINGS).master === 'other';
    const aside = mirrored ? [] : chain.units.filter(({ stage }) => notYetIssued(stage));
    const first = aside.slice(0, AT_ONCE);
    const others = chain.units.filter((unit) => !first.includes(unit));
    const whole = chain.units.length <= AT_ONCE;
    const items = first.flatMap((unit) => quarantineItems(unit, { by: STATION, now }));
    if (!chain.din.held) {
      // What is not checked is looked at again, when no step can bring it out of sight any more.
      const open = !whole || chain.units.some(isOut);
      items.push(...theHold(chain, before, { ...input, open }, now), ...(whole ? others.map(unitAsRead) : []));
    }
    if (items.length === 0) return 'done';
    const result = await deps.store.transact(items);
    return result.ok && whole ? 'done' : AGAIN;
  }, deps);
}

/** The hold on the number, the request, and who of the staff made it. */
function theHold(
  { din }: Chain,
  before: HoldItem | undefined,
  { via, by, open, auditId, idempotency }: Parameters<typeof holdDonation>[1] & { open: boolean },
  now: Instant,
): DraftItem[] {
  const hold: HoldItem = {
    kind: 'hold',
    din: din.din,
    siteId: din.siteId,
    open,
    via,
    askedBy: by,
    askedAt: now,
    accepted: accept(before?.accepted ?? [], idempotency),
    version: (before?.version ?? 0) + 1,
  };
  return [
    {
      Update: {
        Key: keys.din(din.din),
        UpdateExpression: 'SET held = :held',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(held)',
        ExpressionAttributeValues: { ':held': true },
      },
    },
    ...holdWrites(before, hold),
    ...(auditId
      ? [audit(hold, { zone: din.zone, personId: din.personId, by, now, id: auditId, action: 'hold-made' })]
      : []),
  ];
}

type Looked = { zone: string; personId: string; by: string; now: Instant; id: string; action: string };
const audit = ({ siteId }: HoldItem, { zone, personId, by, now, id, action }: Looked): DraftItem => ({
  Put: auditItem({ by, action, scope: siteId, zone, at: now, subjects: [personId], id }),
});

type Ended = { readonly kind: 'done'; readonly hold: HoldItem; readonly chain: Chain };
export type HoldAnswer = Ended | { readonly kind: 'not-found' | 'wrong-state' | 'key-reused' };
type Act = { din: string; by: string; auditId: string; idempotency: Idempotency };

/** Notes that somebody has seen to what hospitals have of a held donation. */
export const acknowledgeHold = async (deps: Deps, input: Act): Promise<HoldAnswer> =>
  await change(deps, input, 'hold-acknowledged', (hold, { din }, now) =>
    hold.open && din.held
      ? { hold: { ...hold, open: false, acknowledgedBy: input.by, acknowledgedAt: now }, more: [] }
      : undefined,
  );

/** Lifts a hold. What was put aside stays in quarantine: taking it out is a step of its own. */
export const liftHold = async (deps: Deps, input: Act): Promise<HoldAnswer> =>
  await change(deps, input, 'hold-lifted', (hold, { din }, now) =>
    din.held
      ? {
          hold: { ...hold, open: false, liftedBy: input.by, liftedAt: now },
          more: [
            {
              Update: {
                Key: keys.din(din.din),
                UpdateExpression: 'REMOVE held',
                ConditionExpression: 'attribute_exists(held)',
              },
            },
          ],
        }
      : undefined,
  );

/** One change of a request, with the entry that says who made it. */
async function change(
  deps: Deps,
  { din, by, auditId, idempotency }: Act,
  action: string,
  decide: (hold: HoldItem, chain: Chain, now: Instant) => { hold: HoldItem; more: DraftItem[] } | undefined,
): Promise<HoldAnswer> {
  return await withRetries<HoldAnswer>(async () => {
    const chain = await createDonations(deps.store).chain(din);
    if (!chain) return { kind: 'not-found' };
    const before = await createHolds(deps.store).get(chain.din.siteId, din);
    if (!before) return { kind: 'wrong-state' };
    const known = wasAccepted(before.accepted, idempotency);
    if (known) return known === 'same' ? { kind: 'done', hold: before, chain } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const decided = decide(before, chain, now);
    if (!decided) return { kind: 'wrong-state' };
    const hold = {
      ...decided.hold,
      accepted: accept(before.accepted, idempotency),
      version: before.version + 1,
    };
    const { zone, personId } = chain.din;
    const entry = audit(hold, { zone, personId, by, now, id: auditId, action });
    const result = await deps.store.transact([...holdWrites(before, hold), ...decided.more, entry]);
    return result.ok ? { kind: 'done', hold, chain } : AGAIN;
  }, deps);
}
