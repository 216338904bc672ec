import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { factor } from '../auth/factor.ts';
import { sharedStation } from '../lib/station-store.ts';
import { moment } from '../lib/time.ts';
import { useFocusAgain } from '../ui/focus-again.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Qr, qrModules } from '../ui/qr.tsx';
import { Question } from '../ui/question.tsx';
import { ActionError, Empty, type FieldProblem, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';

type Factor = CallOutput<'GET /api/factor'>;
type Enrolment = CallOutput<'POST /api/factor/enrolment'>;

/** At a shared station it is shown for a seat there. */
const shownHere = (code: string) => {
  const station = sharedStation.get();
  return { body: { code, ...(station && { stationId: station.stationId }) } };
};

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Stands in place of a page until its reader has shown their second factor, or set one up. */
export function FactorGate() {
  const { t } = useTranslation('work');
  const mine = useApi('GET /api/factor', {});
  if (!mine.data) {
    return (
      <Page title={t('factor.title')}>
        {mine.error ? <LoadError error={mine.error} retry={() => void mine.refetch()} /> : <Loading />}
      </Page>
    );
  }
  return mine.data.set ? <Show /> : <SetUp />;
}

/** Six digits, sent as soon as they are there: hands are full, and the digits change. */
function CodeForm({
  label,
  act,
  send,
  submit,
}: {
  readonly label: string;
  readonly act: {
    readonly busy: boolean;
    readonly error: ReturnType<typeof useAct>['error'];
    readonly attempt: number | undefined;
  };
  readonly send: (code: string) => Promise<boolean>;
  readonly submit: string;
}) {
  const { t } = useTranslation('work');
  const [typed, setTyped] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  useFocusAgain('factor-code', act.error);
  const go = async (text: string): Promise<void> => {
    const code = digitsOf(text);
    setProblems(code.length === 6 ? [] : [{ field: 'factor-code', message: t('factor.error') }]);
    if (code.length !== 6 || act.busy) return;
    if (!(await send(code))) setTyped('');
  };
  return (
    <Question problems={problems} submit={() => void go(typed)}>
      <TextInput
        id="factor-code"
        className="factor-code"
        label={label}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={9}
        data-autofocus
        value={typed}
        error={problems[0]?.message}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          // Not while an input method is still composing.
          if (digitsOf(text).length === 6 && !(event.nativeEvent as InputEvent).isComposing) void go(text);
        }}
      />
      {act.error && problems.length === 0 && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {submit}
      </Button>
      <Progress act={act} />
    </Question>
  );
}

const digitsOf = (text: string): string => text.normalize('NFKC').replaceAll(/\D/g, '');

function Show() {
  const { t } = useTranslation('work');
  const act = useAct('POST /api/factor/show', 'factor-show', { unwritten: true });
  const send = async (code: string): Promise<boolean> => {
    const shown = await act.run(shownHere(code));
    if (shown) factor.set(false);
    return shown !== undefined;
  };
  return (
    <Page title={t('factor.title')} lead={t('factor.lead')}>
      <CodeForm label={t('factor.code')} act={act} send={send} submit={t('factor.submit')} />
      <section>
        <h2>{t('factor.lostTitle')}</h2>
        <p>{t('factor.lost')}</p>
      </section>
    </Page>
  );
}

/** `code`: of the authenticator that is replaced. */
function SetUp({ back, done }: { readonly back?: string; readonly done?: () => void }) {
  const { t } = useTranslation('work');
  const begin = useAct('POST /api/factor/enrolment', 'factor-begin', { unwritten: true });
  const [begun, setBegun] = useState<Enrolment>();
  const start = async (code?: string): Promise<boolean> => {
    const got = await begin.run({ body: code ? { code } : {} });
    if (got) setBegun(got);
    return got !== undefined;
  };
  const around = (children: ReactNode) => (
    <Page
      title={t(back ? 'factor.replaceTitle' : 'factor.setTitle')}
      lead={t('factor.setLead')}
      {...(back && { back })}
    >
      {children}
    </Page>
  );
  if (begun) return around(<Confirm begun={begun} done={done} />);
  if (back) {
    return around(<CodeForm label={t('factor.presentCode')} act={begin} send={start} submit={t('factor.next')} />);
  }
  return around(
    <>
      <ul className="bullets">
        <li>{t('factor.which.phone')}</li>
        <li>{t('factor.which.token')}</li>
      </ul>
      {begin.error && <ActionError error={begin.error} />}
      <div>
        <Button loading={begin.busy} onClick={() => void start()}>
          {t('factor.begin')}
        </Button>
      </div>
      <Progress act={begin} />
    </>,
  );
}

function Confirm({ begun, done }: { readonly begun: Enrolment; readonly done: (() => void) | undefined }) {
  const { t } = useTranslation('work');
  const act = useAct('POST /api/factor/confirm', 'factor-confirm', { unwritten: true });
  const send = async (code: string): Promise<boolean> => {
    const shown = await act.run(shownHere(code));
    if (shown) {
      factor.set(false);
      done?.();
    }
    return shown !== undefined;
  };
  return (
    <div className="factor-set">
      <p>{t('factor.scan')}</p>
      <Qr modules={qrModules(begun.uri)} label={t('factor.qr')} />
      <p>
        {t('factor.type')}
        <br />
        <span className="factor-secret">{begun.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>
      </p>
      <CodeForm label={t('factor.newCode')} act={act} send={send} submit={t('factor.confirm')} />
    </div>
  );
}

/** One's own authenticator: since when, and another in its place. */
export function FactorPage() {
  const { t } = useTranslation('work');
  return <SignedIn title={t('factor.mine')}>{(me) => (me.roles.length > 0 ? <Own /> : <NoRole />)}</SignedIn>;
}

function NoRole() {
  const { t } = useTranslation('work');
  return (
    <Page title={t('factor.mine')} back="/mine/settings">
      <Empty title={t('factor.noRole')} />
    </Page>
  );
}

function Own() {
  const { t } = useTranslation('work');
  const mine = useApi('GET /api/factor', {});
  const navigate = useNavigate();
  const [replacing, setReplacing] = useState(false);
  if (!mine.data) {
    return (
      <Page title={t('factor.mine')} back="/mine/settings">
        {mine.error ? <LoadError error={mine.error} retry={() => void mine.refetch()} /> : <Loading />}
      </Page>
    );
  }
  if (replacing) return <SetUp back="/staff/factor" done={() => setReplacing(false)} />;
  if (!mine.data.set) return <SetUp back="" done={() => void navigate('/staff/factor', { replace: true })} />;
  return <Status mine={mine.data} replace={() => setReplacing(true)} />;
}

function Status({ mine, replace }: { readonly mine: Factor; readonly replace: () => void }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  return (
    <Page title={t('factor.mine')} back="/mine/settings">
      <p>{t('factor.since', { when: moment(mine.since ?? '', browserZone, language) })}</p>
      {mine.shown && mine.until && <p>{t('factor.until', { when: moment(mine.until, browserZone, language) })}</p>}
      <div>
        <Button variant="default" onClick={replace}>
          {t('factor.replace')}
        </Button>
      </div>
      <section>
        <h2>{t('factor.lostTitle')}</h2>
        <p>{t('factor.lost')}</p>
      </section>
    </Page>
  );
}
