import { type LocalDate, PROCEDURES, type Procedure } from '../../../shared/domain/vocabulary.ts';

/** What an address says, read with care: people edit and share addresses. */

export const procedureOf = (value: string | null): Procedure | undefined =>
  PROCEDURES.find((procedure) => procedure === value);

export function dateOf(value: string | null): LocalDate | undefined {
  if (!value || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) ? value : undefined;
}

/** The same address with some of its query set, or taken out where undefined. */
export function withQuery(search: URLSearchParams, changes: Record<string, string | undefined>): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text ? `?${text}` : '?';
}
