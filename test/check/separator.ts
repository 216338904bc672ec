import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Only keys.ts writes a key's separator. A `#` within quotes, elsewhere in what reads and writes the tables, is either a key
 * made by hand or the name of an expression's attribute (`#pk`), which is what DynamoDB calls those.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const BY_HAND = /['"`](#['"`]|[^'"`\n]*[A-Za-z0-9}]#)/;

const found: string[] = [];
let read = 0;
for (const folder of ['shared', 'functions', 'infra']) {
  for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !entry.name.endsWith('.ts') || path.endsWith(join('store', 'keys.ts'))) continue;
    read += 1;
    for (const [n, line] of readFileSync(path, 'utf8').split('\n').entries()) {
      if (BY_HAND.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
        found.push(`${path.slice(root.length)}:${n + 1}: ${line.trim()}`);
    }
  }
}
for (const line of found) console.error(line);
console.log(`${read} files read, ${found.length} separators outside keys.ts`);
if (found.length > 0) process.exitCode = 1;
