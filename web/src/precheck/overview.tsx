import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import type { Question } from '../../../shared/domain/policy-pack.ts';
import {
  type PrecheckAnswer,
  questionsFor,
  renewed,
  standingOf,
  type Verdict,
} from '../../../shared/domain/precheck.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { ruleSentence } from '../../../shared/domain/rule-sentences.ts';
import { shownMeasure, shownWeight } from '../../../shared/domain/units.ts';
import type { Language, LocalDate, Procedure } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import { addDays, fullDate, moment } from '../lib/time.ts';
import { TickIcon, WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Answers, Good, LinkButton, Progress, useLanguage } from '../ui/states.tsx';
import { ToldMe } from '../ui/told.tsx';
import { draftAnswer } from './draft.ts';
import { Mark, RulesNote, useWay } from './parts.tsx';
import { usePrecheck } from './use-precheck.ts';

/** The page on which the check begins: what is true of it whatever the rules are. */
export function Start({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('precheck');
  return (
    <Page title={t('title')} lead={t('lead')} back="/">
      <p>{t('private')}</p>
      {children}
    </Page>
  );
}

/** Where the check begins, or goes on: whoever has answered before sees the result at once. */
export function StartPage() {
  const { t } = useTranslation('precheck');
  const { pack, open, expired, stops, unsaved, draft } = usePrecheck();
  const way = useWay();
  const begun = unsaved || draft.birthDate !== undefined;
  const answered = stops.some(({ done }) => done);
  return (
    <Start>
      {pack.questions.length === 0 && <p>{t('noQuestions')}</p>}
      {expired ? (
        <LinkButton to={way('/still')}>{t('goOn')}</LinkButton>
      ) : open ? (
        <LinkButton to={way(`/q/${open.name}`)}>{begun && answered ? t('goOn') : t('start')}</LinkButton>
      ) : (
        <LinkButton to={way('/result')}>{t('result')}</LinkButton>
      )}
      {answered && (
        <p>
          <Link to={way('/check')}>{t('verdict.change')}</Link>
        </p>
      )}
      <RulesNote pack={pack} />
      <nav aria-label={t('otherRules')} className="small">
        <p className="row-wrap">
          {t('otherRules')}
          {(['cn', 'us', 'uk'] as const)
            .filter((id) => id !== pack.id)
            .map((id) => (
              <Link key={id} to={way('', { pack: id, site: undefined })}>
                {t(`packs.${id}`)}
              </Link>
            ))}
        </p>
      </nav>
    </Start>
  );
}

/** An answer as its owner reads it. */
function saidOf(
  question: Question,
  answer: ReturnType<typeof draftAnswer>,
  language: Language,
  t: ReturnType<typeof useTranslation<'precheck'>>['t'],
): ReactNode {
  if (!answer) return <span className="muted">{t('check.nothing')}</span>;
  if (answer.codes.length === 0) return t('check.none');
  return (
    <ul className="plain">
      {answer.codes.map((code) => {
        const option = question.options.find((it) => it.code === code);
        const label = option?.label[language] ?? code;
        const day = answer.days[code];
        const still = option?.still?.[language] ?? '';
        return (
          <li key={code}>
            {day && day !== 'still'
              ? t('check.since', { label, date: fullDate(day, language) })
              : option?.when && day === 'still'
                ? t('check.ongoing', { label, still })
                : label}
          </li>
        );
      })}
    </ul>
  );
}

function useRows(note?: (question: Question) => string | undefined) {
  const { t } = useTranslation('precheck');
  const language = useLanguage();
  const { draft, known, kept, facts, pack, procedures } = usePrecheck();
  const way = useWay();
  const change = (name: string, label: string) => ({ to: way(`/q/${name}`, { change: '1' }), label });
  const profile = (field: string, label: string) => ({
    to: `/profile/edit/${field}?${new URLSearchParams({ return: way('/check') })}`,
    label,
  });
  const none = <span className="muted">{t('check.nothing')}</span>;
  const unit = pack.units.weight;
  return [
    {
      term: t('birth.title'),
      value: facts.birthDate ? fullDate(facts.birthDate, language) : none,
      change: known?.birthDate ? profile('birth-date', t('birth.title')) : change('birth-date', t('birth.title')),
    },
    {
      term: t('sex.title'),
      value: facts.sex ? t(`sex.${facts.sex}`) : none,
      change: known?.sex ? profile('sex', t('sex.title')) : change('sex', t('sex.title')),
    },
    {
      term: t('weight.title'),
      value: facts.weightKg === undefined ? none : `${shownWeight(facts.weightKg, unit)} ${t(`weight.${unit}`)}`,
      change: known?.weightKg ? profile('weight', t('weight.title')) : change('weight', t('weight.title')),
    },
    ...(known
      ? []
      : [
          {
            term: t('past.title'),
            value:
              draft.past === undefined
                ? none
                : draft.past.length === 0
                  ? t('check.none')
                  : draft.past.map((each) => {
                      const on = draft.pastOn?.[each];
                      return (
                        <span key={each}>
                          {t(`past.${each}`)}
                          {on && ` · ${fullDate(on, language)}`}{' '}
                        </span>
                      );
                    }),
            change: change('past', t('past.title')),
          },
        ]),
    ...questionsFor(pack, { sex: facts.sex, procedures }).map((question) => {
      const said = saidOf(question, draftAnswer(draft, kept, question.id), language, t);
      const more = note?.(question);
      return {
        term: question.ask[language],
        value: more ? (
          <>
            {said}
            <span className="small muted"> {more}</span>
          </>
        ) : (
          said
        ),
        change: change(question.id, question.ask[language]),
      };
    }),
  ];
}

/** Everything that was answered, before the result. */
export function CheckAnswersPage() {
  const { t } = useTranslation('precheck');
  const { open, stops } = usePrecheck();
  const way = useWay();
  const rows = useRows();
  const last = stops.at(-1);
  return (
    <Page title={t('check.title')} lead={t('check.lead')} back={last ? way(`/q/${last.name}`) : way('')}>
      <Answers rows={rows} />
      {open ? (
        <LinkButton to={way(`/q/${open.name}`)}>{t('goOn')}</LinkButton>
      ) : (
        <LinkButton to={way('/result')}>{t('check.show')}</LinkButton>
      )}
    </Page>
  );
}

/** What was answered a while ago, on one page: nobody answers the same twice. */
export function StillPage() {
  const { t } = useTranslation('precheck');
  const language = useLanguage();
  const precheck = usePrecheck();
  const { pack, kept, today, answers, version, siteId, open, expired } = precheck;
  const navigate = useNavigate();
  const way = useWay();
  const act = useAct('PUT /api/precheck/answers', 'precheck:still');
  const rows = useRows((question) => {
    const answer = kept.find((it) => it.question === question.id);
    if (!answer) return undefined;
    const standing = standingOf(pack, question, kept, today) === 'expired' ? t('still.expired') : t('still.held');
    return `${t('still.ago', { date: fullDate(answer.answeredOn, language) })} · ${standing}`;
  });
  const all = async (): Promise<void> => {
    const body = { version, answers: asSent(renewed(pack, answers, today)), ...(siteId && { siteId }) };
    if (!(await act.run({ body }))) return;
    precheck.clear();
    await navigate(way('/result'), { replace: true });
  };
  if (!expired) return <Navigate to={way(open ? `/q/${open.name}` : '/result')} replace />;
  return (
    <Page title={t('still.title')} lead={t('still.lead')} back={way('')}>
      <Answers rows={rows} />
      {act.error && <ActionError error={act.error} />}
      <Button size="lg" onClick={() => void all()} loading={act.busy}>
        {t('still.all')}
      </Button>
      <Progress act={act} />
    </Page>
  );
}

/** The answers as the service takes them. */
export const asSent = (answers: readonly PrecheckAnswer[]) =>
  answers.map(({ question, answeredOn, events }) => ({ question, answeredOn, events: [...events] }));

/** May I give, per procedure: every reason with its rule, source and day, and the times from then on. */
export function ResultPage() {
  const { t } = useTranslation('precheck');
  const precheck = usePrecheck();
  const { pack, open, verdicts, signedIn, unsaved, kept } = precheck;
  const language = useLanguage();
  const way = useWay();
  const [search] = useSearchParams();
  if (open) {
    return (
      <Page title={t('verdict.title')} back={way('')}>
        <p>{t('verdict.incomplete')}</p>
        <LinkButton to={way(precheck.expired ? '/still' : `/q/${open.name}`)}>{t('goOn')}</LinkButton>
      </Page>
    );
  }
  return (
    <Page title={t('verdict.title')} back={way('/check')}>
      {search.get('done') === 'kept' && <Good>{t('keep.saved')}</Good>}
      {verdicts().map((verdict) => (
        <VerdictCard key={verdict.procedure} verdict={verdict} />
      ))}
      <p className="row-wrap">
        <Link to={way('/check')}>{t('verdict.change')}</Link>
        {signedIn && <Link to="/precheck/elsewhere">{t('verdict.elsewhere')}</Link>}
      </p>
      {signedIn && <ToldMe />}
      {unsaved && !search.get('pack') ? (
        <section className="card">
          <p>{t('keep.offer')}</p>
          <LinkButton to={way('/keep')} variant="default">
            {kept.length > 0 ? t('keep.update') : t('keep.open')}
          </LinkButton>
        </section>
      ) : (
        kept.length > 0 && (
          <p className="muted">
            {t('keep.kept')} <Link to="/precheck/consents">{t('link.consents')}</Link>
          </p>
        )
      )}
      <section aria-labelledby="on-the-day">
        <h2 id="on-the-day">{t('verdict.onTheDay')}</h2>
        <ul className="plain">
          {pack.onTheDay.map((text) => (
            <li key={text.en}>{text[language]}</li>
          ))}
        </ul>
        <Measured />
      </section>
      <RulesNote pack={pack} />
    </Page>
  );
}

/** Figures of the desk, in the units of the place. */
function Measured() {
  const { t } = useTranslation('precheck');
  const language = useLanguage();
  const { pack, facts, procedures } = usePrecheck();
  const asked = pack.screening.filter(
    ({ sex, procedure }) => (!sex || sex === facts.sex) && (!procedure || procedures.includes(procedure)),
  );
  if (asked.length === 0) return null;
  return (
    <details>
      <summary>{t('verdict.measured')}</summary>
      <ul className="plain small">
        {asked.map(({ rule, label, unit, min, below, max, mark }) => {
          const said = (value: number): string => {
            const shown = shownMeasure(value, unit, pack.units);
            return `${shown.value} ${shown.unit}`.trim();
          };
          const bounds = [
            ...(min === undefined ? [] : [t('verdict.atLeast', { value: said(min) })]),
            ...(below === undefined ? [] : [t('verdict.below', { value: said(below) })]),
            ...(max === undefined ? [] : [t('verdict.atMost', { value: said(max) })]),
          ];
          return (
            <li key={rule}>
              {label[language]}: {bounds.join(language === 'zh' ? '，' : ', ')} <Mark mark={mark} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** Times are made for so many days ahead. */
const DAYS_OPEN = 28;

function VerdictCard({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation('precheck');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const { siteId, pack, today } = usePrecheck();
  const [search] = useSearchParams();
  const { procedure, ok, from, reasons } = verdict;
  const name = common(`procedureInText.${procedure}`);
  const date = from && fullDate(from, language);
  const times = `/donate${siteId ? `/${siteId}` : ''}?${new URLSearchParams({ procedure, ...(from && !ok && { from, date: from }) })}`;
  return (
    <section className={ok ? 'verdict verdict-ok' : 'verdict'} aria-labelledby={`verdict-${procedure}`}>
      <h2 id={`verdict-${procedure}`}>
        {ok ? <TickIcon /> : <WarnIcon />}
        {ok
          ? t('verdict.yes', { procedure: name })
          : date
            ? t('verdict.later', { procedure: name, date })
            : t('verdict.never', { procedure: name })}
      </h2>
      {ok ? (
        <p>{t('verdict.ok')}</p>
      ) : (
        <ul className="reasons" aria-label={t('verdict.why')}>
          {reasons.map((reason) => (
            <ReasonLine key={`${reason.code} ${reason.rule ?? ''} ${reason.from ?? ''}`} reason={reason} />
          ))}
        </ul>
      )}
      {!ok && !from && <p>{t('verdict.noDate')}</p>}
      {reasons.some(({ code }) => code === 'extended-age-not-open') && (
        <Link to="/profile/edit/extended-age">{t('verdict.extended')}</Link>
      )}
      {from && !search.get('pack') && from > addDays(today, DAYS_OPEN) && (
        <p className="small">{t('verdict.notOpen')}</p>
      )}
      {from && !search.get('pack') && from <= addDays(today, DAYS_OPEN) && (
        <>
          <Soonest procedure={procedure} from={from} />
          <LinkButton to={times} variant={ok ? 'filled' : 'default'}>
            {ok ? t('verdict.times') : t('verdict.timesFrom', { date })}
          </LinkButton>
        </>
      )}
      {ok && <span className="small muted">{pack.source}</span>}
    </section>
  );
}

const MOST_TIMES = 3;

/** The soonest times from a day on, at the site that was asked about or anywhere. */
function Soonest({ procedure, from }: { readonly procedure: Procedure; readonly from: LocalDate }) {
  const { t } = useTranslation('precheck');
  const language = useLanguage();
  const { siteId } = usePrecheck();
  const sites = useApi('GET /api/sites', {}, { staleTime: 60_000 });
  const next = useApi('GET /api/next-free', { query: { from } }, { staleTime: 5_000 });
  const times = (next.data?.items ?? [])
    .filter((it) => it.procedure === procedure && (siteId === undefined || it.siteId === siteId))
    .flatMap(({ siteId: at, slot }) => {
      const site = sites.data?.items.find((it) => it.siteId === at);
      return site && slot ? [{ site, slot }] : [];
    })
    .slice(0, MOST_TIMES);
  if (times.length === 0) return null;
  return (
    <div className="soonest">
      <h3>{t('verdict.soonest')}</h3>
      <ul className="plain">
        {times.map(({ site, slot }) => (
          <li key={slot.slotId}>
            <Link to={`/donate/${site.siteId}?${new URLSearchParams({ procedure, date: slot.date })}`}>
              {moment(slot.startsAt, slot.zone, language)}
            </Link>{' '}
            <span className="muted">{site.name[language]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ReasonLine({ reason }: { readonly reason: Refusal }) {
  const language = useLanguage();
  return (
    <li>
      <span>{ruleSentence(reason, language)}</span>
      <span className="small muted">
        {[reason.rule, reason.source].filter(Boolean).join(' · ')}
        {reason.mark && <Mark mark={reason.mark} />}
      </span>
    </li>
  );
}
