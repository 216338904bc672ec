import type { Language } from '../../../shared/domain/vocabulary.ts';
import { useLanguage } from '../ui/states.tsx';

const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

/** Minutes as people say them: `2 h 30 min`, `2 小时 30 分钟`. */
export function hoursSaid(minutes: number, language: Language): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const [h, min] = language === 'zh' ? ['小时', '分钟'] : ['h', 'min'];
  const parts = [
    ...(hours > 0 ? [`${new Intl.NumberFormat(LOCALE[language]).format(hours)} ${h}`] : []),
    ...(rest > 0 || hours === 0 ? [`${rest} ${min}`] : []),
  ];
  return parts.join(' ');
}

export function useHours(): (minutes: number) => string {
  const language = useLanguage();
  return (minutes) => hoursSaid(minutes, language);
}
