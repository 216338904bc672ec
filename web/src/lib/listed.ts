import type { Language } from '../../../shared/domain/vocabulary.ts';

/** Names one after another, as each language writes them. */
export const listed = (names: readonly string[], language: Language): string =>
  names.join(language === 'zh' ? '、' : ', ');
