/**
 * WeChat's own browser opens no calendar file and keeps no download; a picture that is pressed long can be kept there.
 * Its oldest view that these pages run in is Chromium 107 (XWEB) on Android, WebKit of iOS 16 on iPhones; neither has a
 * service worker.
 */
export const isWechat = (userAgent: string = navigator.userAgent): boolean => /MicroMessenger/i.test(userAgent);
