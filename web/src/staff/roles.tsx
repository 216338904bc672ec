import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAct, useApi, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { moment } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';

export type Holder = CallOutput<'GET /api/roles'>['items'][number];
export type Held = Pick<Holder, 'role' | 'scope'>;
type Scopes = CallOutput<'GET /api/roles/scopes'>;

/** Everybody who has a role: as many pages as there are, for a page that shows them whole. */
export function useHolders() {
  const pages = usePages('GET /api/roles', { query: { limit: 100 } });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return pages;
}

export const useScopes = () => useApi('GET /api/roles/scopes', {}, { staleTime: 60_000 });

/** A role and what it is of, in words. */
export function useHeld(scopes: Scopes | undefined): (held: Held) => string {
  const { t } = useTranslation('work');
  const language = useLanguage();
  return ({ role, scope }) => {
    const place =
      scopes?.sites.find(({ siteId }) => siteId === scope) ??
      scopes?.organisations.find(({ organisationId }) => organisationId === scope);
    if (scope === 'ALL') return t(`roles.role.${role}`);
    return t('roles.held', { role: t(`roles.role.${role}`), scope: place?.name[language] ?? scope });
  };
}

export function RolesPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="admin" title={t('roles.title')}>
      {() => <People />}
    </Work>
  );
}

