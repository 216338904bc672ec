import { useParams } from 'react-router';
import { useApi, usePages } from '../api/hooks.ts';
import type { CallOutput, EventView } from '../api/types.ts';
import { POLL_MS } from '../staff/use-roster.ts';

/** Every event of the organisation in the address, drafts too. */
export function useMine() {
  const { organisationId = '' } = useParams();
  return {
    organisationId,
    events: usePages('GET /api/organisations/{organisationId}/events', { params: { organisationId } }),
  };
}

export type Desk = CallOutput<'GET /api/events/{eventId}/desk'>;
export type ShiftFill = Desk['shifts'][number];

/** The event in the address as those who run it see it; `live`: again every few seconds. */
export function useMyEvent({ live = false }: { readonly live?: boolean } = {}) {
  const { organisationId = '', eventId = '' } = useParams();
  const desk = useApi('GET /api/events/{eventId}/desk', { params: { eventId } }, live ? { every: POLL_MS } : {});
  return {
    organisationId,
    own: `/organise/${organisationId}/${eventId}`,
    desk,
    event: desk.data?.event,
    part: desk.data?.part,
    missing: desk.error?.code === 'not-found',
  };
}

/** The names of organisations. */
export function useOrganisations(enabled = true) {
  const all = useApi('GET /api/organisations', {}, { staleTime: 60_000, enabled });
  return all.data?.items;
}

export const takenOf = (event: EventView): number =>
  event.shifts.reduce(
    (sum, shift) => sum + (shift.free === undefined ? 0 : shift.places - shift.free - (shift.held ?? 0)),
    0,
  );
