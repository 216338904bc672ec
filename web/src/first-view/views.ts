import { PROCEDURES } from '../../../shared/domain/vocabulary.ts';
import { dateOf, procedureOf } from '../lib/params.ts';
import { addDays, SLOT_DAYS } from '../lib/time.ts';

/** What a page shows before anything is known but its address, in one language. Drawn when the pages are built. */
export type View = {
  readonly name: string;
  /** The address it is drawn at; of no page in particular where there is none. */
  readonly drawnAt?: string;
  /** The code of the page and the area of its words, where they are not in the first load. */
  readonly code?: string;
  readonly words?: string;
};

/** Stand in a drawn address for what only the real one says. */
export const DRAWN = { site: 'SITE', date: '1111-11-11' } as const;

/** The view of every page that has none of its own: what is around a page, and that it is coming. */
const ANY = 'any';

export const VIEWS: readonly View[] = [
  { name: '/', drawnAt: '/' },
  ...PROCEDURES.flatMap((procedure): View[] => {
    const there = `procedure=${procedure}&date=${DRAWN.date}`;
    return [
      { name: `/donate ${procedure}`, drawnAt: `/donate?procedure=${procedure}` },
      { name: `/donate/site ${procedure}`, drawnAt: `/donate/${DRAWN.site}?${there}` },
      {
        name: `/donate/check ${procedure}`,
        drawnAt: `/donate/check?site=${DRAWN.site}&${there}&slot=any`,
        code: 'src/pages/check.tsx',
      },
    ];
  }),
  { name: '/precheck', drawnAt: '/precheck', code: 'src/precheck/pages.tsx', words: 'precheck' },
  { name: '/events', drawnAt: '/events', code: 'src/pages/events.tsx', words: 'serve' },
  { name: ANY },
];

/** The name of an address's view, and what its page will ask first: public answers, the same for everybody. */
export function viewAt(path: string, search: URLSearchParams, today: string): { name: string; asks: string[] } {
  const at = path.replace(/(.)\/+$/, '$1');
  const procedure = procedureOf(search.get('procedure')) ?? 'whole-blood';
  const date = dateOf(search.get('date'));
  const asked = (from: string, to: string): string => `?${new URLSearchParams({ from, to, procedure })}`;
  const siteOf = (id: string): string => `/api/sites/${encodeURIComponent(id)}`;
  const timesOf = (site: string): string[] => (date ? [`${site}/slots${asked(date, date)}`] : []);
  switch (at) {
    case '/':
      return { name: at, asks: [] };
    case '/donate':
      return { name: `${at} ${procedure}`, asks: ['/api/sites', '/api/next-free'] };
    case '/donate/check': {
      const id = search.get('site');
      if (!id || !date || !search.get('slot')) return { name: ANY, asks: [] };
      return { name: `${at} ${procedure}`, asks: [siteOf(id), ...timesOf(siteOf(id))] };
    }
    case '/precheck': {
      const [siteId, pack] = [search.get('site'), search.get('pack')];
      const query = new URLSearchParams({ ...(siteId && { siteId }), ...(pack && { pack }) }).toString();
      return { name: at, asks: [`/api/precheck/rules${query && `?${query}`}`, '/api/sites'] };
    }
    case '/events':
      return { name: at, asks: ['/api/events?limit=50'] };
  }
  const [, id] = /^\/donate\/([^/]+)$/.exec(at) ?? [];
  if (!id) return { name: ANY, asks: [] };
  const site = `/api/sites/${id}`;
  const days = `${site}/days${asked(today, addDays(today, SLOT_DAYS - 1))}`;
  return { name: `/donate/site ${procedure}`, asks: [site, days, ...timesOf(site)] };
}
