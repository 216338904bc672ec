/**
 * The oldest browsers the pages run in: WeChat's own view on Android (XWEB, which is Chromium 107) and WebKit of iOS 16, which
 * every browser of an iPhone is. The pages are built for them, and nothing a donor must do wants a service worker, a download
 * or the camera, which WeChat's view has not.
 */
export const OLDEST_BROWSERS = ['chrome107', 'safari16'] as const;
