import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../api/types.ts';
import { fullDate } from '../lib/time.ts';
import { MarkOf, useLanguage } from '../ui/states.tsx';
import { useHours } from './words.ts';

type Stars = CallOutput<'GET /api/me/service'>['general'];

/**
 * How far somebody is on the way to each star: five stretches as wide as each other, whatever hours lie between, so that the first is
 * seen to be near; the same in words.
 */
export function StarScale({ stars }: { readonly stars: Stars }) {
  const { t, i18n } = useTranslation('given');
  const language = useLanguage();
  const hours = useHours();
  const number = new Intl.NumberFormat(i18n.language);
  const last = stars.met.at(-1);
  return (
    <div className="star-scale">
      <div className="star-bars" aria-hidden="true">
        {stars.hours.map((to, n) => {
          const from = stars.hours[n - 1] ?? 0;
          const part = Math.min(1, Math.max(0, (stars.minutes / 60 - from) / (to - from)));
          return (
            <div key={to} className={part >= 1 ? 'star-part is-met' : 'star-part'}>
              <span className="star-bar">
                <span style={{ width: `${part * 100}%` }} />
              </span>
              <span className="star-mark">
                <Star filled={part >= 1} />
                {t('service.stars.scale', { n: number.format(to) })}
              </span>
            </div>
          );
        })}
      </div>
      <p>
        <b>
          {!last
            ? t('service.stars.none')
            : stars.next
              ? t('service.stars.meets', { n: last.stars, on: fullDate(last.on, language) })
              : t('service.stars.all')}
        </b>
      </p>
      {stars.next && (
        <p>
          {t('service.stars.next', {
            n: stars.next.stars,
            of: number.format(stars.next.hours),
            left: hours(stars.next.minutesLeft),
          })}
        </p>
      )}
      <p className="sr-only">
        {t('service.stars.drawing', {
          now: hours(stars.minutes),
          levels: stars.hours
            .map((each, n) => t('service.stars.level', { n: n + 1, hours: number.format(each) }))
            .join(language === 'zh' ? '，' : ', '),
        })}
      </p>
      <details className="sources">
        <summary>{t('service.sources')}</summary>
        <p className="small">
          {stars.hours
            .map((each, n) => t('service.stars.level', { n: n + 1, hours: number.format(each) }))
            .join(language === 'zh' ? '，' : ', ')}
          <br />
          <span className="muted">{stars.source[language]}</span> <MarkOf mark={stars.mark} />
        </p>
      </details>
    </div>
  );
}

const Star = ({ filled }: { readonly filled: boolean }) => (
  <svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
    <path
      d="m12 2.800 2.900 5.900 6.500.9-4.700 4.600 1.100 6.500L12 17.600l-5.800 3.100 1.100-6.500L2.600 9.600l6.500-.9Z"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.800"
      strokeLinejoin="round"
    />
  </svg>
);
