import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../pages/not-found.tsx';
import { AskNotToUsePage } from './ask-not-to-use.tsx';
import { DonationsPage } from './donations.tsx';
import { RecordPage } from './record.tsx';

/** What somebody has given, and what they may do about it. */
export function GivenPages() {
  return (
    <Routes>
      <Route index element={<DonationsPage />} />
      <Route path=":date/:din/record" element={<RecordPage />} />
      <Route path=":date/:din/do-not-use" element={<AskNotToUsePage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
