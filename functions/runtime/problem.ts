import { PROBLEMS, type Problem, type ProblemCode } from '../../shared/contract/problem.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';

/** What a handler throws to answer with a problem. It carries codes only: sentences are made where the language is known. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly reasons: readonly Refusal[];
  readonly fields: readonly FieldError[];
  /** Whom the reasons are about: whoever asked, or somebody they asked for. */
  readonly of: 'self' | 'another';
  readonly next: Problem['next'];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    more: {
      reasons?: readonly Refusal[];
      fields?: readonly FieldError[];
      of?: 'self' | 'another';
      next?: Problem['next'];
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(code);
    this.code = code;
    this.reasons = more.reasons ?? [];
    this.fields = more.fields ?? [];
    this.of = more.of ?? 'self';
    this.next = more.next;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  get status(): number {
    return PROBLEMS[this.code];
  }
}

/** A field of the input that was wrong: where, and a key of the sentence that says why. */
export type FieldError = {
  readonly path: string;
  readonly why: FieldFault;
  readonly params?: Record<string, string | number>;
};
export type FieldFault =
  | 'missing'
  | 'wrong-type'
  | 'unknown-key'
  | 'too-short'
  | 'too-long'
  | 'too-small'
  | 'too-big'
  | 'unchanged'
  | 'not-allowed'
  | 'malformed'
  | 'mistyped'
  | 'repeated'
  | 'too-early'
  | 'too-late'
  | 'no-such-time'
  | 'ends-before'
  | 'has-begun'
  | 'no-end'
  | 'two-ends'
  | 'too-many'
  | 'not-last'
  | 'too-many-places'
  | 'below-taken'
  | 'only-free'
  | 'differs'
  | 'no-number'
  | 'own-number'
  | 'team-too-big';
