// Only the components the pages use: the whole sheet is four times as large. Each builds on those before it.
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Loader.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Button.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import './styles/app.css';
import './lib/older-phones.ts';
import { StrictMode, startTransition, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App, fetchPageAt } from './app.tsx';
import { lookAgainOnReturn } from './auth/actions.ts';
import { followOtherTabs } from './auth/session.ts';
import { pressAgain } from './first-view/handed-over.ts';
import { markLanguage, startLanguage } from './i18n/index.ts';
import { Around } from './layout/around.tsx';
import { largeType } from './lib/large-type.ts';

largeType.start();
followOtherTabs();
lookAgainOnReturn();
// A page that cannot be fetched is asked for again where it stands, and says so.
await Promise.all([startLanguage(), fetchPageAt(window.location.pathname).catch(() => undefined)]);
markLanguage();

const container = document.getElementById('root');
if (!container) throw new Error('The page has no #root');
const root = createRoot(container);
/** Stands last: when it is there, so is everything else. */
function Begun() {
  useEffect(pressAgain, []);
  return null;
}

const page = (
  <StrictMode>
    <Around styled={import.meta.env.DEV}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
      <Begun />
    </Around>
  </StrictMode>
);
// In slices, so that a thumb is answered meanwhile; what the page carried stays until all of it is there.
startTransition(() => root.render(page));
