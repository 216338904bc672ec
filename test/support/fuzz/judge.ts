import { PROBLEMS, Problem } from '../../../shared/contract/problem.ts';
import type { RouteName } from '../gateway.ts';

export type Answered = {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  /** How often the request wrote to a table. */
  writes: number;
};

const MOST_BYTES = 256 * 1024;
const MOST_REFUSAL_BYTES = 16 * 1024;

/** Answers the gateway makes itself, and those of HTTP's own parser, which have no body. */
const FIXED: Record<number, string> = {
  400: '{"message":"Bad Request"}',
  401: '{"message":"Unauthorized"}',
  404: '{"message":"Not Found"}',
  413: '{"message":"Request Entity Too Large"}',
  // The front's own, for a name of somebody else's that points at this machine.
  421: '421\n',
};

/** Traces of what is behind the answers: stacks, files, libraries, tables and keys. */
const INSIDES =
  /\bat \S+ \(|\.[tj]s:\d|node_modules|node:internal|Exception|[A-Z]\w+Error\b|[Zz]od|[Dd]ynamo|dynoxide|[Ss][Qq][Ll]ite|aws-sdk|schedule-|[A-Z]{3,}#|\/home\/|\/tmp\//;

/** Names of fields, which a refusal may repeat. */
const PLAIN_NAME = /^[\w.-]{1,100}$/;

/** A guess at who somebody is counts as one: its count is all that it writes. */
const COUNTED = ['no-match', 'code-wrong', 'pin-wrong', 'seat-over'].map((code) => `"code":"${code}"`);

/** Refusals that tell of somebody else: that they were asked for is recorded, or counted, before they are answered. */
const RECORDED: Partial<Record<RouteName, readonly string[]>> = {
  'POST /api/events/{eventId}/sign-ups': ['refused'],
  'POST /api/events/{eventId}/guardians': [
    'not-found',
    'invalid-input',
    'guardian-not-needed',
    'birth-date-missing',
    'wrong-state',
  ],
  'POST /api/events/{eventId}/insurance': ['not-found', 'invalid-input', 'wrong-state'],
  'POST /api/events/{eventId}/people': ['changed-meanwhile'],
  'POST /api/events/{eventId}/people/{personId}/profile': ['not-found', 'invalid-input', 'changed-meanwhile'],
};
/** A record, or a count: whatever else were written would be more. */
const MOST_RECORDED = 1;

const mayWrite = (route: RouteName, text: string, writes: number): boolean =>
  COUNTED.some((code) => text.includes(code)) ||
  (writes <= MOST_RECORDED && (RECORDED[route] ?? []).some((code) => text.includes(`"code":"${code}"`)));

/** What is wrong with an answer to a hostile request; undefined if nothing is. */
export function faultOf(
  route: RouteName,
  { status, headers, text, writes }: Answered,
  mark: string,
): string | undefined {
  if (status >= 500) return `answered ${status}`;
  if (Buffer.byteLength(text) > MOST_BYTES) return `answered ${text.length} characters`;
  if (status < 400) return status === 200 || status === 201 || status === 304 ? undefined : `answered ${status}`;

  if (writes > 0 && !mayWrite(route, text, writes)) return `refused with ${status}, but wrote to a table`;
  if (Buffer.byteLength(text) > MOST_REFUSAL_BYTES) return `refused with ${text.length} characters`;
  if (INSIDES.test(text)) return 'the refusal shows what is behind it';
  const head = JSON.stringify(headers);
  if (head.includes(mark)) return 'a header repeats what was sent';
  if (text === '' || FIXED[status] === text) return undefined;

  if (!/^application\/problem\+json/.test(String(headers['content-type']))) return 'the refusal is no problem';
  const parsed = Problem.strict().safeParse(asJson(text));
  if (!parsed.success) return 'the refusal is no problem of the contract';
  const { errors = [], ...rest } = parsed.data;
  if (PROBLEMS[rest.code] !== status || rest.status !== status) return `${rest.code} came with ${status}`;
  const said = [JSON.stringify(rest), ...errors.map(({ path, message }) => (PLAIN_NAME.test(path) ? message : path))];
  if (said.some((part) => part.includes(mark))) return 'the refusal repeats what was sent';
  // A refusal of a field says which: whoever sent it can then mend it.
  if (rest.code === 'invalid-input' && errors.length === 0) return 'the refusal names no field';
  return undefined;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
