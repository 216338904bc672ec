import type { ReactElement } from 'react';
import { createRoutesFromElements, matchRoutes, Route, useRoutes } from 'react-router';
import { Later, type LaterPage, later } from './layout/later.tsx';
import { Shell } from './layout/shell.tsx';
import { DonatePage } from './pages/donate.tsx';
import { HomePage } from './pages/home.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { SlotsPage } from './pages/slots.tsx';

// The way to a booking is in the first load; what comes later is fetched when it is opened.
const CheckPage = later(() => import('./pages/check.tsx'), 'CheckPage');
const ShiftCheckPage = later(() => import('./pages/check.tsx'), 'ShiftCheckPage');
const BookingsPage = later(() => import('./pages/bookings.tsx'), 'BookingsPage', 'serve');
const PassPage = later(() => import('./pages/pass.tsx'), 'PassPage', 'here');
const BookingPage = later(() => import('./pages/booking.tsx'), 'BookingPage', 'here');
const CancelPage = later(() => import('./pages/booking-cancel.tsx'), 'CancelPage');
const ChangePage = later(() => import('./pages/booking-change.tsx'), 'ChangePage');
const ChangeCheckPage = later(() => import('./pages/booking-change.tsx'), 'ChangeCheckPage');
const GivenPages = later(() => import('./given/pages.tsx'), 'GivenPages', 'given');
const LedgerPage = later(() => import('./given/ledger.tsx'), 'LedgerPage', 'given');
const ServicePages = later(() => import('./service/pages.tsx'), 'ServicePages', 'given');
const VerifyPage = later(() => import('./given/verify.tsx'), 'VerifyPage', 'given');
const MessagesPage = later(() => import('./pages/messages.tsx'), 'MessagesPage');
const TextSettingsPage = later(() => import('./pages/text-settings.tsx'), 'TextSettingsPage');
const MePage = later(() => import('./pages/me.tsx'), 'MePage');
const ProfilePage = later(() => import('./pages/profile.tsx'), 'ProfilePage');
const ProfileEditPage = later(() => import('./pages/profile-edit.tsx'), 'ProfileEditPage');
const WaitingPage = later(() => import('./pages/waiting.tsx'), 'WaitingPage');
const InvitePage = later(() => import('./pages/invite.tsx'), 'InvitePage', 'given');
const HeadcountPage = later(() => import('./pages/invite.tsx'), 'HeadcountPage', 'given');
const CallOpenPage = later(() => import('./pages/call-open.tsx'), 'CallOpenPage');
const MovesPage = later(() => import('./pages/moves.tsx'), 'MovesPage');
const HerePage = later(() => import('./pages/here.tsx'), 'HerePage', 'here');
const EventsPage = later(() => import('./pages/events.tsx'), 'EventsPage', 'serve');
const AskCoverPage = later(() => import('./pages/cover.tsx'), 'AskCoverPage', 'serve');
const TakeCoverPage = later(() => import('./pages/cover.tsx'), 'TakeCoverPage', 'serve');
const TeamPage = later(() => import('./pages/team.tsx'), 'TeamPage', 'serve');
const TeamPlacePage = later(() => import('./pages/team.tsx'), 'TeamPlacePage', 'serve');
const AskGuardianPage = later(() => import('./pages/guardian.tsx'), 'AskGuardianPage', 'serve');
const GuardianPage = later(() => import('./pages/guardian.tsx'), 'GuardianPage', 'serve');
const EventPage = later(() => import('./pages/event.tsx'), 'EventPage', 'serve');
const PrecheckPages = later(() => import('./precheck/pages.tsx'), 'PrecheckPages', 'precheck');
// What was told before, apart from the questions: whoever begins has nothing of it.
const ElsewherePage = later(() => import('./precheck/elsewhere.tsx'), 'ElsewherePage', 'precheck');
const ElsewhereEditPage = later(() => import('./precheck/elsewhere.tsx'), 'ElsewhereEditPage', 'precheck');
const ConsentsPage = later(() => import('./precheck/consents.tsx'), 'ConsentsPage', 'precheck');
const SignedInPage = later(() => import('./pages/signed-in.tsx'), 'SignedInPage');
const MinePages = later(() => import('./mine/pages.tsx'), 'MinePages', 'mine');
const StaffPages = later(() => import('./staff/pages.tsx'), 'StaffPages', 'work');
const OrganisePages = later(() => import('./organise/pages.tsx'), 'OrganisePages', 'work');

