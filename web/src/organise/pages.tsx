import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../pages/not-found.tsx';
import { CancelEventPage, PublishEventPage } from './decide.tsx';
import { EditEventPage, NewEventPage } from './edit.tsx';
import { EventOfMinePage } from './event.tsx';
import { EventsOfMinePage, OrganisationsPage } from './list.tsx';
import { EventRosterPage } from './roster.tsx';

export function OrganisePages() {
  return (
    <Routes>
      <Route index element={<OrganisationsPage />} />
      <Route path=":organisationId" element={<EventsOfMinePage />} />
      <Route path=":organisationId/new" element={<NewEventPage />} />
      <Route path=":organisationId/:eventId" element={<EventOfMinePage />} />
      <Route path=":organisationId/:eventId/edit" element={<EditEventPage />} />
      <Route path=":organisationId/:eventId/publish" element={<PublishEventPage />} />
      <Route path=":organisationId/:eventId/cancel" element={<CancelEventPage />} />
      <Route path=":organisationId/:eventId/roster" element={<EventRosterPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
