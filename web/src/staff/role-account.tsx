import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Act, useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { moment } from '../lib/time.ts';
import { BirthDateFields, birthDateOf, NO_DATE } from '../ui/birth-date-fields.tsx';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  Empty,
  ErrorSummary,
  type FieldProblem,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { Known, type KnownBy, knownProblems } from './person-known.tsx';
import type { Candidate } from './role-new.tsx';
import { browserZone, type Holder, useHolder } from './roles.tsx';
import { toast } from './toast.ts';

/** Asks another admin for a change of how somebody with a role is let in. */
function Asking({ title, form }: { readonly title: string; readonly form: (holder: Holder) => ReactNode }) {
  const { t } = useTranslation('work');
  const { personId, roles, holders, settled } = useHolder();
  const [first] = roles;
  return (
    <Page title={title} lead={t('roles.ask.lead')} back={`/staff/roles/${personId}`}>
      {holders.error && !holders.data ? (
        <LoadError error={holders.error} retry={() => void holders.refetch()} />
      ) : !first && !settled ? (
        <Loading />
      ) : !first || first.isMe ? (
        <Empty title={t(first ? 'roles.person.own' : 'roles.person.none')} />
      ) : (
        form(first)
      )}
    </Page>
  );
}

const Who = ({ holder }: { readonly holder: Holder }) => {
  const { t } = useTranslation('work');
  return (
    <p>
      <b>{holder.name || t('roles.noName')}</b>{' '}
      <span className="muted">{t('desk.people.last4', { digits: holder.phoneLast4 })}</span>
    </p>
  );
};

export function AskPhonePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="admin" title={t('roles.ask.phoneTitle')}>
      {() => <Asking title={t('roles.ask.phoneTitle')} form={(holder) => <AskPhone holder={holder} />} />}
    </Work>
  );
}

function AskPhone({ holder }: { readonly holder: Holder }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const [phone, setPhone] = useState('');
  const [knownBy, setKnownBy] = useState<KnownBy | ''>('');
  const [reason, setReason] = useState('');
  const [others, setOthers] = useState<readonly Candidate[]>([]);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const look = useAct('POST /api/roles/people/find', 'find-candidate', { unwritten: true });
  const act = useAct('POST /api/roles/changes/phone', `ask-phone:${holder.personId}`, { unwritten: true });
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;
  const send = async (besides: readonly Candidate[]): Promise<void> => {
    const wrong: FieldProblem[] = [
      ...(phone.trim() ? [] : [{ field: 'new-phone', message: t('desk.phone.error.phone') }]),
      ...knownProblems(t, knownBy, reason),
    ];
    setProblems(wrong);
    if (wrong.length > 0 || !knownBy) return;
    const seen = await look.run({ body: { phone: phone.trim() } });
    if (!seen) return;
    if (seen.items.some((it) => it.personId === holder.personId)) {
      setProblems([{ field: 'new-phone', message: t('roles.ask.same') }]);
      return;
    }
    const unseen = seen.items.filter((it) => !besides.some((known) => known.personId === it.personId));
    setOthers(unseen.length > 0 ? seen.items : []);
    if (unseen.length > 0) return;
    const done = await act.run({
      body: {
        personId: holder.personId,
        phone: phone.trim(),
        was: holder.phoneLast4,
        knownBy,
        reason: reason.trim(),
        besides: besides.map(({ personId }) => personId),
      },
    });
    if (!done) return;
    toast(t('roles.ask.done'));
    await navigate('/staff/roles/changes', { replace: true });
  };
  return (
    <form
      noValidate
      className="question"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send([]);
      }}
    >
      <ErrorSummary problems={problems} />
      <Who holder={holder} />
      <TextInput
        id="new-phone"
        label={t('roles.ask.phone')}
        description={t('roles.ask.phoneHint')}
        inputMode="tel"
        autoComplete="off"
        maxLength={30}
        value={phone}
        onChange={(event) => {
          setPhone(event.currentTarget.value);
          setOthers([]);
        }}
        error={errorOf('new-phone')}
      />
      <Known
        knownBy={knownBy}
        setKnownBy={setKnownBy}
        reason={reason}
        setReason={setReason}
        label={t('desk.phone.reason')}
        errorOf={errorOf}
      />
      {look.error && <ActionError error={look.error} />}
      {act.error && <ActionError error={act.error} />}
      {others.length > 0 ? (
        <div className="notice notice-bad" role="alert">
          <div>
            <p>{t('roles.ask.known', { names: others.map(({ name }) => name).join('、') })}</p>
            <Button loading={act.busy || look.busy} onClick={() => void send(others)}>
              {t('roles.ask.another')}
            </Button>
          </div>
        </div>
      ) : (
        <Button type="submit" loading={act.busy || look.busy}>
          {t('roles.ask.submit')}
        </Button>
      )}
      <Progress act={act} />
    </form>
  );
}

