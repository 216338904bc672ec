import type { Language } from '../../shared/domain/vocabulary.ts';

/** Every word of the sign-in pages and of the text that carries the code. */
export type SignInWords = {
  readonly title: string;
  readonly other: string;
  readonly lead: string;
  readonly phone: string;
  readonly phoneHint: string;
  readonly send: string;
  readonly codeTitle: string;
  readonly codeSent: (phone: string) => string;
  readonly code: string;
  readonly codeHint: string;
  readonly signIn: string;
  readonly again: string;
  readonly change: string;
  readonly back: string;
  readonly toPhone: string;
  readonly errors: {
    readonly phone: string;
    readonly 'too-soon': (seconds: number) => string;
    readonly 'number-busy': (seconds: number) => string;
    readonly 'address-busy': (seconds: number) => string;
    readonly unsent: string;
    readonly wrong: (left: number) => string;
    readonly format: string;
    readonly expired: string;
    readonly exhausted: string;
  };
  readonly gone: { readonly title: string; readonly text: string; readonly back: string };
  readonly signOut: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string };
  readonly text: (code: string) => string;
};

const minutes = (seconds: number): number => Math.ceil(seconds / 60);

export const SIGN_IN_WORDS: Record<Language, SignInWords> = {
  zh: {
    title: '登录暖流',
    other: 'English',
    lead: '预约献血，参加志愿服务，知道您的血液何时帮到了人。',
    phone: '手机号码',
    phoneHint: '我们会发送一条带验证码的短信。新号码登录后自动注册。',
    send: '获取验证码',
    codeTitle: '输入验证码',
    codeSent: (phone) => `验证码已发送至 ${phone}`,
    code: '6 位验证码',
    codeHint: '5 分钟内有效。',
    signIn: '登录',
    again: '重新发送',
    change: '更换号码',
    back: '返回暖流',
    toPhone: '演示环境：短信显示在“手机”页上',
    errors: {
      phone: '请输入正确的手机号码，例如 139 0000 0001；境外号码请以 + 开头。',
      'too-soon': (seconds) => `刚刚已发送过验证码，请在 ${seconds} 秒后重试。`,
      'number-busy': (seconds) => `该号码获取验证码过于频繁，请在 ${minutes(seconds)} 分钟后重试。`,
      'address-busy': (seconds) => `您所在网络获取验证码过于频繁，请在 ${minutes(seconds)} 分钟后重试。`,
      unsent: '短信没有发送成功，请重试。',
      wrong: (left) => `验证码不正确，还可以再试 ${left} 次。`,
      format: '验证码是 6 位数字。',
      expired: '验证码已过期，请重新获取。',
      exhausted: '错误次数过多，该验证码已失效，请重新获取。',
    },
    gone: { title: '登录已中断', text: '这次登录已过期或已完成，请从首页重新登录。', back: '返回暖流' },
    signOut: { title: '退出登录', text: '确定要退出登录吗？', yes: '退出登录', no: '保持登录' },
    text: (code) => `【暖流】验证码 ${code}，5 分钟内有效。请勿告诉任何人。`,
  },
  en: {
    title: 'Sign in to Nuanliu',
    other: '中文',
    lead: 'Book a blood donation, join a service day, and hear when your blood has helped someone.',
    phone: 'Mobile number',
    phoneHint: 'We will text you a code. A new number is registered when it signs in.',
    send: 'Text me a code',
    codeTitle: 'Enter the code',
    codeSent: (phone) => `We texted a code to ${phone}`,
    code: '6-digit code',
    codeHint: 'It is valid for 5 minutes.',
    signIn: 'Sign in',
    again: 'Send another code',
    change: 'Use another number',
    back: 'Back to Nuanliu',
    toPhone: 'Demonstration: texts arrive on the phone page',
    errors: {
      phone: 'Enter a mobile number, such as 139 0000 0001; start a number from outside China with +.',
      'too-soon': (seconds) => `A code was sent a moment ago; please wait ${seconds} seconds.`,
      'number-busy': (seconds) =>
        `Too many codes were sent to this number; please try again in ${minutes(seconds)} minutes.`,
      'address-busy': (seconds) =>
        `Too many codes were asked for from your network; please try again in ${minutes(seconds)} minutes.`,
      unsent: 'The text could not be sent; please try again.',
      wrong: (left) => `That is not the code; you can try ${left} more ${left === 1 ? 'time' : 'times'}.`,
      format: 'The code is 6 digits.',
      expired: 'That code has expired; please ask for another.',
      exhausted: 'Too many wrong tries: that code no longer works. Please ask for another.',
    },
    gone: {
      title: 'This sign-in has ended',
      text: 'It has expired or was finished already. Please start again from the first page.',
      back: 'Back to Nuanliu',
    },
    signOut: { title: 'Sign out', text: 'Do you want to sign out?', yes: 'Sign out', no: 'Stay signed in' },
    text: (code) => `Nuanliu: your code is ${code}, valid for 5 minutes. Never tell it to anyone.`,
  },
};
