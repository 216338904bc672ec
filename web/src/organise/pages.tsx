import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../pages/not-found.tsx';
import { ChangeEventPage, CheckChangePage } from './change.tsx';
import { EventCodePage } from './code.tsx';
import { CohostsPage } from './cohosts.tsx';
import { EventDayPage } from './day.tsx';
import { CancelEventPage, PublishEventPage } from './decide.tsx';
import { EventDrivePage } from './drive.tsx';
import { EditEventPage, NewEventPage } from './edit.tsx';
import { EventOfMinePage } from './event.tsx';
import { AddHoursPage } from './hours/add.tsx';
import { HoursExportPage } from './hours/export.tsx';
import { OrganisationHoursPage } from './hours/overview.tsx';
import { HoursRequestsPage } from './hours/requests.tsx';
import { HoursSettingsPage } from './hours/settings.tsx';
import { EventInsurancePage } from './insurance.tsx';
import { EventsOfMinePage, OrganisationsPage } from './list.tsx';
import { EventNotePage } from './note.tsx';
import { EventPersonPage } from './person.tsx';
import { EventPrintPage } from './print.tsx';
import { RepeatEventPage } from './repeat.tsx';
import { EventRosterPage } from './roster.tsx';
import { SeriesPage } from './series.tsx';
import { ShareEventPage } from './share.tsx';
import { EventSheetPage } from './sheet.tsx';
import { SignUpForPage } from './sign-up-for.tsx';
import { WithdrawForPage } from './withdraw-for.tsx';

export function OrganisePages() {
  return (
    <Routes>
      <Route index element={<OrganisationsPage />} />
      <Route path=":organisationId" element={<EventsOfMinePage />} />
      <Route path=":organisationId/new" element={<NewEventPage />} />
      <Route path=":organisationId/hours" element={<OrganisationHoursPage />} />
      <Route path=":organisationId/hours/requests" element={<HoursRequestsPage />} />
      <Route path=":organisationId/hours/export" element={<HoursExportPage />} />
      <Route path=":organisationId/hours/settings" element={<HoursSettingsPage />} />
      <Route path=":organisationId/:eventId" element={<EventOfMinePage />} />
      <Route path=":organisationId/:eventId/edit" element={<EditEventPage />} />
      <Route path=":organisationId/:eventId/publish" element={<PublishEventPage />} />
      <Route path=":organisationId/:eventId/cancel" element={<CancelEventPage />} />
      <Route path=":organisationId/:eventId/roster" element={<EventRosterPage />} />
      <Route path=":organisationId/:eventId/insurance" element={<EventInsurancePage />} />
      <Route path=":organisationId/:eventId/print" element={<EventPrintPage />} />
      <Route path=":organisationId/:eventId/people/:bookingId" element={<EventPersonPage />} />
      <Route path=":organisationId/:eventId/people/:bookingId/withdraw" element={<WithdrawForPage />} />
      <Route path=":organisationId/:eventId/sign-up" element={<SignUpForPage />} />
      <Route path=":organisationId/:eventId/day" element={<EventDayPage />} />
      <Route path=":organisationId/:eventId/code" element={<EventCodePage />} />
      <Route path=":organisationId/:eventId/sheet" element={<EventSheetPage />} />
      <Route path=":organisationId/:eventId/people/:bookingId/hours" element={<AddHoursPage />} />
      <Route path=":organisationId/:eventId/note" element={<EventNotePage />} />
      <Route path=":organisationId/:eventId/share" element={<ShareEventPage />} />
      <Route path=":organisationId/:eventId/change" element={<ChangeEventPage />} />
      <Route path=":organisationId/:eventId/change/check" element={<CheckChangePage />} />
      <Route path=":organisationId/:eventId/repeat" element={<RepeatEventPage />} />
      <Route path=":organisationId/:eventId/series" element={<SeriesPage />} />
      <Route path=":organisationId/:eventId/drive" element={<EventDrivePage />} />
      <Route path=":organisationId/:eventId/cohosts" element={<CohostsPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
