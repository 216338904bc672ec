import type { FileKind } from '../../../shared/domain/files/fields.ts';

/** The file that somebody is about to import. It stays on their machine and in this tab, so a page that is loaded anew has none. */
export type Chosen = { readonly kind: FileKind; readonly file: File };

let chosen: Chosen | undefined;
export const choose = (next: Chosen | undefined): void => {
  chosen = next;
};
export const chosenFile = (): Chosen | undefined => chosen;
