import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { usePages } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { withQuery } from '../lib/params.ts';
import { dateIn, span, weekendOf } from '../lib/time.ts';
import { CalendarIcon, PinIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';

/** Events that look for people: this weekend's first, then what comes later. */
export function EventsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const events = usePages('GET /api/events', { query: { limit: 50 } });
  const districts = [...new Set(events.items.map((event) => event.district[language]))].sort((a, b) =>
    a.localeCompare(b, language),
  );
  // Kept by its Chinese name, so that the choice survives a change of language.
  const chosen = search.get('district');
  const shown = events.items.filter((event) => !chosen || event.district.zh === chosen);
  const nameOf = (district: string): string =>
    events.items.find((event) => event.district[language] === district)?.district.zh ?? district;
  const groups = byWeekend(shown);
  return (
    <Page title={t('events.title')} lead={t('events.lead')}>
      {events.error ? (
        <LoadError error={events.error} retry={() => void events.refetch()} />
      ) : !events.data ? (
        <Loading lines={4} />
      ) : (
        <>
          {districts.length > 1 && (
            <nav aria-label={t('events.district')} className="filters">
              <Link to={withQuery(search, { district: undefined })} aria-current={!chosen ? 'true' : undefined}>
                {t('events.allDistricts')}
              </Link>
              {districts.map((district) => (
                <Link
                  key={district}
                  to={withQuery(search, { district: nameOf(district) })}
                  aria-current={chosen === nameOf(district) ? 'true' : undefined}
                >
                  {district}
                </Link>
              ))}
            </nav>
          )}
          <p className="sr-only" role="status">
            {t('events.counted', { n: shown.length })}
          </p>
          {shown.length === 0 && <Empty title={chosen ? t('events.emptyDistrict') : t('events.empty')} />}
          {(['soon', 'thisWeekend', 'later'] as const)
            .map((name) => ({ name, there: groups[name] }))
            .filter(({ there }) => there.length > 0)
            .map(({ name, there }) => (
              <section key={name} aria-labelledby={name}>
                <h2 id={name}>{t(`events.${name}`)}</h2>
                <ul className="cards">
                  {there.map((event) => (
                    <EventCard key={event.eventId} event={event} />
                  ))}
                </ul>
              </section>
            ))}
          {events.hasNextPage && (
            <Button variant="default" loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
              {t('common.more')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

function byWeekend(events: readonly EventView[]) {
  const groups: Record<'soon' | 'thisWeekend' | 'later', EventView[]> = { soon: [], thisWeekend: [], later: [] };
  for (const event of events) {
    const weekend = weekendOf(dateIn(event.zone, new Date()));
    const [start, end] = [dateIn(event.zone, event.startsAt), dateIn(event.zone, event.endsAt)];
    if (end < weekend.from) groups.soon.push(event);
    else if (start <= weekend.to) groups.thisWeekend.push(event);
    else groups.later.push(event);
  }
  return groups;
}

function EventCard({ event }: { readonly event: EventView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const free = event.shifts.reduce((sum, shift) => sum + (shift.free ?? 0), 0);
  return (
    <li className="site is-event">
      <div className="site-head">
        <h3>
          <Link to={`/events/${event.eventId}`} className="stretched">
            {event.title[language]}
          </Link>
        </h3>
        <span className={free > 0 ? 'tag tag-pine' : 'tag'}>
          {free > 0 ? t('events.freeTotal', { free }) : t('events.full')}
        </span>
      </div>
      <p className="with-icon">
        <CalendarIcon size={18} />
        {span(event.startsAt, event.endsAt, event.zone, language)}
      </p>
      <p className="with-icon muted">
        <PinIcon size={18} />
        {event.district[language]} · {event.community[language]}
      </p>
      <p className="small muted">{t('events.organiser', { name: event.organisation[language] })}</p>
    </li>
  );
}
