import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../../../shared/domain/vocabulary.ts';
import { deviceStorage } from '../lib/storage.ts';
import type { GivenTexts } from './given-zh.ts';
import { initialLanguage } from './language.ts';
import type { MineTexts } from './mine-zh.ts';
import type { PrecheckTexts } from './precheck-zh.ts';
import type { WorkTexts } from './work-zh.ts';
import type { Texts } from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'pages';
    resources: { pages: Texts; work: WorkTexts; precheck: PrecheckTexts; given: GivenTexts; mine: MineTexts };
  }
}

const NAME = 'nuanliu.language';
const PAGES = {
  zh: () => import('./zh.ts').then(({ zh }) => zh),
  en: () => import('./en.ts').then(({ en }) => en),
};
/** Texts that come with the pages they are for. */
const LATER = {
  work: {
    zh: () => import('./work-zh.ts').then(({ workZh }) => workZh),
    en: () => import('./work-en.ts').then(({ workEn }) => workEn),
  },
  precheck: {
    zh: () => import('./precheck-zh.ts').then(({ precheckZh }) => precheckZh),
    en: () => import('./precheck-en.ts').then(({ precheckEn }) => precheckEn),
  },
  given: {
    zh: () => import('./given-zh.ts').then(({ givenZh }) => givenZh),
    en: () => import('./given-en.ts').then(({ givenEn }) => givenEn),
  },
  mine: {
    zh: () => import('./mine-zh.ts').then(({ mineZh }) => mineZh),
    en: () => import('./mine-en.ts').then(({ mineEn }) => mineEn),
  },
};
export type LaterTexts = keyof typeof LATER;

/** Loads the reader's language, and only that one. */
export async function startLanguage(): Promise<void> {
  const language = initialLanguage(deviceStorage.getItem(NAME), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: LANGUAGES,
    ns: ['pages', ...(Object.keys(LATER) as LaterTexts[])],
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
  for (const name of opened) await bring(name, language);
  deviceStorage.setItem(NAME, language);
  await i18next.changeLanguage(language);
  mark(language);
}

const opened = new Set<LaterTexts>();

/** The texts of pages that come later, fetched with the first of them. */
export async function loadTexts(name: LaterTexts): Promise<void> {
  opened.add(name);
  await bring(name, currentLanguage());
}

async function bring(name: LaterTexts, language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, name)) {
    i18next.addResourceBundle(language, name, await LATER[name][language]());
  }
}

function mark(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
