import { useTranslation } from 'react-i18next';
import type { Donation } from '../api/types.ts';
import { fullDate, monthDay } from '../lib/time.ts';
import { TickIcon } from '../ui/icons.tsx';
import { useLanguage } from '../ui/states.tsx';

type Journey = Donation['journey'];
type Stage = Journey['stages'][number]['stage'];

/** The way that most go. */
const WAY = ['collected', 'tests-finished', 'in-use', 'used'] as const satisfies readonly Stage[];

/** Whether anything of a donation's way is known here: of one from before opening only its day is. */
const isFollowed = ({ stages, open }: Journey): boolean => open || stages.length > 1;

/** A donation's way, drawn as the list that it is: what is read aloud is what is seen. */
export function JourneyTrack({ journey }: { readonly journey: Journey }) {
  const { t } = useTranslation('given');
  const language = useLanguage();
  if (!isFollowed(journey)) return <p className="small muted">{t('journey.unknown')}</p>;
  const reached = new Map(journey.stages.map(({ stage, on }) => [stage, on]));
  const last = journey.stages.at(-1)?.stage ?? 'collected';
  const given = journey.stages[0]?.on ?? '';
  const sameYear = (date: string): boolean => date.slice(0, 4) === given.slice(0, 4);
  const way: readonly Stage[] = journey.open ? WAY : journey.stages.map(({ stage }) => stage);
  return (
    <div className="journey">
      <ol aria-label={t('journey.label')}>
        {way.map((stage) => {
          const on = reached.get(stage);
          const there = reached.has(stage);
          return (
            <li
              key={stage}
              className={`journey-${stage}${there ? ' is-reached' : ''}${stage === last ? ' is-here' : ''}`}
            >
              <span className="journey-dot" aria-hidden="true">
                {there && <TickIcon size={14} />}
              </span>
              <span className="journey-name">
                {t(`journey.stage.${stage}`)}
                <span className="sr-only"> {t(there ? 'journey.reached' : 'journey.ahead')}</span>
              </span>
              {on && (
                <span className="journey-on">{sameYear(on) ? monthDay(on, language) : fullDate(on, language)}</span>
              )}
            </li>
          );
        })}
      </ol>
      <p className="small muted">{t(`journey.now.${last}`)}</p>
    </div>
  );
}
