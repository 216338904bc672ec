import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { add, type Counts, NOTHING } from '../../../shared/domain/figures.ts';
import { useApi } from '../api/hooks.ts';
import type { CallOutput, Person } from '../api/types.ts';
import { dateOf, procedureOf, withQuery } from '../lib/params.ts';
import { addDays, dayName, dayOfWeek, monthDay } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Boxes, CellBar, Drawn, LayerKeys, NestedColumns, ShareColumns, tallestOf } from './charts.tsx';
import { DeskTabs, useMySites, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { SaveTable } from './save-table.tsx';

/** What is drawn of one site, or of several together. */
type Figures = Pick<
  CallOutput<'GET /api/figures'>,
  'total' | 'days' | 'hours' | 'procedures' | 'reasons' | 'use' | 'loaded' | 'pending'
>;
type Stops = CallOutput<'GET /api/figures'>['stops'];

/** What a site's days came to, drawn and in tables. */
export function FiguresPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('figures.title')}>
      {(me) => <OfSite me={me} />}
    </Work>
  );
}

const SPANS = [7, 30, 90] as const;
export const USUAL = 30;
/** Today is counted as it stands, every so often. */
const POLL_MS = 60_000;

function OfSite({ me }: { readonly me: Person }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [search] = useSearchParams();
  const { siteId, site, today } = useDesk();
  const mine = useMySites(me);
  const to = dateOf(search.get('to')) ?? today;
  const from = dateOf(search.get('from')) ?? addDays(to, 1 - USUAL);
  const procedure = procedureOf(search.get('procedure'));
  const stop = search.get('stop') || undefined;
  const query = { siteId, from, to, ...(procedure && { procedure }), ...(stop && { stop }) };
  const figures = useApi(
    'GET /api/figures',
    { query },
    { enabled: site.data !== undefined, keep: true, every: POLL_MS },
  );
  const failed = site.error ?? (figures.data ? undefined : figures.error);
  return (
    <Page title={site.data?.name[language] ?? t('figures.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={today} />
      <p className="muted">{t('figures.lead')}</p>
      <Filters
        key={`${from} ${to}`}
        from={from}
        to={to}
        today={today}
        procedures={site.data?.procedures ?? []}
        stops={figures.data?.stops ?? []}
      />
      <p>
        <LinkButton to={`/staff/${siteId}/figures/stock`} variant="default">
          {t('figures.stock.link')}
        </LinkButton>{' '}
        {(mine.sites?.length ?? 0) > 1 && (
          <LinkButton to="/staff/figures" variant="default">
            {t('figures.sites.link')}
          </LinkButton>
        )}
      </p>
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void figures.refetch();
          }}
        />
      ) : !figures.data ? (
        <Loading lines={5} />
      ) : (
        <AllFigures figures={figures.data} query={query} />
      )}
    </Page>
  );
}

