import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../../../shared/domain/vocabulary.ts';
import { deviceStorage } from '../lib/storage.ts';
import { initialLanguage } from './language.ts';
import type { WorkTexts } from './work-zh.ts';
import type { Texts } from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'pages';
    resources: { pages: Texts; work: WorkTexts };
  }
}

const NAME = 'nuanliu.language';
const PAGES = {
  zh: () => import('./zh.ts').then(({ zh }) => zh),
  en: () => import('./en.ts').then(({ en }) => en),
};
const WORK = {
  zh: () => import('./work-zh.ts').then(({ workZh }) => workZh),
  en: () => import('./work-en.ts').then(({ workEn }) => workEn),
};

/** Loads the reader's language, and only that one. */
export async function startLanguage(): Promise<void> {
  const language = initialLanguage(deviceStorage.getItem(NAME), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: LANGUAGES,
    ns: ['pages', 'work'],
    defaultNS: 'pages',
    resources: { [language]: { pages: await PAGES[language]() } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  mark(language);
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'zh');

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'pages')) {
    i18next.addResourceBundle(language, 'pages', await PAGES[language]());
  }
  if (working && !i18next.hasResourceBundle(language, 'work')) {
    i18next.addResourceBundle(language, 'work', await WORK[language]());
  }
  deviceStorage.setItem(NAME, language);
  await i18next.changeLanguage(language);
  mark(language);
}

let working = false;

/** The texts of the staff's and organisers' pages, fetched with the first of them. */
export async function loadWorkTexts(): Promise<void> {
  working = true;
  const language = currentLanguage();
  if (!i18next.hasResourceBundle(language, 'work')) {
    i18next.addResourceBundle(language, 'work', await WORK[language]());
  }
}

function mark(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
