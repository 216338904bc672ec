import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDeployment } from '../../../local/deployment.ts';
import { parseStartOptions } from '../../../local/options.ts';
import { seed } from '../../../local/seed/index.ts';

// `npm start` without the pages, which no history opens: gateway, stream consumer, queue, sender and clock in one process.
const options = parseStartOptions(process.argv.slice(2));
const deployment = await startDeployment({
  options,
  say: (line) => console.log(line),
  warn: (line) => console.error(line),
  seed,
  web: async () => {
    const folder = join(options.data, 'no-pages');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.html'), '');
    return folder;
  },
});
console.log(`ready at ${deployment.origin}`);
const stop = () => {
  void deployment.stop().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
// Whoever started us holds our input open for as long as it lives.
process.stdin.on('end', stop);
process.stdin.resume();
