import type { IncomingMessage, ServerResponse } from 'node:http';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { IDENTITY_PATH } from '../subjects.ts';
import type { Codes, IssueResult } from './codes.ts';
import { codePage, type Fault, gonePage, phonePage } from './pages.ts';
import { type Accounts, PAGE_POLICY, signInLanguage } from './provider.ts';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

const PATH = new RegExp(`^${IDENTITY_PATH}/interaction/([\\w-]+)(?:/(phone|code|again|change))?$`);
const MAX_FORM_BYTES = 4_096;

/** Whether a request is for one of the sign-in's own pages; the rest under /identity is the provider's. */
export const isSignInPath = (path: string): boolean => PATH.test(path);

export type SignInDeps = {
  readonly provider: Provider;
  readonly origin: string;
  readonly codes: Codes;
  readonly accounts: Accounts;
  /** Texts a number; throws when that failed. */
  readonly text: (phone: string, body: string) => Promise<void>;
};

/** A typed number in E.164; without a country it is Chinese. */
export function parsePhone(typed: string): string | undefined {
  const number = parsePhoneNumberFromString(typed.normalize('NFKC'), 'CN');
  return number?.isValid() ? number.number : undefined;
}

/**
 * The pages between "sign in" and being signed in: a number, then the code it was texted. They work without scripts. A
 * form counts only from our own origin and with the sign-in's own cookie, which no other site can send.
 */
export async function handleSignIn(req: IncomingMessage, res: ServerResponse, deps: SignInDeps): Promise<void> {
  const url = new URL(req.url ?? '/', deps.origin);
  const [, uid = '', step] = PATH.exec(url.pathname) ?? [];
  const chosen = url.searchParams.get('lang');

  let details: Awaited<ReturnType<Provider['interactionDetails']>>;
  try {
    details = await deps.provider.interactionDetails(req, res);
    if (details.uid !== uid) throw new errors.SessionNotFound('another sign-in');
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    return send(res, 400, gonePage(signInLanguage(chosen, undefined, req.headers['accept-language'])));
  }
  const language = signInLanguage(chosen, details.params['ui_locales'], req.headers['accept-language']);
  const words = SIGN_IN_WORDS[language];
  const action = `${IDENTITY_PATH}/interaction/${uid}`;
  const showPhone = (fault: Fault, typed?: string) =>
    send(res, fault ? 422 : 200, phonePage({ language, action, fault, typed }));
  const showCode = (fault: Fault, phone: string) =>
    send(res, fault ? 422 : 200, codePage({ language, action, fault, phone: spaced(phone) }));

  if (req.method === 'GET' || req.method === 'HEAD') {
    const phone = deps.codes.phoneOf(uid);
    return phone ? showCode(undefined, phone) : showPhone(undefined);
  }
  const foreign = req.headers.origin !== undefined && req.headers.origin !== deps.origin;
  if (req.method !== 'POST' || !step || foreign) {
    return send(res, 400, gonePage(language));
  }
  const form = await readForm(req);

  /** Sends a code and says what stood in the way, if anything did. */
  const sendCode = async (phone: string): Promise<Fault> => {
    const issued = deps.codes.issue(uid, phone, req.socket.remoteAddress ?? '');
    if (!issued.ok) return refusal(issued);
    try {
      await deps.text(phone, words.text(issued.code));
      return undefined;
    } catch {
      deps.codes.forget(uid, { unsent: true });
      return words.errors.unsent;
    }
  };
  const refusal = (issued: IssueResult & { ok: false }): string => words.errors[issued.why](issued.seconds);
  const onward = () => redirect(res, `${action}?lang=${language}`);

  switch (step) {
    case 'phone': {
      const typed = form.get('phone') ?? '';
      const phone = parsePhone(typed);
      const problem = phone ? await sendCode(phone) : words.errors.phone;
      return problem ? showPhone(problem, typed) : onward();
    }
    case 'again': {
      const phone = deps.codes.phoneOf(uid);
      if (!phone) return onward();
      const problem = await sendCode(phone);
      return problem ? (deps.codes.phoneOf(uid) ? showCode(problem, phone) : showPhone(problem, phone)) : onward();
    }
    case 'change': {
      deps.codes.forget(uid);
      return onward();
    }
    case 'code': {
      const phone = deps.codes.phoneOf(uid);
      if (!phone) return onward();
      const code = (form.get('code') ?? '').normalize('NFKC').replaceAll(/\s/g, '');
      if (!/^\d{6}$/.test(code)) return showCode(words.errors.format, phone);
      const checked = deps.codes.check(uid, code);
      if (!checked.ok) {
        return showCode(checked.why === 'wrong' ? words.errors.wrong(checked.left) : words.errors[checked.why], phone);
      }
      const accountId = deps.accounts.add(checked.phone);
      return await deps.provider.interactionFinished(req, res, { login: { accountId } });
    }
  }
}

const spaced = (phone: string): string => parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_FORM_BYTES) return new URLSearchParams();
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function redirect(res: ServerResponse, to: string): void {
  res.writeHead(303, { location: to, 'cache-control': 'no-store' }).end();
}

function send(res: ServerResponse, status: number, body: string): void {
  res
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': PAGE_POLICY,
      // Not no-referrer: that would also blank the Origin that forms are checked by.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .end(body);
}
