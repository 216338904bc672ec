/**
 * WeChat's own browser opens no calendar file and keeps no download; a picture that is pressed long can be kept there. How old
 * it may be is in web/oldest-browsers.ts.
 */
export const isWechat = (userAgent: string = navigator.userAgent): boolean => /MicroMessenger/i.test(userAgent);
