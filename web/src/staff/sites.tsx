import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { hasRole } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { ArrowIcon, BoardIcon, HandsIcon, MessageIcon, PersonIcon, PinIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { useMySites, Work } from './frame.tsx';

export function SitesPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('staff.title')}>
      {(me) => <Sites me={me} />}
    </Work>
  );
}

function Sites({ me }: { readonly me: Person }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { sites, query } = useMySites(me);
  return (
    <Page title={t('staff.title')} lead={t('staff.lead')}>
      {query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : !sites ? (
        <Loading />
      ) : sites.length === 0 ? (
        <Empty title={t('staff.none')} />
      ) : (
        <ul className="menu">
          {sites.map((site) => (
            <li key={site.siteId}>
              <Link to={`/staff/${site.siteId}`}>
                <PinIcon />
                <span>{site.name[language]}</span>
                <ArrowIcon size={18} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <ul className="menu">
        {(sites?.length ?? 0) > 1 && (
          <li>
            <Link to="/staff/figures">
              <BoardIcon />
              <span>{t('figures.sites.title')}</span>
              <ArrowIcon size={18} />
            </Link>
          </li>
        )}
        {hasRole(me, 'admin') && (
          <li>
            <Link to="/staff/roles">
              <PersonIcon />
              <span>{t('roles.title')}</span>
              <ArrowIcon size={18} />
            </Link>
          </li>
        )}
        {hasRole(me, 'admin') && (
          <li>
            <Link to="/staff/stars">
              <HandsIcon />
              <span>{t('hours.stars.menu')}</span>
              <ArrowIcon size={18} />
            </Link>
          </li>
        )}
        <li>
          <Link to="/staff/messages">
            <MessageIcon />
            <span>{t('staff.messages')}</span>
            <ArrowIcon size={18} />
          </Link>
        </li>
      </ul>
    </Page>
  );
}
