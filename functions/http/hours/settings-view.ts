import type * as z from 'zod';
import type { HoursSettings } from '../../../shared/contract/hours.ts';
import { usualColumns } from '../../../shared/domain/hours-export.ts';
import type { HoursSettingsItem } from '../../../shared/store/items/index.ts';

export const settingsOf = (
  item: HoursSettingsItem | undefined,
  language: HoursSettingsItem['language'],
): z.input<typeof HoursSettings> => ({
  responsible: item?.responsible,
  handler: item?.handler,
  contact: item?.contact,
  columns: [...(item?.columns ?? usualColumns(item?.language ?? language))],
  isUsual: item?.columns === undefined,
  language: item?.language ?? language,
  categories: item?.categories ?? {},
  version: item?.version ?? 0,
});
