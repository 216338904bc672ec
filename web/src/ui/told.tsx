import { useTranslation } from 'react-i18next';
import { useApi } from '../api/hooks.ts';
import type { Eligibility } from '../api/types.ts';
import { fullDate } from '../lib/time.ts';
import { useLanguage } from './states.tsx';

/** What the station told the reader of a wait, in the words that were written for them. */
export function Told({ told }: { readonly told: Eligibility['told'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!told) return null;
  return (
    <figure className="told">
      <figcaption className="small muted">{t('told.by', { date: fullDate(told.on, language) })}</figcaption>
      <blockquote>{told.words}</blockquote>
      <p className="small">{t('told.until', { date: fullDate(told.until, language) })}</p>
    </figure>
  );
}

/** The same, asked for here. Who cannot be told is shown nothing. */
export function ToldMe() {
  const answer = useApi('GET /api/me/eligibility', {});
  return <Told told={answer.data?.told} />;
}
