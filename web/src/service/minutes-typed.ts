import { MOST_MINUTES } from '../../../shared/domain/hours.ts';

/** Minutes of what was typed in hours and minutes, of which one may be left empty; undefined for what is neither. */
export function minutesTyped({ hours, minutes }: { hours: string; minutes: string }): number | undefined {
  const [h, m] = [hours.trim(), minutes.trim()];
  if ((!h && !m) || !/^\d{0,2}$/.test(h) || !/^\d{0,4}$/.test(m)) return undefined;
  const all = Number(h) * 60 + Number(m);
  return all <= MOST_MINUTES ? all : undefined;
}
