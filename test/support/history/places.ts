import type { PoolItem, SlotItem } from '../../../shared/store/items/index.ts';
import { POOL_PLACES } from '../../../shared/store/slots.ts';
import { type Entry, isDone, mayHaveDone, type SeenSlot } from './entry.ts';
import type { WorldSlot } from './world.ts';

/** What a slot may have been at one of its versions, and when it may have been at it: from `from`, before `to`. */
export type SlotVersion = {
  readonly version: number;
  readonly least: number;
  readonly most: number;
  readonly mayBeOpen: boolean;
  readonly mayBeClosed: boolean;
  readonly from: number;
  readonly to: number;
};

type State = Omit<SlotVersion, 'version' | 'from' | 'to'>;
type Seen = { readonly entry: Entry; readonly seen: SeenSlot };
type Report = (invariant: 'lost' | 'doubled' | 'places-lost', detail: string) => void;

const CHANGES = new Set<Entry['op']>(['places', 'shut', 'reopen']);
const quote = (entry: Entry): string => `${entry.id} ${entry.op} by ${entry.by} (${entry.status})`;
const exactly = ({ places, status }: Pick<SeenSlot, 'places' | 'status'>): State => ({
  least: places,
  most: places,
  mayBeOpen: status === 'open',
  mayBeClosed: status !== 'open',
});

/** Everything a history says of a slot's places: what it began as, who asked for a change, who saw what. */
export function slotHistory(slot: WorldSlot, entries: readonly Entry[], stored: SlotItem | undefined) {
  const changes = entries.filter((it) => CHANGES.has(it.op) && it.slotId === slot.slotId && mayHaveDone(it));
  const seen: Seen[] = entries.flatMap((entry) =>
    (entry.slots ?? []).filter(({ slotId }) => slotId === slot.slotId).map((it) => ({ entry, seen: it })),
  );
  const last = stored?.version ?? Math.max(1, ...seen.map((it) => it.seen.version));
  const states = new Map<number, State>([[1, exactly({ places: slot.places, status: 'open' })]]);
  for (const it of seen) states.set(it.seen.version, exactly(it.seen));
  if (stored) states.set(stored.version, exactly(stored));
  const versions: SlotVersion[] = [];
  for (let version = 1; version <= last; version += 1) {
    const makers = makersOf(changes, version);
    const state = states.get(version) ?? union(makers.map((it) => after(states.get(version - 1), it)));
    states.set(version, state);
    // Over once somebody has surely seen, or made, a later one.
    const later = [
      ...seen.filter((it) => it.seen.version > version).map(({ entry }) => entry.until),
      ...changes.filter((it) => isDone(it) && (it.from ?? 0) >= version).map(({ until }) => until),
    ];
    versions.push({
      version,
      ...state,
      from: version === 1 ? Number.NEGATIVE_INFINITY : Math.min(...makers.map(({ at }) => at)),
      to: Math.min(Number.POSITIVE_INFINITY, ...later),
    });
  }
  return { slot, stored, changes, seen, versions };
}
export type SlotHistory = ReturnType<typeof slotHistory>;

/** Calls that may have made a version; the acknowledged one where there is one. */
function makersOf(changes: readonly Entry[], version: number): Entry[] {
  const some = changes.filter(({ from }) => from === version - 1);
  const done = some.filter(isDone);
  return done.length > 0 ? done : some;
}

function after(before: State | undefined, { op, to }: Entry): State {
  const was = before ?? { least: 0, most: Number.POSITIVE_INFINITY, mayBeOpen: true, mayBeClosed: true };
  if (op === 'places') return { ...was, least: to ?? was.least, most: to ?? was.most };
  return { ...was, mayBeOpen: op === 'reopen', mayBeClosed: op === 'shut' };
}

const union = (states: readonly State[]): State => ({
  least: Math.min(Number.POSITIVE_INFINITY, ...states.map(({ least }) => least)),
  most: Math.max(0, ...states.map(({ most }) => most)),
  mayBeOpen: states.some(({ mayBeOpen }) => mayBeOpen),
  mayBeClosed: states.some(({ mayBeClosed }) => mayBeClosed),
});

/** The versions a slot may have been at somewhere in a stretch of time. */
export const versionsDuring = ({ versions }: SlotHistory, from: number, to: number): SlotVersion[] =>
  versions.filter((version) => version.from <= to && version.to > from);

/** A change of places that was acknowledged is there, once, and is what was asked for. */
export function slotStands({ slot, stored, changes, seen }: SlotHistory, report: Report): void {
  const { slotId } = slot;
  if (!stored) {
    report('lost', `${slotId} is nowhere`);
    return;
  }
  const known = new Map<number, SeenSlot>([[stored.version, stored]]);
  for (const { entry, seen: it } of seen) {
    const same = known.get(it.version);
    if (it.version > stored.version || (same && (same.places !== it.places || same.status !== it.status))) {
      report('lost', `${slotId} has ${same?.places} places (${same?.status}), but ${quote(entry)} saw ${it.places}`);
    }
    known.set(it.version, it);
  }
  for (const entry of changes.filter(isDone)) {
    const made = known.get((entry.from ?? 0) + 1);
    const other =
      made && (entry.op === 'places' ? made.places !== entry.to : (made.status === 'open') !== (entry.op === 'reopen'));
    if (other || (entry.from ?? 0) >= stored.version) report('lost', `${slotId} is not as ${quote(entry)} made it`);
  }
  for (let version = 2; version <= stored.version; version += 1) {
    const makers = makersOf(changes, version);
    if (makers.length === 0) report('doubled', `${slotId} is at version ${version}, which nobody asked for`);
    if (new Set(makers.filter(isDone).map(({ key }) => key)).size > 1) {
      report('doubled', `${slotId}: ${makers.map(quote)} were both acknowledged`);
    }
  }
}

/** The pools of a slot hold its places, none more than one may, and a donation slot's are open as it is. */
export function poolsAgree({ slot, stored }: SlotHistory, pools: readonly PoolItem[], report: Report): void {
  if (!stored) return;
  const places = pools.reduce((sum, pool) => sum + pool.places, 0);
  if (places !== stored.places || pools.length !== stored.pools || pools.some((pool) => pool.places > POOL_PLACES)) {
    const parts = pools.map((pool) => pool.places);
    report('places-lost', `${slot.slotId} has ${stored.places} places in ${stored.pools} pools, which hold ${parts}`);
  }
  if (slot.slotKind === 'donation' && pools.some(({ open }) => open !== (stored.status === 'open'))) {
    report('places-lost', `${slot.slotId} is ${stored.status}, and not all its pools are`);
  }
}