function People() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const holders = useHolders();
  const scopes = useScopes();
  const changes = useApi('GET /api/roles/changes', {});
  const said = useHeld(scopes.data);
  const [scope, setScope] = useState('');
  const [name, setName] = useState('');
  const waiting = changes.data?.items.filter(({ status }) => status === 'asked').length ?? 0;
  const people = [...groupBy(holders.items, ({ personId }) => personId).values()].filter(
    (roles) =>
      (!scope || roles.some((role) => role.scope === scope)) &&
      (roles[0]?.name ?? '').toLowerCase().includes(name.trim().toLowerCase()),
  );
  const failed = holders.data ? undefined : (holders.error ?? undefined);
  return (
    <Page title={t('roles.title')} lead={t('roles.lead')} eyebrow={t('staff.title')} back="/staff" wide>
      <div className="day-tools">
        <Button component={Link} to="/staff/roles/new">
          {t('roles.grant')}
        </Button>
        <Button variant="default" component={Link} to="/staff/roles/changes">
          {waiting > 0 ? t('roles.changesCount', { count: waiting }) : t('roles.changes')}
        </Button>
      </div>
      <div className="desk-tools">
        <TextInput
          label={t('roles.find')}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('roles.where')}
          value={scope}
          onChange={(event) => setScope(event.currentTarget.value)}
          data={[
            { value: '', label: t('roles.all') },
            ...(scopes.data?.sites ?? []).map((site) => ({ value: site.siteId, label: site.name[language] })),
            ...(scopes.data?.organisations ?? []).map((it) => ({ value: it.organisationId, label: it.name[language] })),
            { value: 'ALL', label: `${t('roles.role.auditor')} · ${t('roles.role.admin')}` },
          ]}
        />
      </div>
      {failed ? (
        <LoadError error={failed} retry={() => void holders.refetch()} />
      ) : !holders.data || !scopes.data ? (
        <Loading lines={5} />
      ) : people.length === 0 ? (
        <Empty title={t('roles.empty')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('roles.title')}</caption>
          <thead>
            <tr>
              {(['person', 'roles', 'act'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`roles.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((roles) => (
              <Row key={roles[0]?.personId} roles={roles} said={said} />
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}

function Row({ roles, said }: { readonly roles: readonly Holder[]; readonly said: (held: Held) => string }) {
  const { t } = useTranslation('work');
  const [first] = roles;
  if (!first) return null;
  const name = first.name || t('roles.noName');
  return (
    <tr>
      <th scope="row">
        {name} {first.isMe && <span className="tag">{t('roles.me')}</span>}{' '}
        <span className="small muted">{t('staff.last4', { digits: first.phoneLast4 })}</span>
      </th>
      <td>
        <span className="board-acts">
          {roles.map((role) => (
            <span key={role.role + role.scope} className="tag">
              {said(role)}
            </span>
          ))}
        </span>
      </td>
      <td>
        <Button
          size="sm"
          variant="default"
          component={Link}
          to={`/staff/roles/${first.personId}`}
          aria-label={t('roles.openFor', { name })}
        >
          {t('roles.open')}
        </Button>
      </td>
    </tr>
  );
}

export function RolePersonPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="admin" title={t('roles.title')}>
      {() => <OnePerson />}
    </Work>
  );
}

/** Somebody with a role, from the list of all of them. */
export function useHolder() {
  const { personId = '' } = useParams();
  const holders = useHolders();
  const roles = holders.items.filter((it) => it.personId === personId);
  return { personId, roles, holders, settled: holders.data !== undefined && !holders.hasNextPage };
}

function OnePerson() {
  const { t } = useTranslation('work');
  const scopes = useScopes();
  const said = useHeld(scopes.data);
  const { personId, roles, holders, settled } = useHolder();
  const [first] = roles;
  return (
    <Page
      title={first ? first.name || t('roles.noName') : t('roles.title')}
      back="/staff/roles"
      {...(first && { lead: t('staff.last4', { digits: first.phoneLast4 }) })}
    >
      {holders.error && !holders.data ? (
        <LoadError error={holders.error} retry={() => void holders.refetch()} />
      ) : !scopes.data || (!first && !settled) ? (
        <Loading />
      ) : !first ? (
        <Empty title={t('roles.person.none')} />
      ) : (
        <>
          <ul className="places-list">
            {roles.map((role) => (
              <Revocable key={role.role + role.scope} role={role} what={said(role)} />
            ))}
          </ul>
          <h2>{t('roles.person.account')}</h2>
          <p>{t(first.isMe ? 'roles.person.own' : 'roles.person.accountLead')}</p>
          {!first.isMe && (
            <div className="day-tools">
              <Button variant="default" component={Link} to={`/staff/roles/${personId}/phone`}>
                {t('roles.person.phone')}
              </Button>
              <Button variant="default" component={Link} to={`/staff/roles/${personId}/second-fact`}>
                {t('roles.person.fact')}
              </Button>
              <Button variant="default" component={Link} to={`/staff/roles/${personId}/second-factor`}>
                {t('roles.person.factor')}
              </Button>
            </div>
          )}
        </>
      )}
    </Page>
  );
}

function Revocable({ role, what }: { readonly role: Holder; readonly what: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState(false);
  const id = `reason-${role.role}-${role.scope}`;
  const act = useAct('POST /api/roles/revoke', `revoke:${role.personId}:${role.role}:${role.scope}`);
  const send = async (): Promise<void> => {
    setWrong(!reason.trim());
    if (!reason.trim()) {
      document.getElementById(id)?.focus();
      return;
    }
    const { personId, scope } = role;
    const done = await act.run({ body: { personId, role: role.role, scope, reason: reason.trim() } });
    if (done) toast(t('roles.person.revoked', { what }));
  };
  return (
    <li>
      <b>{what}</b>
      <span className="small muted">
        {role.since
          ? t('roles.given', { by: role.by || t('staff.somebody'), when: moment(role.since, browserZone, language) })
          : t('roles.byOperator')}
      </span>
      {asked ? (
        <>
          <TextInput
            id={id}
            label={t('roles.new.reason')}
            description={t('roles.new.reasonHint')}
            autoComplete="off"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={wrong && t('roles.new.error.reason')}
          />
          {act.error && <ActionError error={act.error} />}
          <span className="board-acts">
            <Button color="ember" loading={act.busy} onClick={() => void send()}>
              {t('roles.person.sure')}
            </Button>
            <Button variant="default" disabled={act.busy} onClick={() => setAsked(false)}>
              {t('roles.person.keep')}
            </Button>
          </span>
          <Progress act={act} />
        </>
      ) : (
        <Button
          size="sm"
          variant="default"
          onClick={() => setAsked(true)}
          aria-label={t('roles.person.revokeFor', { what })}
        >
          {t('roles.person.revoke')}
        </Button>
      )}
    </li>
  );
}

/** Roles are of no place, so that what is said of them is in the reader's own time. */
export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
