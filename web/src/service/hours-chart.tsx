import { useTranslation } from 'react-i18next';
import { StackedChart } from '../ui/stacked-chart.tsx';

const HATCH = 'hours-by-hand';

type Column = { readonly key: string; readonly label: string; readonly timed: number; readonly byHand: number };

/** Hours by column, in minutes; what was added by hand on what was timed, told apart by a hatching, not by colour alone. */
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
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (
    <StackedChart
      columns={columns.map(({ key, label: name, timed, byHand }) => ({ key, name, low: timed, high: byHand }))}
      step={52}
      least={60}
      fills={{ low: '#2b6a55', high: `url(#${HATCH})` }}
      defs={
        <defs>
          <pattern id={HATCH} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" fill="#d5e8df" />
            <line x1="0" x2="0" y1="0" y2="6" stroke="#2b6a55" strokeWidth="3" />
          </pattern>
        </defs>
      }
      keys={
        <>
          <span className="key-timed">{names.timed}</span>
          <span className="key-by-hand">{names.byHand}</span>
        </>
      }
      label={label}
      figureOf={({ low, high }) => number.format((low + high) / 60)}
      rows={columns.map((column) => ({ key: column.key, text: rowOf(column) }))}
    />
  );
}
