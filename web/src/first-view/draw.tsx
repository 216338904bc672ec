import { renderToStaticMarkup } from 'react-dom/server';
import { Route, Routes, StaticRouter } from 'react-router';
import { LANGUAGES, type Language } from '../../../shared/domain/vocabulary.ts';
import { App, fetchPageAt } from '../app.tsx';
import { startLanguage, turnTo } from '../i18n/index.ts';
import { Around } from '../layout/around.tsx';
import { PageComing } from '../layout/later.tsx';
import { Shell } from '../layout/shell.tsx';
import { VIEWS, type View } from './views.ts';

export type Drawn = { readonly view: View; readonly language: Language; readonly html: string };

/** Every view in every language, by the very components that draw the page later. */
export async function draw(): Promise<Drawn[]> {
  const drawn: Drawn[] = [];
  await startLanguage('zh');
  for (const language of LANGUAGES) {
    await turnTo(language);
    for (const view of VIEWS) {
      const address = view.drawnAt ?? '/any';
      if (view.code) await fetchPageAt(new URL(address, 'http://drawn').pathname);
      const page = <StaticRouter location={address}>{view.drawnAt ? <App /> : <AnyPage />}</StaticRouter>;
      drawn.push({ view, language, html: renderToStaticMarkup(<Around styled={false}>{page}</Around>) });
    }
  }
  return drawn;
}

const AnyPage = () => (
  <Routes>
    <Route element={<Shell />}>
      <Route path="*" element={<PageComing />} />
    </Route>
  </Routes>
);

/** The variables and classes that every page's styles stand on. */
export const drawStyles = (): string => renderToStaticMarkup(<Around styled>{null}</Around>);
