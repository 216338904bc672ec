import { useTranslation } from 'react-i18next';
import type { Donation } from '../api/types.ts';
import { groupBy } from '../lib/group.ts';
import { StackedChart } from './stacked-chart.tsx';

/** Donations a year, platelets on whole blood. */
export function YearChart({ donations }: { readonly donations: readonly Donation[] }) {
  const { t } = useTranslation();
  const years = groupBy(donations, ({ date }) => Number(date.slice(0, 4)));
  const [first, last] = [Math.min(...years.keys()), Math.max(...years.keys())];
  const counts = Array.from({ length: last - first + 1 }, (_, n) => {
    const there = years.get(first + n) ?? [];
    const wholeBlood = there.filter(({ procedure }) => procedure === 'whole-blood').length;
    return { year: first + n, wholeBlood, platelets: there.length - wholeBlood };
  });
  return (
    <StackedChart
      columns={counts.map(({ year, wholeBlood, platelets }) => {
        return { key: String(year), name: `’${String(year).slice(2)}`, low: wholeBlood, high: platelets };
      })}
      step={46}
      least={1}
      fills={{ low: '#b93a26', high: '#eda184' }}
      keys={
        <>
          <span className="key-whole">{t('procedure.whole-blood')}</span>
          <span className="key-platelets">{t('procedure.platelets')}</span>
        </>
      }
      label={t('donations.chart')}
      figureOf={({ low, high }) => low + high}
      rows={counts.map((row) => ({ key: String(row.year), text: t('donations.yearRow', row) }))}
    />
  );
}
