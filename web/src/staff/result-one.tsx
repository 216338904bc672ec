import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { groupText } from '../../../shared/domain/laboratory.ts';
import { ABO_GROUPS, RHD_TYPES, TEST_RESULTS } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallInput, CallOutput } from '../api/types.ts';
import { fullDate, moment } from '../lib/time.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  ErrorSummary,
  type FieldProblem,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { LabNotice, VerdictTag } from './results.tsx';
import { toast } from './toast.ts';

type Results = CallOutput<'GET /api/laboratory/{din}'>;
type Test = Results['tests'][number];
type Entry = Results['entries'][number];
type Found = CallInput<'POST /api/laboratory/results'>['body']['lines'][number]['found'][number];

/** Everything that the laboratory found of one donation, and a form for what it finds next. */
export function ResultPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('laboratory.title')}>
      {() => <One />}
    </Work>
  );
}

function One() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const { din = '' } = useParams();
  const results = useApi('GET /api/laboratory/{din}', { params: { din } });
  const siteId = results.data?.siteId ?? '';
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { enabled: siteId !== '', staleTime: 60_000 });
  const data = results.data;
  const failed = data ? site.error : results.error;
  return (
    <Page
      title={data ? t('laboratory.one.title', { din: data.dinPrinted }) : t('laboratory.title')}
      back={data ? `/staff/${data.siteId}/results?date=${data.date}` : '/staff'}
      wide
      {...(data && {
        lead: t('laboratory.one.lead', {
          procedure: t(`pages:procedure.${data.procedure}`),
          date: fullDate(data.date, language),
        }),
      })}
    >
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void results.refetch();
            void site.refetch();
          }}
        />
      ) : !data || !site.data ? (
        <Loading />
      ) : (
        <>
          <LabNotice tests={{ ...data, items: [] }} />
          <Group results={data} />
          <Tests tests={data.tests} entries={data.entries} />
          <Form key={data.entries.length} results={data} />
          <History results={data} zone={site.data.zone} />
        </>
      )}
    </Page>
  );
}

function Group({ results }: { readonly results: Results }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  return (
    <section aria-labelledby="group">
      <h2 id="group">
        {t('laboratory.groupOf')} <span className="small muted">{t(`laboratory.group.${results.group}`)}</span>
      </h2>
      {results.own && <p className="lab-group">{t('laboratory.one.own', { group: groupText(results.own) })}</p>}
      {results.others.length === 0 ? (
        <p className="muted">
          {t(results.group === 'confirmed' ? 'laboratory.one.noOthers' : 'laboratory.one.toConfirm')}
        </p>
      ) : (
        <ul className="plain-list small">
          {results.others.map((other) => (
            <li key={other.din}>
              {t('laboratory.one.others', { group: groupText(other), date: fullDate(other.date, language) })}
            </li>
          ))}
        </ul>
      )}
      <Said results={results} />
      {results.group === 'differs' && (
        <div className="notice notice-warn" role="status">
          <WarnIcon />
          <p>{t('laboratory.one.differs')}</p>
        </div>
      )}
      <p>
        <VerdictTag verdict={results.verdict} />
      </p>
    </section>
  );
}

/** What the station's own list of donors has said of the donor's group, which can be taken back where the laboratory finds another. */
function Said({ results }: { readonly results: Results }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [open, setOpen] = useState<string>();
  if (results.said.length + results.takenBack.length === 0) return null;
  return (
    <ul className="plain-list small">
      {results.said.map(({ abo, rhd, at }) => {
        const group = groupText({ abo, rhd });
        return (
          <li key={group}>
            <p>{t('laboratory.one.said', { group, date: fullDate(at.slice(0, 10), language) })}</p>
            {open === group ? (
              <TakeBack din={results.din} abo={abo} rhd={rhd} end={() => setOpen(undefined)} />
            ) : (
              <Button
                size="sm"
                variant="default"
                aria-label={t('laboratory.one.takeBackFor', { group })}
                onClick={() => setOpen(group)}
              >
                {t('laboratory.one.void')}
              </Button>
            )}
          </li>
        );
      })}
      {results.takenBack.map(({ abo, rhd, at, by, reason }) => (
        <li key={at} className="lab-voided">
          {t('laboratory.one.saidBack', {
            group: groupText({ abo, rhd }),
            who: by,
            date: fullDate(at.slice(0, 10), language),
            reason,
          })}
        </li>
      ))}
    </ul>
  );
}

