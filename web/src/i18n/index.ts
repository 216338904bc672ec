import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../../../shared/domain/vocabulary.ts';
import { KEPT } from '../lib/kept.ts';
import { deviceStorage } from '../lib/storage.ts';
import type { GivenTexts } from './given-zh.ts';
import type { HereTexts } from './here-zh.ts';
import { initialLanguage } from './language.ts';
import type { MineTexts } from './mine-zh.ts';
import type { PrecheckTexts } from './precheck-zh.ts';
import type { ServeTexts } from './serve-zh.ts';
import type { WorkTexts } from './work-zh.ts';
import type { Texts } from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'pages';
    resources: {
      pages: Texts;
      work: WorkTexts;
      precheck: PrecheckTexts;
      given: GivenTexts;
      mine: MineTexts;
      serve: ServeTexts;
      here: HereTexts;
    };
  }
}

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
  serve: {
    zh: () => import('./serve-zh.ts').then(({ serveZh }) => serveZh),
    en: () => import('./serve-en.ts').then(({ serveEn }) => serveEn),
  },
  here: {
    zh: () => import('./here-zh.ts').then(({ hereZh }) => hereZh),
    en: () => import('./here-en.ts').then(({ hereEn }) => hereEn),
  },
};
export type LaterTexts = keyof typeof LATER;

/** The language chosen on this browser, or else one that it asks for. */
const wantedLanguage = (): Language => initialLanguage(deviceStorage.getItem(KEPT.language), navigator.languages);

let started: Promise<void> | undefined;

/** Loads one language, the reader's, and only that one. */
export function startLanguage(language = wantedLanguage()): Promise<void> {
  started = start(language);
  return started;
}

async function start(language: Language): Promise<void> {
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
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'zh');

/** Goes over to a language, with the words of every page that has been opened. */
export async function turnTo(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'pages')) {
    i18next.addResourceBundle(language, 'pages', await PAGES[language]());
  }
  for (const name of opened) await bring(name, language);
  await i18next.changeLanguage(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  await turnTo(language);
  deviceStorage.setItem(KEPT.language, language);
  markLanguage();
}

/** Says in what language the page is written. */
export function markLanguage(): void {
  document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
}

const opened = new Set<LaterTexts>();

/** The texts of pages that come later, fetched with the first of them. */
export async function loadTexts(name: LaterTexts): Promise<void> {
  opened.add(name);
  await started;
  await bring(name, currentLanguage());
}

async function bring(name: LaterTexts, language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, name)) {
    i18next.addResourceBundle(language, name, await LATER[name][language]());
  }
}
