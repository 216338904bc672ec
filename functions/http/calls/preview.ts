import type { calls } from '../../../shared/contract/calls.ts';
import { costOf, isCallable } from '../../../shared/domain/calls.ts';
import { LANGUAGES, type Language, type Localized } from '../../../shared/domain/vocabulary.ts';
import { calledText } from '../../../shared/notify/called.ts';
import { countSegments } from '../../../shared/notify/segments.ts';
import type { CallableItem, SiteItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { calledOf, coveredSite } from './covered.ts';
import type { CallsDeps } from './deps.ts';
import { settingsView } from './views.ts';

type Routes = (typeof calls)['routes'];

const PAGE = 1000;
/** People that are counted; a site with more has enough. */
const MOST_COUNTED = 20_000;
/** Groups are looked up one by one: of so many at most. */
const MOST_OF_GROUP = 2_000;
/** As long as any code. */
const SOME_CODE = 'abcdef';

export const preview: RouteHandler<Routes['GET /api/calls/preview'], CallsDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const now = nowOf(deps);
  const called = calledOf(query, site, now);
  const settings = settingsView(site);
  const days = await deps.calls.days(site.siteId, called, now);
  const last = days.findLast(({ free }) => free > 0)?.date;
  const found = last === undefined ? [] : await reached(deps, site, called.procedure, last);
  const free = days.reduce((sum, day) => sum + day.free, 0);
  const reach = found.slice(0, called.abo || called.rhd ? MOST_OF_GROUP : MOST_COUNTED);
  const group = await deps.calls.ofGroup(
    called,
    reach.map(({ personId }) => personId),
  );
  const able = reach
    .filter(({ personId }) => group.has(personId))
    .filter(({ calledAt: _, ...it }) => isCallable(it, last ?? '', settings.restDays, now));
  const people = able.filter((it) => isCallable(it, last ?? '', settings.restDays, now));
  const text = (language: Language): string =>
    calledText(
      { site: site.name, date: days[0]?.date ?? called.from, procedure: called.procedure, code: SOME_CODE },
      language,
      deps.text,
    );
  const texts: Localized = { zh: text('zh'), en: text('en') };
  const segments = LANGUAGES.reduce(
    (sum, language) =>
      sum +
      people.filter((it) => it.language === language).length *
        countSegments(deps.text.signature + texts[language]).segments,
    0,
  );
  const waves = Math.ceil(people.length / settings.waveSize);
  return {
    free,
    days: days.map(({ date, free: left, places }) => ({ date, free: left, places })),
    people: people.length,
    resting: able.length - people.length,
    more: found.length >= MOST_COUNTED || reach.length < found.length,
    segments,
    cents: costOf(segments, settings),
    waves,
    minutes: Math.max(0, waves - 1) * settings.pauseMinutes,
    text: texts,
    settings,
  };
};

/** Whoever agreed to be called and may give by a date: one query of an index, whatever the number of donors. */
async function reached(
  deps: CallsDeps,
  { siteId }: SiteItem,
  procedure: CallableItem['procedure'],
  by: string,
): Promise<CallableItem[]> {
  const all: CallableItem[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await deps.calls.reach(siteId, procedure, by, { limit: PAGE, ...(start && { start }) });
    all.push(...page.items);
    start = page.next;
  } while (start && all.length < MOST_COUNTED);
  return all;
}
