import type { Expiry } from '../../domain/unit-expiry.ts';
import { UNIT_SETTINGS } from '../../domain/unit-settings.ts';
import { collectedComponent, componentsFrom } from '../../domain/unit-stages.ts';
import type { Component, Instant, LocalDate, UnitStage } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { asRead } from '../as-read.ts';
import { type Chain, createDonations } from '../donations.ts';
import type { DinItem, SiteItem, UnitItem, UnitStepItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { stepItem } from '../units.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { CODES, expiryOf } from './move-unit.ts';

/** What another system reports of one unit, as it reports it. */
export type Reported = {
  readonly din: string;
  /** Which of the donation's units: by its component, and which of several alike, from 1. */
  readonly component: Component;
  readonly nth?: number | undefined;
  readonly stage: UnitStage;
  /** When the other system says that it came to be there. */
  readonly at: Instant;
  /** The system, and where in what it sent: `blood-bank 2026-11-27.csv:41`. */
  readonly source: string;
  readonly hospital?: string | undefined;
  readonly hospitalRecord?: string | undefined;
  /** When a use was, where that is not when it was reported. */
  readonly usedOn?: LocalDate | undefined;
  readonly location?: string | undefined;
  readonly expiry?: Expiry | undefined;
  /** The other system's own word for it, where that says more than the stage. */
  readonly note?: string | undefined;
};

export type MirrorAnswer =
  | { readonly kind: 'done'; readonly unitId: string }
  /** Something later was reported already, or this was: nothing is written. */
  | { readonly kind: 'older' | 'same' }
  /** Nuanliu is master of this site's units, and mirrors nobody. */
  | { readonly kind: 'master' }
  /** No such donation; no such component can be of it; a use or issue without its hospital; a use without its record. */
  | { readonly kind: 'not-found' | 'cannot-be-made' | 'hospital-missing' | 'hospital-record-missing' }
  | { readonly kind: 'key-reused' };

/**
 * Records the stage of a unit as the system that is its master reports it, with the source. Nothing is decided here: no table of
 * transitions, no hold and no expiry refuses what another system says has happened, so that what is shown is what was reported.
 * A unit that is reported for the first time begins with it. Reports may come twice or out of order: the latest stands.
 */
export async function mirrorStage(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: Reported & { by: string; idempotency: Idempotency },
): Promise<MirrorAnswer> {
  return await withRetries<MirrorAnswer>(async () => {
    const chain = await createDonations(deps.store).chain(input.din);
    if (!chain) return { kind: 'not-found' };
    const site = await deps.store.get<SiteItem>(keys.site(chain.din.siteId));
    if ((site?.units ?? UNIT_SETTINGS).master !== 'other') return { kind: 'master' };
    const named = unitOf(chain, input.component, input.nth ?? 1);
    if (!named) return { kind: 'not-found' };
    const { unitId, made } = named;
    const unit = chain.units.find((each) => each.unitId === unitId);
    const start = unit ?? made;
    if (!start) return { kind: 'cannot-be-made' };
    const known = unit && wasAccepted(unit.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', unitId } : { kind: 'key-reused' };
    if ((input.stage === 'issued' || input.stage === 'used') && !(input.hospital ?? unit?.hospital)) {
      return { kind: 'hospital-missing' };
    }
    if (input.stage === 'used' && !input.hospitalRecord) return { kind: 'hospital-record-missing' };
    // Said before, whatever was said since: a file that comes again brings nothing back.
    const said = chain.steps.find((step) => step.unitId === unitId && isSaid(step, input));
    if (said) return said.source === input.source ? { kind: 'done', unitId } : { kind: 'same' };
    if (unit?.mirroredAt && input.at < unit.mirroredAt) return { kind: 'older' };
    const { hospital: before, location: _, usedOn: __, ...rest } = start;
    const hospital = input.hospital ?? (AT_HOSPITAL.includes(input.stage) ? before : undefined);
    const after: UnitItem = {
      ...rest,
      ...(hospital && { hospital }),
      ...(input.location && { location: input.location }),
      ...(input.stage === 'used' && input.usedOn && { usedOn: input.usedOn }),
      ...(input.expiry && expiryOf(input.expiry, chain.din.zone, 'label')),
      stage: input.stage,
      mirroredAt: input.at,
      changedAt: nowOf(deps),
      accepted: accept(unit?.accepted ?? [], input.idempotency),
      version: (unit?.version ?? 0) + 1,
    };
    const result = await deps.store.transact([
      {
        Put: {
          Item: { ...keys.unit(after.din, unitId), ...after },
          ...asRead(unit),
        },
      },
      stepItem(after, {
        action: 'mirror',
        via: 'file',
        from: unit?.stage,
        by: input.by,
        source: input.source,
        reportedAt: input.at,
        hospital: input.hospital,
        hospitalRecord: input.hospitalRecord,
        usedOn: input.usedOn,
        location: input.location,
        expiresOn: input.expiry?.on,
        note: input.note,
      }),
    ]);
    return result.ok ? { kind: 'done', unitId } : AGAIN;
  }, deps);
}

const AT_HOSPITAL: readonly UnitStage[] = ['issued', 'used'];

/** Whether a step is what is reported now. */
const isSaid = (step: UnitStepItem, { stage, at, hospital, location, note }: Reported): boolean =>
  step.action === 'mirror' &&
  step.reportedAt === at &&
  step.to === stage &&
  step.note === note &&
  (hospital === undefined || step.hospital === hospital) &&
  (location === undefined || step.location === location);

/** Which unit is meant, and what it would begin as, where it may be of the donation. */
function unitOf(
  { din, units }: Chain,
  component: Component,
  nth: number,
): { readonly unitId: string; readonly made: UnitItem | undefined } | undefined {
  if (din.historical) {
    // No unit was made of it here: what is reported is all that is known of its way.
    const unitId = [component, ...(nth > 1 ? [nth] : [])].join('-');
    const can = component === din.procedure || canCome(collectedComponent(din.procedure), component);
    return { unitId, made: can ? historicalUnit(din, unitId, component) : undefined };
  }
  const root = units.find(({ parentId }) => parentId === undefined);
  if (!root) return undefined;
  const isRoot = component === root.component && nth === 1 && !hasChildOf(units, component);
  if (isRoot) return { unitId: root.unitId, made: root };
  const unitId = childId(root.unitId, component, nth);
  return { unitId, made: canCome(root.component, component) ? newUnit(root, unitId, component) : undefined };
}

const hasChildOf = (units: readonly UnitItem[], component: Component): boolean =>
  units.some((unit) => unit.parentId !== undefined && unit.component === component);

/** As `moveUnit` numbers what it makes: `wb-rc`, `plt-plt`, `plt-plt-2`. */
const childId = (rootId: string, component: Component, nth: number): string =>
  [rootId, CODES[component], ...(nth > 1 ? [nth] : [])].join('-');

/** Whether a component can be of a donation, at whatever remove. */
function canCome(from: Component, component: Component): boolean {
  const next = componentsFrom(from);
  return next.includes(component) || next.some((each) => each !== from && canCome(each, component));
}

const newUnit = (root: UnitItem, unitId: string, component: Component): UnitItem => ({
  kind: 'unit',
  din: root.din,
  unitId,
  parentId: root.unitId,
  personId: root.personId,
  siteId: root.siteId,
  component,
  stage: root.stage,
  changedAt: root.changedAt,
  ...(root.historical && { historical: true }),
  accepted: [],
  version: 0,
});

/** As a hospital's report makes one of a donation from before opening. */
const historicalUnit = (din: DinItem, unitId: string, component: Component): UnitItem => ({
  kind: 'unit',
  din: din.din,
  unitId,
  personId: din.personId,
  siteId: din.siteId,
  component,
  stage: 'collected',
  changedAt: din.collectedAt,
  historical: true,
  accepted: [],
  version: 0,
});
