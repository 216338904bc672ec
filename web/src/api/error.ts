import type { Problem, ProblemCode } from '../../../shared/contract/problem.ts';

/** Codes the client makes itself: for answers of the gateway, which have no code, and for a connection that never answered. */
export type ClientCode = 'offline' | 'too-many' | 'unreadable';
export type ErrorCode = ProblemCode | ClientCode;

/** Why a call did not succeed. `sentence` is the service's own, in the reader's language; without one the page says the code's. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly sentence: string | undefined;
  readonly fields: NonNullable<Problem['errors']>;
  readonly reasons: NonNullable<Problem['reasons']>;
  readonly next: Problem['next'];
  /** Id to quote to the operator. */
  readonly instance: string | undefined;

  constructor(code: ErrorCode, status: number, problem?: Partial<Problem>) {
    super(code);
    this.code = code;
    this.status = status;
    this.sentence = problem?.detail;
    this.fields = problem?.errors ?? [];
    this.reasons = problem?.reasons ?? [];
    this.next = problem?.next;
    this.instance = problem?.instance;
  }
}

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-input',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  409: 'changed-meanwhile',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many',
  503: 'busy',
};

/**
 * The error of an answer that was not a success. The service's own answers are problem+json with a code; those the gateway
 * makes (401, 404, 429, 503) have a fixed body in English, so only their status is used.
 */
export async function errorOf(response: Response): Promise<ApiError> {
  const fallback = BY_STATUS[response.status] ?? 'internal';
  if (!/^application\/problem\+json\b/.test(response.headers.get('content-type') ?? '')) {
    return new ApiError(fallback, response.status);
  }
  try {
    const problem = (await response.json()) as Partial<Problem>;
    return new ApiError(problem.code ?? fallback, response.status, problem);
  } catch {
    return new ApiError(fallback, response.status);
  }
}
