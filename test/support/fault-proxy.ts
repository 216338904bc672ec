import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { asOf, createPast, type Image, idOf, keyOf, type QueryInput, type QueryOutput } from './fault-proxy/past.ts';
import type { Fate, Plan } from './fault-proxy/plan.ts';
import { createStreamOrder, itemOf, type WireRecord } from './fault-proxy/stream-order.ts';

/** Everything that was made to happen, by how often. */
export type FaultCounts = {
  conflicts: number;
  singleConflicts: number;
  throttled: number;
  dropped: number;
  lost: number;
  stalled: number;
  unprocessed: number;
  stale: number;
  reordered: number;
  repeated: number;
};

export type FaultProxy = {
  readonly endpoint: string;
  readonly counts: FaultCounts;
  /** Transactions that asked to write an item, by its partition key: attempts, whatever became of them. */
  readonly attempts: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
};

type Keyed = { TableName: string; Key?: Record<string, { S?: string }>; Item?: Record<string, { S?: string }> };
type Body = QueryInput &
  Keyed & {
    ConsistentRead?: boolean;
    ClientRequestToken?: string;
    ShardIterator?: string;
    TransactItems?: Record<string, Keyed>[];
    RequestItems?: Record<string, { Keys: Record<string, { S?: string }>[]; ConsistentRead?: boolean }>;
  };
type Answer = { status: number; body: string };

const READS = new Set(['GetItem', 'BatchGetItem', 'Query']);
const SINGLE_WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);
/** How long a stalled connection stays open; longer than any client waits. */
const STALL_MS = 60_000;
const TOKENS_REMEMBERED = 20_000;

/**
 * DynamoDB's manners for an engine that has better ones: an HTTP proxy for its JSON protocol that does, by a seeded plan,
 * what DynamoDB does under load. With an empty plan it passes everything on and holds nothing up.
 */
