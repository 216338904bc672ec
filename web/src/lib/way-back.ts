import { tabStorage } from './storage.ts';

const NAME = 'nuanliu.way-back';
/** Browsers keep at most so many pages of a tab; past it, lengths say nothing. */
const MOST_KEPT = 50;

/**
 * Signing in leaves the provider's spent pages in the tab's history, where Back would end in them. So the place of the
 * page that was left is noted, and returned to by stepping back over them; whatever follows then overwrites them.
 */
export const wayBack = {
  /** Before leaving. The entry pushed here is the one the provider's page replaces: it also drops what lay ahead. */
  mark(returnTo: string): void {
    tabStorage.removeItem(NAME);
    if (returnTo !== window.location.pathname + window.location.search) return;
    window.history.pushState(null, '');
    tabStorage.setItem(NAME, JSON.stringify({ returnTo, length: window.history.length }));
  },
  /** How many pages to step back to the one that was left; undefined when that cannot be told. */
  steps(returnTo: string): number | undefined {
    const text = tabStorage.getItem(NAME);
    tabStorage.removeItem(NAME);
    if (!text) return undefined;
    const marked = JSON.parse(text) as { returnTo?: unknown; length?: unknown };
    if (marked.returnTo !== returnTo || typeof marked.length !== 'number') return undefined;
    const steps = window.history.length - marked.length + 1;
    return steps >= 1 && window.history.length < MOST_KEPT ? steps : undefined;
  },
};
