import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi, usePages } from '../api/hooks.ts';
import type { Donation, Person } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { whatIsMissing } from '../lib/profile.ts';
import { addDays, fullDate } from '../lib/time.ts';
import { AskAgain } from '../ui/ask-again.tsx';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Told } from '../ui/told.tsx';
import { YearChart } from '../ui/year-chart.tsx';
import { HonourList, type Honours } from './honours.tsx';
import { JourneyTrack } from './journey.tsx';
import { useAmount } from './use-amount.ts';

/** Donations of the list shown at once: the newest are what people come for. */
const STEP = 12;

export function DonationsPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('donations.title')}>{(me) => <Mine me={me} />}</SignedIn>;
}

function Mine({ me }: { readonly me: Person }) {
  const { t } = useTranslation(['pages', 'given']);
  const mine = usePages('GET /api/me/donations', { query: { limit: 100 } });
  const honours = mine.data?.pages[0]?.honours;
  const [shown, setShown] = useState(STEP);
  const more = (): void => {
    setShown(shown + STEP);
    if (shown + STEP > mine.items.length && mine.hasNextPage) void mine.fetchNextPage();
  };
  return (
    <Page title={t('donations.title')} back="/ledger">
      {mine.error ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !honours ? (
        <Loading />
      ) : honours.donations === 0 ? (
        <>
          <Empty title={t('donations.empty')}>
            <p>{t('donations.emptyText')}</p>
            <LinkButton to="/donate">{t('home.donate')}</LinkButton>
          </Empty>
          <NextDates me={me} />
        </>
      ) : (
        <>
          <Totals honours={honours} name={me.name} />
          <HonourList honours={honours} />
          <NextDates me={me} />
          <AskAgain me={me} />
          {new Set(mine.items.map(({ date }) => date.slice(0, 4))).size > 1 && (
            <section aria-labelledby="years">
              <h2 id="years">{t('donations.byYear')}</h2>
              <YearChart donations={mine.items} />
            </section>
          )}
          <section aria-labelledby="list">
            <h2 id="list">{t('donations.list')}</h2>
            <details className="sources">
              <summary>{t('given:journey.legend')}</summary>
              <p>{t('given:journey.legendText')}</p>
            </details>
            <Timeline donations={mine.items.slice(0, shown)} />
            {(shown < mine.items.length || mine.hasNextPage) && (
              <Button variant="default" loading={mine.isFetchingNextPage} onClick={more}>
                {t('common.more')}
              </Button>
            )}
          </section>
        </>
      )}
    </Page>
  );
}

function Totals({ honours, name }: { readonly honours: Honours; readonly name: string | undefined }) {
  const { t, i18n } = useTranslation(['pages', 'given']);
  const number = new Intl.NumberFormat(i18n.language);
  const figures = [
    { label: t('donations.count'), value: honours.donations, unit: t('donations.countUnit') },
    { label: t('donations.volume'), value: honours.volumeMl, unit: t('donations.volumeUnit') },
    { label: t('donations.times'), value: honours.times, unit: t('donations.timesUnit') },
  ];
  return (
    <section className="totals">
      <p className="totals-thanks">{name ? t('donations.thanks', { name }) : t('donations.thanksNoName')}</p>
      <dl>
        {figures.map(({ label, value, unit }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <b>{number.format(value)}</b> {unit}
            </dd>
          </div>
        ))}
      </dl>
      {honours.elsewhere > 0 && <p className="small">{t('given:elsewhere', { n: honours.elsewhere })}</p>}
      <svg className="totals-wave" viewBox="0 0 600 60" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 34c60-30 120-30 180 0s120 30 180 0 120-30 240-4v30H0Z" fill="#fff" fillOpacity="0.14" />
        <path d="M0 46c70-22 130-22 200 0s130 22 200 0 110-18 200-2v16H0Z" fill="#fff" fillOpacity="0.14" />
      </svg>
    </section>
  );
}

function NextDates({ me }: { readonly me: Person }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const answer = useApi('GET /api/me/eligibility', {});
  if (answer.error) return <LoadError error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading lines={1} />;
  // Of somebody the rules know too little of, they say nothing yet.
  const missing = whatIsMissing(me).filter((field) => field !== 'name');
  if (missing.length > 0) {
    const ask = new URLSearchParams({ return: '/donations', flow: '1' });
    return (
      <section aria-labelledby="again">
        <h2 id="again">{t('donations.nextTitle')}</h2>
        <p>
          {t('donations.nextNeeds', {
            what: missing.map((field) => t(`check.missing.${field}`)).join(t('check.and')),
          })}
        </p>
        <LinkButton to={`/profile/edit/${missing[0]}?${ask}`} variant="default">
          {t('check.complete')}
        </LinkButton>
      </section>
    );
  }
  return (
    <section aria-labelledby="again">
      <h2 id="again">{t('donations.nextTitle')}</h2>
      <ul className="nexts">
        {answer.data.procedures.map(({ procedure, ok, from, reasons }) => (
          <li key={procedure}>
            <b>{t(`procedure.${procedure}`)}</b>
            <span className={ok ? 'nexts-when good' : 'nexts-when'}>
              {ok
                ? t('donations.nextNow')
                : from
                  ? t('donations.nextFrom', { date: fullDate(from, language) })
                  : t('donations.nextNever')}
            </span>
            {reasons[0] && (
              <span className="small muted">
                {reasons.map(({ sentence }) => sentence).join(language === 'zh' ? '' : ' ')}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Told told={answer.data.told} />
    </section>
  );
}

function Timeline({ donations }: { readonly donations: readonly Donation[] }) {
  return [...groupBy(donations, ({ date }) => date.slice(0, 4))].map(([year, there]) => (
    <div key={year}>
      <h3 className="times-part">{year}</h3>
      <ol className="timeline given">
        {there.map((donation) => (
          <li key={donation.din} className={donation.usedOn ? 'is-used' : undefined}>
            <One donation={donation} />
          </li>
        ))}
      </ol>
    </div>
  ));
}

/** Asked soon after giving, if at all; for what is longer ago the page says whom to call. By the date alone, so that it tells nothing. */
const LATELY_DAYS = 60;
const isLate = (date: string): boolean => addDays(date, LATELY_DAYS) < new Date().toISOString().slice(0, 10);

function One({ donation }: { readonly donation: Donation }) {
  const { t } = useTranslation(['pages', 'given']);
  const language = useLanguage();
  const amount = useAmount();
  const { date, din } = donation;
  const own = `/donations/${date}/${encodeURIComponent(din)}`;
  const day = fullDate(date, language);
  return (
    <>
      <div>
        <b>{day}</b>
        <span>
          {t(`procedure.${donation.procedure}`)} {amount(donation)}
        </span>
        <span className="small muted">
          {[donation.siteName?.[language], t('donations.din', { din })].filter(Boolean).join(' · ')}
        </span>
      </div>
      <JourneyTrack journey={donation.journey} />
      <p className="given-acts small">
        <Link to={`${own}/record`} aria-label={t('given:record.linkFor', { date: day })}>
          {t('given:record.link')}
        </Link>
        {isLate(date) || (
          <Link to={`${own}/do-not-use`} aria-label={t('given:ask.linkFor', { date: day })}>
            {t('given:ask.link')}
          </Link>
        )}
      </p>
    </>
  );
}
