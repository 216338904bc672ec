import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstView } from './first-view.ts';
import { OLDEST_BROWSERS } from './oldest-browsers.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  plugins: [react(), firstView()],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: [...OLDEST_BROWSERS],
    cssTarget: [...OLDEST_BROWSERS],
    // Small icons stay files, so that the policy of the pages need not allow data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Apart, so that a phone takes the scripts in one by one instead of all at a time.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// }] },
      },
    },
  },
  // `npx vite web` while `npm start` runs beside it.
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/uploads', '/config.json', '/phone', '/.well-known', '/identity'].map((path) => [
        path,
        'http://127.0.0.1:3000',
      ]),
    ),
  },
});
