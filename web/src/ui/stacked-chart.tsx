import { type ReactNode, useEffect, useRef } from 'react';

const HEIGHT = 150;
const BAR = 30;

type Column = { readonly key: string; readonly name: string; readonly low: number; readonly high: number };

/** Columns of two parts, one on the other; the same figures as a list (`rows`) for who cannot see it. */
export function StackedChart({
  columns,
  step,
  least,
  fills,
  defs,
  keys,
  label,
  figureOf,
  rows,
}: {
  readonly columns: readonly Column[];
  /** From one column to the next, in points. */
  readonly step: number;
  /** What fills the height at least, so that little does not look like much. */
  readonly least: number;
  readonly fills: { readonly low: string; readonly high: string };
  readonly defs?: ReactNode;
  readonly keys: ReactNode;
  readonly label: string;
  readonly figureOf: (column: Column) => string | number;
  readonly rows: readonly { readonly key: string; readonly text: string }[];
}) {
  const box = useRef<HTMLElement>(null);
  // On a phone it scrolls, and begins where it ends: now.
  useEffect(() => {
    if (box.current) box.current.scrollLeft = box.current.scrollWidth;
  }, []);
  const most = Math.max(least, ...columns.map(({ low, high }) => low + high));
  const scale = (HEIGHT - 24) / most;
  const width = Math.max(columns.length * step, step);
  return (
    <figure className="chart">
      <div className="chart-keys" aria-hidden="true">
        {keys}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={box} className="chart-scroll" tabIndex={0} aria-label={label}>
        <svg width={width} height={HEIGHT + 26} viewBox={`0 0 ${width} ${HEIGHT + 26}`} aria-hidden="true">
          {defs}
          <line x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} stroke="#e6d8cd" />
          {columns.map((column, n) => {
            const x = n * step + (step - BAR) / 2;
            const [low, high] = [column.low * scale, column.high * scale];
            return (
              <g key={column.key}>
                {low > 0 && <rect x={x} y={HEIGHT - low} width={BAR} height={low} rx="4" fill={fills.low} />}
                {high > 0 && (
                  <rect
                    x={x}
                    y={HEIGHT - low - high}
                    width={BAR}
                    height={Math.max(1, high - (low > 0 ? 2 : 0))}
                    rx="4"
                    fill={fills.high}
                  />
                )}
                {low + high > 0 && (
                  <text x={x + BAR / 2} y={HEIGHT - low - high - 6} className="chart-value">
                    {figureOf(column)}
                  </text>
                )}
                <text x={x + BAR / 2} y={HEIGHT + 17} className="chart-year">
                  {column.name}
                </text>
              </g>
            );
          })}
        </svg>
      </section>
      <figcaption className="sr-only">
        <ul>
          {rows.map(({ key, text }) => (
            <li key={key}>{text}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
