import type { hours } from '../../../shared/contract/hours.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import { daysBetween } from '../../../shared/domain/dates.ts';
import { minutesOf } from '../../../shared/domain/hours.ts';
import { exportRows, MOST_EXPORT_DAYS, usualColumns } from '../../../shared/domain/hours-export.ts';
import { localTimeCode } from '../../../shared/domain/local-time.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoursDeps } from './deps.ts';
import { audited, coveredOrganisation } from './own.ts';

type Routes = (typeof hours)['routes'];

/** The read is recorded, with everybody whom the file names. It holds no identity number: here those only ever lead to a record. */
export const exportHours: RouteHandler<
  Routes['GET /api/organisations/{organisationId}/hours/export.csv'],
  HoursDeps
> = async ({ actor, params, query, language }, deps) => {
  const { organisationId, name } = await coveredOrganisation(deps, actor, params.organisationId);
  const days = daysBetween(query.from, query.to);
  if (days < 0 || days >= MOST_EXPORT_DAYS) throw new ProblemError('range-too-long');
  const [all, settings] = await Promise.all([
    deps.hours.ofOrganisation(organisationId, query.from, query.to),
    deps.hours.settings(organisationId),
  ]);
  const records = all
    .filter((record) => minutesOf(record) > 0)
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const ids = [...new Set(records.map(({ personId }) => personId))];
  const [people, numbers] = await Promise.all([deps.people.profiles(ids), deps.hours.numbers(ids)]);
  const known = new Map(ids.map((id, n) => [id, { person: people[n], number: numbers[n]?.number || undefined }]));
  await recordRead(
    deps.store,
    audited(deps, actor, {
      action: 'hours-exported',
      subjects: ids,
      change: { organisationId, from: query.from, to: query.to },
    }).Put,
  );
  const words = settings?.language ?? language;
  const rows = exportRows(
    settings?.columns ?? usualColumns(words),
    records.map((record) => {
      const { person, number } = known.get(record.personId) ?? {};
      return {
        ...record,
        organisation: name,
        name: person?.name ?? '',
        volunteerNumber: number,
        phoneLast4: person?.phone?.slice(-4) ?? '',
        ...(record.startedAt && { start: clock(record.startedAt, record.zone) }),
        ...(record.endedAt && { end: clock(record.endedAt, record.zone) }),
      };
    }),
    { language: words, categories: settings?.categories ?? {} },
  );
  return csvText(rows);
};

/** `09:00`, as the clock on the wall had it. */
const clock = (at: string, zone: string): string => localTimeCode(at, zone).replace(/^(\d\d)(\d\d)/, '$1:$2');
