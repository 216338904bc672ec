import { tidy } from './cells.ts';

/** A site as files may name it: by its id, or by its name in either language. */
export type NamedSite = { readonly siteId: string; readonly name: { readonly zh: string; readonly en: string } };

const plain = (text: string): string =>
  tidy(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The site that a cell names; none where no site is called so, or more than one is. */
export function siteNamed<S extends NamedSite>(cell: string, sites: readonly S[]): S | undefined {
  const said = plain(cell);
  if (said === '') return undefined;
  const byId = sites.find(({ siteId }) => plain(siteId) === said);
  if (byId) return byId;
  const named = sites.filter(({ name }) => plain(name.zh) === said || plain(name.en) === said);
  return named.length === 1 ? named[0] : undefined;
}
