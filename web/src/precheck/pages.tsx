import { useTranslation } from 'react-i18next';
import { Outlet, Route, Routes, useMatch, useSearchParams } from 'react-router';
import { NotFoundPage } from '../pages/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { LoadError, Loading } from '../ui/states.tsx';
import { KeepPage } from './keep.tsx';
import { CheckAnswersPage, ResultPage, Start, StartPage, StillPage } from './overview.tsx';
import { StepPage } from './steps.tsx';
import { PrecheckContext, useLoadedPrecheck } from './use-precheck.ts';

/** May I give, and when? For anybody; what is answered stays in the browser until they agree to have it kept. */
export function PrecheckPages() {
  return (
    <Routes>
      <Route element={<WithRules />}>
        <Route index element={<StartPage />} />
        <Route path="q/:step" element={<StepPage />} />
        <Route path="check" element={<CheckAnswersPage />} />
        <Route path="still" element={<StillPage />} />
        <Route path="result" element={<ResultPage />} />
        <Route path="keep" element={<KeepPage />} />
      </Route>
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

function WithRules() {
  const { t } = useTranslation('precheck');
  const [search] = useSearchParams();
  const start = useMatch('/precheck');
  const loaded = useLoadedPrecheck(search.get('site') ?? undefined, search.get('pack') ?? undefined);
  if (loaded && 'precheck' in loaded) {
    return (
      <PrecheckContext value={loaded.precheck}>
        <Outlet />
      </PrecheckContext>
    );
  }
  if (!loaded && start) {
    return (
      <Start>
        <Loading />
      </Start>
    );
  }
  return (
    <Page title={t('title')}>{loaded ? <LoadError error={loaded.error} retry={loaded.retry} /> : <Loading />}</Page>
  );
}
