import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import { useApi } from '../api/hooks.ts';
import type { DayOffer, Site } from '../api/types.ts';
import { withQuery } from '../lib/params.ts';
import { dayName, moment } from '../lib/time.ts';
import { WarnIcon } from './icons.tsx';
import { LinkButton, useLanguage } from './states.tsx';

const OTHER_DAYS = 4;
const OTHER_SITES = 3;

/**
 * Why there is nothing to choose on a day, and what else there is: the nearest other days here, and the soonest times
 * elsewhere. Whatever else a full day may offer goes between the reason and these.
 */
export function NothingThatDay({
  site,
  procedure,
  day,
  days,
  short = false,
}: {
  readonly site: Site;
  readonly procedure: Procedure;
  readonly day: DayOffer;
  readonly days: readonly DayOffer[];
  /** What is left that day waits for volunteers: it is said elsewhere. */
  readonly short?: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const why = day.closed ?? 'full';
  return (
    <>
      {!(short && day.closed === undefined) && (
        <div className="notice notice-warn" role="status">
          <WarnIcon />
          <p>
            {t(`find.why.${why}`, {
              day: dayName(day.date, language),
              site: site.name[language],
              procedure: t(`procedureInText.${procedure}`),
            })}
          </p>
        </div>
      )}
      <OtherDays day={day} days={days} />
      <OtherSites site={site} procedure={procedure} from={day.date} />
    </>
  );
}

/** The nearest days with room, before or after, in order of date. */
function OtherDays({ day, days }: { readonly day: DayOffer; readonly days: readonly DayOffer[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const away = (date: string): number => Math.abs(Date.parse(date) - Date.parse(day.date));
  const near = days
    .filter(({ free }) => free > 0)
    .sort((a, b) => away(a.date) - away(b.date))
    .slice(0, OTHER_DAYS)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  if (near.length === 0) return <p className="strong">{t('find.noDay')}</p>;
  return (
    <div className="others">
      <h3>{t('slots.others')}</h3>
      <ul className="chips">
        {near.map(({ date, free }) => (
          <li key={date}>
            <Link to={withQuery(search, { date })} className="chip">
              <b>{dayName(date, language)}</b>
              <span>{t('slots.dayFree', { free })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function OtherSites({
  site,
  procedure,
  from,
}: {
  readonly site: Site;
  readonly procedure: Procedure;
  readonly from: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sites = useApi('GET /api/sites', {}, { staleTime: 60_000 });
  const next = useApi('GET /api/next-free', { query: { from } }, { staleTime: 5_000 });
  const others = (next.data?.items ?? [])
    .filter((each) => each.siteId !== site.siteId && each.procedure === procedure)
    .flatMap((each) => {
      const place = sites.data?.items.find(({ siteId }) => siteId === each.siteId);
      return each.slot && place ? [{ place, slot: each.slot }] : [];
    })
    .slice(0, OTHER_SITES);
  if (others.length === 0) {
    return (
      <LinkButton to={`/donate?procedure=${procedure}`} variant="default">
        {t('slots.otherSites')}
      </LinkButton>
    );
  }
  return (
    <div className="others">
      <h3>{t('find.elsewhere')}</h3>
      <ul className="plain elsewhere">
        {others.map(({ place, slot }) => (
          <li key={place.siteId}>
            <Link to={`/donate/${place.siteId}?${new URLSearchParams({ procedure, date: slot.date })}`}>
              {place.name[language]}
            </Link>
            <span className="muted">{moment(slot.startsAt, slot.zone, language)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
