import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { useRefused } from '../ui/use-refused.ts';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { type Held, useHeld, useScopes } from './roles.tsx';
import { toast } from './toast.ts';

export type Candidate = CallOutput<'POST /api/roles/people/find'>['items'][number];
const ROLES = ['staff', 'organiser', 'auditor', 'admin'] as const;

export function RoleNewPage() {
  const { t } = useTranslation('work');
  const [chosen, setChosen] = useState<Candidate>();
  return (
    <Work needs="admin" title={t('roles.new.title')}>
      {() => (
        <Page title={t('roles.new.title')} lead={t('roles.new.lead')} back="/staff/roles">
          {chosen ? <Give to={chosen} other={() => setChosen(undefined)} /> : <Find choose={setChosen} />}
        </Page>
      )}
    </Work>
  );
}

/** By their number. What is typed is kept nowhere on this device. */
function Find({ choose }: { readonly choose: (candidate: Candidate) => void }) {
  const { t } = useTranslation('work');
  const scopes = useScopes();
  const said = useHeld(scopes.data);
  const [phone, setPhone] = useState('');
  const [found, setFound] = useState<readonly Candidate[]>();
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/roles/people/find', 'find-candidate', { unwritten: true });
  const refused = useRefused({ phone: { field: 'candidate-phone', label: t('roles.new.phone') } }, act.error);
  const told = problems.length > 0 ? problems : refused;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFound(undefined);
    setProblems(phone.trim() ? [] : [{ field: 'candidate-phone', message: t('roles.new.error.phone') }]);
    if (!phone.trim()) return;
    const done = await act.run({ body: { phone: phone.trim() } });
    if (done) setFound(done.items);
  };
  return (
    <>
      <form noValidate className="question" onSubmit={(event) => void submit(event)}>
        <ErrorSummary problems={told} />
        <TextInput
          id="candidate-phone"
          label={t('roles.new.phone')}
          inputMode="tel"
          autoComplete="off"
          maxLength={30}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
          error={told[0]?.message}
        />
        {act.error && refused.length === 0 && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t('roles.new.find')}
        </Button>
        <Progress act={act} />
      </form>
      {found && (
        <section aria-labelledby="found" aria-live="polite">
          <h2 id="found">{t('roles.new.found')}</h2>
          {found.length === 0 && <p>{t('roles.new.none')}</p>}
          <ul className="plain people-list">
            {found.map((person) => (
              <li key={person.personId}>
                <span>
                  <b>{person.name}</b>{' '}
                  <span className="muted">{t('desk.people.last4', { digits: person.phoneLast4 })}</span>
                  <br />
                  <span className="small muted">
                    {person.roles.length > 0
                      ? t('roles.new.holds', { roles: person.roles.map(said).join('、') })
                      : t('roles.new.holdsNone')}
                  </span>
                </span>
                {person.isMe ? (
                  <span className="small">{t('roles.new.self')}</span>
                ) : (
                  <Button
                    size="sm"
                    onClick={() => choose(person)}
                    aria-label={t('roles.new.chooseFor', { name: person.name })}
                  >
                    {t('roles.new.choose')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Give({ to, other }: { readonly to: Candidate; readonly other: () => void }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const navigate = useNavigate();
  const scopes = useScopes();
  const said = useHeld(scopes.data);
  const [role, setRole] = useState<Held['role'] | ''>('');
  const [scope, setScope] = useState('');
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/roles/grant', `grant:${to.personId}`, { unwritten: true });
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;
  if (!scopes.data) return <Loading />;
  const places =
    role === 'staff'
      ? scopes.data.sites.map((site) => ({ value: site.siteId, label: site.name[language] }))
      : role === 'organiser'
        ? scopes.data.organisations.map((it) => ({ value: it.organisationId, label: it.name[language] }))
        : undefined;
  const of = places ? scope : 'ALL';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wrong: FieldProblem[] = [
      ...(role ? [] : [{ field: 'role-staff', message: t('roles.new.error.role') }]),
      ...(role && !of ? [{ field: 'scope', message: t('roles.new.error.scope') }] : []),
      ...(reason.trim() ? [] : [{ field: 'reason', message: t('roles.new.error.reason') }]),
    ];
    setProblems(wrong);
    if (wrong.length > 0 || !role) return;
    const done = await act.run({ body: { personId: to.personId, role, scope: of, reason: reason.trim() } });
    if (!done) return;
    toast(t('roles.new.done', { what: said({ role, scope: of }) }));
    await navigate('/staff/roles', { replace: true });
  };
  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      <p>
        <b>{t('roles.new.chosen', { name: to.name, digits: to.phoneLast4 })}</b>{' '}
        <Button size="compact-sm" variant="subtle" onClick={other}>
          {t('roles.new.change')}
        </Button>
      </p>
      <Options
        legend={t('roles.new.role')}
        name="role"
        value={role}
        options={ROLES.map((value) => ({
          value,
          label: `${t(`roles.role.${value}`)}: ${t(`roles.roleHint.${value}`)}`,
        }))}
        choose={(value) => {
          setRole(value as Held['role']);
          setScope('');
        }}
        error={errorOf('role-staff')}
      />
      {places && (
        <NativeSelect
          id="scope"
          label={t(role === 'staff' ? 'roles.new.site' : 'roles.new.organisation')}
          value={scope}
          onChange={(event) => setScope(event.currentTarget.value)}
          data={[{ value: '', label: t('roles.new.pick') }, ...places]}
          error={errorOf('scope')}
        />
      )}
      <TextInput
        id="reason"
        label={t('roles.new.reason')}
        description={t('roles.new.reasonHint')}
        autoComplete="off"
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={errorOf('reason')}
      />
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('roles.new.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
