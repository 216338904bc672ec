import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { groupText } from '../../../shared/domain/laboratory.ts';
import { COMPONENTS } from '../../../shared/domain/vocabulary.ts';
import { ApiError } from '../api/error.ts';
import { useAct, useApi } from '../api/hooks.ts';
import { call } from '../api/index.ts';
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
  Progress,
  useLanguage,
  useSentence,
} from '../ui/states.tsx';
import {
  afterApply,
  asBatchAction,
  asks,
  BATCH_ACTIONS,
  type Batch as Draft,
  EMPTY_BATCH,
  isDoubled,
  type Line,
  MADE,
  pendingOf,
  type ScanAnswer,
  type ScannedUnit,
  withExpiry,
  withGroup,
  withoutUnit,
  withUnit,
} from './batch-values.ts';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { ScanField } from './scan-field.tsx';
import { sound } from './scan-sound.ts';

/** Which act many bags are scanned for. */
export function BatchesPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('batch.title')}>
      {() => <Choose />}
    </Work>
  );
}

function Choose() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date } = useDesk();
  const settings = useApi('GET /api/units/settings/{siteId}', { params: { siteId } });
  return (
    <Page title={site.data?.name[language] ?? t('batch.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <p className="muted">{t('batch.lead')}</p>
      {settings.error && !settings.data ? (
        <LoadError error={settings.error} retry={() => void settings.refetch()} />
      ) : !settings.data ? (
        <Loading />
      ) : (
        <>
          {settings.data.master === 'other' && (
            <div className="notice notice-warn">
              <WarnIcon />
              <p>{t('units.mirrored', { system: settings.data.system ?? '' })}</p>
            </div>
          )}
          {settings.data.master === 'nuanliu' && (
            <ul className="batch-acts">
              {BATCH_ACTIONS.map((action) => (
                <li key={action}>
                  <Link to={`/staff/${siteId}/batch/${action}`}>
                    <b>{t(`batch.act.${action}`)}</b>
                    <span className="small muted">{t(`batch.about.${action}`)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <p>
            <Link to={`/staff/${siteId}/recalls`}>{t('recall.listTitle')}</Link> ·{' '}
            <Link to={`/staff/${siteId}/unit-settings`}>{t('unitSettings.title')}</Link>
          </p>
        </>
      )}
    </Page>
  );
}

export function BatchPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('batch.title')}>
      {() => <OneBatch />}
    </Work>
  );
}

function OneBatch() {
  const { t } = useTranslation('work');
  const { siteId = '', action: asked } = useParams();
  const action = asBatchAction(asked);
  const settings = useApi('GET /api/units/settings/{siteId}', { params: { siteId } });
  const back = `/staff/${siteId}/batch`;
  return (
    <Page title={action ? t(`batch.act.${action}`) : t('batch.title')} back={back} wide>
      {!action ? (
        <Empty title={t('batch.noAct')}>
          <LinkButton to={back}>{t('batch.title')}</LinkButton>
        </Empty>
      ) : settings.error && !settings.data ? (
        <LoadError error={settings.error} retry={() => void settings.refetch()} />
      ) : !settings.data ? (
        <Loading lines={4} />
      ) : (
        <Scanning siteId={siteId} action={action} hospitals={settings.data.hospitals} />
      )}
    </Page>
  );
}

/** Lines that one request carries. */
const AT_ONCE = 25;

type Said = { readonly taken: boolean; readonly text: string };
type Verdict = Said & { readonly at: number };

function Scanning({
  siteId,
  action,
  hospitals,
}: {
  readonly siteId: string;
  readonly action: (typeof BATCH_ACTIONS)[number];
  readonly hospitals: readonly { name: string; phone: string }[];
}) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const sentence = useSentence();
  const client = useQueryClient();
  const asked = asks(action);
  // Kept for the tab: a reload, an expired session or a lost connection costs no bag that was scanned.
  const [kept, keep] = useDraft<Draft>(`batch:${siteId}:${action}`, EMPTY_BATCH);
  const now = useRef(kept);
  const batch = now.current;
  const set = (change: (batch: Draft) => Draft): void => {
    now.current = change(now.current);
    keep(now.current);
  };
  const [code, setCode] = useState('');
  const [verdict, setVerdict] = useState<Verdict>();
  const [choice, showChoice] = useState<readonly ScannedUnit[]>([]);
  // The next scan may come before what this one leaves to choose is drawn.
  const offered = useRef(choice);
  const setChoice = (units: readonly ScannedUnit[]): void => {
    offered.current = units;
    showChoice(units);
  };
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [reading, setReading] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const turn = useRef(Promise.resolve());
  const act = useAct('POST /api/units/steps', `batch:${siteId}:${action}`);
  const pending = pendingOf(batch);
  const focus = (): void => field.current?.focus();
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);

  const say = (taken: boolean, text: string): void => {
    sound(taken);
    setVerdict({ taken, text, at: Date.now() });
  };
  const nameOf = (unit: ScannedUnit): string => `${unit.dinPrinted} · ${t(`component.${unit.component}`)}`;
  const take = (unit: ScannedUnit): Said => {
    setChoice([]);
    if (isDoubled(now.current, unit)) return { taken: false, text: t('batch.doubled', { what: nameOf(unit) }) };
    set((before) => withUnit(before, unit));
    focus();
    return { taken: true, text: t('batch.taken', { what: nameOf(unit), n: pendingOf(now.current).length }) };
  };
  const hear = (answer: ScanAnswer): Said => {
    switch (answer.kind) {
      case 'unit':
        return take(answer.unit);
      case 'choose':
        setChoice(answer.units);
        return { taken: false, text: t('batch.choose', { din: answer.units[0]?.dinPrinted ?? '' }) };
      case 'product': {
        const meant = offered.current.filter(({ component }) => component === answer.component);
        const [only] = meant;
        if (only && meant.length === 1) return take(only);
        if (meant.length > 1) {
          setChoice(meant);
          return { taken: false, text: t('batch.choose', { din: meant[0]?.dinPrinted ?? '' }) };
        }
        // After a bag that is taken, its own product code says nothing new; another's would be another bag.
        const last = now.current.lines[0]?.unit;
        return last?.component === answer.component
          ? { taken: true, text: t('batch.productFits', { component: t(`component.${answer.component}`) }) }
          : { taken: false, text: t('batch.productOther', { component: t(`component.${answer.component}`) }) };
      }
      case 'expiry': {
        const after = asked.expiry
          ? withExpiry(now.current, [answer.expiresOn, answer.time].filter(Boolean).join(' '))
          : undefined;
        if (!asked.expiry) return { taken: false, text: t('batch.noExpiryHere') };
        if (!after) return { taken: false, text: t('batch.expiryFirst') };
        set(() => after);
        return {
          taken: true,
          text: t('batch.expiryTaken', { date: fullDate(answer.expiresOn, language), time: answer.time ?? '' }),
        };
      }
      case 'group': {
        const group = groupText(answer.group);
        const din = now.current.lines[0]?.unit.dinPrinted ?? '';
        // What was used has been used: the label is kept as it is, and looked at. Anything else stops here.
        if (!answer.fits && action !== 'use') return { taken: false, text: t('batch.groupDiffers', { group, din }) };
        const after = withGroup(now.current, answer.group);
        if (!after) return { taken: false, text: t('batch.groupFirst') };
        set(() => after);
        return { taken: answer.fits, text: t(answer.fits ? 'batch.groupFits' : 'batch.groupReported', { group, din }) };
      }
      default:
        return {
          taken: false,
          text: t(`batch.why.${answer.why}`, {
            din: answer.dinPrinted ?? '',
            stage: answer.stage ? t(`stage.${answer.stage}`) : '',
            component: answer.component ? t(`component.${answer.component}`) : '',
            hospital: answer.hospital ?? '',
            date: answer.expiresOn ? fullDate(answer.expiresOn, language) : '',
            system: answer.system ?? '',
            action: t(`action.${action}`),
          }),
        };
    }
  };
  const ask = async (text: string): Promise<void> => {
    const { component, hospital } = now.current;
    try {
      const answer = await call('GET /api/units/scan', {
        query: {
          siteId,
          action,
          code: text,
          ...(now.current.lines[0] && { din: now.current.lines[0].unit.din }),
          ...(component && { component }),
          ...(hospital.trim() && asked.hospital && action !== 'issue' && { hospital: hospital.trim() }),
        },
      });
      const said = hear(answer);
      say(said.taken, said.text);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Nothing that was scanned is lost: it is only said that this one was not taken.
      say(false, `${text}: ${sentence(error)}`);
    }
  };
  /** Scans are asked one after another: a fast hand is no reason to mix them up. */
  const enter = (text: string): void => {
    setCode('');
    setReading((n) => n + 1);
    turn.current = turn.current.then(async () => await ask(text).finally(() => setReading((n) => n - 1)));
  };

  const apply = async (): Promise<void> => {
    const found: FieldProblem[] = [];
    if (asked.hospital && action !== 'return' && !batch.hospital.trim()) {
      found.push({ field: 'hospital', message: t('step.error.hospital') });
    }
    if (asked.record && !batch.record.trim()) found.push({ field: 'record', message: t('step.error.record') });
    if (action === 'relocate' && !batch.location.trim()) {
      found.push({ field: 'location', message: t('batch.error.location') });
    }
    if (action === 'set-expiry' && pending.some(({ expiry }) => !expiry)) {
      found.push({ field: 'scan', message: t('batch.error.expiry') });
    }
    setProblems(found);
    if (found.length > 0) return;
    for (let left = pendingOf(now.current).toReversed(); left.length > 0; left = pendingOf(now.current).toReversed()) {
      const said = await act.run({
        body: {
          siteId,
          action,
          ...(asked.hospital && action !== 'return' && { hospital: batch.hospital.trim() }),
          ...(asked.made && { components: [...(MADE[Number(batch.made)] ?? [])] }),
          ...(asked.record && { hospitalRecord: batch.record.trim() }),
          ...(asked.location && batch.location.trim() && { location: batch.location.trim() }),
          ...(asked.note && batch.note.trim() && { note: batch.note.trim() }),
          lines: left.slice(0, AT_ONCE).map(({ unit, expiry, group }) => ({
            din: unit.din,
            unitId: unit.unitId,
            version: unit.version,
            ...(expiry && { expiry }),
            ...(group && { group }),
          })),
        },
      });
      if (!said) return sound(false);
      set((before) => afterApply(before, said.lines));
    }
    await client.invalidateQueries();
    const refused = now.current.lines.filter(({ outcome }) => outcome?.done === false).length;
    const done = now.current.lines.length - refused;
    say(refused === 0, t(refused === 0 ? 'batch.allDone' : 'batch.someDone', { done, refused }));
    focus();
  };

  const errorOf = (name: string): string | undefined => problems.find((each) => each.field === name)?.message;
  const names = hospitals.map(({ name }) => name);
  return (
    <div className="batch">
      <ErrorSummary problems={problems} />
      <div className="batch-asks">
        {asked.hospital && (
          <>
            <TextInput
              id="hospital"
              label={action === 'return' ? t('batch.fromHospital') : t('step.hospital')}
              list="hospitals"
              maxLength={80}
              value={batch.hospital}
              error={errorOf('hospital')}
              onChange={(event) => set((before) => ({ ...before, hospital: event.target.value }))}
            />
            <datalist id="hospitals">
              {names.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
        {asked.record && (
          <TextInput
            id="record"
            label={t('step.record')}
            description={t('step.recordHint')}
            maxLength={60}
            autoComplete="off"
            value={batch.record}
            error={errorOf('record')}
            classNames={{ input: 'mono' }}
            onChange={(event) => set((before) => ({ ...before, record: event.target.value }))}
          />
        )}
        {asked.made && (
          <NativeSelect
            id="made"
            label={t('batch.made')}
            value={batch.made}
            data={MADE.map((components, n) => ({
              value: String(n),
              label: components.map((each) => t(`component.${each}`)).join(' + '),
            }))}
            onChange={(event) => {
              const made = event.target.value;
              set((before) => ({ ...before, made }));
              focus();
            }}
          />
        )}
        {asked.location && (
          <TextInput
            id="location"
            label={t('batch.location')}
            maxLength={40}
            value={batch.location}
            error={errorOf('location')}
            onChange={(event) => set((before) => ({ ...before, location: event.target.value }))}
          />
        )}
        {asked.note && (
          <TextInput
            id="note"
            label={`${t('step.note')} (${t('pages:common.optional')})`}
            maxLength={200}
            value={batch.note}
            onChange={(event) => set((before) => ({ ...before, note: event.target.value }))}
          />
        )}
        <NativeSelect
          id="component"
          label={t('batch.component')}
          value={batch.component}
          data={[
            { value: '', label: t('batch.anyComponent') },
            ...COMPONENTS.map((each) => ({ value: each, label: t(`component.${each}`) })),
          ]}
          onChange={(event) => {
            const component = COMPONENTS.find((each) => each === event.target.value) ?? '';
            set((before) => ({ ...before, component }));
            focus();
          }}
        />
      </div>
      <ScanField
        label={t('batch.scan')}
        hint={t(asked.expiry ? 'batch.scanHintExpiry' : 'batch.scanHint')}
        go={t('batch.scanGo')}
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
          <p>{t('batch.reading')}</p>
        ) : verdict ? (
          <>
            {verdict.taken ? <TickIcon size={32} /> : <WarnIcon size={32} />}
            <p key={verdict.at}>{verdict.text}</p>
          </>
        ) : (
          <p>{t('batch.ready')}</p>
        )}
      </div>
      {choice.length > 0 && (
        <div className="unit-acts">
          {choice.map((unit) => (
            <Button
              key={unit.unitId}
              variant="default"
              size="md"
              onClick={() => {
                const said = take(unit);
                say(said.taken, said.text);
              }}
            >
              {t(`component.${unit.component}`)} <span className="mono">&nbsp;{unit.unitId}</span>
            </Button>
          ))}
        </div>
      )}
      {act.error && <ActionError error={act.error}>{t('batch.kept')}</ActionError>}
      <div className="batch-go">
        <Button
          size="lg"
          color={action === 'discard' ? 'ember' : 'pine'}
          disabled={pending.length === 0}
          loading={act.busy}
          onClick={() => void apply()}
        >
          {t('batch.apply', { action: t(`action.${action}`), n: pending.length })}
        </Button>
        {batch.lines.length > 0 && pending.length === 0 && (
          <Button
            variant="default"
            size="lg"
            onClick={() => {
              set((before) => ({ ...before, lines: [] }));
              setVerdict(undefined);
              focus();
            }}
          >
            {t('batch.anew')}
          </Button>
        )}
        <Progress act={act} />
      </div>
      {batch.lines.length > 0 && (
        <table className="board">
          <caption className="sr-only">{t('batch.lines', { n: batch.lines.length })}</caption>
          <thead>
            <tr>
              {(['din', 'what', 'outcome'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`batch.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {batch.lines.map((line) => (
              <Row
                key={`${line.unit.din} ${line.unit.unitId}`}
                line={line}
                siteId={siteId}
                drop={() => {
                  set((before) => withoutUnit(before, line.unit));
                  focus();
                }}
              />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Row({ line, siteId, drop }: { readonly line: Line; readonly siteId: string; readonly drop: () => void }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { unit, expiry, group, outcome } = line;
  return (
    <tr className={outcome ? (outcome.done ? 'line-done' : 'line-refused') : undefined}>
      <th scope="row">
        <Link to={`/staff/units/${encodeURIComponent(unit.din)}?site=${siteId}`} className="mono">
          {unit.dinPrinted}
        </Link>
      </th>
      <td>
        {t(`component.${unit.component}`)} <span className="mono muted">{unit.unitId}</span>
        {unit.hospital && <span className="small muted"> · {unit.hospital}</span>}
        {group && <span className="small muted"> · {groupText(group)}</span>}
        {(expiry ?? unit.expiresOn) && (
          <span className="small muted">
            {' '}
            ·{' '}
            {expiry
              ? t('batch.newExpiry', { text: expiry })
              : t('units.expires', { date: fullDate(unit.expiresOn ?? '', language) })}
          </span>
        )}
      </td>
      <td>
        {!outcome ? (
          <Button
            size="sm"
            variant="default"
            onClick={drop}
            aria-label={t('batch.dropFor', { din: unit.dinPrinted, unit: unit.unitId })}
          >
            {t('batch.drop')}
          </Button>
        ) : outcome.done ? (
          <span className="good">{t('batch.done')}</span>
        ) : (
          <span className="bad">{outcome.sentence}</span>
        )}
      </td>
    </tr>
  );
}
