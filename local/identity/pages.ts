import type { Language } from '../../shared/domain/vocabulary.ts';
import { html, type Raw, raw } from '../html.ts';
import { SIGN_IN_WORDS, type SignInWords } from './sign-in-words.ts';

const STYLE = `
*{box-sizing:border-box}
html{font-family:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif;
  line-height:1.55;color:#2b211d;background:#fbf6f0;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100dvh;display:flex;flex-direction:column}
header{display:flex;justify-content:space-between;align-items:center;padding:16px 20px;max-width:1080px;width:100%;margin:0 auto}
.brand{display:flex;align-items:center;gap:10px;font-weight:700;font-size:1.125rem;color:inherit;text-decoration:none}
main{flex:1;display:flex;align-items:flex-start;justify-content:center;padding:24px 16px 48px}
.card{width:100%;max-width:430px;background:#fff;border:1px solid #efe3d8;border-radius:26px;padding:32px 28px;
  box-shadow:0 1px 2px rgba(43,33,29,.04),0 18px 44px -24px rgba(117,35,23,.28)}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 8px}
p{margin:0 0 16px}
.quiet{color:#6b5a51}
.small{font-size:.9rem}
label{display:block;font-weight:600;margin:20px 0 6px}
input[type=tel],input[type=text]{width:100%;font:inherit;font-size:1.15rem;padding:11px 14px;min-height:50px;color:inherit;
  border:1px solid #a3907f;border-radius:12px;background:#fff}
input.code{letter-spacing:.42em;font-size:1.5rem;font-variant-numeric:tabular-nums;text-align:center;padding-left:calc(14px + .42em)}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid #df6248;outline-offset:2px}
input[aria-invalid=true]{border:2px solid #b93a26}
.fault{color:#982e1e;background:#fff3ee;border-left:4px solid #b93a26;border-radius:8px;padding:10px 12px;margin:16px 0 0;font-weight:500}
.hint{color:#6b5a51;font-size:.9rem;margin:8px 0 0}
button{font:inherit;cursor:pointer}
.primary{width:100%;min-height:50px;margin-top:22px;border:0;border-radius:26px;background:#b93a26;color:#fff;font-weight:600;font-size:1.06rem}
.primary:hover{background:#982e1e}
.row{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 16px;margin-top:14px}
.link{border:0;background:none;padding:10px 0;color:#982e1e;text-decoration:underline;text-underline-offset:3px;min-height:44px;display:inline-flex;align-items:center}
.note{margin:26px 0 0;padding-top:14px;border-top:1px solid #efe3d8}
`;

const DROP = `<svg width="26" height="30" viewBox="0 0 26 30" aria-hidden="true"><path d="M13 1C8 8.4 2 14 2 19.4A10.8 10.8 0 0 0 13 29.500a10.800 10.800 0 0 0 11-10.100C24 14 18 8.400 13 1Z" fill="#b93a26"/><path d="M6.500 19.800c2.200-2 4.300-2 6.500 0s4.300 2 6.500 0" fill="none" stroke="#fff" stroke-width="2.200" stroke-linecap="round"/></svg>`;

type PageOptions = {
  readonly language: Language;
  readonly title: string;
  readonly body: Raw;
  readonly switchTo?: string;
};

function page({ language, title, body, switchTo }: PageOptions): string {
  const other: Language = language === 'zh' ? 'en' : 'zh';
  return html`<!doctype html>
<html lang="${tag(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${title} · 暖流 Nuanliu</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header><a class="brand" href="/">${raw(DROP)} 暖流 Nuanliu</a>${
    switchTo &&
    html`<a class="link" href="${switchTo}?lang=${other}" lang="${tag(other)}" hreflang="${tag(other)}">${SIGN_IN_WORDS[language].other}</a>`
  }</header>
<main><div class="card">
${body}
</div></main>
</body>
</html>`.raw;
}

const tag = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en');

/** What went wrong with the last submission, if anything; the field is marked by it. */
export type Fault = string | undefined;

const fault = (text: Fault): Raw | undefined =>
  text === undefined ? undefined : html`<p class="fault" role="alert" id="fault">${text}</p>`;

const marks = (text: Fault): Raw =>
  raw(text === undefined ? 'aria-describedby="hint"' : 'aria-invalid="true" aria-describedby="fault hint"');

type StepOptions = { readonly language: Language; readonly action: string; readonly fault: Fault };

export function phonePage({
  language,
  action,
  fault: text,
  typed,
}: StepOptions & { typed?: string | undefined }): string {
  const words = SIGN_IN_WORDS[language];
  const body = html`<h1>${words.title}</h1>
<p class="quiet">${words.lead}</p>
<form method="post" action="${action}/phone?lang=${language}" novalidate>
<label for="phone">${words.phone}</label>
<input id="phone" name="phone" type="tel" autocomplete="tel" inputmode="tel" autofocus required value="${typed ?? ''}" ${marks(text)}>
${fault(text)}
<p class="hint" id="hint">${words.phoneHint}</p>
<button class="primary" type="submit">${words.send}</button>
</form>
${demoNote(words)}`;
  return page({ language, title: words.title, body, switchTo: action });
}

export function codePage({ language, action, fault: text, phone }: StepOptions & { phone: string }): string {
  const words = SIGN_IN_WORDS[language];
  const again = `${action}/again?lang=${language}`;
  const body = html`<h1>${words.codeTitle}</h1>
<p class="quiet">${words.codeSent(phone)}</p>
<form method="post" action="${action}/code?lang=${language}" novalidate>
<label for="code">${words.code}</label>
<input class="code" id="code" name="code" type="text" autocomplete="one-time-code" inputmode="numeric" maxlength="12" autofocus required ${marks(text)}>
${fault(text)}
<p class="hint" id="hint">${words.codeHint}</p>
<button class="primary" type="submit">${words.signIn}</button>
</form>
<div class="row">
<form method="post" action="${again}"><button class="link" type="submit">${words.again}</button></form>
<form method="post" action="${action}/change?lang=${language}"><button class="link" type="submit">${words.change}</button></form>
</div>
${demoNote(words)}`;
  return page({ language, title: words.codeTitle, body, switchTo: action });
}

const demoNote = (words: SignInWords): Raw =>
  html`<p class="note small quiet"><a class="link" href="/phone" target="_blank" rel="noopener">${words.toPhone}</a></p>`;

export function gonePage(language: Language): string {
  const { gone } = SIGN_IN_WORDS[language];
  const body = html`<h1>${gone.title}</h1><p>${gone.text}</p><p><a class="link" href="/">${gone.back}</a></p>`;
  return page({ language, title: gone.title, body });
}

/** Runs only where the caller proved with its ID token whose sign-out this is; others press the button. */
export const SUBMIT_SIGN_OUT = `document.getElementById('yes').click()`;

/** `form`: the provider's own, with its token against forgery. */
export function signOutPage(language: Language, form: string, confirmed: boolean): string {
  const { signOut } = SIGN_IN_WORDS[language];
  const body = html`<h1>${signOut.title}</h1><p>${signOut.text}</p>${raw(form)}
<button class="primary" id="yes" type="submit" form="op.logoutForm" value="yes" name="logout">${signOut.yes}</button>
<div class="row"><a class="link" href="/">${signOut.no}</a></div>
${confirmed && raw(`<script>${SUBMIT_SIGN_OUT}</script>`)}`;
  return page({ language, title: signOut.title, body });
}
