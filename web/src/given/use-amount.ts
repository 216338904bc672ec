import { useTranslation } from 'react-i18next';
import type { Donation } from '../api/types.ts';

/** How much was given, as donors say it: platelets by the unit, whole blood by the millilitre. */
export function useAmount(): (given: Pick<Donation, 'platelets' | 'volumeMl'>) => string {
  const { t } = useTranslation();
  return ({ platelets, volumeMl }) =>
    platelets ? t('donations.units', { n: platelets }) : t('common.ml', { ml: volumeMl });
}