export async function startFaultProxy(options: {
  readonly target: string;
  readonly plan: Plan;
  readonly port?: number;
}): Promise<FaultProxy> {
  const { plan } = options;
  const counts: FaultCounts = {
    conflicts: 0,
    singleConflicts: 0,
    throttled: 0,
    dropped: 0,
    lost: 0,
    stalled: 0,
    unprocessed: 0,
    stale: 0,
    reordered: 0,
    repeated: 0,
  };
  const attempts = new Map<string, number>();
  const ask = createClient(options.target);
  const past = createPast(Math.max(plan.rates.lagMs, plan.rates.indexLagMs) * 2 + 1_000);
  const lags = plan.rates.lagMs > 0 || plan.rates.indexLagMs > 0;
  const reorder = createStreamOrder(plan);
  /** Items of transactions in flight, each with the token of its transaction. */
  const inFlight = new Map<string, string>();
  const tokens = new Map<string, 'in flight' | 'done'>();
  const stubborn = new Map<string, Fate>();
  let requests = 0;

  /** A request's fate. Repeats of one that is to stay unheard of, which the SDK marks as such, share it. */
  const fateOf = (n: number, invocation: string | undefined): Fate => {
    const doomed = invocation && stubborn.get(invocation);
    if (doomed) return doomed;
    const fate = plan.fate(n);
    if (invocation && 'stubborn' in fate && fate.stubborn) {
      if (stubborn.size > 1_000) stubborn.clear();
      stubborn.set(invocation, fate);
    }
    return fate;
  };

  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const text = await read(req);
    const target = String(req.headers['x-amz-target'] ?? '');
    const operation = target.slice(target.indexOf('.') + 1);
    const known =
      READS.has(operation) ||
      SINGLE_WRITES.has(operation) ||
      operation === 'TransactWriteItems' ||
      operation === 'GetRecords';
    const forward = async (body: string) => await ask(req, body);
    if (!known) return write(res, await forward(text));

    const n = requests;
    requests += 1;
    const drawn = fateOf(n, req.headers['amz-sdk-invocation-id'] as string | undefined);
    // Who reads a stream reads it again; a silence there would only make the run longer.
    const fate: Fate = operation === 'GetRecords' && drawn.kind === 'stalled' ? { kind: 'dropped' } : drawn;
    if (fate.kind === 'dropped') {
      counts.dropped += 1;
      res.destroy();
      return;
    }
    if (fate.kind === 'throttled') {
      counts.throttled += 1;
      return write(res, throttle(fate, operation, text));
    }
    const body = JSON.parse(text) as Body;
    const answer = await serve(operation, body, text, n, forward);
    if (fate.kind === 'served') return write(res, answer);
    counts[fate.kind] += 1;
    if (fate.kind === 'lost') res.destroy();
    else setTimeout(() => res.destroy(), STALL_MS).unref();
  };

  const serve = async (
    operation: string,
    body: Body,
    text: string,
    n: number,
    forward: (body: string) => Promise<Answer>,
  ): Promise<Answer> => {
    if (operation === 'TransactWriteItems') return await transact(body, text, n, forward);
    if (SINGLE_WRITES.has(operation)) return await writeOne(body, text, forward);
    if (operation === 'GetRecords') return records(body, n, await forward(text));
    const arrived = Date.now();
    const answer = await forward(text);
    if (answer.status !== 200) return answer;
    return operation === 'BatchGetItem'
      ? batch(body, n, arrived, answer)
      : readOne(operation, body, n, arrived, answer);
  };

  const transact = async (
    body: Body,
    text: string,
    n: number,
    forward: (body: string) => Promise<Answer>,
  ): Promise<Answer> => {
    const items = (body.TransactItems ?? []).map((item) => {
      const [action = '', keyed] = Object.entries(item)[0] ?? [];
      const key = keyOf((keyed?.Key ?? keyed?.Item) as Record<string, { S?: string }>);
      const table = keyed?.TableName ?? '';
      return { action, table, key, id: idOf(table, key) };
    });
    for (const { key, action } of items) {
      if (action !== 'ConditionCheck') attempts.set(key.pk.S, (attempts.get(key.pk.S) ?? 0) + 1);
    }
    if (!plan.rates.holdMs) return await changing(items, forward, text);

    const token = body.ClientRequestToken ?? `none-${n}`;
    const known = tokens.get(token);
    if (known === 'in flight')
      return error(400, 'TransactionInProgressException', 'Transaction with the given token is in progress');
    // One that was carried out is answered as it was then, whoever holds its items now.
    if (known === 'done') return await forward(text);
    if (items.some(({ id }) => inFlight.has(id))) {
      counts.conflicts += 1;
      return cancelled(items.map(({ id }) => (inFlight.has(id) ? 'TransactionConflict' : 'None')));
    }
    remember(tokens, token, 'in flight');
    for (const { id } of items) inFlight.set(id, token);
    try {
      await sleep(plan.holdMs(n));
      const answer = await changing(items, forward, text);
      if (answer.status === 200) remember(tokens, token, 'done');
      else tokens.delete(token);
      return answer;
    } catch (fault) {
      tokens.delete(token);
      throw fault;
    } finally {
      for (const { id } of items) inFlight.delete(id);
    }
  };

  const writeOne = async (body: Body, text: string, forward: (body: string) => Promise<Answer>): Promise<Answer> => {
    const key = keyOf((body.Key ?? body.Item) as Record<string, { S?: string }>);
    const id = idOf(body.TableName, key);
    if (inFlight.has(id)) {
      counts.singleConflicts += 1;
      return error(400, 'TransactionConflictException', 'Transaction is ongoing for the item');
    }
    return await changing([{ action: 'Put', table: body.TableName, key, id }], forward, text);
  };

  /** Passes a write on and keeps what its items were before, for reads that lag. */
  const changing = async (
    items: readonly { action: string; table: string; key: ReturnType<typeof keyOf>; id: string }[],
    forward: (body: string) => Promise<Answer>,
    text: string,
  ): Promise<Answer> => {
    const changed = items.filter(({ action }) => action !== 'ConditionCheck');
    if (!lags || changed.length > 100) return await forward(text);
    const before = await imagesOf(changed);
    const at = Date.now();
    const undo = changed.map(({ id, table }) => past.note(id, table, before.get(id), at));
    const answer = await forward(text);
    if (answer.status === 400) for (const forget of undo) forget();
    return answer;
  };

  const imagesOf = async (items: readonly { table: string; key: ReturnType<typeof keyOf> }[]) => {
    const RequestItems: Record<string, { Keys: unknown[]; ConsistentRead: true }> = {};
    for (const { table, key } of items) {
      RequestItems[table] ??= { Keys: [], ConsistentRead: true };
      RequestItems[table].Keys.push(key);
    }
    const answer = await ask(undefined, JSON.stringify({ RequestItems }), 'DynamoDB_20120810.BatchGetItem');
    const found = new Map<string, Image>();
    const { Responses = {} } = JSON.parse(answer.body) as { Responses?: Record<string, NonNullable<Image>[]> };
    for (const [table, list] of Object.entries(Responses)) for (const item of list) found.set(idOf(table, item), item);
    return found;
  };

  const readOne = (operation: string, body: Body, n: number, arrived: number, answer: Answer): Answer => {
    const of = body.IndexName ? 'index' : 'table';
    const lag = body.ConsistentRead ? 0 : plan.lagMs(n, of);
    if (lag <= 0) return answer;
    const then = past.since(body.TableName, arrived - lag);
    if (then.size === 0) return answer;
    if (operation === 'GetItem') {
      const was = then.get(idOf(body.TableName, body.Key ?? {}));
      if (!was) return answer;
      counts.stale += 1;
      const { Item: _, ...rest } = JSON.parse(answer.body) as { Item?: unknown };
      return { ...answer, body: JSON.stringify({ ...rest, ...(was.image && { Item: was.image }) }) };
    }
    const stale = asOf(body, JSON.parse(answer.body) as QueryOutput, then);
    if (!stale) return answer;
    const said = JSON.stringify(stale);
    if (said !== answer.body) counts.stale += 1;
    return { ...answer, body: said };
  };

  const batch = (body: Body, n: number, arrived: number, answer: Answer): Answer => {
    const output = JSON.parse(answer.body) as {
      Responses: Record<string, NonNullable<Image>[]>;
      UnprocessedKeys?: Record<string, unknown>;
    };
    for (const [table, { Keys, ConsistentRead }] of Object.entries(body.RequestItems ?? {})) {
      const lag = ConsistentRead ? 0 : plan.lagMs(n, 'table');
      const then = lag > 0 ? past.since(table, arrived - lag) : undefined;
      let items = output.Responses[table] ?? [];
      for (const key of then ? Keys : []) {
        const was = then?.get(idOf(table, key));
        if (!was) continue;
        counts.stale += 1;
        items = items.filter((item) => idOf(table, item) !== idOf(table, key));
        if (was.image) items.push(was.image);
      }
      if (Keys.length > 1 && plan.unprocessed(n)) {
        counts.unprocessed += 1;
        const left = Keys.slice(plan.pick(n, Keys.length - 1) + 1);
        const missing = new Set(left.map((key) => idOf(table, key)));
        items = items.filter((item) => !missing.has(idOf(table, item)));
        output.UnprocessedKeys = { ...output.UnprocessedKeys, [table]: { Keys: left, ConsistentRead } };
      }
      output.Responses[table] = items;
    }
    return { ...answer, body: JSON.stringify(output) };
  };

  const records = (body: Body, n: number, answer: Answer): Answer => {
    if (answer.status !== 200 || (!plan.rates.reorder && plan.rates.repeat === 0)) return answer;
    const output = JSON.parse(answer.body) as { Records?: WireRecord[]; NextShardIterator?: string };
    const before = output.Records ?? [];
    if (before.length === 0) return answer;
    const Records = reorder(before);
    if (Records.some((record, at) => itemOf(record) !== itemOf(before[at] ?? {}))) counts.reordered += 1;
    const again = plan.repeats(n);
    if (again) counts.repeated += 1;
    return {
      ...answer,
      body: JSON.stringify({ ...output, Records, ...(again && { NextShardIterator: body.ShardIterator }) }),
    };
  };

  const server = createServer((req, res) => {
    // The engine does not answer: to the client that is a broken connection.
    handle(req, res).catch(() => res.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.listen(options.port ?? 0, '127.0.0.1', 4_096);
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    counts,
    attempts,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      ask.close();
    },
  };
}

