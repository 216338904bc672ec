import type { PolicyPack } from '../domain/policy-pack.ts';
import type { LocalDate } from '../domain/vocabulary.ts';
import { cn } from './cn.ts';
import { uk } from './uk.ts';
import { us } from './us.ts';

/** Every pack there is. A new edition is a further entry under the same id; the dates of editions never overlap. */
export const PACKS: readonly PolicyPack[] = [cn, uk, us];

export const PACK_IDS: readonly string[] = [...new Set(PACKS.map(({ id }) => id))];

/** No edition of a pack is in force on the date asked for: a fault of settings, never of the person. */
export class NoPolicyPackError extends Error {
  override readonly name = 'NoPolicyPackError';
  readonly packId: string;
  readonly date: LocalDate;

  constructor(packId: string, date: LocalDate) {
    super(`no policy pack '${packId}' is in force on ${date}`);
    this.packId = packId;
    this.date = date;
  }
}

/** The edition of a pack that is in force on a local date. `packs` is given by tests. */
export function packFor(id: string, date: LocalDate, packs: readonly PolicyPack[] = PACKS): PolicyPack {
  const pack = packs.find(
    ({ id: candidate, effectiveFrom, effectiveTo }) =>
      candidate === id && effectiveFrom <= date && (effectiveTo === undefined || date < effectiveTo),
  );
  if (!pack) throw new NoPolicyPackError(id, date);
  return pack;
}
