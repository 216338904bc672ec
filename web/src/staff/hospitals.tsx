import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { ApiError } from '../api/error.ts';
import { useApi } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import type { CallOutput } from '../api/types.ts';
import { dateIn, fullDate } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage, useSentence } from '../ui/states.tsx';
import { Work } from './frame.tsx';

const MONTHS = ['1', '3', '6'] as const;
type Months = (typeof MONTHS)[number];
type Reports = CallOutput<'GET /api/doubts/hospitals'>;

/** How each hospital reports what it was issued, and what it has not reported yet. */
export function HospitalsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('hospitals.title')}>
      {() => <Hospitals />}
    </Work>
  );
}

function Hospitals() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { siteId = '' } = useParams();
  const [search] = useSearchParams();
  const months = MONTHS.find((each) => each === search.get('months')) ?? '3';
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const reports = useApi('GET /api/doubts/hospitals', { query: { siteId, months } });
  const failed = site.error ?? (reports.data ? undefined : reports.error);
  const zone = site.data?.zone ?? 'UTC';
  return (
    <Page title={t('hospitals.title')} lead={t('hospitals.lead')} back={`/staff/${siteId}/doubts`} wide>
      <nav className="segments" aria-label={t('hospitals.period')}>
        {MONTHS.map((each) => (
          <Link key={each} to={`?months=${each}`} aria-current={each === months ? 'true' : undefined}>
            {t(`hospitals.months.${each}`)}
          </Link>
        ))}
      </nav>
      {failed ? (
        <LoadError error={failed} retry={() => void reports.refetch()} />
      ) : !reports.data || !site.data ? (
        <Loading lines={4} />
      ) : reports.data.hospitals.length === 0 ? (
        <Empty title={t('hospitals.empty')} />
      ) : (
        <>
          <div className="desk-tools">
            <p className="muted">{t('hospitals.since', { from: fullDate(reports.data.from, language) })}</p>
            <Save siteId={siteId} months={months} />
          </div>
          <table className="board">
            <caption className="sr-only">{t('hospitals.title')}</caption>
            <thead>
              <tr>
                {(['hospital', 'issued', 'reported', 'way', 'delay', 'unreported'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`hospitals.columns.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {reports.data.hospitals.map((hospital) => (
                <Row key={hospital.hospital} hospital={hospital} zone={zone} />
              ))}
            </tbody>
          </table>
          <Waiting reports={reports.data} siteId={siteId} zone={zone} />
        </>
      )}
    </Page>
  );
}

function Row({ hospital, zone }: { readonly hospital: Reports['hospitals'][number]; readonly zone: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { ways, daysFromUse, daysFromIssue, oldest } = hospital;
  const known = ways.scan + ways.hand + ways.file;
  const reported = hospital.issued - hospital.unreported;
  const delays = [
    ...(daysFromUse === undefined ? [] : [t('hospitals.fromUse', { n: daysFromUse })]),
    ...(daysFromIssue === undefined ? [] : [t('hospitals.fromIssue', { n: daysFromIssue })]),
  ];
  return (
    <tr>
      <th scope="row">{hospital.hospital}</th>
      <td>
        <Named name={t('hospitals.columns.issued')} /> {hospital.issued}
      </td>
      <td>
        <Named name={t('hospitals.columns.reported')} /> {reported}
        {reported > 0 && <div className="small muted">{t('hospitals.reported', hospital)}</div>}
      </td>
      <td>
        {known === 0 ? (
          <>
            <Named name={t('hospitals.columns.way')} /> {t('hospitals.noWay')}
          </>
        ) : (
          <>
            <span className="share" aria-hidden="true">
              <i className="share-scan" style={{ flexGrow: ways.scan }} />
              <i className="share-hand" style={{ flexGrow: ways.hand }} />
              <i className="share-file" style={{ flexGrow: ways.file }} />
            </span>
            <div>{t('hospitals.share', { percent: Math.round((100 * ways.scan) / known) })}</div>
            <div className="small muted">{t('hospitals.ways', ways)}</div>
          </>
        )}
      </td>
      <td>{delays.length === 0 ? t('hospitals.none') : delays.map((delay) => <div key={delay}>{delay}</div>)}</td>
      <td className={hospital.unreported > 0 ? 'bad' : undefined}>
        <Named name={t('hospitals.columns.unreported')} /> {hospital.unreported}
        {oldest && (
          <div className="small">
            {t('hospitals.oldest', { date: fullDate(dateIn(zone, new Date(oldest)), language) })}
          </div>
        )}
      </td>
    </tr>
  );
}

/** The column's name where a narrow screen shows no heads; a reader of tables hears the head itself. */
const Named = ({ name }: { readonly name: string }) => (
  <span className="phone-label small muted" aria-hidden="true">
    {name}
  </span>
);

function Waiting({
  reports,
  siteId,
  zone,
}: {
  readonly reports: Reports;
  readonly siteId: string;
  readonly zone: string;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t('hospitals.waiting')}</h2>
      {reports.unreported.length === 0 ? (
        <p className="muted">{t('hospitals.nothingWaits')}</p>
      ) : (
        <table className="board">
          <caption className="sr-only">{t('hospitals.waiting')}</caption>
          <thead>
            <tr>
              {(['din', 'what', 'hospital', 'issued', 'days'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`hospitals.waits.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reports.unreported.map((unit) => (
              <tr key={`${unit.din} ${unit.unitId} ${unit.issuedAt}`}>
                <th scope="row">
                  <Link to={`/staff/units/${encodeURIComponent(unit.din)}?site=${siteId}`} className="mono">
                    {unit.dinPrinted}
                  </Link>
                </th>
                <td>
                  {t(`component.${unit.component}`)} <span className="mono muted">{unit.unitId}</span>
                </td>
                <td>{unit.hospital}</td>
                <td>{fullDate(dateIn(zone, new Date(unit.issuedAt)), language)}</td>
                <td>{t('hospitals.days', { n: unit.days })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {reports.more > 0 && <p className="muted">{t('hospitals.more', { n: reports.more })}</p>}
    </section>
  );
}

function Save({ siteId, months }: { readonly siteId: string; readonly months: Months }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const text = await call('GET /api/doubts/hospitals.csv', { query: { siteId, months } });
      // Reading the answer has taken its mark away, without which Excel guesses.
      const file = new Blob([`\uFEFF${text.replace(/^\uFEFF/, '')}`], { type: 'text/csv;charset=utf-8' });
      const link = Object.assign(document.createElement('a'), {
        href: URL.createObjectURL(file),
        download: `${siteId}-hospitals.csv`,
      });
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="default" loading={busy} onClick={() => void save()}>
        {t('hospitals.csv')}
      </Button>
      {error && (
        <p className="bad small" role="alert">
          {sentence(error)}
        </p>
      )}
    </>
  );
}
