/** The part of Storage that is used, so that a page works, and is tested, without one. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PREFIX = 'nuanliu.action.';

/**
 * Idempotency keys, one for each thing a person does. A key is made when its page opens and kept for the tab, so that a
 * reload, a double tap or a lost connection sends the same one again. Another input is another action and gets a new key.
 */
export function actionKeys(storage: KeyValue, random: () => string) {
  return {
    of(action: string, input: unknown): string {
      const said = JSON.stringify(input);
      const kept = read(storage, action);
      if (kept?.input === said) return kept.key;
      const key = random();
      storage.setItem(PREFIX + action, JSON.stringify({ input: said, key }));
      return key;
    },
    /** The action is over: doing the same again is a new one. */
    forget(action: string): void {
      storage.removeItem(PREFIX + action);
    },
  };
}

function read(storage: KeyValue, action: string): { input: string; key: string } | undefined {
  const text = storage.getItem(PREFIX + action);
  if (!text) return undefined;
  try {
    const kept = JSON.parse(text) as { input?: unknown; key?: unknown };
    return typeof kept.input === 'string' && typeof kept.key === 'string'
      ? { input: kept.input, key: kept.key }
      : undefined;
  } catch {
    return undefined;
  }
}

/** 128 random bits in hex; works on plain http too, where `randomUUID` is missing. */
export const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A storage that is gone with the page, for browsers that refuse theirs. */
export function memoryStorage(): KeyValue {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}
