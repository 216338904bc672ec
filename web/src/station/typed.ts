import type { Typed } from './keeper.ts';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What nobody wants back: secrets, and what a browser lets no page fill in. */
const SKIPPED = new Set(['password', 'file', 'hidden', 'submit', 'button']);
/** Ids that are made anew each time a page is drawn. */
const MADE = /^(mantine-|:|«|_r_)/;

const isTickable = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio');

/** The fields of the page, each under what it is called: its id where that is its own, else its name, value and words. */
function fields(): Map<string, Field> {
  const found = new Map<string, Field>();
  for (const field of document.querySelectorAll<Field>('main input, main textarea, main select')) {
    if (field instanceof HTMLInputElement && SKIPPED.has(field.type)) continue;
    const words = field.labels?.[0]?.textContent ?? field.getAttribute('aria-label') ?? '';
    const own = field.id && !MADE.test(field.id) ? field.id : '';
    const name =
      own || [MADE.test(field.name) ? '' : field.name, isTickable(field) ? field.value : '', words].join('|');
    for (let n = 0; ; n += 1) {
      const key = `${name}#${n}`;
      if (found.has(key)) continue;
      found.set(key, field);
      break;
    }
  }
  return found;
}

/** What stands in the fields of the page. */
export const takeTyped = (): Typed[] =>
  [...fields()].map(([field, it]) => ({
    field,
    value: it.value,
    ...(isTickable(it) && { checked: it.checked }),
  }));

const FOR_MS = 15_000;

/**
 * Puts it back, field by field as the page at `place` draws them; a field that does not come is not waited for any longer than this,
 * nor on another page, where it may be of somebody else.
 */
export function putBack(typed: readonly Typed[], place: string): void {
  const left = new Map(typed.map((it) => [it.field, it]));
  let isThere = false;
  const fill = (): void => {
    if (window.location.pathname + window.location.search !== place) {
      if (isThere) stop();
      return;
    }
    isThere = true;
    for (const [name, field] of fields()) {
      const was = left.get(name);
      if (!was || field.disabled) continue;
      left.delete(name);
      fillIn(field, was);
    }
    if (left.size === 0) stop();
  };
  const watch = new MutationObserver(fill);
  const stop = (): void => watch.disconnect();
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(stop, FOR_MS);
  fill();
}

/** As if it had been typed: React hears of nothing else. */
function fillIn(field: Field, was: Typed): void {
  if (isTickable(field)) {
    if (was.checked && !field.checked) field.click();
    else if (!was.checked && field.checked && field.type === 'checkbox') field.click();
    return;
  }
  if (field.value === was.value) return;
  const proto = Object.getPrototypeOf(field) as object;
  Object.getOwnPropertyDescriptor(proto, 'value')?.set?.call(field, was.value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
