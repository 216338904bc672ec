import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { PROCEDURES } from '../../../shared/domain/vocabulary.ts';
import { useApi } from '../api/hooks.ts';
import type { NextFree, Site } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { procedureOf, withQuery } from '../lib/params.ts';
import { dateIn, nearMoment } from '../lib/time.ts';
import { ArrowIcon, BusIcon, ClockIcon, PinIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';

type Procedure = Site['procedures'][number];

const POLL_MS = 30_000;

/** Sites by district, the soonest time anywhere first, and with each site when it next has room for what it takes. */
export function DonatePage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const procedure = procedureOf(search.get('procedure')) ?? 'whole-blood';
  // Drawn when there is time for it: a thumb is answered first.
  const sites = useDeferredValue(useApi('GET /api/sites', {}, { staleTime: 60_000 }));
  const next = useDeferredValue(useApi('GET /api/next-free', {}, { staleTime: 5_000, every: POLL_MS }));
  const offering = sites.data?.items.filter((site) => site.procedures.includes(procedure)) ?? [];
  const districts = [...new Map(offering.filter(stays).map(({ district }) => [district.en, district])).values()];
  const district = districts.find(({ en }) => en === search.get('district'))?.en;
  const shown = district ? offering.filter((site) => !stays(site) || site.district.en === district) : offering;
  return (
    <Page title={t('donate.title')} lead={t('donate.lead')}>
      <nav aria-label={t('donate.procedure')} className="segments">
        {PROCEDURES.map((each) => (
          <Link
            key={each}
            to={withQuery(search, { procedure: each })}
            aria-current={each === procedure ? 'true' : undefined}
          >
            {t(`procedure.${each}`)}
          </Link>
        ))}
      </nav>
      <p className="muted">{t(`donate.about.${procedure}`)}</p>
      {sites.error ? (
        <LoadError error={sites.error} retry={() => void sites.refetch()} />
      ) : !sites.data ? (
        <Loading lines={4} />
      ) : offering.length === 0 ? (
        <Empty title={t('donate.noneFor', { procedure: t(`procedureInText.${procedure}`) })} />
      ) : (
        <>
          {districts.length > 1 && <DistrictFilter districts={districts} chosen={district} />}
          <Soonest sites={shown} next={next.data?.items} asking={next.isPending} procedure={procedure} />
          <Districts sites={shown} next={next.data?.items} procedure={procedure} />
        </>
      )}
    </Page>
  );
}

/** A bus goes round the city: it belongs to every district. */
const stays = (site: Site): boolean => site.kind !== 'bus';

function DistrictFilter({
  districts,
  chosen,
}: {
  readonly districts: readonly Site['district'][];
  readonly chosen: string | undefined;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  return (
    <nav aria-label={t('find.district')} className="filters">
      <Link to={withQuery(search, { district: undefined })} aria-current={chosen ? undefined : 'true'}>
        {t('find.all')}
      </Link>
      {districts.map((district) => (
        <Link
          key={district.en}
          to={withQuery(search, { district: district.en })}
          aria-current={chosen === district.en ? 'true' : undefined}
        >
          {district[language]}
        </Link>
      ))}
    </nav>
  );
}

/** The next free slot anywhere, one press from being booked. */
function Soonest({
  sites,
  next,
  asking,
  procedure,
}: {
  readonly sites: readonly Site[];
  readonly next: readonly NextFree[] | undefined;
  readonly asking: boolean;
  readonly procedure: Procedure;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const first = next?.find(
    (each) => each.procedure === procedure && each.slot && sites.some(({ siteId }) => siteId === each.siteId),
  );
  const site = sites.find(({ siteId }) => siteId === first?.siteId);
  // Its room is kept, so that nothing moves under a thumb; if it could not be asked, the places below are enough.
  if (!next) return asking ? <div className="loading-card soonest-room" aria-hidden="true" /> : null;
  if (!first?.slot || !site) return <p className="strong">{t('find.soonestNone')}</p>;
  const { slot } = first;
  return (
    <Link
      className="soonest"
      to={`/donate/check?${new URLSearchParams({ site: site.siteId, procedure, date: slot.date, slot: slot.slotId })}`}
    >
      <span className="soonest-label">{t('find.soonest')}</span>
      <b>{nearMoment(slot.startsAt, slot.zone, dateIn(slot.zone, new Date()), language)}</b>
      <span>
        {site.name[language]}
        {slot.stop && ` · ${slot.stop[language]}`}
      </span>
      <span className="soonest-go">
        {t('find.take')} <ArrowIcon size={18} />
      </span>
    </Link>
  );
}

function Districts({
  sites,
  next,
  procedure,
}: {
  readonly sites: readonly Site[];
  readonly next: readonly NextFree[] | undefined;
  readonly procedure: Procedure;
}) {
  const language = useLanguage();
  const districts = groupBy(sites, (site) => site.district[language]);
  return [...districts].map(([district, here]) => (
    <section key={district} className="district">
      <h2>{district}</h2>
      <ul className="cards">
        {here.map((site) => (
          <SiteCard key={site.siteId} site={site} next={next} procedure={procedure} />
        ))}
      </ul>
    </section>
  ));
}

function SiteCard({
  site,
  next,
  procedure,
}: {
  readonly site: Site;
  readonly next: readonly NextFree[] | undefined;
  readonly procedure: Procedure;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const here = next?.filter(({ siteId }) => siteId === site.siteId) ?? [];
  const soon = here.find((each) => each.procedure === procedure)?.slot;
  const query = new URLSearchParams({ procedure, ...(soon && { date: soon.date }) });
  return (
    <li className="site">
      <div className="site-head">
        <h3>
          <Link to={`/donate/${site.siteId}?${query}`} className="stretched">
            {site.name[language]}
          </Link>
        </h3>
        <span className="tag">
          {site.kind === 'bus' && <BusIcon size={16} />}
          {t(`kind.${site.kind}`)}
        </span>
      </div>
      <p className="with-icon muted">
        <PinIcon size={18} />
        {soon?.stop?.[language] ?? site.address[language]}
      </p>
      <ul className="plain">
        {[procedure, ...site.procedures.filter((each) => each !== procedure)].map((each) => (
          <NextLine
            key={each}
            procedure={each}
            known={next !== undefined}
            next={here.find((it) => it.procedure === each)}
          />
        ))}
      </ul>
      <span className="site-go" aria-hidden="true">
        {t('donate.choose')} <ArrowIcon size={18} />
      </span>
    </li>
  );
}

function NextLine({
  procedure,
  known,
  next,
}: {
  readonly procedure: Procedure;
  readonly known: boolean;
  readonly next: NextFree | undefined;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const slot = next?.slot;
  const name = t(`procedure.${procedure}`);
  if (!known) return null;
  return (
    <li className={`with-icon ${slot ? 'good' : 'muted'}`}>
      <ClockIcon size={18} />
      {slot
        ? t('find.next', {
            procedure: name,
            when: nearMoment(slot.startsAt, slot.zone, dateIn(slot.zone, new Date()), language),
          })
        : t('find.nextNone', { procedure: name })}
    </li>
  );
}