function remember(tokens: Map<string, 'in flight' | 'done'>, token: string, state: 'in flight' | 'done'): void {
  tokens.set(token, state);
  for (const old of tokens.keys()) {
    if (tokens.size <= TOKENS_REMEMBERED) break;
    tokens.delete(old);
  }
}

const TYPE = 'com.amazonaws.dynamodb.v20120810#';

const error = (status: number, code: string, message: string, more: object = {}): Answer => ({
  status,
  body: JSON.stringify({ __type: TYPE + code, message, ...more }),
});

const cancelled = (codes: readonly string[]): Answer =>
  error(
    400,
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    { CancellationReasons: codes.map((Code) => ({ Code, ...(Code !== 'None' && { Message: Code }) })) },
  );

function throttle(fate: Extract<Fate, { kind: 'throttled' }>, operation: string, text: string): Answer {
  if (operation === 'TransactWriteItems' && fate.asCancelled) {
    const { TransactItems = [] } = JSON.parse(text) as Body;
    return cancelled(TransactItems.map((_, n) => (n === 0 ? 'ThrottlingError' : 'None')));
  }
  return error(fate.code === 'InternalServerError' ? 500 : 400, fate.code, 'Too much at once');
}

async function read(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function write(res: ServerResponse, { status, body }: Answer): void {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(body) };
  res.writeHead(status, headers).end(body);
}

/** Speaks to the engine over connections that stay open. */
function createClient(target: string) {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const ask = async (from: IncomingMessage | undefined, body: string, operation?: string): Promise<Answer> => {
    const headers: Record<string, string> = {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': operation ?? String(from?.headers['x-amz-target']),
    };
    // Not checked, but asked for.
    headers['authorization'] = String(from?.headers['authorization'] ?? UNCHECKED);
    if (from?.headers['x-amz-date']) headers['x-amz-date'] = String(from.headers['x-amz-date']);
    const sent = request({ hostname, port, agent, method: 'POST', path: '/', headers });
    sent.end(body);
    const [res] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: res.statusCode ?? 500, body: await read(res) };
  };
  return Object.assign(ask, { close: () => agent.destroy() });
}

const UNCHECKED =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
