import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { isWithinTerm } from '../../../shared/domain/hours.ts';
import { CATEGORY_NAMES } from '../../../shared/domain/service-categories.ts';
import { useApi } from '../api/hooks.ts';
import type { CallOutput, Person } from '../api/types.ts';
import { dateHere, fullDate, monthDay, timeOf } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Good, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { HoursChart } from './hours-chart.tsx';
import { StarScale } from './star-scale.tsx';
import { useHours } from './words.ts';

type Mine = CallOutput<'GET /api/me/service'>;
type Record_ = CallOutput<'GET /api/me/service/records'>['items'][number];

export function ServicePage() {
  const { t } = useTranslation('given');
  return <SignedIn title={t('service.title')}>{(me) => <MyService me={me} />}</SignedIn>;
}

function MyService({ me }: { readonly me: Person }) {
  const { t } = useTranslation('given');
  const [search] = useSearchParams();
  const answer = useApi('GET /api/me/service', {});
  const mine = answer.data;
  return (
    <Page title={t('service.title')} lead={t('service.lead')} back="/ledger">
      {answer.error && !mine ? (
        <LoadError error={answer.error} retry={() => void answer.refetch()} />
      ) : !mine ? (
        <Loading />
      ) : (
        <>
          {search.get('done') === 'asked' && <Good>{t('service.request.done')}</Good>}
          {mine.years.length === 0 ? (
            <Empty title={t('service.empty')}>
              <p>{t('service.emptyText')}</p>
              <LinkButton to="/events">{t('service.toEvents')}</LinkButton>
            </Empty>
          ) : (
            <Served mine={mine} me={me} />
          )}
          <Missing mine={mine} />
          <Requests mine={mine} />
          {mine.years.length > 0 && <Certificates mine={mine} />}
          {mine.years.length > 0 && <Records mine={mine} />}
          <p className="small">
            {mine.number.number ? t('service.number.now', { number: mine.number.number }) : t('service.number.none')}{' '}
            <Link to="/service/number">{t('service.number.change')}</Link>
          </p>
        </>
      )}
    </Page>
  );
}

