/**
 * Keeps the page and the files it was made of for when there is no connection, so that a pass opens all the same. The
 * network always comes first for the page itself; files in /assets/ are named by their content and never change.
 */
const STORE = 'nuanliu-pages-1';
const PAGE = '/';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(STORE)
      .then((store) => store.add(PAGE))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/** What the pages were made of this time; whatever they were made of before is dropped. */
self.addEventListener('message', (event) => {
  event.waitUntil(keep(event.data));
});

async function keep(paths) {
  const store = await caches.open(STORE);
  const kept = new Set((await store.keys()).map(({ url }) => new URL(url).pathname));
  await store.addAll([PAGE, ...paths.filter((path) => !kept.has(path))]);
  const wanted = new Set([PAGE, ...paths]);
  for (const path of kept) if (!wanted.has(path)) await store.delete(path);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && !/^\/(api|identity|phone)(\/|$)/.test(pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(PAGE)) ?? Response.error()));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
