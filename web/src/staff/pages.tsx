import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../pages/not-found.tsx';
import { JoinPage, LockPage } from '../station/lock.tsx';
import { AuditPage } from './audit.tsx';
import { BatchesPage, BatchPage } from './batch.tsx';
import { BlockNewPage } from './block-new.tsx';
import { BlocksPage } from './blocks.tsx';
import { CallPage } from './call.tsx';
import { CallCheckPage, CallNewPage } from './call-new.tsx';
import { CallSettingsPage } from './call-settings.tsx';
import { CallsPage } from './calls.tsx';
import { ChainPage } from './chain.tsx';
import { CheckInPage } from './check-in.tsx';
import { ClosurePage } from './closure.tsx';
import { ClosureCheckPage, ClosureNewPage } from './closure-new.tsx';
import { ClosuresPage } from './closures.tsx';
import { CompletePage } from './complete.tsx';
import { CorrectPage } from './correct.tsx';
import { DeferPage } from './defer.tsx';
import { DoubtsPage } from './doubts.tsx';
import { DrivesPage } from './drives.tsx';
import { ElsewherePage } from './elsewhere.tsx';
import { FactorPage } from './factor.tsx';
import { FiguresPage } from './figures.tsx';
import { SitesFiguresPage } from './figures-sites.tsx';
import { FileColumnsPage } from './file-columns.tsx';
import { FileNewPage } from './file-new.tsx';
import { FilePage } from './file-one.tsx';
import { FilesPage } from './files.tsx';
import { HoldPage } from './hold.tsx';
import { HoldsPage } from './holds.tsx';
import { HospitalsPage } from './hospitals.tsx';
import { LabAlertsPage } from './lab-alerts.tsx';
import { LatePage } from './late.tsx';
import { MergePage, MergesPage } from './merges.tsx';
import { PeoplePage, PersonNewPage } from './people.tsx';
import { BookForPage, PersonPage } from './person.tsx';
import { PersonFactPage } from './person-fact.tsx';
import { PersonPhonePage } from './person-phone.tsx';
import { PersonProfilePage } from './person-profile.tsx';
import { PlacesPage } from './places.tsx';
import { PlatePage } from './plate.tsx';
import { PrintPage } from './print.tsx';
import { ProblemsPage } from './problems.tsx';
import { LookbackPage, RecallNewPage, RecallPage, RecallsPage } from './recall.tsx';
import { ResultPage } from './result-one.tsx';
import { ResultsPage } from './results.tsx';
import { AccountChangesPage, AskFactorPage, AskFactPage, AskPhonePage } from './role-account.tsx';
import { RoleNewPage } from './role-new.tsx';
import { RolePersonPage, RolesPage } from './roles.tsx';
import { RosterPage } from './roster.tsx';
import { SchedulePage } from './schedule.tsx';
import { ScreeningPage } from './screening.tsx';
import { SettingsPage } from './settings.tsx';
import { SitesPage } from './sites.tsx';
import { StarsPage } from './stars.tsx';
import { StationPage } from './station.tsx';
import { StepPage } from './step.tsx';
import { StockPage } from './stock.tsx';
import { SitesStockPage } from './stock-sites.tsx';
import { UnitSettingsPage } from './unit-settings.tsx';
import { UnitsPage } from './units.tsx';
import { WaitingPage } from './waiting.tsx';

// With these pages, which whoever is at a station opens: a part of its own would cost every donor a larger first load.
export { StationBar } from '../station/bar.tsx';

