import './service.css';
import { Route, Routes } from 'react-router';
import { Later, later } from '../layout/later.tsx';
import { NotFoundPage } from '../pages/not-found.tsx';
import { NumberPage } from './number.tsx';
import { CorrectRecordPage, MissingShiftPage } from './request.tsx';
import { ServicePage } from './service.tsx';

// What draws a sheet comes when one is wanted.
const NewCertificatePage = later(() => import('./certificate.tsx'), 'NewCertificatePage');
const CertificatePage = later(() => import('./certificate.tsx'), 'CertificatePage');

/** What somebody has served, and what they may do about it. */
export function ServicePages() {
  return (
    <Routes>
      <Route index element={<ServicePage />} />
      <Route path="number" element={<NumberPage />} />
      <Route path=":year/:recordId/correct" element={<CorrectRecordPage />} />
      <Route path="missing/:bookingId" element={<MissingShiftPage />} />
      <Route path="certify/:organisationId" element={<Later page={NewCertificatePage} />} />
      <Route path="certificates/:code" element={<Later page={CertificatePage} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