function Served({ mine, me }: { readonly mine: Mine; readonly me: Person }) {
  const { t } = useTranslation(['given', 'pages']);
  const hours = useHours();
  const { timed, byHand } = mine.total;
  return (
    <>
      <section className="totals totals-pine">
        <p className="totals-thanks">{me.name ? t('service.thanks', { name: me.name }) : t('service.thanksNoName')}</p>
        <dl>
          {[
            { label: t('service.total'), value: timed + byHand },
            { label: t('service.timed'), value: timed },
            { label: t('service.byHand'), value: byHand },
          ].map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <b>{hours(value)}</b>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <p className="small muted">{t('service.byHandNote')}</p>
      <section aria-labelledby="award">
        <h2 id="award">{t('service.award.title')}</h2>
        <p className="muted">{t('service.award.lead')}</p>
        <StarScale stars={mine.award} />
        {mine.award.lifetime && <p className="strong">{t('service.award.lifetime')}</p>}
        <p className="small muted">
          {t('service.award.lifetimeRule')} {t('service.award.note')}
        </p>
      </section>
      <section aria-labelledby="general">
        <h2 id="general">{t('service.general.title')}</h2>
        <p className="muted">{t('service.general.lead')}</p>
        <StarScale stars={mine.general} />
        <p className="small muted">{t('service.general.note')}</p>
      </section>
      <section aria-labelledby="years">
        <h2 id="years">{t('service.years')}</h2>
        <HoursChart
          label={t('service.chart')}
          names={{ timed: t('service.timed'), byHand: t('service.byHand') }}
          columns={mine.years
            .toReversed()
            .map(({ year, ...sum }) => ({ key: String(year), label: String(year), ...sum }))}
          rowOf={({ label, ...sum }) =>
            t('service.yearRow', { year: label, timed: hours(sum.timed), byHand: hours(sum.byHand) })
          }
        />
      </section>
    </>
  );
}

/** Records of a year shown at once: the newest are what people come for. */
const STEP = 8;

function Records({ mine }: { readonly mine: Mine }) {
  const { t } = useTranslation(['given', 'pages']);
  const language = useLanguage();
  const hours = useHours();
  const [search] = useSearchParams();
  const asked = Number(search.get('year'));
  const year = (mine.years.find((each) => each.year === asked) ?? mine.years[0])?.year ?? 0;
  const [shown, setShown] = useState(STEP);
  const records = useApi('GET /api/me/service/records', { query: { year } }, { keep: true });
  const categories = mine.years.find((each) => each.year === year)?.categories ?? [];
  return (
    <section aria-labelledby="records">
      <h2 id="records">{t('service.list')}</h2>
      {mine.years.length > 1 && (
        <nav className="segments" aria-labelledby="records">
          {mine.years.map((each) => (
            <Link
              key={each.year}
              to={`?year=${each.year}`}
              preventScrollReset
              aria-current={each.year === year ? 'true' : undefined}
              onClick={() => setShown(STEP)}
            >
              {t('service.yearOf', { year: each.year })}
            </Link>
          ))}
        </nav>
      )}
      <ul className="hours-kinds">
        {categories.map(({ category, timed, byHand }) => (
          <li key={category}>
            <span>{CATEGORY_NAMES[category][language]}</span>
            <b>{hours(timed + byHand)}</b>
            <span className="small muted">
              {t('service.timed')} {hours(timed)} · {t('service.byHand')} {hours(byHand)}
            </span>
          </li>
        ))}
      </ul>
      {records.error && !records.data ? (
        <LoadError error={records.error} retry={() => void records.refetch()} />
      ) : !records.data ? (
        <Loading />
      ) : (
        <>
          <ol className="timeline served">
            {records.data.items.slice(0, shown).map((record) => (
              <li key={record.recordId}>
                <One record={record} mine={mine} year={year} />
              </li>
            ))}
          </ol>
          {shown < records.data.items.length && (
            <Button variant="default" onClick={() => setShown(shown + 3 * STEP)}>
              {t('pages:common.more')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function One({ record, mine, year }: { readonly record: Record_; readonly mine: Mine; readonly year: number }) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const hours = useHours();
  const { date, title, role, zone, startedAt, endedAt, how } = record;
  const now = record.timed + record.byHand;
  const day = fullDate(date, language);
  const waits = mine.requests.some(({ recordId, status }) => recordId === record.recordId && status === 'asked');
  return (
    <div>
      <b>
        {monthDay(date, language)} · {title[language]}
      </b>
      <span>
        <b>{hours(now)}</b>{' '}
        <span className={record.isTimed ? 'tag tag-pine' : 'tag'}>
          {record.isTimed ? t('service.timed') : t('service.byHand')}
        </span>{' '}
        {record.corrections > 0 && (
          <span className="tag">
            {t('service.corrected')}
            {now !== record.minutes && ` · ${t('service.wasMinutes', { minutes: hours(record.minutes) })}`}
          </span>
        )}
      </span>
      <span className="small muted">
        {[
          CATEGORY_NAMES[record.category][language],
          role?.[language],
          startedAt && endedAt && t('service.recorded', { from: timeOf(startedAt, zone), to: timeOf(endedAt, zone) }),
          how?.out === 'rule' ? t('service.way.rule') : how && t(`service.way.${how.in}`),
          record.community[language],
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {record.reason && <span className="small">{t('service.reason', { reason: record.reason })}</span>}
      {(waits || isWithinTerm(date, dateHere())) && (
        <p className="given-acts small">
          {waits ? (
            <span className="muted">{t('service.asked')}</span>
          ) : (
            <Link
              to={`/service/${year}/${record.recordId}/correct`}
              aria-label={t('service.askFor', { date: day, title: title[language] })}
            >
              {t('service.ask')}
            </Link>
          )}
        </p>
      )}
    </div>
  );
}

function Missing({ mine }: { readonly mine: Mine }) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const asked = new Set(
    mine.requests
      .filter(({ status, recordId }) => status === 'asked' && recordId === undefined)
      .map(({ bookingId }) => bookingId),
  );
  const shown = mine.unrecorded.filter(({ bookingId }) => !asked.has(bookingId));
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">{t('service.missing')}</h2>
      <p className="muted">{t('service.missingText')}</p>
      <ul className="hours-list">
        {shown.map(({ bookingId, title, date, startsAt, endsAt, zone }) => (
          <li key={bookingId}>
            <b>{title[language]}</b>
            <span>
              {fullDate(date, language)} {timeOf(startsAt, zone)}–{timeOf(endsAt, zone)}
            </span>
            <Link
              to={`/service/missing/${bookingId}`}
              aria-label={t('service.askMissingFor', { date: fullDate(date, language), title: title[language] })}
            >
              {t('service.askMissing')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Requests({ mine }: { readonly mine: Mine }) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const hours = useHours();
  if (mine.requests.length === 0) return null;
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">{t('service.requests')}</h2>
      <ul className="hours-list">
        {mine.requests.map((request) => (
          <li key={request.requestId}>
            <b>
              {fullDate(request.date, language)} · {request.title[language]}
            </b>
            <span>
              {request.was !== undefined && `${hours(request.was)} → `}
              {hours(request.minutes)}
              {!request.isOwn && <span className="muted"> · {t('service.byOrganiser')}</span>}
            </span>
            <span className="small">{t('service.reason', { reason: request.reason })}</span>
            <span className={request.status === 'approved' ? 'good' : request.status === 'rejected' ? 'bad' : 'muted'}>
              {request.status === 'approved'
                ? t('service.approved', { minutes: hours(request.granted ?? request.minutes) })
                : t(`service.${request.status}`)}
            </span>
            {request.answer && <span>{t('service.answer', { answer: request.answer })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Certificates({ mine }: { readonly mine: Mine }) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  const hours = useHours();
  return (
    <section aria-labelledby="certificates">
      <h2 id="certificates">{t('service.certificate.section')}</h2>
      <p className="muted">{t('service.certificate.sectionText')}</p>
      <ul className="hours-list">
        {mine.organisations.map(({ organisationId, name, timed, byHand, certifies }) => (
          <li key={organisationId}>
            <b>{name[language]}</b>
            <span>{hours(timed + byHand)}</span>
            {certifies ? (
              <Link
                to={`/service/certify/${organisationId}`}
                aria-label={t('service.certificate.makeFor', { name: name[language] })}
              >
                {t('service.certificate.make')}
              </Link>
            ) : (
              <span className="small muted">{t('service.certificate.notReady')}</span>
            )}
          </li>
        ))}
      </ul>
      {mine.certificates.length > 0 && (
        <>
          <h3>{t('service.certificate.mine')}</h3>
          <ul className="hours-list">
            {mine.certificates.map(({ code, number, organisation, issuedOn, supersededOn }) => (
              <li key={code}>
                <Link to={`/service/certificates/${code}`}>{t('service.certificate.open', { number })}</Link>
                <span className="small muted">
                  {t('service.certificate.one', {
                    organisation: organisation[language],
                    on: fullDate(issuedOn, language),
                  })}
                </span>
                {supersededOn && (
                  <span className="bad small">
                    {t('service.certificate.superseded', { on: fullDate(supersededOn, language) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