export function AskFactPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="admin" title={t('roles.ask.factTitle')}>
      {() => <Asking title={t('roles.ask.factTitle')} form={(holder) => <AskFact holder={holder} />} />}
    </Work>
  );
}

/** What two admins decide of an account but for its number: who it is about, how that is known, and why. */
function AskForm({
  holder,
  label,
  act,
  faults,
  send,
  children,
}: {
  readonly holder: Holder;
  /** Of the reason. */
  readonly label: string;
  readonly act: Pick<Act<never>, 'busy' | 'attempt' | 'error'>;
  /** What is wrong with its own fields. */
  readonly faults?: () => readonly FieldProblem[];
  readonly send: (asked: { personId: string; knownBy: KnownBy; reason: string }) => Promise<unknown>;
  readonly children: (errorOf: (field: string) => string | undefined) => ReactNode;
}) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const [knownBy, setKnownBy] = useState<KnownBy | ''>('');
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wrong = [...(faults?.() ?? []), ...knownProblems(t, knownBy, reason)];
    setProblems(wrong);
    if (wrong.length > 0 || !knownBy) return;
    if (!(await send({ personId: holder.personId, knownBy, reason: reason.trim() }))) return;
    toast(t('roles.ask.done'));
    await navigate('/staff/roles/changes', { replace: true });
  };
  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      <Who holder={holder} />
      {children(errorOf)}
      <Known
        knownBy={knownBy}
        setKnownBy={setKnownBy}
        reason={reason}
        setReason={setReason}
        label={label}
        errorOf={errorOf}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('roles.ask.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}

function AskFact({ holder }: { readonly holder: Holder }) {
  const { t } = useTranslation('work');
  const [date, setDate] = useState(NO_DATE);
  const [lastFour, setLastFour] = useState('');
  const act = useAct('POST /api/roles/changes/second-fact', `ask-fact:${holder.personId}`, { unwritten: true });
  const birthDate = birthDateOf(date);
  const four = lastFour.normalize('NFKC').trim();
  return (
    <AskForm
      holder={holder}
      label={t('desk.fact.reason')}
      act={act}
      faults={() => [
        ...(birthDate ? [] : [{ field: 'year', message: t('desk.fact.error.birthDate') }]),
        ...(/^\d{3}[\dXx]$/.test(four) ? [] : [{ field: 'last-four', message: t('desk.fact.error.lastFour') }]),
      ]}
      send={async (asked) => birthDate && (await act.run({ body: { ...asked, birthDate, lastFour: four } }))}
    >
      {(errorOf) => (
        <>
          <BirthDateFields value={date} set={setDate} error={errorOf('year')} labelled />
          <TextInput
            id="last-four"
            className="short-field"
            label={t('desk.fact.lastFour')}
            autoComplete="off"
            maxLength={4}
            value={lastFour}
            onChange={(event) => setLastFour(event.currentTarget.value)}
            error={errorOf('last-four')}
          />
        </>
      )}
    </AskForm>
  );
}

export function AskFactorPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="admin" title={t('roles.ask.factorTitle')}>
      {() => <Asking title={t('roles.ask.factorTitle')} form={(holder) => <AskFactor holder={holder} />} />}
    </Work>
  );
}

