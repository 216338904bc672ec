import type { FormEvent, ReactNode } from 'react';
import { ErrorSummary, type FieldProblem } from './states.tsx';

/** The frame of a form: its errors first, then its fields. */
export function Question({
  problems,
  submit,
  children,
}: {
  readonly problems: readonly FieldProblem[];
  readonly submit: () => void;
  readonly children: ReactNode;
}) {
  return (
    <>
      <ErrorSummary problems={problems} />
      <form
        noValidate
        className="question"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        {children}
      </form>
    </>
  );
}
