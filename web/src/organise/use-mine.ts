import { useEffect } from 'react';
import { useParams } from 'react-router';
import { usePages } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';

/** Every event of the organisation in the address, drafts too. */
export function useMine() {
  const { organisationId = '' } = useParams();
  return {
    organisationId,
    events: usePages('GET /api/organisations/{organisationId}/events', { params: { organisationId } }),
  };
}

/** The event in the address, looked for page by page: a draft has no page of its own in the API. */
export function useMyEvent(): {
  organisationId: string;
  event: EventView | undefined;
  missing: boolean;
  events: ReturnType<typeof useMine>['events'];
} {
  const { eventId } = useParams();
  const { organisationId, events } = useMine();
  const event = events.items.find((each) => each.eventId === eventId);
  const { hasNextPage, isFetching, fetchNextPage, data } = events;
  useEffect(() => {
    if (!event && hasNextPage && !isFetching) void fetchNextPage();
  }, [event, hasNextPage, isFetching, fetchNextPage]);
  return { organisationId, event, missing: data !== undefined && !event && !hasNextPage, events };
}

export const takenOf = (event: EventView): number =>
  event.shifts.reduce((sum, shift) => sum + (shift.free === undefined ? 0 : shift.places - shift.free), 0);

export const placesOf = (event: EventView): number => event.shifts.reduce((sum, shift) => sum + shift.places, 0);
