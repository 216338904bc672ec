import type { RowRefusal } from '../../domain/files/rows.ts';
import type { LocalDate } from '../../domain/vocabulary.ts';
import type { LoadedFrom, SiteItem } from '../items/index.ts';
import type { EngineDeps } from '../transactions/deps.ts';

export type RowDeps = EngineDeps & {
  readonly newId: () => string;
  /** The key of second facts. */
  readonly secret: () => Promise<string>;
  /** The key of identity documents. */
  readonly identityKey: () => Promise<string>;
};

/** Where a row stands, and whether what it says is written or only worked out. */
export type RowContext = {
  /** Where what the row tells was: the file's site, or the one that the row names. */
  readonly site: SiteItem;
  /** The site whose numbers of donors the file uses. */
  readonly numberedBy: string;
  /** Sites whose donations a hospital's report may be about here. */
  readonly sites: readonly string[];
  readonly from: LoadedFrom;
  readonly by: string;
  readonly today: LocalDate;
  readonly write: boolean;
};

/** `fresh`: it brings something, or did when this very row was read before; `known`: all of it was there. */
export type RowOutcome = 'fresh' | 'known' | RowRefusal;

export const isOwn = (loaded: LoadedFrom | undefined, { from }: RowContext): boolean =>
  loaded?.importId === from.importId && loaded.row === from.row;

/** Which row of which import. */
export const sourceOf = ({ from }: RowContext): string => `${from.importId}:${from.row}`;
