import { useEffect } from 'react';
import type { ApiError } from '../api/error.ts';

const MISTYPED: ReadonlySet<string> = new Set(['pin-wrong', 'code-wrong']);

/** After digits that were wrong the next are typed at once, by hands that are full: what is said of it is read out all the same. */
export function useFocusAgain(field: string, error: ApiError | undefined): void {
  useEffect(() => {
    if (error && MISTYPED.has(error.code)) document.getElementById(field)?.focus();
  }, [field, error]);
}
