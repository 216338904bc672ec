import { useTranslation } from 'react-i18next';
import { EXPIRY_SPANS } from '../../../shared/domain/figures.ts';
import { useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { moment } from '../lib/time.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Table } from './figures.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { SaveTable } from './save-table.tsx';

export type Stock = CallOutput<'GET /api/figures/stock'>;
type Line = Stock['lines'][number];

/** What is at a site by component and group, and what of it ends when: only where this system says so. */
export function StockPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('figures.stock.title')}>
      {() => <OfSite />}
    </Work>
  );
}

const POLL_MS = 60_000;

function OfSite() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, today } = useDesk();
  const stock = useApi('GET /api/figures/stock', { query: { siteId } }, { every: POLL_MS });
  const { data } = stock;
  const failed = site.error ?? (data ? undefined : stock.error);
  return (
    <Page
      title={t('figures.stock.title')}
      lead={t('figures.stock.lead')}
      eyebrow={site.data?.name[language] ?? t('staff.title')}
      back={`/staff/${siteId}/figures`}
      wide
    >
      {failed ? (
        <LoadError error={failed} retry={() => void stock.refetch()} />
      ) : !data || !site.data ? (
        <Loading lines={4} />
      ) : data.master === 'other' ? (
        <p className="notice" role="status">
          {data.system ? t('figures.stock.other', { system: data.system }) : t('figures.stock.otherUnnamed')}
        </p>
      ) : data.lines.length === 0 ? (
        <Empty title={t('figures.stock.none')} />
      ) : (
        <>
          {data.countedAt && (
            <p className="muted">
              {t('figures.stock.counted', { when: moment(data.countedAt, site.data.zone, language) })}
            </p>
          )}
          <Lines lines={data.lines} />
          <SaveTable query={{ siteId, from: today, to: today, table: 'stock' }} what={t('figures.stock.title')} />
        </>
      )}
    </Page>
  );
}

/** Lines by component, with what has to be seen to before them. */
export function Lines({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useTranslation('work');
  return (
    <>
      <Warnings lines={lines} />
      {byComponent(lines).map(([component, own]) => (
        <OfComponent key={component} component={component} lines={own} />
      ))}
      {lines.some(({ aside }) => aside > 0) && <p className="small muted">{t('figures.stock.asideNote')}</p>}
      {lines.some(({ group }) => group === undefined) && (
        <p className="small muted">{t('figures.stock.unknownNote')}</p>
      )}
    </>
  );
}

function byComponent(lines: readonly Line[]): [Line['component'], Line[]][] {
  const found = new Map<Line['component'], Line[]>();
  for (const line of lines) found.set(line.component, [...(found.get(line.component) ?? []), line]);
  return [...found];
}

const sum = (lines: readonly Line[], of: (line: Line) => number): number =>
  lines.reduce((total, line) => total + of(line), 0);

/** What somebody has to do something about. */
function Warnings({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useTranslation('work');
  const soon = sum(lines, ({ expiry }) => expiry['in-3']);
  const gone = sum(lines, ({ expiry }) => expiry.expired);
  if (soon + gone === 0) return null;
  return (
    <div className="notice notice-warn">
      <WarnIcon />
      <ul className="plain">
        {soon > 0 && <li>{t('figures.stock.soon', { count: soon })}</li>}
        {gone > 0 && <li>{t('figures.stock.gone', { count: gone })}</li>}
      </ul>
    </div>
  );
}

const AHEAD = EXPIRY_SPANS.filter((span) => span !== 'expired');

function OfComponent({ component, lines }: { readonly component: Line['component']; readonly lines: readonly Line[] }) {
  const { t } = useTranslation('work');
  const name = t(`component.${component}`);
  const ready = sum(lines, (line) => line.ready);
  return (
    <section className="figure-part" aria-labelledby={`stock-${component}`}>
      <h2 id={`stock-${component}`}>{name}</h2>
      {ready > 0 && (
        <div className="expiry-bar" aria-hidden="true">
          {AHEAD.map((span) => {
            const n = sum(lines, ({ expiry }) => expiry[span]);
            return (
              n > 0 && (
                <span key={span} className={`expiry-${span}`} style={{ flexGrow: n }}>
                  {t(`figures.stock.expiry.${span}`)} <b>{n}</b>
                </span>
              )
            );
          })}
        </div>
      )}
      <Table
        label={name}
        head={[
          t('figures.stock.group'),
          t('figures.stock.ready'),
          ...AHEAD.map((span) => t(`figures.stock.expiry.${span}`)),
          t('figures.stock.expiry.expired'),
          t('figures.stock.notReady'),
          t('figures.stock.aside'),
        ]}
        rows={lines.map((line) => ({
          key: line.group ?? '-',
          cells: [
            line.group ?? t('figures.stock.unknown'),
            line.ready,
            ...AHEAD.map((span) => line.expiry[span]),
            line.expiry.expired,
            line.notReady,
            line.aside,
          ],
        }))}
      />
    </section>
  );
}
