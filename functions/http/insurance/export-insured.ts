import type { insurance } from '../../../shared/contract/insurance.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import { DOCUMENT_NAMES } from '../../../shared/domain/document-names.ts';
import { localTimeCode } from '../../../shared/domain/local-time.ts';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import type { InsuranceDeps } from './deps.ts';
import { insuringEvent } from './own.ts';
import { toInsure } from './to-insure.ts';

type Routes = (typeof insurance)['routes'];

/** The columns of the file. */
const HEAD: Record<Language, readonly string[]> = {
  zh: ['姓名', '证件类型', '证件号码', '服务日期', '开始', '结束'],
  en: ['Name', 'Document', 'Document number', 'Date', 'From', 'To'],
};

/** Recorded before it is answered, with everybody whom the file names. Whoever has said no number is in it without one: they are to be asked, or left out. */
export const exportInsured: RouteHandler<Routes['GET /api/events/{eventId}/insurance.csv'], InsuranceDeps> = async (
  { actor, params, query, language },
  deps,
) => {
  const event = await insuringEvent(deps, actor, params.eventId);
  const all = await toInsure(deps, event, query.date);
  const subjects = all.map(({ personId }) => personId);
  await recordRead(deps.store, recordOf(deps, event, actor.personId, 'event-insurance-exported', subjects).Put);
  const clock = (at: string): string => localTimeCode(at, event.zone).replace(/^(\d\d)(\d\d)/, '$1:$2');
  const rows = await Promise.all(
    all.map(async ({ name, insured, bookings }) => [
      name,
      insured?.type ? DOCUMENT_NAMES[insured.type][language] : '',
      { digits: insured ? await deps.insured.numberOf(insured) : '' },
      query.date,
      clock(bookings.map(({ startsAt }) => startsAt).reduce((a, b) => (a < b ? a : b))),
      clock(bookings.map(({ endsAt }) => endsAt).reduce((a, b) => (a > b ? a : b))),
    ]),
  );
  return csvText([HEAD[language], ...rows]);
};
