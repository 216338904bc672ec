import '../../service/service.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useParams } from 'react-router';
import { hasRole } from '../../api/hooks.ts';
import { Work } from '../../staff/frame.tsx';
import { Page } from '../../ui/page.tsx';
import { useLanguage } from '../../ui/states.tsx';
import { useOrganisations } from '../use-mine.ts';

const PARTS = ['', 'requests', 'export', 'settings'] as const;
const NAMES = { '': 'overview', requests: 'requests', export: 'export', settings: 'settings' } as const;

/** A page about an organisation's hours, beside the others about them. */
export function HoursPage({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly children: (organisationId: string) => ReactNode;
}) {
  return (
    <Work needs="organiser-or-admin" title={title}>
      {(me) => (
        <Framed title={title} lead={lead} isOrganiser={hasRole(me, 'organiser')}>
          {children}
        </Framed>
      )}
    </Work>
  );
}

function Framed({
  title,
  lead,
  isOrganiser,
  children,
}: Parameters<typeof HoursPage>[0] & { readonly isOrganiser: boolean }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { organisationId = '' } = useParams();
  const name = useOrganisations(isOrganiser)?.find((each) => each.organisationId === organisationId)?.name[language];
  return (
    <Page
      title={title}
      lead={lead}
      back={isOrganiser ? `/organise/${organisationId}` : '/staff/stars'}
      eyebrow={name}
      wide
    >
      <nav className="segments" aria-label={t('hours.tabs')}>
        {PARTS.map((part) => (
          <NavLink key={part} to={`/organise/${organisationId}/hours${part && `/${part}`}`} end>
            {t(`hours.${NAMES[part]}`)}
          </NavLink>
        ))}
      </nav>
      {children(organisationId)}
    </Page>
  );
}
