import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Notification.layer.css';
import '@mantine/notifications/styles.layer.css';
import '../styles/work.css';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { hasRole, useApi } from '../api/hooks.ts';
import type { Person, Site } from '../api/types.ts';
import { useFactorNeeded } from '../auth/factor.ts';
import { useOnline } from '../lib/online.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton } from '../ui/states.tsx';
import { FactorGate } from './factor.tsx';

/** What only somebody with the role may see; the service checks again at each request. */
export function Work({
  needs,
  title,
  children,
}: {
  /** An admin does what staff do, and looks after every organisation's hours. */
  readonly needs: 'staff' | 'organiser' | 'organiser-or-admin' | 'auditor' | 'admin';
  readonly title: string;
  readonly children: (me: Person) => ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Notifications position="bottom-right" autoClose={5000} limit={2} />
      <SignedIn title={title}>
        {(me) =>
          mayWork(me, needs) ? (
            <Proved>{children(me)}</Proved>
          ) : (
            <Page title={title}>
              <Empty title={t('error.code.forbidden')}>
                <LinkButton to="/">{t('notFound.home')}</LinkButton>
              </Empty>
            </Page>
          )
        }
      </SignedIn>
    </>
  );
}

/**
 * When the service asks for the second factor, that is all there is to see, whatever the page; what was typed on it is still
 * there afterwards. A page that goes on without a line goes on without the factor for as long: nobody can show it then.
 */
export function Proved({
  goesOnOffline = false,
  children,
}: {
  readonly goesOnOffline?: boolean;
  readonly children: ReactNode;
}) {
  const online = useOnline();
  const needed = useFactorNeeded() && (online || !goesOnOffline);
  return (
    <>
      {needed && <FactorGate />}
      <div className="behind" hidden={needed}>
        {children}
      </div>
    </>
  );
}

const mayWork = (me: Person, needs: Parameters<typeof Work>[0]['needs']): boolean =>
  needs === 'organiser-or-admin'
    ? hasRole(me, 'organiser') || hasRole(me, 'admin')
    : hasRole(me, needs) || (needs === 'staff' && hasRole(me, 'admin'));

/** Sites in a person's care. */
export function useMySites(me: Person): { sites: Site[] | undefined; query: ReturnType<typeof useSites> } {
  const query = useSites();
  const all = hasRole(me, 'admin');
  const mine = new Set(me.roles.flatMap(({ role, scope }) => (role === 'staff' && scope ? [scope] : [])));
  return { sites: query.data?.items.filter((site) => all || mine.has(site.siteId)), query };
}

const useSites = () => useApi('GET /api/sites', {}, { staleTime: 60_000 });

/**
 * The parts of a site's desk: the five that are open all day stand side by side, the others are one step away. Whoever is at
 * one of those sees its name on the way back to them.
 */
export function DeskTabs({ siteId, date }: { readonly siteId: string; readonly date: string }) {
  const { t } = useTranslation('work');
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const own = (part: string, query = '') => `/staff/${siteId}/${part}${query}`;
  const more = [
    {
      title: t('staff.groups.blood'),
      links: [
        { to: own('results', `?date=${date}`), label: t('laboratory.title') },
        { to: own('holds'), label: t('staff.holds') },
        { to: own('doubts'), label: t('doubts.title') },
        { to: own('recalls'), label: t('recall.title') },
      ],
    },
    {
      title: t('staff.groups.plan'),
      links: [
        { to: own('schedule'), label: t('schedule.title') },
        { to: own('closures'), label: t('closures.title') },
        { to: own('blocks'), label: t('blocks.title') },
        { to: own('drives'), label: t('drives.title') },
        { to: own('calls'), label: t('calls.title') },
      ],
    },
    {
      title: t('staff.groups.keep'),
      links: [
        { to: own('figures'), label: t('figures.title') },
        { to: own('merges'), label: t('identity.merge.tab') },
        { to: own('files'), label: t('files.title') },
        { to: '/staff/messages', label: t('staff.messages') },
        { to: own('settings'), label: t('settings.title') },
        { to: own('station'), label: t('station.setTitle') },
      ],
    },
  ];
  const here = more
    .flatMap(({ links }) => links)
    .find(({ to }) => `${pathname}/`.startsWith(`${to.replace(/\?.*/, '')}/`));
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('focusin', close);
    };
  }, [open]);
  return (
    <nav className="desk-tabs" aria-label={t('staff.sections')}>
      <NavLink to={`/staff/${siteId}?date=${date}`} end>
        {t('staff.roster')}
      </NavLink>
      <NavLink to={own('places', `?date=${date}`)}>{t('staff.places')}</NavLink>
      <NavLink to={own('waiting', `?date=${date}`)}>{t('line.title')}</NavLink>
      <NavLink to={own('units', `?date=${date}`)}>{t('staff.units')}</NavLink>
      <NavLink to={own('batch')}>{t('batch.title')}</NavLink>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what its button has opened, wherever in it the focus is */}
      <div
        className="desk-more"
        ref={box}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return;
          setOpen(false);
          opener.current?.focus();
        }}
      >
        <button
          type="button"
          ref={opener}
          className={here ? 'active' : undefined}
          aria-expanded={open}
          aria-controls="desk-more"
          onClick={() => setOpen(!open)}
        >
          <span>{here ? t('staff.moreAt', { here: here.label }) : t('staff.more')}</span>
        </button>
        <div id="desk-more" className="desk-more-panel" hidden={!open}>
          {more.map(({ title, links }) => (
            <div key={title}>
              <p className="small muted">{title}</p>
              <ul className="plain">
                {links.map(({ to, label }) => (
                  <li key={to}>
                    <NavLink to={to} onClick={() => setOpen(false)}>
                      {label}
                    </NavLink>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </div>
    </nav>
  );
}
