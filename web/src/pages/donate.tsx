import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { PROCEDURES } from '../../../shared/domain/vocabulary.ts';
import { useApi } from '../api/hooks.ts';
import type { Site } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { procedureOf } from '../lib/params.ts';
import { addDays, dateIn, dayName, timeOf } from '../lib/time.ts';
import { ArrowIcon, BusIcon, ClockIcon, PinIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';

type Procedure = Site['procedures'][number];

/** Sites by district, with what each takes and when it next has room. */
export function DonatePage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const procedure = procedureOf(search.get('procedure')) ?? 'whole-blood';
  const sites = useApi('GET /api/sites', {}, { staleTime: 60_000 });
  const offering = sites.data?.items.filter((site) => site.procedures.includes(procedure)) ?? [];
  return (
    <Page title={t('donate.title')} lead={t('donate.lead')}>
      <nav aria-label={t('donate.procedure')} className="segments">
        {PROCEDURES.map((each) => (
          <Link key={each} to={`?procedure=${each}`} aria-current={each === procedure ? 'true' : undefined}>
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
        <Districts sites={offering} procedure={procedure} />
      )}
    </Page>
  );
}

function Districts({ sites, procedure }: { readonly sites: readonly Site[]; readonly procedure: Procedure }) {
  const language = useLanguage();
  const districts = groupBy(sites, (site) => site.district[language]);
  return [...districts].map(([district, here]) => (
    <section key={district} className="district">
      <h2>{district}</h2>
      <ul className="cards">
        {here.map((site) => (
          <SiteCard key={site.siteId} site={site} procedure={procedure} />
        ))}
      </ul>
    </section>
  ));
}

function SiteCard({ site, procedure }: { readonly site: Site; readonly procedure: Procedure }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li className="site">
      <div className="site-head">
        <h3>
          <Link to={`/donate/${site.siteId}?procedure=${procedure}`} className="stretched">
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
        {site.address[language]}
      </p>
      <NextFree site={site} procedure={procedure} />
      <span className="site-go" aria-hidden="true">
        {t('donate.choose')} <ArrowIcon size={18} />
      </span>
    </li>
  );
}

function NextFree({ site, procedure }: { readonly site: Site; readonly procedure: Procedure }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const from = dateIn(site.zone, new Date());
  const slots = useApi(
    'GET /api/sites/{siteId}/slots',
    { params: { siteId: site.siteId }, query: { from, to: addDays(from, 6), procedure } },
    { staleTime: 30_000 },
  );
  if (slots.error) return null;
  const now = new Date().toISOString();
  const next = slots.data?.items
    .filter((slot) => slot.free > 0 && slot.status === 'open' && slot.startsAt > now)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0];
  return (
    <p className={`with-icon ${next ? 'good' : 'muted'}`}>
      <ClockIcon size={18} />
      {!slots.data
        ? t('common.loading')
        : next
          ? t('donate.nextFree', { when: `${dayName(next.date, language)} ${timeOf(next.startsAt, next.zone)}` })
          : t('donate.noneSoon')}
    </p>
  );
}