const routes = createRoutesFromElements(
  <Route element={<Shell />}>
    <Route index element={<HomePage />} />
    <Route path="donate" element={<DonatePage />} />
    <Route path="donate/check" element={<Later page={CheckPage} />} />
    <Route path="donate/:siteId" element={<SlotsPage />} />
    <Route path="bookings" element={<Later page={BookingsPage} />} />
    <Route path="bookings/:bookingId" element={<Later page={BookingPage} />} />
    <Route path="bookings/:bookingId/pass" element={<Later page={PassPage} />} />
    <Route path="pass" element={<Later page={PassPage} />} />
    <Route path="bookings/:bookingId/cancel" element={<Later page={CancelPage} />} />
    <Route path="bookings/:bookingId/cover" element={<Later page={AskCoverPage} />} />
    <Route path="bookings/:bookingId/change" element={<Later page={ChangePage} />} />
    <Route path="bookings/:bookingId/change/check" element={<Later page={ChangeCheckPage} />} />
    <Route path="ledger" element={<Later page={LedgerPage} />} />
    <Route path="donations/*" element={<Later page={GivenPages} />} />
    <Route path="service/*" element={<Later page={ServicePages} />} />
    <Route path="verify" element={<Later page={VerifyPage} />} />
    <Route path="verify/:code" element={<Later page={VerifyPage} />} />
    <Route path="waiting" element={<Later page={WaitingPage} />} />
    <Route path="o" element={<Later page={WaitingPage} />} />
    <Route path="i/:code" element={<Later page={InvitePage} />} />
    <Route path="u/:code" element={<Later page={HeadcountPage} />} />
    <Route path="m" element={<Later page={MovesPage} />} />
    <Route path="c/:code" element={<Later page={CallOpenPage} />} />
    <Route path="here/:eventId/:code" element={<Later page={HerePage} />} />
    <Route path="messages" element={<Later page={MessagesPage} />} />
    <Route path="messages/settings" element={<Later page={TextSettingsPage} />} />
    <Route path="me" element={<Later page={MePage} />} />
    <Route path="profile" element={<Later page={ProfilePage} />} />
    <Route path="profile/edit/:field" element={<Later page={ProfileEditPage} />} />
    <Route path="events" element={<Later page={EventsPage} />} />
    <Route path="events/:eventId" element={<Later page={EventPage} />} />
    <Route path="events/:eventId/check" element={<Later page={ShiftCheckPage} />} />
    <Route path="events/:eventId/team" element={<Later page={TeamPage} />} />
    <Route path="events/:eventId/team/:teamId" element={<Later page={TeamPlacePage} />} />
    <Route path="events/:eventId/guardian" element={<Later page={AskGuardianPage} />} />
    <Route path="g/:code" element={<Later page={GuardianPage} />} />
    <Route path="events/:eventId/cover" element={<Later page={TakeCoverPage} />} />
    <Route path="precheck/elsewhere" element={<Later page={ElsewherePage} />} />
    <Route path="precheck/elsewhere/:declaredId" element={<Later page={ElsewhereEditPage} />} />
    <Route path="precheck/consents" element={<Later page={ConsentsPage} />} />
    <Route path="precheck/*" element={<Later page={PrecheckPages} />} />
    <Route path="signed-in" element={<Later page={SignedInPage} />} />
    <Route path="mine/*" element={<Later page={MinePages} />} />
    <Route path="staff/*" element={<Later page={StaffPages} />} />
    <Route path="organise/*" element={<Later page={OrganisePages} />} />
    <Route path="*" element={<NotFoundPage />} />
  </Route>,
);

export const App = () => useRoutes(routes);

/** Fetches what the page of an address is made of, so that it can be drawn whole. */
export async function fetchPageAt(path: string): Promise<void> {
  for (const { route } of matchRoutes(routes, path) ?? []) {
    await (route.element as ReactElement<{ page?: LaterPage }>).props.page?.fetchPage();
  }
}
