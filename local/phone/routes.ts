import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Texts } from '../endpoints/texts.ts';
import type { DemoPerson } from '../seed/index.ts';
import { SECURITY_HEADERS } from '../static-site.ts';
import type { ShownCode } from './authenticators.ts';

export type PhoneDeps = {
  readonly texts: Texts;
  readonly people: () => readonly DemoPerson[];
  /** What the authenticators on a number's phone show just now. */
  readonly authenticator: (phone: string) => Promise<readonly ShownCode[]>;
  /** Messages and changes that were put aside after too many tries. */
  readonly putAside: () => { messages: number; changes: number };
};

const file = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
const PAGES: Record<string, { type: string; body: Buffer }> = {
  '/phone': { type: 'text/html; charset=utf-8', body: file('phone.html') },
  '/phone/phone.css': { type: 'text/css; charset=utf-8', body: file('phone.css') },
  '/phone/phone.js': { type: 'text/javascript; charset=utf-8', body: file('phone.js') },
};

export const isPhonePath = (path: string): boolean => path === '/phone' || path.startsWith('/phone/');

/** The phone page of a local deployment: what the network delivered to each number. No deployment in a cloud has it. */
export function createPhone(deps: PhoneDeps) {
  return (req: IncomingMessage, res: ServerResponse): void => {
    const url = new URL(req.url ?? '/', 'http://phone');
    const page = PAGES[url.pathname];
    if (page) {
      const headers = { 'content-type': page.type, 'cache-control': 'no-cache', ...SECURITY_HEADERS };
      res.writeHead(200, headers).end(page.body);
      return;
    }
    if (url.pathname === '/phone/messages') sendMessages(url.searchParams, res, deps.texts);
    else if (url.pathname === '/phone/authenticator') void sendCodes(url.searchParams, res, deps);
    else if (url.pathname === '/phone/events') stream(req, res, deps.texts);
    else if (url.pathname === '/phone/numbers') {
      json(res, 200, { people: deps.people(), numbers: deps.texts.numbers(), putAside: deps.putAside() });
    } else json(res, 404, { error: 'not found' });
  };
}

function sendMessages(query: URLSearchParams, res: ServerResponse, texts: Texts): void {
  const number = numberOf(query.get('number'));
  if (number) json(res, 200, { number, messages: texts.of(number, Number(query.get('after')) || 0) });
  else json(res, 400, { error: 'number' });
}

async function sendCodes(query: URLSearchParams, res: ServerResponse, { authenticator }: PhoneDeps): Promise<void> {
  const number = numberOf(query.get('number'));
  const items = number ? await authenticator(number).catch(() => undefined) : [];
  if (items) json(res, 200, { items });
  else json(res, 503, { error: 'busy' });
}

/** A number as typed or in E.164; a `+` that a URL turned into a space is put back. */
function numberOf(typed: string | null): string | undefined {
  if (!typed) return undefined;
  const restored = /^ \d/.test(typed) ? `+${typed.slice(1)}` : typed;
  const number = parsePhoneNumberFromString(restored, 'CN');
  return number?.isPossible() ? number.number : undefined;
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

const BEAT_MS = 25_000;

/** Tells the page of each text as it arrives. */
function stream(req: IncomingMessage, res: ServerResponse, texts: Texts): void {
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  res.write('retry: 1000\n\n');
  const unwatch = texts.watch((text) => void res.write(`data: ${JSON.stringify(text)}\n\n`));
  const beat = setInterval(() => void res.write(':\n\n'), BEAT_MS);
  req.on('close', () => {
    unwatch();
    clearInterval(beat);
  });
}
