import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ApiError } from '../api/error.ts';
import { useAct, useApi } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import { useDraft } from '../lib/use-draft.ts';
import { TickIcon, WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, LoadError, Loading, Progress, useSentence } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import {
  afterRecord,
  EMPTY_PLATE,
  filled,
  type LabTest,
  misfit,
  notedText,
  type Plate,
  type PlateLine,
  readNoted,
  sentOf,
  type TubeAnswer,
  unfilled,
  type What,
  withNoted,
  withoutTube,
  withRest,
  withTube,
} from './plate-values.ts';
import { LabNotice } from './results.tsx';
import { ScanField } from './scan-field.tsx';
import { sound } from './scan-sound.ts';

/** A plate of tubes, scanned one after another, each with its result: all of it from one field. */
export function PlatePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('laboratory.plate.title')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const { siteId = '' } = useParams();
  const tests = useApi('GET /api/laboratory/tests/{siteId}', { params: { siteId } });
  return (
    <Page title={t('laboratory.plate.title')} lead={t('laboratory.plate.lead')} back={`/staff/${siteId}/results`} wide>
      {tests.error && !tests.data ? (
        <LoadError error={tests.error} retry={() => void tests.refetch()} />
      ) : !tests.data ? (
        <Loading lines={4} />
      ) : (
        <>
          <LabNotice tests={tests.data} />
          <Filling siteId={siteId} tests={tests.data.items} />
        </>
      )}
    </Page>
  );
}

/** Tubes that one request carries. */
const AT_ONCE = 25;

type Said = { readonly taken: boolean; readonly text: string };

