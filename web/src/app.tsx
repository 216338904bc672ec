import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { type LaterTexts, loadTexts } from './i18n/index.ts';
import { Shell } from './layout/shell.tsx';
import { DonatePage } from './pages/donate.tsx';
import { HomePage } from './pages/home.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { SlotsPage } from './pages/slots.tsx';

const pick = <N extends string>(load: Promise<Record<N, React.ComponentType>>, name: N) =>
  load.then((module) => ({ default: module[name] }));

/** Pages that come with texts of their own. */
const withTexts = <Page,>(page: Promise<Page>, texts: LaterTexts): Promise<Page> =>
  Promise.all([page, loadTexts(texts)]).then(([it]) => it);

// The way to a booking is in the first load; what comes later is fetched when it is opened.
const CheckPage = lazy(() => pick(import('./pages/check.tsx'), 'CheckPage'));
const ShiftCheckPage = lazy(() => pick(import('./pages/check.tsx'), 'ShiftCheckPage'));
const BookingsPage = lazy(() => pick(import('./pages/bookings.tsx'), 'BookingsPage'));
const PassPage = lazy(() => pick(import('./pages/pass.tsx'), 'PassPage'));
const BookingPage = lazy(() => pick(import('./pages/booking.tsx'), 'BookingPage'));
const CancelPage = lazy(() => pick(import('./pages/booking-cancel.tsx'), 'CancelPage'));
const ChangePage = lazy(() => pick(import('./pages/booking-change.tsx'), 'ChangePage'));
const ChangeCheckPage = lazy(() => pick(import('./pages/booking-change.tsx'), 'ChangeCheckPage'));
const GivenPages = lazy(() => withTexts(pick(import('./given/pages.tsx'), 'GivenPages'), 'given'));
const VerifyPage = lazy(() => withTexts(pick(import('./given/verify.tsx'), 'VerifyPage'), 'given'));
const MessagesPage = lazy(() => pick(import('./pages/messages.tsx'), 'MessagesPage'));
const TextSettingsPage = lazy(() => pick(import('./pages/text-settings.tsx'), 'TextSettingsPage'));
const MePage = lazy(() => pick(import('./pages/me.tsx'), 'MePage'));
const ProfilePage = lazy(() => pick(import('./pages/profile.tsx'), 'ProfilePage'));
const ProfileEditPage = lazy(() => pick(import('./pages/profile-edit.tsx'), 'ProfileEditPage'));
const WaitingPage = lazy(() => pick(import('./pages/waiting.tsx'), 'WaitingPage'));
const MovesPage = lazy(() => pick(import('./pages/moves.tsx'), 'MovesPage'));
const EventsPage = lazy(() => pick(import('./pages/events.tsx'), 'EventsPage'));
const EventPage = lazy(() => pick(import('./pages/event.tsx'), 'EventPage'));
const PrecheckPages = lazy(() => withTexts(pick(import('./precheck/pages.tsx'), 'PrecheckPages'), 'precheck'));
const SignedInPage = lazy(() => pick(import('./pages/signed-in.tsx'), 'SignedInPage'));
const MinePages = lazy(() => withTexts(pick(import('./mine/pages.tsx'), 'MinePages'), 'mine'));
const StaffPages = lazy(() => withTexts(pick(import('./staff/pages.tsx'), 'StaffPages'), 'work'));
const OrganisePages = lazy(() => withTexts(pick(import('./organise/pages.tsx'), 'OrganisePages'), 'work'));

export function App() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<HomePage />} />
        <Route path="donate" element={<DonatePage />} />
        <Route path="donate/check" element={<CheckPage />} />
        <Route path="donate/:siteId" element={<SlotsPage />} />
        <Route path="bookings" element={<BookingsPage />} />
        <Route path="bookings/:bookingId" element={<BookingPage />} />
        <Route path="bookings/:bookingId/pass" element={<PassPage />} />
        <Route path="bookings/:bookingId/cancel" element={<CancelPage />} />
        <Route path="bookings/:bookingId/change" element={<ChangePage />} />
        <Route path="bookings/:bookingId/change/check" element={<ChangeCheckPage />} />
        <Route path="donations/*" element={<GivenPages />} />
        <Route path="verify" element={<VerifyPage />} />
        <Route path="verify/:code" element={<VerifyPage />} />
        <Route path="waiting" element={<WaitingPage />} />
        <Route path="m" element={<MovesPage />} />
        <Route path="o" element={<WaitingPage />} />
        <Route path="messages" element={<MessagesPage />} />
        <Route path="messages/settings" element={<TextSettingsPage />} />
        <Route path="me" element={<MePage />} />
        <Route path="profile" element={<ProfilePage />} />
        <Route path="profile/edit/:field" element={<ProfileEditPage />} />
        <Route path="events" element={<EventsPage />} />
        <Route path="events/:eventId" element={<EventPage />} />
        <Route path="events/:eventId/check" element={<ShiftCheckPage />} />
        <Route path="precheck/*" element={<PrecheckPages />} />
        <Route path="signed-in" element={<SignedInPage />} />
        <Route path="mine/*" element={<MinePages />} />
        <Route path="staff/*" element={<StaffPages />} />
        <Route path="organise/*" element={<OrganisePages />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
