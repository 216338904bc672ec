import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import {
  checkedValue,
  holds,
  isPlausibleMeasure,
  judgeScreening,
  type Measure,
  type Measures,
  measuresFor,
} from '../../../shared/domain/screening.ts';
import { shownMeasure, shownWeight, typedWeight } from '../../../shared/domain/units.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { fullDate } from '../lib/time.ts';
import { useDraft } from '../lib/use-draft.ts';
import { TickIcon, WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  Empty,
  ErrorSummary,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  MarkOf,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';
import { useRoster } from './use-roster.ts';

/** What is measured at the chair, checked against the site's rules as it is typed. */
export function ScreeningPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('screening.title')}>
      {() => <OfBooking />}
    </Work>
  );
}

type Asked = CallOutput<'GET /api/donations/screening'>;
type Check = Asked['checks'][number];

function OfBooking() {
  const { t } = useTranslation('work');
  const { bookingId = '' } = useParams();
  const { siteId, site, date, today } = useDesk();
  const roster = useRoster(siteId, date, site.data !== undefined);
  const entry = roster.items.find((each) => each.bookingId === bookingId);
  // Only in this tab, and gone with the page: figures of somebody's health are in no storage of a shared computer.
  const [athlete, setAthlete] = useState(false);
  const asked = useApi(
    'GET /api/donations/screening',
    { query: { bookingId, athlete: athlete ? 'true' : 'false' } },
    { keep: true, staleTime: 300_000 },
  );
  const back = `/staff/${siteId}?date=${date}`;
  return (
    <Page
      title={t('screening.title')}
      back={back}
      {...(entry && { lead: t('defer.lead', { name: entry.name, digits: entry.phoneLast4 }) })}
    >
      {asked.error && !asked.data ? (
        <LoadError error={asked.error} retry={() => void asked.refetch()} />
      ) : !asked.data || !roster.data ? (
        <Loading lines={6} />
      ) : entry && entry.status !== 'arrived' ? (
        <Empty title={t('screening.notNow')}>
          <LinkButton to={back}>{t('staff.roster')}</LinkButton>
        </Empty>
      ) : (
        <Form
          bookingId={bookingId}
          asked={asked.data}
          athlete={athlete}
          setAthlete={setAthlete}
          siteId={siteId}
          today={today}
          back={back}
        />
      )}
    </Page>
  );
}

type Typed = Readonly<Partial<Record<Measure, string>>>;