function Filling({ siteId, tests }: { readonly siteId: string; readonly tests: readonly LabTest[] }) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const client = useQueryClient();
  // Kept for the tab: a reload, an expired session or a lost connection costs no tube that was scanned.
  const [kept, keep] = useDraft<Plate>(`plate:${siteId}`, EMPTY_PLATE);
  const now = useRef(kept);
  const plate = now.current;
  const set = (change: (plate: Plate) => Plate): void => {
    now.current = change(now.current);
    keep(now.current);
  };
  const [code, setCode] = useState('');
  const [verdict, setVerdict] = useState<Said & { readonly at: number }>();
  const [reading, setReading] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const turn = useRef(Promise.resolve());
  const act = useAct('POST /api/laboratory/results', `plate:${siteId}`);
  const focus = (): void => field.current?.focus();
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const testOf = (what: What): LabTest | undefined => tests.find((test) => test.code === what);
  const test = testOf(plate.what);
  const said = (noted: NonNullable<PlateLine['noted']>): string =>
    notedText(noted, (result) => t(`laboratory.result.${result}`));

  const say = ({ taken, text }: Said): void => {
    sound(taken);
    setVerdict({ taken, text, at: Date.now() });
  };
  const hear = (answer: TubeAnswer): Said => {
    if (answer.kind === 'refused') {
      return { taken: false, text: t(`laboratory.plate.why.${answer.why}`, { din: answer.dinPrinted ?? '' }) };
    }
    const { tube } = answer;
    const fault = misfit(now.current, tube);
    if (fault) return { taken: false, text: t(`laboratory.plate.${fault}`, { din: tube.dinPrinted }) };
    set((before) => withTube(before, tube));
    return { taken: true, text: t('laboratory.plate.taken', { din: tube.dinPrinted, n: now.current.lines.length }) };
  };
  const note = (text: string): Said | undefined => {
    const { what, lines } = now.current;
    const noted = readNoted(what, testOf(what), text);
    if (!noted) return undefined;
    const after = withNoted(now.current, noted);
    if (!after) return { taken: false, text: t('laboratory.plate.tubeFirst') };
    set(() => after);
    const din = lines.at(-1)?.tube.dinPrinted ?? '';
    return { taken: true, text: t('laboratory.plate.noted', { din, result: said(noted) }) };
  };
  const ask = async (text: string): Promise<void> => {
    const noted = note(text);
    if (noted) return say(noted);
    try {
      say(hear(await call('GET /api/laboratory/tube', { query: { siteId, code: text } })));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      say({ taken: false, text: `${text}: ${sentence(error)}` });
    }
  };
  /** Scans are asked one after another: a result goes to the tube that was scanned before it, however fast the hand is. */
  const enter = (text: string): void => {
    setCode('');
    setReading((n) => n + 1);
    turn.current = turn.current.then(async () => await ask(text).finally(() => setReading((n) => n - 1)));
  };

  const send = async (lines: readonly PlateLine[], asItIs = false): Promise<boolean> => {
    const { what } = now.current;
    const body = { siteId, lines: lines.flatMap((line) => sentOf(what, line, asItIs) ?? []) };
    const answer = await act.run({ body });
    if (!answer) {
      sound(false);
      return false;
    }
    set((before) => afterRecord(before, answer.lines));
    return true;
  };
  const apply = async (): Promise<void> => {
    for (let left = filled(now.current); left.length > 0; left = filled(now.current)) {
      if (!(await send(left.slice(0, AT_ONCE)))) return;
    }
    await client.invalidateQueries();
    const { lines } = now.current;
    const done = lines.filter(({ outcome }) => outcome?.done).length;
    const refused = lines.filter(({ outcome }) => outcome?.done === false).length;
    say({
      taken: refused === 0,
      text: t(refused === 0 ? 'laboratory.plate.allDone' : 'laboratory.plate.someDone', { done, refused }),
    });
    focus();
  };

  const hint = plate.what === 'group' ? 'group' : test?.max === undefined ? 'test' : 'measured';
  const empty = unfilled(plate);
  const ready = filled(plate);
  return (
    <div className="batch">
      <div className="batch-asks">
        <NativeSelect
          id="what"
          label={t('laboratory.plate.what')}
          value={plate.what}
          disabled={plate.lines.some(({ outcome }) => !outcome)}
          data={[
            { value: 'group', label: t('laboratory.groupOf') },
            ...tests.map(({ code: each }) => ({ value: each, label: t(`laboratory.test.${each}`) })),
          ]}
          onChange={(event) => {
            const what = tests.find(({ code: each }) => each === event.currentTarget.value)?.code ?? 'group';
            set(() => ({ what, lines: [] }));
            setVerdict(undefined);
            focus();
          }}
        />
      </div>
      <ScanField
        label={t('laboratory.plate.scan')}
        hint={t(`laboratory.plate.hint.${hint}`, { unit: test?.unit ?? '' })}
        go={t('laboratory.plate.go')}
        field={field}
        value={code}
        set={setCode}
        enter={enter}
      />
      <div
        className={`scan-verdict ${verdict ? (verdict.taken ? 'scan-verdict-good' : 'scan-verdict-bad') : ''}`}
        role={verdict && !verdict.taken ? 'alert' : 'status'}
      >
        {reading > 0 ? (
          <p>{t('laboratory.plate.reading')}</p>
        ) : verdict ? (
          <>
            {verdict.taken ? <TickIcon size={32} /> : <WarnIcon size={32} />}
            <p key={verdict.at}>{verdict.text}</p>
          </>
        ) : (
          <p>{t('laboratory.plate.ready')}</p>
        )}
      </div>
      {act.error && <ActionError error={act.error}>{t('laboratory.plate.kept')}</ActionError>}
      {empty.length > 0 && ready.length > 0 && (
        <p className="muted">{t('laboratory.plate.unfilled', { n: empty.length })}</p>
      )}
      <div className="batch-go">
        <Button size="lg" color="pine" disabled={ready.length === 0} loading={act.busy} onClick={() => void apply()}>
          {t('laboratory.plate.apply', { n: ready.length })}
        </Button>
        {hint === 'test' && empty.length > 0 && (
          <Button
            size="lg"
            variant="default"
            onClick={() => {
              set(withRest);
              focus();
            }}
          >
            {t('laboratory.plate.rest', { n: empty.length })}
          </Button>
        )}
        {plate.lines.length > 0 && empty.length + ready.length === 0 && (
          <Button
            size="lg"
            variant="default"
            onClick={() => {
              set((before) => ({ ...before, lines: [] }));
              setVerdict(undefined);
              focus();
            }}
          >
            {t('laboratory.plate.anew')}
          </Button>
        )}
        <Progress act={act} />
      </div>
      {plate.lines.length > 0 && (
        <table className="board">
          <caption className="sr-only">{t('laboratory.plate.lines', { n: plate.lines.length })}</caption>
          <thead>
            <tr>
              {(['n', 'din', 'result', 'outcome'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`laboratory.plate.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plate.lines
              .map((line, n) => ({ line, n: n + 1 }))
              .reverse()
              .map(({ line, n }) => (
                <tr
                  key={line.tube.din}
                  className={line.outcome ? (line.outcome.done ? 'line-done' : 'line-refused') : undefined}
                >
                  <td className="mono">{n}</td>
                  <th scope="row">
                    <Link
                      to={`/staff/units/${encodeURIComponent(line.tube.din)}/results?site=${siteId}`}
                      className="mono"
                    >
                      {line.tube.dinPrinted}
                    </Link>
                  </th>
                  <td>
                    {line.noted ? (
                      <b className={isReactive(line) ? 'bad' : undefined}>{said(line.noted)}</b>
                    ) : (
                      <span className="muted">{t('laboratory.nothing')}</span>
                    )}
                  </td>
                  <td>
                    {!line.outcome ? (
                      <Button
                        size="sm"
                        variant="default"
                        aria-label={t('laboratory.plate.dropFor', { din: line.tube.dinPrinted })}
                        onClick={() => {
                          set((before) => withoutTube(before, line.tube.din));
                          focus();
                        }}
                      >
                        {t('laboratory.plate.drop')}
                      </Button>
                    ) : line.outcome.done ? (
                      <span className={line.outcome.verdict === 'not-clear' ? 'bad' : 'good'}>
                        {t(`laboratory.plate.done.${line.outcome.verdict}`)}
                      </span>
                    ) : (
                      <>
                        <p className="bad">{line.outcome.sentence}</p>
                        {line.outcome.code === 'group-differs' && (
                          <Button
                            size="sm"
                            color="ember"
                            loading={act.busy}
                            aria-label={t('laboratory.plate.asItIsFor', { din: line.tube.dinPrinted })}
                            onClick={() => void send([line], true).then(focus)}
                          >
                            {t('laboratory.plate.asItIs')}
                          </Button>
                        )}
                      </>
                    )}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

const isReactive = ({ noted }: PlateLine): boolean =>
  noted !== undefined && 'result' in noted && noted.result === 'reactive';
