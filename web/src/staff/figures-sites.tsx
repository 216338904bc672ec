import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useApi } from '../api/hooks.ts';
import type { CallOutput, Person, Site } from '../api/types.ts';
import { dateOf, procedureOf, withQuery } from '../lib/params.ts';
import { addDays, dateIn } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Drawn, LayerKeys, NestedColumns, tallestOf } from './charts.tsx';
import { AllFigures, beforehand, Filters, Part, Table, USUAL, useShare } from './figures.tsx';
import { useMySites, Work } from './frame.tsx';
import { SaveTable } from './save-table.tsx';

type Figures = CallOutput<'GET /api/figures/sites'>;

/** The figures of every site that somebody has a role for: together, and side by side. */
export function SitesFiguresPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('figures.sites.title')}>
      {(me) => <OfSites me={me} />}
    </Work>
  );
}

/** Today is counted as it stands, every so often. */
const POLL_MS = 60_000;

/** Those that the address names, of one's own; all of them where it names none. */
export function useChosenSites(mine: readonly Site[] | undefined): readonly Site[] {
  const [search] = useSearchParams();
  const named = search.get('sites')?.split(',') ?? [];
  const chosen = mine?.filter(({ siteId }) => named.includes(siteId)) ?? [];
  return chosen.length > 0 ? chosen : (mine ?? []);
}

function OfSites({ me }: { readonly me: Person }) {
  const { t } = useTranslation('work');
  const [search] = useSearchParams();
  const mine = useMySites(me);
  const chosen = useChosenSites(mine.sites);
  const today = dateIn(chosen[0]?.zone ?? 'UTC', new Date());
  const to = dateOf(search.get('to')) ?? today;
  const from = dateOf(search.get('from')) ?? addDays(to, 1 - USUAL);
  const procedure = procedureOf(search.get('procedure'));
  const sites = chosen.map(({ siteId }) => siteId).join();
  const query = { sites, from, to, ...(procedure && { procedure }) };
  const figures = useApi(
    'GET /api/figures/sites',
    { query },
    { enabled: chosen.length > 0, keep: true, every: POLL_MS },
  );
  const failed = mine.query.error ?? (figures.data ? undefined : figures.error);
  return (
    <Page title={t('figures.sites.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <p className="muted">{t('figures.sites.lead')}</p>
      <Filters
        key={`${from} ${to}`}
        from={from}
        to={to}
        today={today}
        procedures={[...new Set((mine.sites ?? []).flatMap((site) => site.procedures))]}
        stops={[]}
      />
      <Choose all={mine.sites ?? []} chosen={chosen} />
      <p>
        <LinkButton to={`/staff/figures/stock${search.get('sites') ? `?sites=${sites}` : ''}`} variant="default">
          {t('figures.stock.link')}
        </LinkButton>
      </p>
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void mine.query.refetch();
            void figures.refetch();
          }}
        />
      ) : mine.sites?.length === 0 ? (
        <Empty title={t('figures.sites.none')} />
      ) : !figures.data ? (
        <Loading lines={5} />
      ) : (
        <AllFigures figures={figures.data} query={query}>
          <SideBySide figures={figures.data} query={query} />
        </AllFigures>
      )}
    </Page>
  );
}

/** Which sites are looked at. The last one stays: of none there is nothing to see. */
export function Choose({ all, chosen }: { readonly all: readonly Site[]; readonly chosen: readonly Site[] }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  if (all.length < 2) return null;
  const toggle = (site: Site): void => {
    const isIn = chosen.includes(site);
    if (isIn && chosen.length === 1) return;
    const next = all.filter((each) => (each === site ? !isIn : chosen.includes(each)));
    const sites = next.length === all.length ? undefined : next.map(({ siteId }) => siteId).join();
    void navigate(withQuery(search, { sites }), { replace: true });
  };
  return (
    <fieldset className="plain site-choice">
      <legend>{t('figures.sites.which')}</legend>
      {all.map((site) => (
        <Checkbox
          key={site.siteId}
          className="choice"
          label={site.name[language]}
          checked={chosen.includes(site)}
          disabled={chosen.length === 1 && chosen.includes(site)}
          onChange={() => toggle(site)}
        />
      ))}
    </fieldset>
  );
}

const LAYERED = ['places', 'booked', 'came', 'given'] as const;
const SHOWN = [...LAYERED, 'noShows', 'deferred', 'first'] as const;

function SideBySide({
  figures,
  query,
}: {
  readonly figures: Figures;
  readonly query: { readonly sites: string; readonly from: string; readonly to: string };
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const share = useShare();
  const title = t('figures.sites.side');
  const most = Math.max(1, ...figures.sites.map(({ given }) => given));
  const columns = figures.sites.map((site, n) => ({
    key: site.siteId,
    label: String(n + 1),
    values: LAYERED.map((name) => site[name]),
  }));
  return (
    <Part title={title} id="side-by-side">
      <figure className="chart card">
        <LayerKeys names={LAYERED.map((name) => t(`figures.counts.${name}`))} />
        <Drawn label={t('figures.sites.chart')}>
          <NestedColumns columns={columns} />
        </Drawn>
        <figcaption className="small muted">
          {t('figures.sites.numbers')} {tallestOf(columns).isCut && t('figures.fill.cut')}
        </figcaption>
      </figure>
      <Table
        label={title}
        head={[
          t('figures.sites.site'),
          ...SHOWN.map((name) => t(`figures.counts.${name}`)),
          t('figures.counts.fill'),
          t('figures.tiles.noShows'),
        ]}
        rows={[
          ...figures.sites.map((site, n) => ({
            key: site.siteId,
            part: site.given / most,
            cells: [
              `${n + 1} ${site.name[language]}`,
              ...SHOWN.map((name) => site[name]),
              share(site.booked, site.places),
              share(site.noShows, beforehand(site)),
            ],
          })),
          {
            key: 'all',
            cells: [
              t('figures.sites.all'),
              ...SHOWN.map((name) => figures.total[name]),
              share(figures.total.booked, figures.total.places),
              share(figures.total.noShows, beforehand(figures.total)),
            ],
          },
        ]}
      />
      <p className="small muted">{t('figures.sites.bars')}</p>
      <SaveTable query={{ ...query, table: 'sites' }} what={title} />
    </Part>
  );
}
