import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../pages/not-found.tsx';
import { JoinPage, LockPage } from './lock.tsx';

/** A browser that several people of a site use in turn. */
export function StationPages() {
  return (
    <Routes>
      <Route index element={<LockPage />} />
      <Route path="join" element={<JoinPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
