import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { ApiError } from '../api/error.ts';

/** What somebody can do who was refused a shift for something that they, or their guardian, can put right; they come back to this page. */
export function WaysOn({ error, eventId }: { readonly error: ApiError; readonly eventId: string }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const back = new URLSearchParams({ return: pathname + search });
  const ways = [
    { code: 'profile-incomplete', to: `/profile/edit/birth-date?${back}`, label: t('check.complete') },
    { code: 'skill-missing', to: `/mine/skills?${back}`, label: t('events.skills') },
    { code: 'guardian-needed', to: `/events/${eventId}/guardian?${back}`, label: t('events.guardian') },
  ].filter(({ code }) => error.reasons.some((reason) => reason.code === code));
  return (
    <>
      {ways.map(({ code, to, label }) => (
        <p key={code}>
          <Link to={to}>{label}</Link>
        </p>
      ))}
    </>
  );
}

/** Whether there is anything of the kind to be done. */
export const hasWaysOn = ({ reasons }: ApiError): boolean =>
  reasons.some(({ code }) => code === 'profile-incomplete' || code === 'skill-missing' || code === 'guardian-needed');