/** What was typed in the pack's units, as it is kept. */
function measuresOf(typed: Typed, { units }: Asked): Measures {
  const number = (text: string | undefined): number | undefined => {
    const said = (text ?? '').normalize('NFKC').trim().replace(',', '.');
    return said === '' || Number.isNaN(Number(said)) ? undefined : Number(said);
  };
  const { weight, haemoglobin, ...others } = typed;
  const kg = number(weight);
  const hb = number(haemoglobin);
  return {
    ...(kg !== undefined && { weight: typedWeight(kg, units.weight) }),
    ...(hb !== undefined && { haemoglobin: units.haemoglobin === 'g/dL' ? Number((hb * 10).toFixed(1)) : hb }),
    ...Object.fromEntries(
      Object.entries(others).flatMap(([name, text]) => {
        const value = number(text);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
}

function Form({
  bookingId,
  asked,
  athlete,
  setAthlete,
  siteId,
  today,
  back,
}: {
  readonly bookingId: string;
  readonly asked: Asked;
  readonly athlete: boolean;
  readonly setAthlete: (athlete: boolean) => void;
  readonly siteId: string;
  readonly today: string;
  readonly back: string;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<Typed>({});
  const [words, setWords] = useState('');
  const [value, set, clear] = useDraft(`screening:${bookingId}`, { result: '', reason: '', since: '' });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const reasons = useApi('GET /api/donations/deferral-reasons', { query: { siteId } }, { staleTime: 60_000 });
  const act = useAct('POST /api/donations/screening', `screening:${bookingId}`, { unwritten: true });
  const measures = measuresOf(typed, asked);
  const wanted = measuresFor(asked.checks);
  const slips = wanted.filter((name) => {
    const at = measures[name];
    return typed[name]?.trim() && (at === undefined || !isPlausibleMeasure(name, at));
  });
  // A slip of the finger is no figure yet: nothing is said of it but that.
  const sure: Measures = Object.fromEntries(
    Object.entries(measures).filter(([name]) => !(slips as string[]).includes(name)),
  );
  const judged = judgeScreening(asked.checks, sure);
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    act.reset();
    const passes = value.result === 'pass';
    const reason = value.result === 'permanent' ? 'permanent' : value.reason;
    const since = dateOf(value.since);
    const found: FieldProblem[] = slips.map((name) => ({
      field: name,
      message: t('screening.error.slip', { what: t(`screening.measure.${name}`) }),
    }));
    if (!value.result) found.push({ field: 'result-pass', message: t('screening.error.result') });
    if (passes) {
      found.push(
        ...judged.missing
          .filter((name) => !slips.includes(name))
          .map((name) => ({
            field: name,
            message: t('screening.error.missing', { what: t(`screening.measure.${name}`) }),
          })),
      );
      const [outside] = judged.failed;
      if (outside) found.push({ field: fieldOf(outside), message: t('screening.error.outside') });
    }
    if (value.result === 'defer' && !value.reason) found.push({ field: 'reason', message: t('defer.error.reason') });
    if (value.result === 'defer' && value.reason === 'measures' && (!since || since <= today)) {
      found.push({ field: 'since', message: t('screening.error.until') });
    }
    setProblems(found);
    if (found.length > 0) return;
    const done = await act.run({
      body: {
        bookingId,
        measures,
        athlete,
        ...(!passes && { deferral: { reason, ...(since && value.result === 'defer' && { since }) } }),
        ...(words.trim() && { words: words.trim() }),
      },
    });
    if (!done) return;
    clear();
    toast(
      done.passed
        ? t('screening.passed')
        : done.permanent
          ? t('defer.forever')
          : t('defer.until', { date: fullDate(done.deferredUntil ?? '', language) }),
    );
    await navigate(back, { replace: true });
  };

  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      <div className="screening">
        {wanted.map((name) => (
          <TextInput
            key={name}
            id={name}
            label={`${t(`screening.measure.${name}`)} (${unitOf(name, asked)})`}
            inputMode="decimal"
            autoComplete="off"
            maxLength={6}
            value={typed[name] ?? ''}
            onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
            error={slips.includes(name) ? t('screening.slip') : errorOf(name)}
          />
        ))}
      </div>
      {asked.athletes && (
        <Checkbox
          className="choice"
          label={t('screening.athlete')}
          checked={athlete}
          onChange={(event) => setAthlete(event.currentTarget.checked)}
        />
      )}
      <ul className="screening-checks" aria-live="polite" aria-label={t('screening.checks')}>
        {asked.checks.map((check) => (
          <CheckLine key={check.rule} check={check} asked={asked} measures={sure} />
        ))}
      </ul>
      <Options
        legend={t('screening.result')}
        name="result"
        value={value.result}
        options={(['pass', 'defer', 'permanent'] as const).map((each) => ({
          value: each,
          label: t(`screening.results.${each}`),
        }))}
        choose={(result) => set({ ...value, result })}
        error={errorOf('result-pass')}
      />
      {value.result === 'defer' && (
        <>
          <NativeSelect
            id="reason"
            label={t('defer.reason')}
            value={value.reason}
            onChange={(event) => set({ ...value, reason: event.currentTarget.value })}
            error={errorOf('reason')}
            data={[
              { value: '', label: '' },
              { value: 'measures', label: t('screening.outside') },
              ...(reasons.data?.items ?? []).map(({ code, label }) => ({ value: code, label: label[language] })),
            ]}
          />
          <TextInput
            id="since"
            type="date"
            label={value.reason === 'measures' ? t('screening.until') : t('defer.since')}
            description={value.reason === 'measures' ? t('screening.untilHint') : t('defer.sinceHint')}
            value={value.since}
            onChange={(event) => set({ ...value, since: event.currentTarget.value })}
            error={errorOf('since')}
          />
        </>
      )}
      {(value.result === 'defer' || value.result === 'permanent') && (
        <>
          <TextInput
            id="words"
            label={`${t('screening.words')} (${t('pages:common.optional')})`}
            description={t('screening.wordsHint', { language: t(`screening.wordsIn.${asked.language ?? 'zh'}`) })}
            maxLength={200}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <p className="muted">{t('defer.note')}</p>
        </>
      )}
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" size="lg" color="pine" loading={act.busy}>
        {t('screening.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}

const fieldOf = ({ measure }: Pick<Check, 'measure'>): string => (measure === 'pulse-pressure' ? 'systolic' : measure);

function unitOf(name: Measure, { units, checks }: Asked): string {
  if (name === 'weight') return units.weight;
  if (name === 'haemoglobin') return units.haemoglobin;
  return checks.find(({ measure }) => measure === name)?.unit || (name === 'haematocrit' ? '0.00' : 'mmHg');
}

/** A bound of the rules, with how the figure stands to it, where it was read and how sure that is. */
function CheckLine({
  check,
  asked,
  measures,
}: {
  readonly check: Check;
  readonly asked: Asked;
  readonly measures: Measures;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const value = checkedValue(check, measures);
  const shown = (figure: number): string => {
    if (check.measure === 'weight') return String(shownWeight(figure, asked.units.weight));
    return String(shownMeasure(figure, check.unit, { ...asked.units, temperature: '°C' }).value);
  };
  const bounds = [
    ...(check.min === undefined ? [] : [`≥ ${shown(check.min)}`]),
    ...(check.below === undefined ? [] : [`< ${shown(check.below)}`]),
    ...(check.max === undefined ? [] : [`≤ ${shown(check.max)}`]),
  ].join(t('settings.joint'));
  const good = value !== undefined && holds(check, value);
  return (
    <li className={value === undefined ? undefined : good ? 'good' : 'bad'}>
      {value === undefined ? <span aria-hidden="true">·</span> : good ? <TickIcon size={18} /> : <WarnIcon size={18} />}
      <span>
        {check.label[language]} {bounds}
        {value !== undefined && (
          <>
            {' '}
            · <b>{shown(value)}</b> {t(good ? 'screening.within' : 'screening.notWithin')}
          </>
        )}
      </span>
      <span className="small muted">
        {check.source} <MarkOf mark={check.mark} />
      </span>
    </li>
  );
}
