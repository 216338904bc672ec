import type { MessageItem, UnitItem } from '../../../shared/store/items/index.ts';

/** What the text about a donation's use needs, as it stands now. */
export type UseState = {
  readonly units: readonly UnitItem[];
  /** The one text that tells of a use; absent before the first. */
  readonly used: MessageItem | undefined;
  /** The one text that takes it back. */
  readonly correction: MessageItem | undefined;
  /** Something of it is doubtful and not explained: nothing is told of a use until it is. */
  readonly doubtful?: boolean;
};

export type UseStep =
  /** Make the text, or bring a stopped one back, for this unit's use. */
  | { readonly kind: 'tell'; readonly unit: UnitItem }
  /** Keep the text, for another unit than it was made for. */
  | { readonly kind: 'rebind'; readonly unit: UnitItem }
  | { readonly kind: 'stop' }
  /** Keep the text back until what is doubtful is explained. */
  | { readonly kind: 'wait' }
  /** An attempt may have arrived, and there is nothing left to try again for. */
  | { readonly kind: 'give-up' }
  | { readonly kind: 'correct'; readonly unit: UnitItem }
  | { readonly kind: 'stop-correction' };

/** Uses that stand, the earliest first. */
const standingUses = (units: readonly UnitItem[]): UnitItem[] =>
  units
    .filter(({ stage }) => stage === 'used')
    .toSorted((a, b) =>
      a.changedAt === b.changedAt ? (a.unitId < b.unitId ? -1 : 1) : a.changedAt < b.changedAt ? -1 : 1,
    );

/**
 * The next step towards what a donor should be told of a donation's use: one text for all its components, none for a use
 * that was taken back in time, one correction for one taken back too late. Undefined when all is as it should be.
 *
 * A text in a sender's hands is left alone: how it ends comes through the stream, and then it is asked again.
 */
export function decideUse(
  { units, used, correction, doubtful = false }: UseState,
  isBoundTo: IsBoundTo,
): UseStep | undefined {
  const standing = standingUses(units);
  const first = standing[0];
  if (!used) return doubtful ? undefined : first && { kind: 'tell', unit: first };
  if (used.status === 'claimed' || used.status === 'withheld') return undefined;

  const holds = standing.some((unit) => isBoundTo(used, unit));
  if (used.status === 'sent' || used.status === 'uncertain') {
    if (first)
      return correction?.status === 'due' || correction?.status === 'failed' ? { kind: 'stop-correction' } : undefined;
    const unit = units.find((candidate) => isBoundTo(used, candidate, 'any-version')) ?? units[0];
    return unit && (!correction || correction.status === 'void') ? { kind: 'correct', unit } : undefined;
  }
  if (used.status === 'void') return doubtful ? undefined : first && { kind: 'tell', unit: first };
  // due or failed
  if (doubtful && first) return used.unsure ? { kind: 'give-up' } : { kind: 'wait' };
  if (holds) return undefined;
  if (first) return { kind: 'rebind', unit: first };
  return used.unsure ? { kind: 'give-up' } : { kind: 'stop' };
}

/** Whether a message speaks of this unit as it is now, or of it at any version. */
export type IsBoundTo = (message: MessageItem, unit: UnitItem, which?: 'any-version') => boolean;