/** Which days, and which of what was done on them. `children`: what else is chosen. */
export function Filters({
  from,
  to,
  today,
  procedures,
  stops,
  children,
}: {
  readonly from: string;
  readonly to: string;
  readonly today: string;
  readonly procedures: readonly string[];
  readonly stops: Stops;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ from, to });
  const go = (changes: Record<string, string | undefined>): void =>
    void navigate(withQuery(search, changes), { replace: true });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [first, last] = [dateOf(typed.from), dateOf(typed.to)];
    if (first && last) go({ from: first < last ? first : last, to: first < last ? last : first });
  };
  return (
    <section className="figure-filters" aria-label={t('figures.filter')}>
      <nav className="segments" aria-label={t('figures.filter')}>
        {SPANS.map((n) => {
          const begins = addDays(today, 1 - n);
          return (
            <Link
              key={n}
              replace
              to={withQuery(search, { from: begins, to: today })}
              aria-current={from === begins && to === today ? 'true' : undefined}
            >
              {t('figures.last', { n })}
            </Link>
          );
        })}
      </nav>
      <form className="figure-range" onSubmit={submit}>
        <TextInput
          type="date"
          id="from"
          label={t('figures.from')}
          max={today}
          value={typed.from}
          onChange={(event) => setTyped({ ...typed, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          id="to"
          label={t('figures.to')}
          max={today}
          value={typed.to}
          onChange={(event) => setTyped({ ...typed, to: event.currentTarget.value })}
        />
        <Button type="submit" variant="default">
          {t('figures.show')}
        </Button>
        {procedures.length > 1 && (
          <NativeSelect
            id="procedure"
            label={t('figures.procedure')}
            value={search.get('procedure') ?? ''}
            data={[
              { value: '', label: t('figures.every') },
              ...procedures.map((value) => ({
                value,
                label: t(`pages:procedure.${procedureOf(value) ?? 'whole-blood'}`),
              })),
            ]}
            onChange={(event) => go({ procedure: event.currentTarget.value || undefined })}
          />
        )}
        {(stops.length > 0 || search.get('stop')) && (
          <NativeSelect
            id="stop"
            label={t('figures.stop')}
            value={search.get('stop') ?? ''}
            data={[
              { value: '', label: t('figures.everyStop') },
              ...stops.map((stop) => ({ value: stop.zh, label: stop[language] })),
            ]}
            onChange={(event) => go({ stop: event.currentTarget.value || undefined })}
          />
        )}
        {children}
      </form>
    </section>
  );
}

type Query = ({ readonly siteId: string } | { readonly sites: string }) & {
  readonly from: string;
  readonly to: string;
  readonly procedure?: 'whole-blood' | 'platelets';
  readonly stop?: string;
};

/** All of it. `children`: what stands below the first figures. */
export function AllFigures({
  figures,
  query,
  children,
}: {
  readonly figures: Figures;
  readonly query: Query;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('work');
  const { total, pending, loaded } = figures;
  const nothing = total.places + total.booked + figures.use.length + loaded === 0;
  return (
    <>
      {pending.length > 0 && (
        <p className="notice" role="status">
          {t('figures.pending', { count: pending.length })}
        </p>
      )}
      {loaded > 0 && <p className="muted">{t('figures.loaded', { count: loaded })}</p>}
      {nothing ? (
        <Empty title={t('figures.none')} />
      ) : (
        <>
          <Tiles total={total} />
          {children}
          <Fill figures={figures} query={query} />
          <NoShows figures={figures} query={query} />
          <Donors total={total} />
          {query.stop && <p className="muted">{t('figures.partly')}</p>}
          <Reasons figures={figures} query={query} />
          <Use figures={figures} query={query} />
        </>
      )}
    </>
  );
}

/** A share in words: a bare percentage of few says less than it seems to. */
export function useShare(): (n: number, of: number) => string {
  const { t, i18n } = useTranslation('work');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  return (n, of) => (of === 0 ? t('figures.noShare') : percent.format(n / of));
}

export const beforehand = ({ booked, walkIns }: Pick<Counts, 'booked' | 'walkIns'>): number =>
  Math.max(0, booked - walkIns);

function Tiles({ total }: { readonly total: Counts }) {
  const { t } = useTranslation('work');
  const share = useShare();
  const tiles = [
    { name: 'given', value: String(total.given), note: undefined },
    {
      name: 'fill',
      value: share(total.booked, total.places),
      note: t('figures.tiles.fillNote'),
      n: total.booked,
      of: total.places,
    },
    {
      name: 'came',
      value: share(total.came, total.booked),
      note: t('figures.tiles.cameNote'),
      n: total.came,
      of: total.booked,
    },
    {
      name: 'noShows',
      value: share(total.noShows, beforehand(total)),
      note: t('figures.tiles.noShowsNote'),
      n: total.noShows,
      of: beforehand(total),
    },
    {
      name: 'first',
      value: share(total.first, total.given),
      note: t('figures.tiles.firstNote'),
      n: total.first,
      of: total.given,
    },
    {
      name: 'deferred',
      value: share(total.deferred, total.came),
      note: t('figures.tiles.deferredNote'),
      n: total.deferred,
      of: total.came,
    },
  ] as const;
  return (
    <dl className="tiles">
      {tiles.map((tile) => (
        <div key={tile.name} className="tile">
          <dt>{t(`figures.tiles.${tile.name}`)}</dt>
          <dd>
            <b>{tile.value}</b>
            {'of' in tile && (
              <span className="small muted">
                {tile.n} / {tile.of} · {tile.note}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const WAYS = ['day', 'hour', 'kind'] as const;
type Way = (typeof WAYS)[number];
const SHOWN = ['places', 'booked', 'came', 'given', 'noShows', 'deferred', 'walkIns', 'first', 'gaveUp'] as const;
const LAYERED = ['places', 'booked', 'came', 'given'] as const;
/** More days than a page can show beside each other are added up by week. */
const MOST_COLUMNS = 62;

type Row = Counts & { readonly key: string; readonly name: string; readonly short: string };

function Fill({ figures, query }: { readonly figures: Figures; readonly query: Query }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const share = useShare();
  const [way, setWay] = useState<Way>('day');
  const days = sinceFirst(figures.days);
  const weekly = days.length > MOST_COLUMNS;
  const rows: Record<Way, () => Row[]> = {
    day: () =>
      (weekly ? byWeek(days) : days).map(({ date, ...counts }) => ({
        ...counts,
        key: date,
        name: weekly ? monthDay(date, language) : dayName(date, language),
        short: `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`,
      })),
    hour: () =>
      figures.hours.map(({ hour, ...counts }) => ({
        ...counts,
        key: String(hour),
        name: clock(hour),
        short: clock(hour),
      })),
    kind: () =>
      figures.procedures.map(({ procedure, ...counts }) => ({
        ...counts,
        key: procedure,
        name: t(`pages:procedure.${procedure}`),
        short: t(`pages:procedure.${procedure}`),
      })),
  };
  const shown = rows[way]();
  const columns = shown.map((row) => ({ key: row.key, label: row.short, values: LAYERED.map((name) => row[name]) }));
  const title = t('figures.fill.title');
  const head = way === 'day' ? (weekly ? 'week' : 'date') : way === 'hour' ? 'time' : 'kind';
  return (
    <Part title={title} id="fill">
      <fieldset className="chips">
        <legend className="sr-only">{t('figures.fill.by')}</legend>
        {WAYS.map((each) => (
          <button
            key={each}
            type="button"
            className="day-chip"
            aria-pressed={way === each}
            onClick={() => setWay(each)}
          >
            {t(`figures.fill.${each}`)}
          </button>
        ))}
      </fieldset>
      {way === 'day' && weekly && <p className="small muted">{t('figures.fill.weekly')}</p>}
      <figure className="chart card">
        <LayerKeys names={LAYERED.map((name) => t(`figures.counts.${name}`))} />
        <Drawn label={t('figures.fill.chart')}>
          <NestedColumns columns={columns} />
        </Drawn>
        {tallestOf(columns).isCut && <figcaption className="small muted">{t('figures.fill.cut')}</figcaption>}
      </figure>
      <Table
        label={title}
        head={[
          head === 'kind' ? t('figures.procedure') : t(`figures.fill.${head}`),
          ...SHOWN.map((name) => t(`figures.counts.${name}`)),
          t('figures.counts.fill'),
        ]}
        rows={shown.map((row) => ({
          key: row.key,
          cells: [row.name, ...SHOWN.map((name) => row[name]), share(row.booked, row.places)],
        }))}
      />
      <SaveTable query={{ ...query, table: way === 'hour' ? 'hours' : 'days' }} what={title} />
    </Part>
  );
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** From the first day on which there was anything at all. */
function sinceFirst(days: Figures['days']): Figures['days'] {
  const first = days.findIndex((day) => SHOWN.some((name) => day[name] > 0));
  return first < 0 ? days : days.slice(first);
}

/** Days added up by week, which begins on Monday. */
function byWeek(days: Figures['days']): Figures['days'] {
  const weeks = new Map<string, Counts>();
  for (const { date, ...counts } of days) {
    const monday = addDays(date, -((dayOfWeek(date) + 6) % 7));
    weeks.set(monday, add(weeks.get(monday) ?? NOTHING, counts));
  }
  return [...weeks].map(([date, counts]) => ({ date, ...counts }));
}

function NoShows({ figures, query }: { readonly figures: Figures; readonly query: Query }) {
  const { t } = useTranslation('work');
  const share = useShare();
  const title = t('figures.noShows.title');
  const hours = figures.hours.filter((it) => beforehand(it) > 0);
  return (
    <Part title={title} id="no-shows">
      <p className="muted">{t('figures.noShows.lead')}</p>
      {figures.total.noShows === 0 ? (
        <p>{t('figures.noShows.none')}</p>
      ) : (
        <>
          <figure className="chart card">
            <Drawn label={t('figures.noShows.chart')}>
              <ShareColumns
                columns={hours.map((it) => ({
                  key: String(it.hour),
                  label: clock(it.hour),
                  share: it.noShows / beforehand(it),
                  said: share(it.noShows, beforehand(it)),
                }))}
              />
            </Drawn>
          </figure>
          <Table
            label={title}
            head={[
              t('figures.fill.time'),
              t('figures.noShows.beforehand'),
              t('figures.counts.noShows'),
              t('figures.noShows.share'),
            ]}
            rows={hours.map((it) => ({
              key: String(it.hour),
              cells: [clock(it.hour), beforehand(it), it.noShows, share(it.noShows, beforehand(it))],
            }))}
          />
          <SaveTable query={{ ...query, table: 'hours' }} what={title} />
        </>
      )}
    </Part>
  );
}

function Donors({ total }: { readonly total: Counts }) {
  const { t } = useTranslation('work');
  const share = useShare();
  const title = t('figures.donors.title');
  const rows = [
    { key: 'first', n: total.first },
    { key: 'returning', n: total.given - total.first },
  ] as const;
  return (
    <Part title={title} id="donors">
      {total.given === 0 ? (
        <p>{t('figures.donors.none')}</p>
      ) : (
        <Table
          label={title}
          head={[t('figures.donors.kind'), t('figures.donors.n'), t('figures.donors.share')]}
          rows={rows.map(({ key, n }) => ({
            key,
            part: n / total.given,
            cells: [t(`figures.donors.${key}`), n, share(n, total.given)],
          }))}
        />
      )}
    </Part>
  );
}

function Reasons({ figures, query }: { readonly figures: Figures; readonly query: Query }) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const share = useShare();
  const title = t('figures.reasons.title');
  const all = figures.reasons.reduce((sum, { n }) => sum + n, 0);
  const most = Math.max(1, ...figures.reasons.map(({ n }) => n));
  const said = ({ code, label }: Figures['reasons'][number]): string =>
    label?.[language] ?? (code === 'permanent' || code === 'measures' ? t(`figures.reasons.${code}`) : code);
  return (
    <Part title={title} id="reasons">
      {all === 0 ? (
        <p>{t('figures.reasons.none')}</p>
      ) : (
        <>
          <p className="small muted">{t('figures.reasons.note')}</p>
          <Table
            label={title}
            head={[
              t('figures.reasons.reason'),
              t('figures.procedure'),
              t('figures.reasons.n'),
              t('figures.reasons.share'),
            ]}
            rows={figures.reasons.map((it) => ({
              key: `${it.procedure} ${it.code}`,
              part: it.n / most,
              cells: [said(it), t(`pages:procedure.${it.procedure}`), it.n, share(it.n, all)],
            }))}
          />
          <SaveTable query={{ ...query, table: 'reasons' }} what={title} />
        </>
      )}
    </Part>
  );
}

function Use({ figures, query }: { readonly figures: Figures; readonly query: Query }) {
  const { t } = useTranslation('work');
  const title = t('figures.use.title');
  return (
    <Part title={title} id="use">
      <p className="muted">{t('figures.use.lead')}</p>
      {figures.use.length === 0 ? (
        <p>{t('figures.use.none')}</p>
      ) : (
        <>
          <figure className="chart card">
            <Drawn label={t('figures.use.chart')}>
              <Boxes
                boxes={figures.use.map(({ component, ...spread }) => ({
                  ...spread,
                  key: component,
                  label: t(`component.${component}`),
                }))}
              />
            </Drawn>
            <figcaption className="small muted">{t('figures.use.key')}</figcaption>
          </figure>
          <Table
            label={title}
            head={[
              t('figures.use.component'),
              t('figures.use.n'),
              t('figures.use.median'),
              t('figures.use.half'),
              t('figures.use.range'),
            ]}
            rows={figures.use.map(({ component, n, median, quarter, threeQuarters, least, most }) => ({
              key: component,
              cells: [
                t(`component.${component}`),
                n,
                t('figures.use.days', { count: median }),
                t('figures.use.span', { from: quarter, to: threeQuarters }),
                t('figures.use.span', { from: least, to: most }),
              ],
            }))}
          />
          <SaveTable query={{ ...query, table: 'use' }} what={title} />
        </>
      )}
    </Part>
  );
}

export function Part({
  title,
  id,
  children,
}: {
  readonly title: string;
  readonly id: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="figure-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** A table whose first column names the row; `part` is drawn beside its figures. It scrolls, and can be reached by keyboard. */
export function Table({
  label,
  head,
  rows,
}: {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly part?: number;
    readonly cells: readonly (string | number)[];
  }[];
}) {
  const { t } = useTranslation('work');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="figure-table" tabIndex={0} aria-label={t('figures.table', { what: label })}>
      <table>
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {head.map((name, n) => (
              <th key={name} scope="col" className={n > 0 ? 'is-figure' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, part, cells: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">
                {name}
                {part !== undefined && <CellBar part={part} />}
              </th>
              {cells.map((cell, n) => (
                <td key={head[n + 1]} className="is-figure">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
