import { useTranslation } from 'react-i18next';

const NAMES = [
  'title',
  'content',
  'community',
  'district',
  'address',
  'contactPhone',
  'conditions',
  'howToApply',
  'risks',
  'support',
  'category',
  'zone',
  'shifts',
] as const;
const SHIFT_NAMES = {
  role: 'role',
  startsAtLocal: 'starts',
  endsAtLocal: 'ends',
  places: 'places',
  minimum: 'minimum',
  minAge: 'minAge',
  maxAge: 'maxAge',
  needs: 'needs',
} as const;
const WINDOW_NAMES = {
  opensAtLocal: 'opens',
  closesAtLocal: 'closes',
  restHours: 'rest',
  mostShifts: 'most',
  mostTeam: 'team',
} as const;

/** What a field of an event is called on the page, by its path in what the service takes: `shifts.0.role.zh`. */
export function useFieldName(): (path: string) => string {
  const { t } = useTranslation('work');
  return (path) => {
    const inLanguage = /^(.*)\.(zh|en)$/.exec(path);
    if (inLanguage?.[1] && inLanguage[2]) {
      const language = inLanguage[2] === 'zh' ? t('form.zh') : t('form.en');
      return t('form.inLanguage', { label: labelOf(inLanguage[1]), language });
    }
    return labelOf(path);
  };

  function labelOf(path: string): string {
    const [, index, field = ''] = /^shifts\.(\d+)\.(\w+)$/.exec(path) ?? [];
    if (index !== undefined && field in SHIFT_NAMES) {
      const n = Number(index) + 1;
      const label = t(`form.${SHIFT_NAMES[field as keyof typeof SHIFT_NAMES]}`);
      return t('form.ofShift', { shift: t('form.shift', { n }), label });
    }
    if (path in WINDOW_NAMES) return t(`form.${WINDOW_NAMES[path as keyof typeof WINDOW_NAMES]}`);
    const name = NAMES.find((each) => each === path);
    return name ? t(`form.${name}`) : path;
  }
}
