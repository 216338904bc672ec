import './ledger.css';
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useApi, usePages } from '../api/hooks.ts';
import type { CallOutput, Donation, Person } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { fullDate, moment } from '../lib/time.ts';
import { isWechat } from '../lib/wechat.ts';
import { useHours } from '../service/words.ts';
import { SignedIn } from '../ui/gate.tsx';
import { ArrowIcon, DropIcon, HandsIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import type { Honours } from './honours.tsx';
import { useAmount } from './use-amount.ts';

type Service = CallOutput<'GET /api/me/service'>;
type Record_ = CallOutput<'GET /api/me/service/records'>['items'][number];

/** What somebody has given and served, year by year, as one record of one life. */
export function LedgerPage() {
  const { t } = useTranslation('given');
  return <SignedIn title={t('ledger.title')}>{(me) => <Mine me={me} />}</SignedIn>;
}

function Mine({ me }: { readonly me: Person }) {
  const { t } = useTranslation(['given', 'pages']);
  const given = usePages('GET /api/me/donations', { query: { limit: 100 } });
  const served = useApi('GET /api/me/service', {});
  const { hasNextPage, isFetching, isError, fetchNextPage } = given;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const honours = given.data?.pages[0]?.honours;
  const error = given.error ?? served.error;
  return (
    <Page title={t('ledger.title')} lead={t('ledger.lead')} back="/me">
      {error ? (
        <LoadError error={error} retry={() => void Promise.all([given.refetch(), served.refetch()])} />
      ) : !honours || !served.data || hasNextPage ? (
        <Loading lines={4} />
      ) : honours.donations === 0 && served.data.years.length === 0 ? (
        <>
          <Empty title={t('ledger.empty')}>
            <p>{t('ledger.emptyText')}</p>
            <div className="row">
              <LinkButton to="/donate">{t('pages:home.donate')}</LinkButton>
              <LinkButton to="/events" variant="default">
                {t('service.toEvents')}
              </LinkButton>
            </div>
          </Empty>
          <Ways />
        </>
      ) : (
        <div className="ledger stack">
          <Totals me={me} donations={given.items} honours={honours} service={served.data} />
          <Marks honours={honours} service={served.data} />
          <Ways />
          <Years donations={given.items} honours={honours} service={served.data} />
        </div>
      )}
    </Page>
  );
}

/** To all that may be done about either half. */
function Ways() {
  const { t } = useTranslation('given');
  return (
    <ul className="menu no-print">
      <li>
        <Link to="/donations">
          <DropIcon />
          <span>{t('ledger.toDonations')}</span>
          <ArrowIcon size={18} />
        </Link>
      </li>
      <li>
        <Link to="/service">
          <HandsIcon />
          <span>{t('ledger.toService')}</span>
          <ArrowIcon size={18} />
        </Link>
      </li>
    </ul>
  );
}

function Totals({
  me,
  donations,
  honours,
  service,
}: {
  readonly me: Person;
  readonly donations: readonly Donation[];
  readonly honours: Honours;
  readonly service: Service;
}) {
  const { t, i18n } = useTranslation('given');
  const hours = useHours();
  const number = new Intl.NumberFormat(i18n.language);
  const used = donations.filter(({ usedOn }) => usedOn !== undefined).length;
  const figures = [
    { label: t('ledger.donations'), value: t('ledger.times', { n: number.format(honours.donations) }) },
    { label: t('ledger.volume'), value: t('ledger.ml', { n: number.format(honours.volumeMl) }) },
    { label: t('ledger.used'), value: t('ledger.times', { n: number.format(used) }) },
    { label: t('ledger.hours'), value: hours(service.total.timed + service.total.byHand) },
  ];
  return (
    <section className="totals totals-pine ledger-both">
      <p className="totals-thanks">{me.name ? t('ledger.thanks', { name: me.name }) : t('ledger.thanksNoName')}</p>
      <dl>
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <b>{value}</b>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The standards that are met, of either kind: the latest of each. */
function Marks({ honours, service }: { readonly honours: Honours; readonly service: Service }) {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  const names = groupBy(honours.met, ({ honour }) => honour);
  const lines = [
    ...[...names].map(([honour, met]) => {
      const last = met.at(-1);
      const said = { on: fullDate(last?.on ?? '', language), honour: t(`pages:donations.honour.${honour}`) };
      const count = Math.max(met.length, ...met.map((each) => each.count));
      return count > 1 ? t('pages:donations.meetsTimes', { ...said, count }) : t('pages:donations.meets', said);
    }),
    ...(['award', 'general'] as const).flatMap((kind) => {
      const last = service[kind].met.at(-1);
      if (!last) return [];
      const said = { n: last.stars, on: fullDate(last.on, language) };
      return [t(kind === 'award' ? 'ledger.awardStars' : 'ledger.stars', said)];
    }),
  ];
  return (
    <section aria-labelledby="marks">
      <h2 id="marks">{t('ledger.marks')}</h2>
      {lines.length === 0 ? (
        <p className="muted">{t('ledger.none')}</p>
      ) : (
        <ul className="plain-list">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p className="small muted">{t('ledger.note')}</p>
    </section>
  );
}

function Years({
  donations,
  honours,
  service,
}: {
  readonly donations: readonly Donation[];
  readonly honours: Honours;
  readonly service: Service;
}) {
  const { t, i18n } = useTranslation('given');
  const hours = useHours();
  const number = new Intl.NumberFormat(i18n.language);
  const [search] = useSearchParams();
  const byYear = groupBy(donations, ({ date }) => Number(date.slice(0, 4)));
  const years = [...new Set([...byYear.keys(), ...service.years.map(({ year }) => year)])].sort((a, b) => b - a);
  const asked = Number(search.get('year'));
  const shown = years.includes(asked) ? asked : years[0];
  const volumeOf = (there: readonly Donation[]): number =>
    there.reduce((sum, donation) => sum + volumeIn(honours, donation), 0);
  return (
    <>
      <h2 id="by-year">{t('ledger.byYear')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: in large letters it is wider than a phone, and a keyboard has to move it */}
      <section className="chart-scroll" tabIndex={0} aria-labelledby="by-year">
        <table className="ledger-table">
          <thead>
            <tr>
              {(['year', 'donations', 'volume', 'hours'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`ledger.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {years.map((year) => {
              const there = byYear.get(year) ?? [];
              const own = service.years.find((each) => each.year === year);
              return (
                <tr key={year} className={year === shown ? 'is-shown' : undefined}>
                  <th scope="row">
                    <Link to={`?year=${year}`} preventScrollReset aria-current={year === shown ? 'true' : undefined}>
                      {t('ledger.year', { year })}
                    </Link>
                  </th>
                  <td>{there.length > 0 ? t('ledger.times', { n: there.length }) : '–'}</td>
                  <td>{there.length > 0 ? t('ledger.ml', { n: number.format(volumeOf(there)) }) : '–'}</td>
                  <td>{own ? hours(own.timed + own.byHand) : '–'}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            {honours.elsewhere > 0 && (
              <tr>
                <th scope="row">{t('ledger.elsewhere')}</th>
                <td>{t('ledger.times', { n: number.format(honours.elsewhere) })}</td>
                <td>{t('ledger.ml', { n: number.format(honours.volumeMl - volumeOf(donations)) })}</td>
                <td>–</td>
              </tr>
            )}
            <tr>
              <th scope="row">{t('ledger.all')}</th>
              <td>{t('ledger.times', { n: number.format(honours.donations) })}</td>
              <td>{t('ledger.ml', { n: number.format(honours.volumeMl) })}</td>
              <td>{hours(service.total.timed + service.total.byHand)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
      {shown !== undefined && <OneYear year={shown} donations={byYear.get(shown) ?? []} service={service} />}
    </>
  );
}

/** As the honours count it: a platelet unit as so many millilitres. */
const volumeIn = ({ counts }: Honours, { procedure, platelets = 1, volumeMl }: Donation): number =>
  procedure === 'platelets' ? platelets * counts.plateletUnitMl.value : volumeMl;

function OneYear({
  year,
  donations,
  service,
}: {
  readonly year: number;
  readonly donations: readonly Donation[];
  readonly service: Service;
}) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const hasServed = service.years.some((each) => each.year === year);
  const records = useApi('GET /api/me/service/records', { query: { year } }, { enabled: hasServed });
  const entries = [
    ...donations.map((donation) => ({ date: donation.date, key: donation.din, donation })),
    ...(records.data?.items ?? []).map((record) => ({ date: record.date, key: record.recordId, record })),
  ].sort((a, b) => (a.date < b.date ? 1 : -1));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section aria-labelledby="entries">
      <h2 id="entries">{t('ledger.of', { year })}</h2>
      {hasServed && records.error ? (
        <LoadError error={records.error} retry={() => void records.refetch()} />
      ) : hasServed && !records.data ? (
        <Loading />
      ) : (
        <>
          <ol className="timeline">
            {entries.map((entry) => (
              <li
                key={entry.key}
                className={'record' in entry ? 'is-service' : entry.donation.usedOn ? 'is-used' : undefined}
              >
                {'record' in entry ? <Served record={entry.record} /> : <Given donation={entry.donation} />}
              </li>
            ))}
          </ol>
          <p className="print-only small">
            {t('ledger.printed', { when: moment(new Date().toISOString(), zone, language) })}
          </p>
          {isWechat() ? (
            <p className="small muted no-print">{t('ledger.printWechat')}</p>
          ) : (
            <Button className="no-print" variant="default" onClick={() => window.print()}>
              {t('ledger.print')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Given({ donation }: { readonly donation: Donation }) {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  const amount = useAmount();
  const { date, din, usedOn, journey, siteName } = donation;
  const at = journey.stages.at(-1)?.stage ?? 'collected';
  return (
    <div>
      <b>
        {fullDate(date, language)} ·{' '}
        {t('ledger.given', { what: t(`pages:procedure.${donation.procedure}`), amount: amount(donation) })}
      </b>
      <span className={usedOn ? 'good' : undefined}>
        {usedOn
          ? t('pages:donations.usedOn', { date: fullDate(usedOn, language) })
          : journey.open || journey.stages.length > 1
            ? t(`journey.stage.${at}`)
            : t('journey.unknown')}
      </span>
      <span className="small muted">
        {[siteName?.[language], t('ledger.din', { din })].filter(Boolean).join(' · ')}
      </span>
    </div>
  );
}

function Served({ record }: { readonly record: Record_ }) {
  const language = useLanguage();
  const hours = useHours();
  return (
    <div>
      <b>
        {fullDate(record.date, language)} · {record.title[language]}
      </b>
      <span>{hours(record.timed + record.byHand)}</span>
      <span className="small muted">
        {[record.role?.[language], record.community[language]].filter(Boolean).join(' · ')}
      </span>
    </div>
  );
}
