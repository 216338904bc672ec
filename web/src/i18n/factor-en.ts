import type { FactorTexts } from './factor-zh.ts';

/** The second factor of those with a role, in English. */
export const factorEn: FactorTexts = {
  title: 'Show your authenticator',
  lead: 'You can see other people’s data. So, besides the texted code, enter the six digits that your authenticator shows.',
  code: 'Six digits on your authenticator',
  submit: 'Confirm',
  error: 'Enter six digits',
  lostTitle: 'Lost your phone, or deleted the authenticator?',
  lost: 'Ask an admin to request “Reset authenticator”. Once another admin approves, you set up a new one when you next sign in.',
  setTitle: 'Set up your authenticator',
  replaceTitle: 'Use another authenticator',
  setLead: 'Once only. After that, you enter six digits once a shift on each computer or phone.',
  which: {
    phone: 'On a phone: any authenticator app will do, such as Microsoft Authenticator or WeChat’s 腾讯身份验证器.',
    token: 'If you cannot carry a phone: a hardware token that does TOTP.',
  },
  begin: 'Begin',
  next: 'Next',
  scan: 'Scan this code with your authenticator.',
  qr: 'QR code for your authenticator',
  type: 'Cannot scan? Type this key instead:',
  newCode: 'Six digits that it shows now',
  presentCode: 'Six digits that your present authenticator shows',
  confirm: 'Finish',
  mine: 'My authenticator',
  noRole: 'Only staff, organisers, auditors and admins need an authenticator.',
  since: 'Set up {{when}}.',
  until: 'Confirmed in this browser, until {{when}}.',
  replace: 'Use another authenticator',
};
