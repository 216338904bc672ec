import { useTranslation } from 'react-i18next';
import { EXPIRY_SPANS } from '../../../shared/domain/figures.ts';
import { useApi } from '../api/hooks.ts';
import type { CallOutput, Person } from '../api/types.ts';
import { dateIn, moment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Part, Table } from './figures.tsx';
import { Choose, useChosenSites } from './figures-sites.tsx';
import { useMySites, Work } from './frame.tsx';
import { SaveTable } from './save-table.tsx';
import { Lines, type Stock } from './stock.tsx';

type Sites = CallOutput<'GET /api/figures/sites/stock'>['sites'];

/** What is at all the sites that somebody has a role for, together and at which of them. */
export function SitesStockPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('figures.stock.title')}>
      {(me) => <OfSites me={me} />}
    </Work>
  );
}

const POLL_MS = 60_000;

function OfSites({ me }: { readonly me: Person }) {
  const { t } = useTranslation('work');
  const mine = useMySites(me);
  const chosen = useChosenSites(mine.sites);
  const sites = chosen.map(({ siteId }) => siteId).join();
  const stock = useApi(
    'GET /api/figures/sites/stock',
    { query: { sites } },
    { enabled: chosen.length > 0, keep: true, every: POLL_MS },
  );
  const { data } = stock;
  const failed = mine.query.error ?? (data ? undefined : stock.error);
  const today = dateIn(chosen[0]?.zone ?? 'UTC', new Date());
  return (
    <Page
      title={t('figures.stock.title')}
      lead={t('figures.sites.stockLead')}
      eyebrow={t('figures.sites.title')}
      back="/staff/figures"
      wide
    >
      <Choose all={mine.sites ?? []} chosen={chosen} />
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void mine.query.refetch();
            void stock.refetch();
          }}
        />
      ) : mine.sites?.length === 0 ? (
        <Empty title={t('figures.sites.none')} />
      ) : !data ? (
        <Loading lines={4} />
      ) : (
        <>
          <Together sites={data.sites} />
          <SaveTable query={{ sites, from: today, to: today, table: 'stock' }} what={t('figures.stock.title')} />
        </>
      )}
    </Page>
  );
}

function Together({ sites }: { readonly sites: Sites }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const ours = sites.filter(({ master }) => master === 'nuanliu');
  const lines = joined(ours.flatMap((site) => site.lines));
  const ready = (site: Pick<Stock, 'lines'>): number => site.lines.reduce((sum, line) => sum + line.ready, 0);
  const most = Math.max(1, ...ours.map(ready));
  const spans = EXPIRY_SPANS.filter((span) => span !== 'none' && span !== 'later');
  const of = (site: Sites[number], span: (typeof spans)[number]): number =>
    site.lines.reduce((sum, line) => sum + line.expiry[span], 0);
  return (
    <>
      <Part title={t('figures.sites.side')} id="side-by-side">
        <Table
          label={t('figures.sites.side')}
          head={[
            t('figures.sites.site'),
            t('figures.stock.ready'),
            ...spans.map((span) => t(`figures.stock.expiry.${span}`)),
            t('figures.sites.counted'),
          ]}
          rows={sites.map((site) => ({
            key: site.siteId,
            ...(site.master === 'nuanliu' && { part: ready(site) / most }),
            cells:
              site.master === 'nuanliu'
                ? [
                    site.name[language],
                    ready(site),
                    ...spans.map((span) => of(site, span)),
                    site.countedAt ? moment(site.countedAt, site.zone, language) : '–',
                  ]
                : [
                    site.name[language],
                    '–',
                    ...spans.map(() => '–'),
                    t('figures.sites.other', { system: site.system ?? '' }),
                  ],
          }))}
        />
      </Part>
      {lines.length === 0 ? <Empty title={t('figures.stock.none')} /> : <Lines lines={lines} />}
    </>
  );
}

/** Lines of the same component and group as one, in the order in which they first come. */
function joined(lines: Stock['lines']): Stock['lines'] {
  const found = new Map<string, Stock['lines'][number]>();
  for (const line of lines) {
    const key = `${line.component} ${line.group ?? ''}`;
    const before = found.get(key);
    found.set(
      key,
      before
        ? {
            ...before,
            ready: before.ready + line.ready,
            notReady: before.notReady + line.notReady,
            aside: before.aside + line.aside,
            expiry: Object.fromEntries(
              EXPIRY_SPANS.map((span) => [span, before.expiry[span] + line.expiry[span]]),
            ) as typeof line.expiry,
          }
        : line,
    );
  }
  const order = ({ component, group = '~' }: Stock['lines'][number]): string => `${component} ${group}`;
  return [...found.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
