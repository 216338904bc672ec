import type { HoldItem, UnitItem } from '../../../shared/store/items/index.ts';
import type { Changed } from './changes.ts';

type Report = (invariant: 'issued-on-hold' | 'hold-alert', detail: string) => void;

const OUT = new Set(['issued', 'used']);

/**
 * “Please do not use my blood”: while it stands, nothing that was at the station is issued, what was there is put aside in the
 * same transaction, and staff have something to see to exactly if a hospital had something at that moment.
 */
export function heldStays(changes: readonly Changed[], items: readonly object[], report: Report): void {
  const chains = new Map<string, Map<string, UnitItem>>();
  const held = new Map<string, { out: boolean }>();
  for (const item of changes) {
    if (item.kind === 'din') {
      if (item.held && !held.has(item.din)) {
        const units = [...(chains.get(item.din)?.values() ?? [])];
        held.set(item.din, { out: units.some(({ stage }) => OUT.has(stage)) });
        for (const { unitId, stage } of units) {
          if (IN_HOUSE.has(stage)) {
            report('issued-on-hold', `${item.din} ${unitId} was ${stage} when the hold was made, and not put aside`);
          }
        }
      }
      if (!item.held) held.delete(item.din);
      continue;
    }
    if (item.kind !== 'unit') continue;
    const chain = chains.get(item.din) ?? new Map<string, UnitItem>();
    chains.set(item.din, chain);
    const before = chain.get(item.unitId);
    chain.set(item.unitId, item);
    if (!held.has(item.din) || before?.stage === item.stage) continue;
    const comesNearer = OUT.has(item.stage) ? !OUT.has(before?.stage ?? '') : !AWAY.has(item.stage);
    if (comesNearer) {
      report('issued-on-hold', `${item.din} ${item.unitId} went from ${before?.stage} to ${item.stage} while on hold`);
    }
  }
  const holds = new Map(
    items.filter((it): it is HoldItem => (it as { kind?: string }).kind === 'hold').map((it) => [it.din, it]),
  );
  for (const [din, { out }] of held) {
    const hold = holds.get(din);
    if (!hold) report('hold-alert', `${din} is on hold, and nobody asked for it`);
    else if ((hold.open || hold.acknowledgedAt !== undefined) !== out) {
      report('hold-alert', `${din}: ${out ? 'a hospital had some of it' : 'all of it was here'}, open: ${hold.open}`);
    }
  }
  for (const { din, liftedAt } of holds.values()) {
    if (!held.has(din) && liftedAt === undefined) report('hold-alert', `${din} was to be held, and is not`);
  }
}

/** Where a unit may still be kept back, and where it is out of the way. */
const IN_HOUSE = new Set(['collected', 'tested', 'released', 'stored']);
const AWAY = new Set(['quarantined', 'discarded']);
