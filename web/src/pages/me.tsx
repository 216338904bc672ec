import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dialled } from '../../../shared/domain/phone.ts';
import { hasRole } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { SignedIn } from '../ui/gate.tsx';
import {
  ArrowIcon,
  BoardIcon,
  CalendarIcon,
  DropIcon,
  HandsIcon,
  MessageIcon,
  PassIcon,
  PersonIcon,
  PinIcon,
  SettingsIcon,
  TickIcon,
} from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { SignOutButton } from '../ui/sign-out-button.tsx';
import { LinkButton } from '../ui/states.tsx';

/** Everything that is mine, one line each; the work of staff and organisers where it applies. */
export function MePage() {
  const { t } = useTranslation();
  return <SignedIn title={t('me.title')}>{(me) => <Mine me={me} />}</SignedIn>;
}

function Mine({ me }: { readonly me: Person }) {
  const { t } = useTranslation();
  const staff = hasRole(me, 'staff') || hasRole(me, 'admin');
  const organiser = hasRole(me, 'organiser');
  const auditor = hasRole(me, 'auditor');
  return (
    <Page title={me.name ?? t('me.title')} lead={dialled(me.phone)}>
      <ul className="menu">
        <Line to="/bookings" icon={<CalendarIcon />}>
          {t('nav.bookings')}
        </Line>
        <Line to="/pass" icon={<PassIcon />}>
          {t('nav.pass')}
        </Line>
        <Line to="/ledger" icon={<DropIcon />}>
          {t('nav.ledger')}
        </Line>
        <Line to="/precheck" icon={<TickIcon />}>
          {t('nav.precheck')}
        </Line>
        <Line to="/precheck/elsewhere" icon={<PinIcon />}>
          {t('nav.elsewhere')}
        </Line>
        <Line to="/messages" icon={<MessageIcon />}>
          {t('nav.messages')}
        </Line>
        <Line to="/profile" icon={<PersonIcon />}>
          {t('nav.profile')}
        </Line>
        <Line to="/mine/skills" icon={<HandsIcon />}>
          {t('nav.skills')}
        </Line>
        <Line to="/precheck/consents" icon={<TickIcon />}>
          {t('nav.consents')}
        </Line>
        <Line to="/mine/settings" icon={<SettingsIcon />}>
          {t('nav.settings')}
        </Line>
      </ul>
      {!me.secondFact && (
        <div className="card">
          <p>{t('me.protect')}</p>
          <LinkButton to="/mine/second-fact?return=%2Fme" variant="default">
            {t('me.protectLink')}
          </LinkButton>
        </div>
      )}
      {(staff || organiser || auditor) && (
        <>
          <h2>{t('me.work')}</h2>
          <ul className="menu">
            {staff && (
              <Line to="/staff" icon={<BoardIcon />}>
                {t('nav.staff')}
              </Line>
            )}
            {organiser && (
              <Line to="/organise" icon={<HandsIcon />}>
                {t('nav.organise')}
              </Line>
            )}
            {auditor && (
              <Line to="/staff/audit" icon={<TickIcon />}>
                {t('nav.audit')}
              </Line>
            )}
          </ul>
        </>
      )}
      <SignOutButton me={me} />
    </Page>
  );
}

function Line({ to, icon, children }: { readonly to: string; readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <li>
      <Link to={to}>
        {icon}
        <span>{children}</span>
        <ArrowIcon size={18} />
      </Link>
    </li>
  );
}
