import { addSpan } from '../../domain/dates.ts';
import { type BloodGroup, isSameGroup, ownGroup } from '../../domain/laboratory.ts';
import { type Expiry, expiresAt, isExpired, isPlausible } from '../../domain/unit-expiry.ts';
import { UNIT_SETTINGS, type UnitSettings } from '../../domain/unit-settings.ts';
import {
  componentsFrom,
  forbiddenOnceExpired,
  INITIAL_STAGE,
  isAllowed,
  stageAfter,
} from '../../domain/unit-stages.ts';
import type {
  Component,
  Instant,
  LocalDate,
  StepWay,
  UnitAction,
  UnitNote,
  UnitStage,
} from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import type { DinItem, ExpirySource, LaboratoryItem, SiteItem, UnitItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { createLaboratory, judgeRecord, laboratoryOf, recordAsRead, resultsWrite } from '../laboratory.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { stepItem, unitWrite } from '../units.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { failed } from './place.ts';

export type StepInput = {
  readonly din: string;
  readonly unitId: string;
  readonly action: UnitAction | UnitNote;
  /** The version the caller saw. */
  readonly version: number;
  readonly components?: readonly Component[] | undefined;
  readonly hospital?: string | undefined;
  readonly hospitalRecord?: string | undefined;
  readonly location?: string | undefined;
  /** As its label has it. */
  readonly expiry?: Expiry | undefined;
  /** When a use was, where the hospital's report says it. */
  readonly usedOn?: LocalDate | undefined;
  readonly note?: string | undefined;
  /** The blood group on the bag in hand, as scanned from its label. */
  readonly group?: BloodGroup | undefined;
  /** How it came to be recorded. */
  readonly via?: StepWay | undefined;
};

export type StepAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-found' | 'wrong-state' | 'changed-meanwhile' | 'key-reused' }
  /** The donation is held, or called back: this would bring it nearer to a patient. */
  | { readonly kind: 'on-hold' | 'on-recall' }
  | { readonly kind: 'unit-expired' }
  /** A required test or the group is missing, or something of the results keeps it from patients. */
  | { readonly kind: 'results-not-clear' }
  /** The label in hand is of another group than the laboratory found. */
  | { readonly kind: 'group-differs' }
  /** Another system says where this site's units stand. */
  | { readonly kind: 'not-master' }
  /** An expiry before the donation, or further away than anything keeps. */
  | { readonly kind: 'expiry-invalid' }
  | { readonly kind: 'hospital-record-missing' }
  /** The unit was issued to another hospital. */
  | { readonly kind: 'other-hospital' }
  | { readonly kind: 'missing'; readonly field: 'components' | 'hospital' | 'location' | 'expiry' }
  | { readonly kind: 'cannot-be-made' }
  | { readonly kind: 'not-with-this-action'; readonly field: OfSomeActions };

type OfSomeActions = 'components' | 'hospital' | 'hospitalRecord' | 'location' | 'expiry';

/**
 * Moves a unit one stage: the unit, its step and, where it is processed, what is made of it, in one transaction. It may
 * only leave a stage the table of transitions names, from the version the caller saw, and a hold on the donation that comes
 * meanwhile is noticed.
 */
export async function moveUnit(
  deps: EngineDeps,
  input: StepInput & { by: string; idempotency: Idempotency },
): Promise<StepAnswer> {
  return await withRetries<StepAnswer>(async () => {
    const [unit, donation] = (await deps.store.batchGet([keys.unit(input.din, input.unitId), keys.din(input.din)], {
      consistent: true,
    })) as [UnitItem | undefined, DinItem | undefined];
    if (!unit) return { kind: 'not-found' };
    const known = wasAccepted(unit.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done' } : { kind: 'key-reused' };
    if (unit.version !== input.version) return { kind: 'changed-meanwhile' };
    if (!isAllowed(input.action, unit.stage)) return { kind: 'wrong-state' };
    if (!donation) return { kind: 'not-found' };
    // Read beside it, not checked with it: who is master changes once in years, and every step meets the same site.
    const site = await deps.store.get<SiteItem>(keys.site(unit.siteId));
    const settings = site?.units ?? UNIT_SETTINGS;
    if (settings.master === 'other') return { kind: 'not-master' };
    const to = stageAfter(input.action, isKeptBack(donation), unit.stage);
    if (!to) return { kind: donation.recall ? 'on-recall' : 'on-hold' };
    const now = nowOf(deps);
    if (forbiddenOnceExpired(input.action) && isExpired(unit, now)) return { kind: 'unit-expired' };
    const fault = faultIn(unit, donation, input);
    if (fault) return fault;
    const cleared = site && (await clearance(deps, site, donation, input.action));
    if (cleared && !cleared.ok) return { kind: 'results-not-clear' };
    const label = await labelled(deps, donation, input, now);
    if (label === 'differs') return { kind: 'group-differs' };
    const after = moved(unit, to, donation, input, now);
    const result = await deps.store.transact([
      unitWrite(unit, after, input.action),
      stepItem(after, {
        ...input,
        from: unit.stage,
        hospital: input.action === 'return' || input.action === 'correct-use' ? unit.hospital : input.hospital,
        ...(input.expiry && { expiresOn: input.expiry.on }),
      }),
      ...childItems(after, donation, settings, input),
      ...(label ?? [asKept(donation)]),
      ...(cleared?.asRead ?? []),
    ]);
    if (result.ok) return { kind: 'done' };
    const stored = result.reasons[0];
    if (failed(stored) && !stored?.item) return { kind: 'not-found' };
    return AGAIN;
  }, deps);
}

/** Nothing of it may go on to a patient. */
export const isKeptBack = ({ held, recall }: Pick<DinItem, 'held' | 'recall'>): boolean =>
  held === true || recall !== undefined;

/** Holds while a donation is kept back, or not, as it was when read. */
export const asKept = ({ din, held, recall }: DinItem) => ({
  ConditionCheck: {
    Key: keys.din(din),
    ConditionExpression: `${held ? 'attribute_exists' : 'attribute_not_exists'}(held) AND ${recall ? 'attribute_exists' : 'attribute_not_exists'}(recall)`,
  },
});

/**
 * What a scanned group calls for: on the way to a patient a label of another group stops the bag; of a use, which has happened, it is
 * kept as what the hospital reports, to be looked at. Undefined where nothing is to be kept.
 */
async function labelled(
  { store }: Pick<EngineDeps, 'store'>,
  donation: DinItem,
  { group, action, unitId }: StepInput,
  now: Instant,
): Promise<DraftItem[] | 'differs' | undefined> {
  if (!group) return undefined;
  const { results } = await createLaboratory(store).of(donation);
  const own = ownGroup(results?.entries ?? []);
  if (action !== 'use') return own && !isSameGroup(own, group) ? 'differs' : undefined;
  const { ConditionExpression } = asKept(donation).ConditionCheck;
  const empty: LaboratoryItem = { kind: 'laboratory', din: donation.din, entries: [], accepted: [], version: 0 };
  const before = results ?? empty;
  return [
    {
      Update: {
        Key: keys.din(donation.din),
        UpdateExpression: 'SET labAt = :now',
        ConditionExpression,
        ExpressionAttributeValues: { ':now': now },
      },
    },
    resultsWrite(
      { ...before, reported: { ...before.reported, [unitId]: group }, version: before.version + 1 },
      results,
    ),
  ];
}

/** Acts that say of a unit that its donation's results are clear; what is at a hospital's door asks only that nothing speaks against it. */
const NEEDS: Partial<Record<StepInput['action'], 'clear' | 'nothing-against'>> = {
  test: 'clear',
  release: 'clear',
  issue: 'nothing-against',
};

/**
 * Whether a donation's results allow an act, and the checks by which a write rests on them as they were read. Undefined where the
 * act needs none, the station keeps them elsewhere, or vouches for a history that it has loaded.
 */
export async function clearance(
  { store, packOf }: Pick<EngineDeps, 'store' | 'packOf'>,
  site: SiteItem,
  donation: DinItem,
  action: StepInput['action'],
): Promise<{ readonly ok: boolean; readonly asRead: DraftItem[] } | undefined> {
  const needs = NEEDS[action];
  if (!needs || laboratoryOf(site) === 'elsewhere' || donation.historical) return undefined;
  const pack = packOf({ pack: site.pack, date: donation.date });
  const record = await createLaboratory(store).of(donation);
  if (!pack) return { ok: false, asRead: [] };
  const { verdict, aside } = judgeRecord(site, pack, donation.din, record);
  return { ok: needs === 'clear' ? verdict === 'clear' : !aside, asRead: recordAsRead(donation, record) };
}

const WITH_LOCATION: readonly StepInput['action'][] = ['store', 'return', 'quarantine', 'relocate'];
const WITH_EXPIRY: readonly StepInput['action'][] = ['set-expiry', 'test', 'release', 'store'];

/** What is wrong with the input, for this action and this unit. */
function faultIn(unit: UnitItem, donation: DinItem, input: StepInput): StepAnswer | undefined {
  const { action, components, hospital, hospitalRecord, location, expiry } = input;
  if (components && action !== 'process') return { kind: 'not-with-this-action', field: 'components' };
  if (hospital && action !== 'issue' && action !== 'use') return { kind: 'not-with-this-action', field: 'hospital' };
  if (hospitalRecord && action !== 'use') return { kind: 'not-with-this-action', field: 'hospitalRecord' };
  if (location && !WITH_LOCATION.includes(action)) return { kind: 'not-with-this-action', field: 'location' };
  if (expiry && !WITH_EXPIRY.includes(action)) return { kind: 'not-with-this-action', field: 'expiry' };
  if (expiry && !isPlausible(expiry, donation.date)) return { kind: 'expiry-invalid' };
  switch (action) {
    case 'relocate':
      return location ? undefined : { kind: 'missing', field: 'location' };
    case 'set-expiry':
      return expiry ? undefined : { kind: 'missing', field: 'expiry' };
    case 'process':
      if (!components) return { kind: 'missing', field: 'components' };
      return components.every((made) => componentsFrom(unit.component).includes(made) && !isMadeAgain(unit, made))
        ? undefined
        : { kind: 'cannot-be-made' };
    case 'issue':
      return hospital ? undefined : { kind: 'missing', field: 'hospital' };
    case 'use':
      if (!hospital || !hospitalRecord) return { kind: 'hospital-record-missing' };
      return unit.hospital === hospital ? undefined : { kind: 'other-hospital' };
    default:
      return undefined;
  }
}

/** Bags of a bag: what was made of something is not divided into its own kind once more, and so on without end. */
const isMadeAgain = ({ component, parentId }: UnitItem, made: Component): boolean =>
  parentId !== undefined && made === component;

function moved(
  unit: UnitItem,
  to: UnitStage,
  { zone }: DinItem,
  { action, hospital, usedOn, location, expiry, idempotency }: Step,
  now: Instant,
): UnitItem {
  const { hospital: before, usedOn: _, location: lay, ...rest } = unit;
  const at = action === 'issue' ? hospital : action === 'return' ? undefined : before;
  // What leaves the shelf lies there no more; what is put aside without a word lies where it lay.
  const lies = location ?? (STAYS.includes(action) ? lay : undefined);
  return {
    ...rest,
    ...(at && { hospital: at }),
    ...(lies && { location: lies }),
    ...(expiry && expiryOf(expiry, zone, 'label')),
    ...(action === 'use' && usedOn && { usedOn }),
    stage: to,
    changedAt: now,
    accepted: accept(unit.accepted, idempotency),
    version: unit.version + 1,
  };
}
const STAYS: readonly StepInput['action'][] = ['set-expiry', 'test', 'quarantine', 'release'];

export const expiryOf = (
  expiry: Expiry,
  zone: string,
  expiryFrom: ExpirySource,
): Pick<UnitItem, 'expiresOn' | 'expiresAt' | 'expiryFrom'> => ({
  expiresOn: expiry.on,
  expiresAt: expiresAt(expiry, zone),
  expiryFrom,
});

/** When the station's own figure, where it has one, lets a component of a donation expire. */
export function expiryBySetting(
  { shelfLifeDays }: UnitSettings,
  component: Component,
  { date, zone }: Pick<DinItem, 'date' | 'zone'>,
): ReturnType<typeof expiryOf> {
  const days = shelfLifeDays[component];
  return days === undefined ? {} : expiryOf({ on: addSpan(date, { value: days, unit: 'day' }) }, zone, 'setting');
}

type Step = StepInput & { by: string; idempotency: Idempotency };

export const CODES: Record<Component, string> = {
  'whole-blood': 'wb',
  'red-cells': 'rc',
  plasma: 'pl',
  platelets: 'plt',
  cryoprecipitate: 'cryo',
};

/** The components made of a unit, each a unit of its own that keeps its parent: `wb-rc`, `wb-plt`, `wb-plt-2`. */
function childItems(
  parent: UnitItem,
  donation: DinItem,
  settings: UnitSettings,
  { components = [], by }: Step,
): DraftItem[] {
  const made = new Map<Component, number>();
  return components.flatMap((component) => {
    const nth = (made.get(component) ?? 0) + 1;
    made.set(component, nth);
    const child: UnitItem = {
      kind: 'unit',
      din: parent.din,
      unitId: [parent.unitId, CODES[component], ...(nth > 1 ? [nth] : [])].join('-'),
      parentId: parent.unitId,
      personId: parent.personId,
      siteId: parent.siteId,
      component,
      stage: INITIAL_STAGE.component,
      ...expiryBySetting(settings, component, donation),
      changedAt: parent.changedAt,
      ...(parent.historical && { historical: true }),
      accepted: [],
      version: 1,
    };
    return [
      {
        Put: {
          Item: { ...keys.unit(child.din, child.unitId), ...child },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      stepItem(child, { action: 'process', by }),
    ];
  });
}
