import type { Expiry } from '../../domain/unit-expiry.ts';
import { UNIT_SETTINGS } from '../../domain/unit-settings.ts';
import { componentsFrom } from '../../domain/unit-stages.ts';
import type { Component, Instant, LocalDate, UnitStage } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { asRead } from '../as-read.ts';
import { createDonations } from '../donations.ts';
import type { SiteItem, UnitItem } from '../items/index.ts';
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
    const root = chain.units.find(({ parentId }) => parentId === undefined);
    if (!root) return { kind: 'not-found' };
    const isRoot =
      input.component === root.component && (input.nth ?? 1) === 1 && !hasChildOf(chain.units, input.component);
    const unitId = isRoot ? root.unitId : childId(root.unitId, input.component, input.nth ?? 1);
    const unit = chain.units.find((each) => each.unitId === unitId);
    if (!unit && !canCome(root.component, input.component)) return { kind: 'cannot-be-made' };
    const known = unit && wasAccepted(unit.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', unitId } : { kind: 'key-reused' };
    if ((input.stage === 'issued' || input.stage === 'used') && !(input.hospital ?? unit?.hospital)) {
      return { kind: 'hospital-missing' };
    }
    if (input.stage === 'used' && !input.hospitalRecord) return { kind: 'hospital-record-missing' };
    if (unit?.mirroredAt && input.at < unit.mirroredAt) return { kind: 'older' };
    if (unit?.mirroredAt === input.at && unit.stage === input.stage) return { kind: 'same' };
    const { hospital: before, location: _, usedOn: __, ...rest } = unit ?? newUnit(root, unitId, input.component);
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
      }),
    ]);
    return result.ok ? { kind: 'done', unitId } : AGAIN;
  }, deps);
}

const AT_HOSPITAL: readonly UnitStage[] = ['issued', 'used'];

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
