/**
 * Asks the browser to keep these pages for when there is no connection, where it can (WeChat's cannot): only once there is
 * a pass to open, and only what this page was made of. Nothing of the API is ever kept by it.
 */
export function keepForOffline(): void {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return;
  navigator.serviceWorker
    .register('/offline.js')
    .then(async () => {
      const { active } = await navigator.serviceWorker.ready;
      // Only now: what the page still fetched while the worker began is part of it.
      const made = performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name))
        .filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith('/assets/'))
        .map(({ pathname }) => pathname);
      active?.postMessage([...new Set(made)]);
    })
    .catch(() => {
      // Refused, in a private window for one: the pass itself is kept all the same.
    });
}
