import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

const HEIGHT = 150;
const BAR = 30;
const STEP = 52;
const HATCH = 'hours-by-hand';

type Column = { readonly key: string; readonly label: string; readonly timed: number; readonly byHand: number };

/**
 * Hours by column, what was added by hand on what was timed: told apart by a hatching, not by colour alone; the same figures as a list
 * for who cannot see it.
 */
export function HoursChart({
  columns,
  label,
  names,
  rowOf,
}: {
  readonly columns: readonly Column[];
  readonly label: string;
  readonly names: { readonly timed: string; readonly byHand: string };
  readonly rowOf: (column: Column) => string;
}) {
  const { i18n } = useTranslation();
  const box = useRef<HTMLElement>(null);
  // On a phone it scrolls, and begins where it ends: now.
  useEffect(() => {
    if (box.current) box.current.scrollLeft = box.current.scrollWidth;
  }, []);
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const most = Math.max(60, ...columns.map(({ timed, byHand }) => timed + byHand));
  const scale = (HEIGHT - 24) / most;
  const width = Math.max(columns.length * STEP, STEP);
  return (
    <figure className="chart">
      <div className="chart-keys" aria-hidden="true">
        <span className="key-timed">{names.timed}</span>
        <span className="key-by-hand">{names.byHand}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={box} className="chart-scroll" tabIndex={0} aria-label={label}>
        <svg width={width} height={HEIGHT + 26} viewBox={`0 0 ${width} ${HEIGHT + 26}`} aria-hidden="true">
          <defs>
            <pattern id={HATCH} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="6" height="6" fill="#d5e8df" />
              <line x1="0" x2="0" y1="0" y2="6" stroke="#2b6a55" strokeWidth="3" />
            </pattern>
          </defs>
          <line x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} stroke="#e6d8cd" />
          {columns.map(({ key, label: name, timed, byHand }, n) => {
            const x = n * STEP + (STEP - BAR) / 2;
            const [low, high] = [timed * scale, byHand * scale];
            return (
              <g key={key}>
                {timed > 0 && <rect x={x} y={HEIGHT - low} width={BAR} height={low} rx="4" fill="#2b6a55" />}
                {byHand > 0 && (
                  <rect
                    x={x}
                    y={HEIGHT - low - high}
                    width={BAR}
                    height={Math.max(1, high - (low > 0 ? 2 : 0))}
                    rx="4"
                    fill={`url(#${HATCH})`}
                  />
                )}
                {timed + byHand > 0 && (
                  <text x={x + BAR / 2} y={HEIGHT - low - high - 6} className="chart-value">
                    {number.format((timed + byHand) / 60)}
                  </text>
                )}
                <text x={x + BAR / 2} y={HEIGHT + 17} className="chart-year">
                  {name}
                </text>
              </g>
            );
          })}
        </svg>
      </section>
      <figcaption className="sr-only">
        <ul>
          {columns.map((column) => (
            <li key={column.key}>{rowOf(column)}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
