import { useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';

export type WeightUnit = CallOutput<'GET /api/precheck/rules'>['pack']['units']['weight'];

/**
 * What a weight is told in: as at the site, or under the rules, of the page that asked for it, else as at the first of the
 * city's. Undefined while that is asked for.
 */
export function useWeightUnit(from: string | null = null): WeightUnit | undefined {
  const asked = new URLSearchParams(from?.split('?')[1] ?? '');
  const [siteId, pack] = [asked.get('site'), asked.get('pack')];
  const query = { ...(siteId && { siteId }), ...(pack && { pack }) };
  const rules = useApi('GET /api/precheck/rules', { query }, { staleTime: 300_000 });
  return rules.data?.pack.units.weight ?? (rules.error ? 'kg' : undefined);
}
