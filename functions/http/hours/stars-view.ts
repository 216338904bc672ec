import { GENERAL_STARS } from '../../../shared/policy/service.ts';
import type { StarSettingsItem } from '../../../shared/store/items/index.ts';

export const starSettings = (item: StarSettingsItem | undefined) => ({
  hours: [...(item?.hours ?? GENERAL_STARS.hours)],
  isUsual: item === undefined,
  version: item?.version ?? 0,
});