export function StaffPages() {
  return (
    <Routes>
      <Route index element={<SitesPage />} />
      <Route path="messages" element={<ProblemsPage />} />
      <Route path="units/:din" element={<ChainPage />} />
      <Route path="units/:din/hold" element={<HoldPage />} />
      <Route path="units/:din/lookback" element={<LookbackPage />} />
      <Route path="units/:din/correct" element={<CorrectPage />} />
      <Route path="units/:din/recall" element={<RecallNewPage />} />
      <Route path="units/:din/results" element={<ResultPage />} />
      <Route path="units/:din/:unitId/:action" element={<StepPage />} />
      <Route path="roles" element={<RolesPage />} />
      <Route path="roles/new" element={<RoleNewPage />} />
      <Route path="roles/changes" element={<AccountChangesPage />} />
      <Route path="roles/:personId" element={<RolePersonPage />} />
      <Route path="roles/:personId/phone" element={<AskPhonePage />} />
      <Route path="roles/:personId/second-fact" element={<AskFactPage />} />
      <Route path="roles/:personId/second-factor" element={<AskFactorPage />} />
      <Route path="factor" element={<FactorPage />} />
      <Route path="stars" element={<StarsPage />} />
      <Route path="audit" element={<AuditPage />} />
      <Route path=":siteId" element={<RosterPage />} />
      <Route path=":siteId/people" element={<PeoplePage />} />
      <Route path=":siteId/people/new" element={<PersonNewPage />} />
      <Route path=":siteId/people/:personId" element={<PersonPage />} />
      <Route path=":siteId/people/:personId/book" element={<BookForPage />} />
      <Route path=":siteId/people/:personId/profile" element={<PersonProfilePage />} />
      <Route path=":siteId/people/:personId/phone" element={<PersonPhonePage />} />
      <Route path=":siteId/people/:personId/second-fact" element={<PersonFactPage />} />
      <Route path=":siteId/print" element={<PrintPage />} />
      <Route path=":siteId/late" element={<LatePage />} />
      <Route path=":siteId/places" element={<PlacesPage />} />
      <Route path=":siteId/holds" element={<HoldsPage />} />
      <Route path=":siteId/doubts" element={<DoubtsPage />} />
      <Route path=":siteId/hospitals" element={<HospitalsPage />} />
      <Route path=":siteId/schedule" element={<SchedulePage />} />
      <Route path=":siteId/closures" element={<ClosuresPage />} />
      <Route path=":siteId/closures/new" element={<ClosureNewPage />} />
      <Route path=":siteId/closures/new/check" element={<ClosureCheckPage />} />
      <Route path=":siteId/closures/:closureId" element={<ClosurePage />} />
      <Route path=":siteId/drives" element={<DrivesPage />} />
      <Route path=":siteId/blocks" element={<BlocksPage />} />
      <Route path=":siteId/blocks/new" element={<BlockNewPage />} />
      <Route path="figures" element={<SitesFiguresPage />} />
      <Route path="figures/stock" element={<SitesStockPage />} />
      <Route path=":siteId/figures" element={<FiguresPage />} />
      <Route path=":siteId/figures/stock" element={<StockPage />} />
      <Route path=":siteId/calls" element={<CallsPage />} />
      <Route path=":siteId/calls/new" element={<CallNewPage />} />
      <Route path=":siteId/calls/new/check" element={<CallCheckPage />} />
      <Route path=":siteId/calls/settings" element={<CallSettingsPage />} />
      <Route path=":siteId/calls/:callId" element={<CallPage />} />
      <Route path=":siteId/files" element={<FilesPage />} />
      <Route path=":siteId/files/new" element={<FileNewPage />} />
      <Route path=":siteId/files/new/columns" element={<FileColumnsPage />} />
      <Route path=":siteId/files/:importId" element={<FilePage />} />
      <Route path=":siteId/waiting" element={<WaitingPage />} />
      <Route path=":siteId/merges" element={<MergesPage />} />
      <Route path=":siteId/merges/:mergeId" element={<MergePage />} />
      <Route path="station" element={<LockPage />} />
      <Route path="station/join" element={<JoinPage />} />
      <Route path=":siteId/station" element={<StationPage />} />
      <Route path=":siteId/settings" element={<SettingsPage />} />
      <Route path=":siteId/units" element={<UnitsPage />} />
      <Route path=":siteId/results" element={<ResultsPage />} />
      <Route path=":siteId/results/plate" element={<PlatePage />} />
      <Route path=":siteId/results/alerts" element={<LabAlertsPage />} />
      <Route path=":siteId/check-in/:bookingId" element={<CheckInPage />} />
      <Route path=":siteId/batch" element={<BatchesPage />} />
      <Route path=":siteId/batch/:action" element={<BatchPage />} />
      <Route path=":siteId/recalls" element={<RecallsPage />} />
      <Route path=":siteId/recalls/:recallId" element={<RecallPage />} />
      <Route path=":siteId/unit-settings" element={<UnitSettingsPage />} />
      <Route path=":siteId/complete/:bookingId" element={<CompletePage />} />
      <Route path=":siteId/elsewhere/:bookingId" element={<ElsewherePage />} />
      <Route path=":siteId/screening/:bookingId" element={<ScreeningPage />} />
      <Route path=":siteId/defer/:bookingId" element={<DeferPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
