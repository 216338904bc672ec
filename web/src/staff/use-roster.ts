import { useEffect } from 'react';
import { usePages } from '../api/hooks.ts';

export const POLL_MS = 10_000;

/** Everyone of a day, all pages, asked again while the page is looked at. */
export function useRoster(siteId: string, date: string, enabled = true) {
  const roster = usePages(
    'GET /api/donations/roster',
    { query: { siteId, date, limit: 100 } },
    { every: POLL_MS, enabled },
  );
  const { hasNextPage, isFetching, fetchNextPage } = roster;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return roster;
}
