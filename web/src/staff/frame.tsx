import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Notification.layer.css';
import '@mantine/notifications/styles.layer.css';
import '../styles/work.css';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { hasRole, useApi } from '../api/hooks.ts';
import type { Person, Site } from '../api/types.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LinkButton } from '../ui/states.tsx';

/** What only somebody with the role may see; the service checks again at each request. */
export function Work({
  needs,
  title,
  children,
}: {
  readonly needs: 'staff' | 'organiser' | 'auditor';
  readonly title: string;
  readonly children: (me: Person) => ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Notifications position="bottom-right" autoClose={5000} limit={2} />
      <SignedIn title={title}>
        {(me) =>
          hasRole(me, needs) || (needs === 'staff' && hasRole(me, 'admin')) ? (
            children(me)
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

/** Sites in a person's care. */
export function useMySites(me: Person): { sites: Site[] | undefined; query: ReturnType<typeof useSites> } {
  const query = useSites();
  const all = hasRole(me, 'admin');
  const mine = new Set(me.roles.flatMap(({ role, scope }) => (role === 'staff' && scope ? [scope] : [])));
  return { sites: query.data?.items.filter((site) => all || mine.has(site.siteId)), query };
}

const useSites = () => useApi('GET /api/sites', {}, { staleTime: 60_000 });

/** The parts of a site's desk. */
export function DeskTabs({ siteId, date }: { readonly siteId: string; readonly date: string }) {
  const { t } = useTranslation('work');
  return (
    <nav className="desk-tabs" aria-label={t('staff.sections')}>
      <NavLink to={`/staff/${siteId}?date=${date}`} end>
        {t('staff.roster')}
      </NavLink>
      <NavLink to={`/staff/${siteId}/places?date=${date}`}>{t('staff.places')}</NavLink>
      <NavLink to={`/staff/${siteId}/waiting?date=${date}`}>{t('line.title')}</NavLink>
      <NavLink to={`/staff/${siteId}/schedule`}>{t('schedule.title')}</NavLink>
      <NavLink to={`/staff/${siteId}/closures`}>{t('closures.title')}</NavLink>
      <NavLink to={`/staff/${siteId}/units?date=${date}`}>{t('staff.units')}</NavLink>
      <NavLink to={`/staff/${siteId}/batch`}>{t('batch.title')}</NavLink>
      <NavLink to={`/staff/${siteId}/results?date=${date}`}>{t('laboratory.title')}</NavLink>
      <NavLink to={`/staff/${siteId}/holds`}>{t('staff.holds')}</NavLink>
      <NavLink to={`/staff/${siteId}/doubts`}>{t('doubts.title')}</NavLink>
      <NavLink to={`/staff/${siteId}/merges`}>{t('identity.merge.tab')}</NavLink>
      <NavLink to={`/staff/${siteId}/files`}>{t('files.title')}</NavLink>
      <NavLink to="/staff/messages">{t('staff.messages')}</NavLink>
      <NavLink to={`/staff/${siteId}/settings`}>{t('settings.title')}</NavLink>
    </nav>
  );
}