function AskFactor({ holder }: { readonly holder: Holder }) {
  const { t } = useTranslation('work');
  const act = useAct('POST /api/roles/changes/second-factor', `ask-factor:${holder.personId}`, { unwritten: true });
  return (
    <AskForm
      holder={holder}
      label={t('roles.ask.factorReason')}
      act={act}
      send={async (asked) => await act.run({ body: asked })}
    >
      {() => <p>{t('roles.ask.factorLead')}</p>}
    </AskForm>
  );
}

export function AccountChangesPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="admin" title={t('roles.change.title')}>
      {() => <Changes />}
    </Work>
  );
}

type Change = CallOutput<'GET /api/roles/changes'>['items'][number];

function Changes() {
  const { t } = useTranslation('work');
  const changes = useApi('GET /api/roles/changes', {});
  return (
    <Page title={t('roles.change.title')} lead={t('roles.change.lead')} back="/staff/roles">
      {changes.error && !changes.data ? (
        <LoadError error={changes.error} retry={() => void changes.refetch()} />
      ) : !changes.data ? (
        <Loading />
      ) : changes.data.items.length === 0 ? (
        <Empty title={t('roles.change.empty')} />
      ) : (
        changes.data.items.map((change) => <OneChange key={change.changeId} change={change} />)
      )}
    </Page>
  );
}

function OneChange({ change }: { readonly change: Change }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { changeId, version, status } = change;
  const approve = useAct('POST /api/roles/changes/{changeId}/approve', `approve-account:${changeId}`);
  const reject = useAct('POST /api/roles/changes/{changeId}/reject', `reject-account:${changeId}`);
  const error = approve.error ?? reject.error;
  const input = { params: { changeId }, body: { version } };
  const what = t(`roles.change.what.${change.what}`);
  const name = change.name || t('roles.noName');
  const when = (at: string): string => moment(at, browserZone, language);
  return (
    <section className="card stack" aria-label={`${what} ${name}`}>
      <h2 className="card-title">
        {what} · {name} <span className="tag">{t(`roles.change.status.${status}`)}</span>
      </h2>
      {change.phoneLast4 && (
        <p>
          {change.was
            ? t('roles.change.numbers', { was: change.was, now: change.phoneLast4 })
            : t('roles.change.numbersNew', { now: change.phoneLast4 })}
        </p>
      )}
      <blockquote className="said">{change.reason}</blockquote>
      <p className="small muted">
        {[
          t(`roles.change.knownBy.${change.knownBy}`),
          t('roles.change.asked', { name: change.askedBy || t('staff.somebody'), when: when(change.askedAt) }),
          ...(status === 'asked' ? [t('roles.change.until', { when: when(change.until) })] : []),
          ...((status === 'approved' || status === 'rejected') && change.decidedAt
            ? [
                t(`roles.change.decided.${status}`, {
                  name: change.decidedBy || t('staff.somebody'),
                  when: when(change.decidedAt),
                }),
              ]
            : []),
        ].join(' · ')}
      </p>
      {error && <ActionError error={error} />}
      {status === 'asked' && (
        <div className="board-acts">
          {change.mayApprove ? (
            <Button
              color="pine"
              loading={approve.busy}
              aria-label={t('roles.change.approveFor', { what, name })}
              onClick={() => void approve.run(input).then((done) => done && toast(t('roles.change.approved')))}
            >
              {t('roles.change.approve')}
            </Button>
          ) : (
            <p className="strong">{t('roles.change.mine')}</p>
          )}
          <Button
            variant="default"
            loading={reject.busy}
            aria-label={t('roles.change.rejectFor', { what, name })}
            onClick={() => void reject.run(input).then((done) => done && toast(t('roles.change.rejected')))}
          >
            {t('roles.change.reject')}
          </Button>
        </div>
      )}
      <Progress act={approve} />
    </section>
  );
}
