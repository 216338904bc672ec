import type { BrowserContext } from 'playwright-core';

/** What came to browsers after the oldest that web/oldest-browsers.ts names, or never came to WeChat's view. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  'Array.prototype': ['toSorted', 'toReversed', 'toSpliced', 'with'],
  'Object.getPrototypeOf(Int8Array.prototype)': ['toSorted', 'toReversed', 'with'],
  'String.prototype': ['isWellFormed', 'toWellFormed'],
  'Set.prototype': ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf'],
  Object: ['groupBy'],
  Map: ['groupBy'],
  'Map.prototype': ['getOrInsert', 'getOrInsertComputed'],
  Array: ['fromAsync'],
  Promise: ['withResolvers', 'try'],
  URL: ['canParse', 'parse'],
  AbortSignal: ['any'],
  Uint8Array: ['fromBase64', 'fromHex'],
  'Document.prototype': ['startViewTransition'],
  'Navigator.prototype': ['serviceWorker', 'mediaDevices', 'share', 'canShare'],
  globalThis: ['requestIdleCallback', 'scheduler', 'navigation', 'BarcodeDetector', 'Iterator', 'cookieStore'],
};

/** From the next page on, the browser has no more than the oldest one we promise. */
export async function asOldestView(context: BrowserContext): Promise<void> {
  const taken = Object.entries(LATER).map(
    ([owner, names]) => `for (const name of ${JSON.stringify(names)}) delete ${owner}[name];`,
  );
  await context.addInitScript(taken.join('\n'));
}
