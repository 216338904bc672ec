import type { ReactNode } from 'react';

/** Drawn for the eye alone: each stands beside a table of the same figures, and nothing is told by colour only. */

const HEIGHT = 170;
const TOP = 20;
const FOOT = 24;

/** A drawing that scrolls on a phone and can be reached by keyboard. */
export function Drawn({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="chart-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

export type Column = {
  readonly key: string;
  readonly label: string;
  /** From the outermost to the innermost. */
  readonly values: readonly number[];
};

/** What each layer of a column looks like: an outline, then narrower and darker. */
const LAYERS = [
  { part: 1, className: 'layer-outline' },
  { part: 0.78, className: 'layer-pale' },
  { part: 0.54, className: 'layer-mid' },
  { part: 0.3, className: 'layer-dark' },
] as const;

/** Outlines this many times as tall as what is in them are cut off: else nothing else could be seen. */
const TOO_TALL = 4;

/** The tallest that is drawn, and whether some outline is taller. */
export function tallestOf(columns: readonly Column[]): { readonly most: number; readonly isCut: boolean } {
  const most = Math.max(1, ...columns.flatMap(({ values }) => values));
  const inside = Math.max(0, ...columns.flatMap(({ values: [, ...rest] }) => rest));
  const isCut = inside > 0 && most > TOO_TALL * inside;
  return { most: isCut ? Math.ceil(inside * 1.6) : most, isCut };
}

/** Columns that hold each other, as those who gave are some of those who came, who are some of those who had booked. */
export function NestedColumns({ columns }: { readonly columns: readonly Column[] }) {
  const isTight = columns.length > 24;
  const step = isTight ? 30 : 44;
  const { most } = tallestOf(columns);
  const width = columns.length * step + 34;
  const tall = (value: number): number => (Math.min(value, most * 1.1) / most) * (HEIGHT - TOP);
  const every = isTight ? Math.max(2, Math.ceil(columns.length / 24)) : 1;
  return (
    <svg width={width} height={HEIGHT + FOOT} viewBox={`0 0 ${width} ${HEIGHT + FOOT}`} aria-hidden="true">
      <Scale most={most} width={width} />
      {columns.map(({ key, label, values }, n) => {
        const middle = 34 + n * step + step / 2;
        return (
          <g key={key}>
            {values.map((value, layer) => {
              const { part, className } = LAYERS[layer] ?? LAYERS[0];
              const wide = (step - 8) * part;
              return (
                value > 0 && (
                  <rect
                    key={className}
                    className={className}
                    x={middle - wide / 2}
                    y={HEIGHT - tall(value)}
                    width={wide}
                    height={tall(value)}
                    rx="2"
                  />
                )
              );
            })}
            {n % every === 0 && (
              <text x={middle} y={HEIGHT + 17} className="chart-year">
                {label}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** What the layers stand for, each by its own shape. */
export const LayerKeys = ({ names }: { readonly names: readonly string[] }) => (
  <div className="chart-keys layer-keys" aria-hidden="true">
    {names.map((name, n) => (
      <span key={name} className="layer-key">
        <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
          <rect
            className={LAYERS[n]?.className}
            x={11 - 10 * (LAYERS[n]?.part ?? 1)}
            y="1"
            width={20 * (LAYERS[n]?.part ?? 1)}
            height="14"
            rx="2"
          />
        </svg>
        {name}
      </span>
    ))}
  </div>
);

function Scale({ most, width }: { readonly most: number; readonly width: number }) {
  const marks = [...new Set([0, Math.round(most / 2), most])];
  return marks.map((mark) => {
    const y = HEIGHT - (mark / most) * (HEIGHT - TOP);
    return (
      <g key={mark}>
        <line x1="30" x2={width} y1={y} y2={y} className="scale-line" />
        <text x="26" y={y + 4} className="scale-mark">
          {mark}
        </text>
      </g>
    );
  });
}

/** Shares by hour, each with its figure. */
export function ShareColumns({
  columns,
}: {
  readonly columns: readonly { key: string; label: string; share: number; said: string }[];
}) {
  const step = 52;
  const most = Math.max(0.01, ...columns.map(({ share }) => share));
  const width = Math.max(columns.length * step, step);
  return (
    <svg width={width} height={HEIGHT + FOOT} viewBox={`0 0 ${width} ${HEIGHT + FOOT}`} aria-hidden="true">
      <line x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} className="scale-line" />
      {columns.map(({ key, label, share, said }, n) => {
        const high = (share / most) * (HEIGHT - TOP - 14);
        const middle = n * step + step / 2;
        return (
          <g key={key}>
            <rect className="layer-mid" x={middle - 15} y={HEIGHT - high} width="30" height={high} rx="4" />
            <text x={middle} y={HEIGHT - high - 6} className="chart-value">
              {said}
            </text>
            <text x={middle} y={HEIGHT + 17} className="chart-year">
              {label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** A share of a row of a table, drawn in its cell. */
export const CellBar = ({ part }: { readonly part: number }) => (
  <span className="cell-bar" aria-hidden="true">
    <span style={{ width: `${Math.max(1, part * 100)}%` }} />
  </span>
);

export type Box = {
  readonly key: string;
  readonly label: string;
  readonly least: number;
  readonly quarter: number;
  readonly median: number;
  readonly threeQuarters: number;
  readonly most: number;
};

/** How days spread: a thin line from the shortest to the longest, a box for the middle half, a mark at the median. */
export function Boxes({ boxes }: { readonly boxes: readonly Box[] }) {
  const width = 620;
  const left = 120;
  const row = 44;
  const last = Math.max(7, ...boxes.map(({ most }) => most));
  const x = (days: number): number => left + (days / last) * (width - left - 24);
  const marks = [0, 1 / 4, 1 / 2, 3 / 4, 1].map((part) => Math.round(part * last));
  const foot = boxes.length * row + 8;
  return (
    <svg width={width} height={foot + 24} viewBox={`0 0 ${width} ${foot + 24}`} aria-hidden="true">
      {[...new Set(marks)].map((mark) => (
        <g key={mark}>
          <line x1={x(mark)} x2={x(mark)} y1="4" y2={foot} className="scale-line" />
          <text x={x(mark)} y={foot + 17} className="chart-year">
            {mark}
          </text>
        </g>
      ))}
      {boxes.map(({ key, label, least, quarter, median, threeQuarters, most }, n) => {
        const y = n * row + row / 2 + 4;
        return (
          <g key={key}>
            <text x={left - 12} y={y + 4} className="box-label">
              {label}
            </text>
            <line x1={x(least)} x2={x(most)} y1={y} y2={y} className="box-line" />
            <rect
              className="layer-pale box"
              x={x(quarter)}
              y={y - 10}
              width={Math.max(3, x(threeQuarters) - x(quarter))}
              height="20"
              rx="3"
            />
            <line x1={x(median)} x2={x(median)} y1={y - 13} y2={y + 13} className="box-median" />
          </g>
        );
      })}
    </svg>
  );
}
