import { LANGUAGES, type Language } from '../../../shared/domain/vocabulary.ts';

const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);

/** The language chosen here before, else the first the browser asks for that we have, else Chinese. */
export function initialLanguage(kept: string | null, asked: readonly string[]): Language {
  if (isLanguage(kept)) return kept;
  for (const tag of asked) {
    const language = tag.toLowerCase().split('-')[0];
    if (isLanguage(language)) return language;
  }
  return 'zh';
}
