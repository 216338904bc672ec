import { useCallback, useState } from 'react';
import { tabStorage } from './storage.ts';

const PREFIX = 'nuanliu.draft.';

/** What is being typed, kept for the tab: a reload, an expired session or a failed request loses none of it. */
export function useDraft<Value extends object>(
  name: string,
  initial: Value,
): [Value, (next: Value) => void, () => void] {
  const [value, setValue] = useState<Value>(() => {
    try {
      return { ...initial, ...(JSON.parse(tabStorage.getItem(PREFIX + name) ?? '{}') as Partial<Value>) };
    } catch {
      return initial;
    }
  });
  const set = useCallback(
    (next: Value) => {
      setValue(next);
      tabStorage.setItem(PREFIX + name, JSON.stringify(next));
    },
    [name],
  );
  const clear = useCallback(() => tabStorage.removeItem(PREFIX + name), [name]);
  return [value, set, clear];
}