function TakeBack({
  din,
  abo,
  rhd,
  end,
}: Pick<Results['said'][number], 'abo' | 'rhd'> & { readonly din: string; readonly end: () => void }) {
  const act = useAct('POST /api/laboratory/{din}/take-back', `take-back:${din}:${abo}:${rhd}`);
  return (
    <Reason
      act={act}
      end={end}
      run={async (reason) => await act.run({ params: { din }, body: { abo, rhd, reason } })}
    />
  );
}

/** What one entry says, in the words of its test. */
function useSaid() {
  const { t } = useTranslation('work');
  return ({ kind, abo, rhd, result, value, voids, reason }: Entry): string => {
    if (kind === 'void') return t('laboratory.one.voids', { n: voids ?? 0, reason: reason ?? '' });
    if (abo && rhd) return groupText({ abo, rhd });
    return value === undefined ? (result ? t(`laboratory.result.${result}`) : '') : String(value);
  };
}

function Tests({ tests, entries }: { readonly tests: readonly Test[]; readonly entries: readonly Entry[] }) {
  const { t } = useTranslation('work');
  const said = useSaid();
  return (
    <table className="board">
      <caption className="sr-only">{t('laboratory.title')}</caption>
      <tbody>
        {tests.map((test) => (
          <tr key={test.code}>
            <th scope="row">
              {t(`laboratory.test.${test.code}`)}
              <br />
              <span className="small muted">
                {[
                  ...(test.max === undefined
                    ? []
                    : [t('laboratory.one.limit', { max: test.max, unit: test.unit ?? '' })]),
                  test.source ? t('laboratory.one.source', { source: test.source }) : t('laboratory.one.added'),
                  ...(test.source && test.mark === 'R' ? [t('laboratory.one.recalled')] : []),
                ].join(' · ')}
              </span>
            </th>
            <td>
              {entries
                .filter((entry) => entry.test === test.code && !entry.voided)
                .map((entry) => `${t(`laboratory.run.${entry.run ?? 'initial'}`)} ${said(entry)}`)
                .join(' → ') || '—'}
            </td>
            <td className={test.conclusion === 'not-clear' || test.conclusion === 'to-repeat' ? 'bad' : undefined}>
              {t(`laboratory.conclusion.${test.conclusion}`)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whatever of the outstanding tests has been done: what is left empty is left to do. */
function Form({ results }: { readonly results: Results }) {
  const { t } = useTranslation('work');
  const client = useQueryClient();
  const [value, setValue] = useState<Readonly<Record<string, string>>>({});
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/laboratory/results', `results:${results.din}:${results.entries.length}`);
  const set = (name: string, text: string): void => setValue((before) => ({ ...before, [name]: text }));
  const markers = results.tests.filter(({ max }) => max === undefined);
  const open = results.tests.filter(({ conclusion }) => conclusion === 'missing' || conclusion === 'to-repeat');
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;

  const read = (): { found: Found[]; problems: FieldProblem[] } => {
    const found: Found[] = [];
    const wrong: FieldProblem[] = [];
    const abo = ABO_GROUPS.find((each) => each === value['abo']);
    const rhd = RHD_TYPES.find((each) => each === value['rhd']);
    if (abo && rhd) found.push({ kind: 'group', abo, rhd });
    else if (abo || rhd)
      wrong.push({ field: `${abo ? 'rhd-positive' : 'abo-O'}`, message: t('laboratory.one.error.group') });
    for (const { code, max } of results.tests) {
      const typed = (value[code] ?? '').normalize('NFKC').trim();
      if (!typed) continue;
      const result = TEST_RESULTS.find((each) => each === typed);
      if (max === undefined) {
        if (result) found.push({ kind: 'test', test: code, result });
      } else if (/^\d{1,4}(\.\d{1,2})?$/.test(typed)) found.push({ kind: 'test', test: code, value: Number(typed) });
      else wrong.push({ field: code, message: t('laboratory.one.error.value') });
    }
    if (found.length === 0 && wrong.length === 0) {
      wrong.push({ field: 'abo-O', message: t('laboratory.one.error.nothing') });
    }
    return { found, problems: wrong };
  };
  const [refused, setRefused] = useState<string>();
  const [differs, setDiffers] = useState(false);
  const save = async (asItIs: boolean): Promise<void> => {
    const now = read();
    setProblems(now.problems);
    setRefused(undefined);
    if (now.problems.length > 0) return;
    const line = { din: results.din, found: now.found, ...(asItIs && { asItIs }) };
    const answer = await act.run({ body: { siteId: results.siteId, lines: [line] } });
    const [said] = answer?.lines ?? [];
    if (!said) return;
    if (!said.done) {
      setRefused(said.sentence ?? '');
      setDiffers(said.code === 'group-differs');
      return;
    }
    toast(t('laboratory.one.saved'));
    await client.invalidateQueries();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save(false);
  };
  return (
    <form noValidate className="question" onSubmit={submit} aria-labelledby="record">
      <h2 id="record">{t('laboratory.one.form')}</h2>
      <ErrorSummary problems={problems} />
      {refused !== undefined && (
        <div className="notice notice-bad" role="alert">
          <WarnIcon />
          <div>
            <p>{refused}</p>
            {differs && (
              <Button color="ember" loading={act.busy} onClick={() => void save(true)}>
                {t('laboratory.plate.asItIs')}
              </Button>
            )}
          </div>
        </div>
      )}
      <div className="pair">
        <Options
          legend={t('laboratory.abo')}
          name="abo"
          value={value['abo'] ?? ''}
          options={ABO_GROUPS.map((each) => ({ value: each, label: each }))}
          choose={(abo) => set('abo', abo)}
          error={errorOf('abo-O')}
        />
        <Options
          legend={t('laboratory.rhd')}
          name="rhd"
          value={value['rhd'] ?? ''}
          options={RHD_TYPES.map((each) => ({ value: each, label: t(`laboratory.rhdOf.${each}`) }))}
          choose={(rhd) => set('rhd', rhd)}
          error={errorOf('rhd-positive')}
        />
      </div>
      {open.map((test) =>
        test.max === undefined ? (
          <Options
            key={test.code}
            legend={
              test.conclusion === 'to-repeat'
                ? t('laboratory.repeatOf', { test: t(`laboratory.test.${test.code}`) })
                : t(`laboratory.test.${test.code}`)
            }
            name={test.code}
            value={value[test.code] ?? ''}
            options={[
              { value: '', label: t('laboratory.one.skip') },
              ...TEST_RESULTS.map((each) => ({ value: each, label: t(`laboratory.result.${each}`) })),
            ]}
            choose={(result) => set(test.code, result)}
          />
        ) : (
          <TextInput
            key={test.code}
            id={test.code}
            className="short-field"
            label={`${t(`laboratory.test.${test.code}`)} (${test.unit ?? ''})`}
            inputMode="decimal"
            maxLength={7}
            value={value[test.code] ?? ''}
            error={errorOf(test.code)}
            onChange={(event) => set(test.code, event.currentTarget.value)}
          />
        ),
      )}
      {markers.some(({ conclusion }) => conclusion === 'missing') && (
        <Button
          variant="default"
          onClick={() =>
            setValue((before) => ({
              ...before,
              ...Object.fromEntries(
                markers
                  .filter(({ code, conclusion }) => conclusion === 'missing' && !before[code])
                  .map(({ code }) => [code, 'non-reactive']),
              ),
            }))
          }
        >
          {t('laboratory.one.allClear')}
        </Button>
      )}
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" size="lg" color="pine" loading={act.busy}>
        {t('laboratory.one.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}

function History({ results, zone }: { readonly results: Results; readonly zone: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const said = useSaid();
  const [open, setOpen] = useState<number>();
  if (results.entries.length === 0) return null;
  const whatOf = (entry: Entry): string =>
    entry.test
      ? `${t(`laboratory.test.${entry.test}`)} ${entry.run ? t(`laboratory.run.${entry.run}`) : ''}`.trim()
      : t(entry.kind === 'void' ? 'laboratory.one.void' : 'laboratory.groupOf');
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t('laboratory.one.history')}</h2>
      <ol className="plain-list lab-history">
        {results.entries.toReversed().map((entry) => (
          <li key={entry.n} className={entry.voided ? 'lab-voided' : undefined}>
            <p>
              <span className="mono muted">{entry.n}</span>{' '}
              {t('laboratory.one.line', {
                what: whatOf(entry),
                result: said(entry),
                who: entry.by,
                when: moment(entry.at, zone, language),
              })}
              {entry.source && <span className="muted"> · {t('laboratory.one.from', { system: entry.source })}</span>}
              {entry.row !== undefined && (
                <span className="muted">
                  {' · '}
                  {t('laboratory.one.fromFile', { row: entry.row })}
                  {entry.testedAt &&
                    ` · ${t('laboratory.one.testedAt', { when: moment(entry.testedAt, zone, language) })}`}
                </span>
              )}
              {entry.voided && <span className="tag">{t('laboratory.one.voided')}</span>}
            </p>
            {entry.kind !== 'void' &&
              !entry.voided &&
              (open === entry.n ? (
                <Void results={results} n={entry.n} end={() => setOpen(undefined)} />
              ) : (
                <Button
                  size="sm"
                  variant="default"
                  aria-label={t('laboratory.one.voidFor', { n: entry.n, what: whatOf(entry) })}
                  onClick={() => setOpen(entry.n)}
                >
                  {t('laboratory.one.void')}
                </Button>
              ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Void({ results, n, end }: { readonly results: Results; readonly n: number; readonly end: () => void }) {
  const act = useAct('POST /api/laboratory/{din}/void', `void:${results.din}:${n}`);
  return (
    <Reason
      act={act}
      end={end}
      run={async (reason) => await act.run({ params: { din: results.din }, body: { n, reason } })}
    />
  );
}

/** Why something that was recorded is taken back. */
function Reason({
  act,
  run,
  end,
}: {
  readonly act: Pick<ReturnType<typeof useAct<'POST /api/laboratory/{din}/void'>>, 'busy' | 'error' | 'attempt'>;
  readonly run: (reason: string) => Promise<unknown>;
  readonly end: () => void;
}) {
  const { t } = useTranslation('work');
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const problems = tried && !reason.trim() ? [{ field: 'void-reason', message: t('laboratory.one.voidError') }] : [];
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!reason.trim()) return;
    if (!(await run(reason.trim()))) return;
    end();
    await client.invalidateQueries();
  };
  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      <TextInput
        id="void-reason"
        label={t('laboratory.one.voidReason')}
        description={t('laboratory.one.voidHint')}
        maxLength={200}
        value={reason}
        error={problems[0]?.message}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {act.error && <ActionError error={act.error} />}
      <div className="doubt-acts">
        <Button type="submit" color="ember" loading={act.busy}>
          {t('laboratory.one.void')}
        </Button>
        <Button variant="default" onClick={end}>
          {t('doubts.cancel')}
        </Button>
      </div>
      <Progress act={act} />
    </form>
  );
}
