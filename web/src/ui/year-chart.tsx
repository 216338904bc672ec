import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Donation } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';

const HEIGHT = 150;
const BAR = 30;
const STEP = 46;

/** Donations a year, platelets on whole blood; the same figures as a list for who cannot see it. */
export function YearChart({ donations }: { readonly donations: readonly Donation[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLElement>(null);
  // On a phone it scrolls, and begins where it ends: now.
  useEffect(() => {
    if (box.current) box.current.scrollLeft = box.current.scrollWidth;
  }, []);
  const years = groupBy(donations, ({ date }) => Number(date.slice(0, 4)));
  const [first, last] = [Math.min(...years.keys()), Math.max(...years.keys())];
  const rows = Array.from({ length: last - first + 1 }, (_, n) => {
    const there = years.get(first + n) ?? [];
    const wholeBlood = there.filter(({ procedure }) => procedure === 'whole-blood').length;
    return { year: first + n, wholeBlood, platelets: there.length - wholeBlood };
  });
  const most = Math.max(1, ...rows.map(({ wholeBlood, platelets }) => wholeBlood + platelets));
  const scale = (HEIGHT - 24) / most;
  const width = Math.max(rows.length * STEP, STEP);
  return (
    <figure className="chart">
      <div className="chart-keys" aria-hidden="true">
        <span className="key-whole">{t('procedure.whole-blood')}</span>
        <span className="key-platelets">{t('procedure.platelets')}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={box} className="chart-scroll" tabIndex={0} aria-label={t('donations.chart')}>
        <svg width={width} height={HEIGHT + 26} viewBox={`0 0 ${width} ${HEIGHT + 26}`} aria-hidden="true">
          <line x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} stroke="#e6d8cd" />
          {rows.map(({ year, wholeBlood, platelets }, n) => {
            const x = n * STEP + (STEP - BAR) / 2;
            const low = wholeBlood * scale;
            const high = platelets * scale;
            return (
              <g key={year}>
                {wholeBlood > 0 && <rect x={x} y={HEIGHT - low} width={BAR} height={low} rx="4" fill="#b93a26" />}
                {platelets > 0 && (
                  <rect
                    x={x}
                    y={HEIGHT - low - high}
                    width={BAR}
                    height={high - (low > 0 ? 2 : 0)}
                    rx="4"
                    fill="#eda184"
                  />
                )}
                {wholeBlood + platelets > 0 && (
                  <text x={x + BAR / 2} y={HEIGHT - low - high - 6} className="chart-value">
                    {wholeBlood + platelets}
                  </text>
                )}
                <text x={x + BAR / 2} y={HEIGHT + 17} className="chart-year">
                  {`’${String(year).slice(2)}`}
                </text>
              </g>
            );
          })}
        </svg>
      </section>
      <figcaption className="sr-only">
        <ul>
          {rows.map((row) => (
            <li key={row.year}>{t('donations.yearRow', row)}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
