import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, usePages } from '../api/hooks.ts';
import type { Donation, Donations, Person } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { fullDate } from '../lib/time.ts';
import { AskAgain } from '../ui/ask-again.tsx';
import { SignedIn } from '../ui/gate.tsx';
import { MedalIcon, TickIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton, LoadError, Loading, MarkOf, useLanguage } from '../ui/states.tsx';
import { YearChart } from '../ui/year-chart.tsx';

/** Donations of the list shown at once: the newest are what people come for. */
const STEP = 12;
const HONOURS = ['bronze', 'silver', 'gold', 'lifetime'] as const;

export function DonationsPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('donations.title')}>{(me) => <Mine me={me} />}</SignedIn>;
}

function Mine({ me }: { readonly me: Person }) {
  const { t } = useTranslation();
  const mine = usePages('GET /api/me/donations', { query: { limit: 100 } });
  const honours = mine.data?.pages[0]?.honours;
  const [shown, setShown] = useState(STEP);
  const more = (): void => {
    setShown(shown + STEP);
    if (shown + STEP > mine.items.length && mine.hasNextPage) void mine.fetchNextPage();
  };
  return (
    <Page title={t('donations.title')} back="/me">
      {mine.error ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !honours ? (
        <Loading />
      ) : mine.items.length === 0 ? (
        <>
          <Empty title={t('donations.empty')}>
            <p>{t('donations.emptyText')}</p>
            <LinkButton to="/donate">{t('home.donate')}</LinkButton>
          </Empty>
          <NextDates />
        </>
      ) : (
        <>
          <Totals honours={honours} name={me.name} />
          <HonourList honours={honours} />
          <NextDates />
          <AskAgain me={me} />
          {new Set(mine.items.map(({ date }) => date.slice(0, 4))).size > 1 && (
            <section aria-labelledby="years">
              <h2 id="years">{t('donations.byYear')}</h2>
              <YearChart donations={mine.items} />
            </section>
          )}
          <section aria-labelledby="list">
            <h2 id="list">{t('donations.list')}</h2>
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

type Honours = NonNullable<Donations['honours']>;

function Totals({ honours, name }: { readonly honours: Honours; readonly name: string | undefined }) {
  const { t, i18n } = useTranslation();
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
      <svg className="totals-wave" viewBox="0 0 600 60" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 34c60-30 120-30 180 0s120 30 180 0 120-30 240-4v30H0Z" fill="#fff" fillOpacity="0.14" />
        <path d="M0 46c70-22 130-22 200 0s130 22 200 0 110-18 200-2v16H0Z" fill="#fff" fillOpacity="0.14" />
      </svg>
    </section>
  );
}

function HonourList({ honours }: { readonly honours: Honours }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section aria-labelledby="honours">
      <h2 id="honours">{t('donations.honours')}</h2>
      <ul className="honours">
        {HONOURS.map((honour) => {
          const met = honours.met.filter((each) => each.honour === honour);
          const last = met.at(-1);
          const times = Math.max(0, ...met.map(({ count }) => count), met.length);
          const name = t(`donations.honour.${honour}`);
          return (
            <li key={honour} className={`honour honour-${honour}${last ? ' is-met' : ''}`}>
              <span className="honour-mark">{last ? <TickIcon /> : <MedalIcon />}</span>
              <span>
                <b>{name}</b>
                <span>
                  {!last
                    ? t('donations.notYet', { honour: name })
                    : times > 1
                      ? t('donations.meetsTimes', { on: fullDate(last.on, language), honour: name, count: times })
                      : t('donations.meets', { on: fullDate(last.on, language), honour: name })}
                </span>
                {honours.next?.honour === honour && (
                  <span className="strong">
                    {t('donations.toNext', { times: honours.next.timesLeft, honour: name })}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="small muted">{t('donations.honourNote')}</p>
      <details className="sources">
        <summary>{t('donations.sources')}</summary>
        <p>{t('donations.timesNote')}</p>
        <ul>
          {honours.sources.map(({ rule, source, mark }) => (
            <li key={rule + source}>
              {rule} <span className="muted">{source}</span> <MarkOf mark={mark} />
            </li>
          ))}
        </ul>
        <p className="small muted">{t('mark.note')}</p>
      </details>
    </section>
  );
}

function NextDates() {
  const { t } = useTranslation();
  const language = useLanguage();
  const answer = useApi('GET /api/me/eligibility', {});
  if (answer.error) return <LoadError error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading lines={1} />;
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
    </section>
  );
}

function Timeline({ donations }: { readonly donations: readonly Donation[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return [...groupBy(donations, ({ date }) => date.slice(0, 4))].map(([year, there]) => (
    <div key={year}>
      <h3 className="times-part">{year}</h3>
      <ol className="timeline">
        {there.map((donation) => (
          <li key={donation.din} className={donation.usedOn ? 'is-used' : undefined}>
            <div>
              <b>{fullDate(donation.date, language)}</b>
              <span>
                {t(`procedure.${donation.procedure}`)}{' '}
                {donation.platelets
                  ? t('donations.units', { n: donation.platelets })
                  : t('common.ml', { ml: donation.volumeMl })}
              </span>
              <span className="small muted">
                {[donation.siteName?.[language], t('donations.din', { din: donation.din })].filter(Boolean).join(' · ')}
              </span>
            </div>
            {donation.usedOn && (
              <span className="used">
                <TickIcon size={16} />
                {t('donations.usedOn', { date: fullDate(donation.usedOn, language) })}
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  ));
}
