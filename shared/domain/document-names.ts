import type { DocumentType, Localized } from './vocabulary.ts';

/** What a document is called, on a page and in a file. */
export const DOCUMENT_NAMES: Readonly<Record<DocumentType, Localized>> = {
  resident: { zh: '居民身份证', en: 'Resident identity card' },
  passport: { zh: '护照', en: 'Passport' },
  'hk-macao': { zh: '港澳居民来往内地通行证', en: 'Hong Kong or Macao travel permit' },
  taiwan: { zh: '台湾居民来往大陆通行证', en: 'Taiwan travel permit' },
  foreigner: { zh: '外国人永久居留身份证', en: 'Foreigner’s permanent residence card' },
  military: { zh: '军官证或士兵证', en: 'Military card' },
};
