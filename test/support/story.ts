import { beforeEach, onTestFailed } from 'vitest';
import { en } from '../../web/src/i18n/en.ts';
import { visitEn } from '../../web/src/i18n/visit-en.ts';
import { visitZh } from '../../web/src/i18n/visit-zh.ts';
import { workEn } from '../../web/src/i18n/work-en.ts';
import { workZh } from '../../web/src/i18n/work-zh.ts';
import { zh } from '../../web/src/i18n/zh.ts';

/** Every word that people read or press in the pages. */
export const WORDS = {
  zh: { ...zh, visit: visitZh, work: workZh },
  en: { ...en, visit: visitEn, work: workEn },
};

/** A word with what stands in its braces. */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));

/** Each part of a story goes on from the one before: after a failure the rest is not tried. */
export function partByPart(): void {
  let broken = false;
  beforeEach(({ skip }) => {
    if (broken) skip();
    onTestFailed(() => {
      broken = true;
    });
  });
}
