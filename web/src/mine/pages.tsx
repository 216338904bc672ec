import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../pages/not-found.tsx';
import { CallsPage } from './calls.tsx';
import { DataPage } from './data.tsx';
import { ErasePage } from './erase.tsx';
import { InsurancePage } from './insurance.tsx';
import { SecondFactPage } from './second-fact.tsx';
import { SettingsPage } from './settings.tsx';
import { SignOutPage } from './sign-out.tsx';
import { SkillsPage } from './skills.tsx';
import { BeforePage, WhoPage } from './who.tsx';

/** Who I am here, how the pages are, and what is kept of me. */
export function MinePages() {
  return (
    <Routes>
      <Route path="who" element={<WhoPage />} />
      <Route path="who/before" element={<BeforePage />} />
      <Route path="settings" element={<SettingsPage />} />
      <Route path="skills" element={<SkillsPage />} />
      <Route path="insurance" element={<InsurancePage />} />
      <Route path="second-fact" element={<SecondFactPage />} />
      <Route path="sign-out" element={<SignOutPage />} />
      <Route path="calls" element={<CallsPage />} />
      <Route path="data" element={<DataPage />} />
      <Route path="erase" element={<ErasePage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
