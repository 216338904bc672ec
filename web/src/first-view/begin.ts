import './handed-over.ts';
import { initialLanguage } from '../i18n/language.ts';
import { KEPT } from '../lib/kept.ts';
import { DRAWN, viewAt } from './views.ts';

/**
 * The first script, a small one: shows what was drawn of this page, in the reader's language, fetches what the page is made
 * of and what it will ask first, and lets the pages themselves begin when that can be seen. They draw the same in its place.
 */
function kept(name: string): string | null {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null;
  }
}

const { start = '', files: first = '' } = document.currentScript?.dataset ?? {};
const files = first.split(' ');
const language = initialLanguage(kept(KEPT.language), navigator.languages);
const locale = language === 'zh' ? 'zh-CN' : 'en';
document.documentElement.lang = locale;
document.documentElement.toggleAttribute('data-large', kept(KEPT.largeType) === 'yes');

const now = new Date();
const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
const { pathname, search } = window.location;
const query = new URLSearchParams(search);
const { name, asks } = viewAt(pathname, query, today);

for (const view of document.querySelectorAll<HTMLTemplateElement>('template[data-view]')) {
  if (view.dataset['view'] === name && view.dataset['language'] === language) {
    files.push(...(view.dataset['files']?.split(' ') ?? []));
    document.getElementById('root')?.replaceChildren(view.content);
  }
  view.remove();
}
if (kept(KEPT.session)) for (const each of document.querySelectorAll('[data-for="guests"]')) each.remove();
for (const link of document.querySelectorAll('#root a')) {
  const to = link.getAttribute('href') ?? '';
  const site = encodeURIComponent(query.get('site') ?? '');
  link.setAttribute('href', to.replace(DRAWN.site, site).replace(DRAWN.date, query.get('date') ?? ''));
}

const answers = new Map<string, Promise<Response>>();
for (const address of asks) {
  const answer = fetch(address, { headers: { accept: 'application/json', 'accept-language': locale } });
  // One that fails is asked again by whoever takes it.
  answer.catch(() => undefined);
  answers.set(address, answer);
}
const handedOver: NonNullable<typeof window.nuanliu> = { answers };
window.nuanliu = handedOver;
for (const button of document.querySelectorAll('#root button')) {
  button.addEventListener('click', () => {
    handedOver.pressed = button.textContent;
  });
}
const MAIN_BUTTON = 0;
// A mouse's press that begins on what was drawn and ends on what took its place is no click to a browser (a finger's is).
for (const drawn of document.querySelectorAll<HTMLElement>('#root a, #root button')) {
  drawn.addEventListener('mousedown', ({ button }) => {
    if (button !== MAIN_BUTTON) return;
    const pressed = new AbortController();
    const { signal } = pressed;
    document.addEventListener(
      'mouseup',
      ({ target }) => {
        pressed.abort();
        if (drawn.isConnected || !(target instanceof Element)) return;
        const there = target.closest<HTMLElement>(drawn.tagName);
        if (there?.textContent === drawn.textContent) there.click();
      },
      { signal },
    );
    // Dragged away, it is never released.
    document.addEventListener('dragstart', () => pressed.abort(), { signal });
  });
}

let begun = false;
async function begin(): Promise<void> {
  if (begun) return;
  begun = true;
  const needed = files.filter((file) => file.endsWith('.js') && file !== start).map((file) => import(file));
  for (const file of files.filter((it) => it.endsWith('.css'))) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = file;
    document.head.append(link);
  }
  // The first date of a page takes a phone a tenth of a second: better now, while the scripts are on their way.
  if (asks.length > 0) setTimeout(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }));
  // Each runs as it comes, so that a thumb is answered in between; what could not be fetched is asked for again.
  await Promise.allSettled(needed);
  void import(start);
}

// First what can be seen, then what it takes to answer. Nothing is painted in a tab that nobody looks at, and not every browser
// says when something was.
const PATIENCE_MS = 1_000;
if (document.visibilityState === 'hidden') void begin();
else {
  const seen = new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length > 0) void begin();
  });
  seen.observe({ type: 'paint', buffered: true });
  requestAnimationFrame(() => setTimeout(begin, PATIENCE_MS));
}
