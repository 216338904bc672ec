import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { CATEGORY_NAMES } from '../../../../shared/domain/service-categories.ts';
import { useApi } from '../../api/hooks.ts';
import type { CallOutput } from '../../api/types.ts';
import { HoursChart } from '../../service/hours-chart.tsx';
import { useHours } from '../../service/words.ts';
import { CellBar } from '../../staff/charts.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../../ui/states.tsx';
import { HoursPage } from './pages.tsx';

type Year = CallOutput<'GET /api/organisations/{organisationId}/hours'>;

/** Years shown to choose from. */
const YEARS = 4;

export function OrganisationHoursPage() {
  const { t } = useTranslation('work');
  return (
    <HoursPage title={t('hours.title')} lead={t('hours.lead')}>
      {(organisationId) => <Totals organisationId={organisationId} />}
    </HoursPage>
  );
}

function Totals({ organisationId }: { readonly organisationId: string }) {
  const { t } = useTranslation('work');
  const [search] = useSearchParams();
  const now = new Date().getFullYear();
  const asked = Number(search.get('year'));
  const year = Number.isInteger(asked) && asked >= 2000 && asked <= now ? asked : now;
  const answer = useApi('GET /api/organisations/{organisationId}/hours', {
    params: { organisationId },
    query: { year },
  });
  const waiting = answer.data?.waiting ?? 0;
  return (
    <>
      {waiting > 0 && (
        <p className="strong">
          {t('hours.pending', { count: waiting })} <Link to="requests">{t('hours.pendingGo')}</Link>
        </p>
      )}
      <nav className="segments" aria-label={t('hours.year')}>
        {Array.from({ length: YEARS }, (_, n) => now - n).map((each) => (
          <Link key={each} to={`?year=${each}`} aria-current={each === year ? 'true' : undefined}>
            {t('hours.yearOf', { year: each })}
          </Link>
        ))}
      </nav>
      {answer.error && !answer.data ? (
        <LoadError error={answer.error} retry={() => void answer.refetch()} />
      ) : !answer.data ? (
        <Loading />
      ) : answer.data.records === 0 ? (
        <Empty title={t('hours.empty', { year })} />
      ) : (
        <Drawn of={answer.data} />
      )}
    </>
  );
}

function Drawn({ of }: { readonly of: Year }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const hours = useHours();
  const names = { timed: t('hours.timed'), byHand: t('hours.byHand') };
  return (
    <>
      <dl className="hours-sums">
        {[
          { term: t('hours.total'), value: hours(of.timed + of.byHand) },
          { term: names.timed, value: hours(of.timed) },
          { term: names.byHand, value: hours(of.byHand) },
          { term: t('hours.people'), value: t('hours.peopleOf', { count: of.people }) },
          { term: t('hours.records'), value: of.records },
        ].map(({ term, value }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="months">
        <h2 id="months">{t('hours.months')}</h2>
        <HoursChart
          label={t('hours.chart')}
          names={names}
          columns={of.months.map(({ month, ...sum }) => ({
            key: String(month),
            label: t('hours.monthOf', { month }),
            ...sum,
          }))}
          rowOf={({ key, timed, byHand }) =>
            t('hours.monthRow', { month: key, timed: hours(timed), byHand: hours(byHand) })
          }
        />
      </section>
      <Table
        id="communities"
        title={t('hours.communities')}
        head={t('hours.community')}
        rows={of.communities.map(({ community, district, ...row }) => ({
          name: `${district[language]} · ${community[language]}`,
          ...row,
        }))}
      />
      <Table
        id="kinds"
        title={t('hours.kinds')}
        head={t('hours.kind')}
        rows={of.categories.map(({ category, ...row }) => ({ name: CATEGORY_NAMES[category][language], ...row }))}
      />
    </>
  );
}

type Row = { readonly name: string; readonly timed: number; readonly byHand: number; readonly people?: number };

function Table({
  id,
  title,
  head,
  rows,
}: {
  readonly id: string;
  readonly title: string;
  readonly head: string;
  readonly rows: readonly Row[];
}) {
  const { t } = useTranslation('work');
  const hours = useHours();
  const most = Math.max(1, ...rows.map(({ timed, byHand }) => timed + byHand));
  const withPeople = rows.some(({ people }) => people !== undefined);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <table className="board hours-table">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{t('hours.total')}</th>
            <th scope="col">{t('hours.timed')}</th>
            <th scope="col">{t('hours.byHand')}</th>
            {withPeople && <th scope="col">{t('hours.people')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, timed, byHand, people }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-label={t('hours.total')}>
                {hours(timed + byHand)}
                <CellBar part={(timed + byHand) / most} />
              </td>
              <td data-label={t('hours.timed')}>{hours(timed)}</td>
              <td data-label={t('hours.byHand')}>{hours(byHand)}</td>
              {withPeople && <td data-label={t('hours.people')}>{people}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
