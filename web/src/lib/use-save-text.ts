import { useState } from 'react';
import { ApiError } from '../api/error.ts';

export type SaveText = {
  readonly busy: boolean;
  readonly error: ApiError | undefined;
  /** Asks for a table and saves it under a name; what went wrong is in `error`. */
  readonly save: (load: () => Promise<string>, name: string) => Promise<void>;
};

/** Tables that the service writes, saved as files for a spreadsheet. */
export function useSaveText(): SaveText {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  return {
    busy,
    error,
    save: async (load, name) => {
      setBusy(true);
      setError(undefined);
      try {
        saveText(await load(), name);
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
      } finally {
        setBusy(false);
      }
    },
  };
}

/** Reading the answer has taken its mark away, without which Excel guesses. */
function saveText(text: string, name: string): void {
  const file = new Blob([`\uFEFF${text.replace(/^\uFEFF/, '')}`], { type: 'text/csv;charset=utf-8' });
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}
