import { useTranslation } from 'react-i18next';
import type { Donations } from '../api/types.ts';
import { fullDate } from '../lib/time.ts';
import { MedalIcon, TickIcon } from '../ui/icons.tsx';
import { MarkOf, useLanguage } from '../ui/states.tsx';

export type Honours = NonNullable<Donations['honours']>;
const HONOURS = ['bronze', 'silver', 'gold', 'lifetime'] as const;
const FIGURES = ['per200ml', 'per300ml', 'perPlateletUnit', 'plateletUnitMl'] as const;

/** How far it is to each honour's standard, what counts, and of which figures we are not sure. */
export function HonourList({ honours }: { readonly honours: Honours }) {
  const { t } = useTranslation(['pages', 'given']);
  const language = useLanguage();
  return (
    <section aria-labelledby="honours">
      <h2 id="honours">{t('donations.honours')}</h2>
      <Round honours={honours} />
      <ul className="honours">
        {HONOURS.map((honour) => {
          const met = honours.met.filter((each) => each.honour === honour);
          const last = met.at(-1);
          const times = Math.max(0, ...met.map(({ count }) => count), met.length);
          const name = t(`donations.honour.${honour}`);
          return (
            <li key={honour} className={`honour honour-${honour}${last ? ' is-met' : ''}`}>
              <span className="honour-mark">{last ? <TickIcon /> : <MedalIcon />}</span>
              <span>
                <b>{name}</b>
                <span>
                  {!last
                    ? t('donations.notYet', { honour: name })
                    : times > 1
                      ? t('donations.meetsTimes', { on: fullDate(last.on, language), honour: name, count: times })
                      : t('donations.meets', { on: fullDate(last.on, language), honour: name })}
                </span>
                {honours.next?.honour === honour && (
                  <span className="strong">
                    {t('donations.toNext', { times: honours.next.timesLeft, honour: name })}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="small muted">{t('donations.honourNote')}</p>
      <details className="sources">
        <summary>{t('donations.sources')}</summary>
        <h3 className="small strong">{t('given:honours.counts')}</h3>
        <ul>
          {FIGURES.map((figure) => (
            <li key={figure}>
              {t(`given:honours.rule.${figure}`, { value: honours.counts[figure].value })}{' '}
              <MarkOf mark={honours.counts[figure].mark} />
            </li>
          ))}
          <li>
            {t('given:honours.rule.carryOver', {
              value: t(`given:honours.rule.${honours.counts.carryOver.value ? 'carried' : 'notCarried'}`),
            })}{' '}
            <MarkOf mark={honours.counts.carryOver.mark} />
          </li>
          {honours.sources.map(({ rule, source, mark }) => (
            <li key={rule + source}>
              <span className="muted">{source}</span> <MarkOf mark={mark} />
            </li>
          ))}
        </ul>
        <p className="small muted">{t('mark.note')}</p>
      </details>
    </section>
  );
}

/** The round under way on one scale, with the standard of each honour on it; the same in words for who cannot see it. */
function Round({ honours }: { readonly honours: Honours }) {
  const { t, i18n } = useTranslation(['pages', 'given']);
  const number = new Intl.NumberFormat(i18n.language);
  const { levels, lifetimeGolds } = honours.counts;
  const most = Math.max(...levels.map(({ from }) => from));
  const golds = honours.met.filter(({ honour }) => honour === 'gold').length;
  const part = (times: number): string => `${Math.min(100, (times / most) * 100)}%`;
  return (
    <div className="round">
      <div className="round-bar" aria-hidden="true">
        <span className="round-done" style={{ width: part(honours.round) }} />
        {levels.map(({ honour, from }) => (
          <span
            key={honour}
            className={`round-level round-${honour}${honours.round >= from ? ' is-met' : ''}`}
            style={{ left: part(from) }}
          >
            <i>{t('given:honours.scale', { n: from })}</i>
          </span>
        ))}
      </div>
      <p className="small">
        {t('given:honours.drawing', {
          round: number.format(honours.round),
          levels: levels
            .map(({ honour, from }) => t('given:honours.level', { honour: t(`donations.honour.${honour}`), from }))
            .join(i18n.language === 'zh' ? '，' : ', '),
        })}
      </p>
      {golds > 0 && <p className="small">{t('given:honours.golds', { n: golds, of: lifetimeGolds })}</p>}
    </div>
  );
}
