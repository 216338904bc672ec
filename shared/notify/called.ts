import type { Language, LocalDate, Localized, Procedure } from '../domain/vocabulary.ts';
import { type MessageParams, render } from './templates.ts';
import { dayText } from './when.ts';

/** The page a call's text opens; as short as can be. */
const CALL_PAGE = '/c/';

const WHAT: Record<Procedure, Localized> = {
  'whole-blood': { zh: '全血', en: 'whole blood' },
  platelets: { zh: '血小板', en: 'platelets' },
};

type Called = {
  readonly site: Localized;
  readonly date: LocalDate;
  readonly procedure: Procedure;
  readonly code: string;
};

/** What fills the text that calls somebody to give on a date. */
export const calledParams = ({ site, date, procedure, code }: Called, publicUrl: string): MessageParams => ({
  place: site,
  day: dayText(date),
  what: WHAT[procedure],
  link: publicUrl + CALL_PAGE + code,
});

/** The text as it will be sent, for whoever wants to see it and count it first. */
export const calledText = (
  called: Called,
  language: Language,
  { publicUrl, signature }: { readonly publicUrl: string; readonly signature: string },
): string => render('donation-called', language, calledParams(called, publicUrl), { signature });
