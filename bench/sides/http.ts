import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Outcome } from '../stats.ts';
import { inLanes, type Timed } from './lanes.ts';

export type Call = { readonly path: string; readonly body?: string; readonly headers: Record<string, string> };
export type HttpJob = {
  readonly side: 'http';
  readonly origin: string;
  readonly lanes: number;
  readonly calls: readonly Call[];
};

/** What a page does on 503: waits a moment and asks again with the same key. */
const MOST_TRIES = 20;

/** Asks a service over HTTP on so many kept connections. */
export async function runHttp(job: HttpJob): Promise<Timed> {
  const pool = new Pool(job.origin, { connections: job.lanes, pipelining: 1 });
  try {
    return await inLanes(job.lanes, job.calls, async ({ path, body, headers }) => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const answer = await pool.request({
          path,
          method: body === undefined ? 'GET' : 'POST',
          headers,
          ...(body !== undefined && { body }),
        });
        // Read whole, as a caller would; a page does not need it as text to be timed.
        await answer.body.arrayBuffer();
        if (answer.statusCode !== 503) return outcomeOf(answer.statusCode);
        await sleep(50);
      }
      return 'error';
    });
  } finally {
    await pool.close();
  }
}

function outcomeOf(status: number): Outcome {
  if (status === 200 || status === 201) return 'ok';
  return status === 409 ? 'full' : 'error';
}
