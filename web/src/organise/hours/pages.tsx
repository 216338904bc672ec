import '../../service/service.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useParams } from 'react-router';
import type { Person } from '../../api/types.ts';
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
        <Framed title={title} lead={lead} me={me}>
          {children}
        </Framed>
      )}
    </Work>
  );
}

function Framed({ title, lead, me, children }: Parameters<typeof HoursPage>[0] & { readonly me: Person }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { organisationId = '' } = useParams();
  const organises = me.roles.filter(({ role }) => role === 'organiser').map(({ scope }) => scope);
  const name = useOrganisations(organises.length > 0)?.find((each) => each.organisationId === organisationId)?.name[
    language
  ];
  return (
    <Page
      title={title}
      lead={lead}
      back={organises.includes(organisationId) ? `/organise/${organisationId}` : '/staff/stars'}
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
