import { parseArgs } from 'node:util';
import type { TokenRequest } from './identity/tokens.ts';
import { portOf, UsageError } from './options.ts';
import { findRunning } from './running.ts';

const USAGE = `usage: npm run -s token -- --phone +8613900000001 [--count 1000] [--empty-profile] [--port PORT | --url URL | --data DIR]
Prints one access token a line, for consecutive numbers, from the Nuanliu that runs on this machine. People who are new are
made, with the profile of a grown-up who may give unless --empty-profile says otherwise.`;

/** `npm run token`: asks the running local deployment for access tokens. There is no other that would give any. */
async function main(): Promise<void> {
  const { where, ...wanted } = readArgs();
  const running = findRunning(where);
  if (!running)
    throw new Error('no Nuanliu runs there on this machine; start one with npm start (tokens come from no other)');
  const answer = await fetch(`${running.endpoints}/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.secret}` },
    body: JSON.stringify(wanted),
  });
  const { tokens, error } = (await answer.json()) as { tokens?: string[]; error?: string };
  if (!tokens) throw new UsageError(error ?? 'refused');
  process.stdout.write(`${tokens.join('\n')}\n`);
}

type Where = Parameters<typeof findRunning>[0];

function readArgs(): TokenRequest & { where: Where } {
  const { values } = parseOrExplain();
  if (!values.phone) throw new UsageError('--phone is missing');
  return {
    phone: values.phone,
    count: Number(values.count ?? '1'),
    emptyProfile: values['empty-profile'] ?? false,
    where: whereOf(values),
  };
}

function parseOrExplain() {
  try {
    return parseArgs({
      options: {
        phone: { type: 'string' },
        count: { type: 'string' },
        'empty-profile': { type: 'boolean' },
        port: { type: 'string' },
        url: { type: 'string' },
        data: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown flag');
  }
}

function whereOf(values: { port?: string; url?: string; data?: string }): Where {
  if (values.url !== undefined) {
    const url = URL.parse(values.url);
    if (!url || !/^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])$/.test(url.hostname)) {
      throw new UsageError('--url must be a Nuanliu on this machine; tokens are not made for any other');
    }
    return { port: Number(url.port || 80) };
  }
  if (values.port !== undefined) return { port: portOf(values.port) };
  return { data: values.data ?? '.data' };
}

try {
  await main();
} catch (error) {
  const usage = error instanceof UsageError;
  console.error(`token: ${error instanceof Error ? error.message : error}${usage ? `\n${USAGE}` : ''}`);
  process.exitCode = usage ? 2 : 1;
}
