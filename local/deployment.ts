import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { newId } from '../functions/runtime/init.ts';
import { createStore } from '../shared/store/client.ts';
import { createPeople } from '../shared/store/people.ts';
import { LOCAL_AWS } from './aws.ts';
import { builtWeb } from './build-web.ts';
import { openDataFolder } from './data-folder.ts';
import { createObjects } from './endpoints/objects.ts';
import { createQueue } from './endpoints/queue.ts';
import { serveEndpoints } from './endpoints/server.ts';
import { createTexts } from './endpoints/texts.ts';
import { engineBinary } from './engine.ts';
import { listen } from './front.ts';
import { loadAreas } from './functions.ts';
import { setFunctionsEnv } from './functions-env.ts';
import { createApi } from './gateway/api.ts';
import { createAuthorizer } from './gateway/authorizer.ts';
import { createRouter } from './gateway/router.ts';
import { loadKeys } from './identity/keys.ts';
import { createAccounts } from './identity/provider.ts';
import { serveIdentity } from './identity/serve.ts';
import { createTokenMint } from './identity/tokens.ts';
import { originOf, type StartOptions } from './options.ts';
import { createAuthenticators } from './phone/authenticators.ts';
import { createPhone } from './phone/routes.ts';
import { relinkPeople } from './relink.ts';
import { readCheckpoint } from './runners/stream.ts';
import { announceRunning } from './running.ts';
import type { seed } from './seed/index.ts';
import { createSetAside } from './set-aside.ts';
import { createSettings, openDatabase } from './settings.ts';
import { createSite } from './static-site.ts';
import { tendStream } from './stream-index.ts';
import { issuerFor, subjectFor } from './subjects.ts';
import { superviseConsumers } from './supervised-consumers.ts';
import { superviseEngine } from './supervised-engine.ts';
import { createTables, type TableNames } from './tables.ts';

const TABLES: TableNames = { schedule: 'schedule', private: 'private' };

export type Deployment = { readonly origin: string; readonly stop: () => Promise<void> };

export type DeploymentParts = {
  readonly options: StartOptions;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  /** Fills an empty deployment and answers with whose phones to try. */
  readonly seed: typeof seed;
  readonly web?: () => Promise<string>;
};

/** Everything of Nuanliu on one machine. What was started is stopped again, in reverse, at the end or when a part fails to start. */
export async function startDeployment(parts: DeploymentParts): Promise<Deployment> {
  const { options, say, warn } = parts;
  const now = () => Date.now();
  const undo: (() => void | Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };

  try {
    const origin = originOf(options);
    const issuer = issuerFor(origin);
    const front = await listen({ host: options.host, port: options.port, origin });
    undo.push(async () => {
      const closed = once(front.server, 'close');
      front.server.close();
      front.server.closeAllConnections();
      await closed;
    });

    const folder = await openDataFolder(options.data);
    undo.push(folder.release);
    const db = openDatabase(folder.file('local.db'));
    undo.push(() => db.close());
    const settings = createSettings(db);
    const texts = createTexts(db, now);
    const queue = createQueue(db, now);
    const objects = await createObjects(folder.file('uploads'), { origin, seals: folder.file('audit'), now });
    const setAside = createSetAside(db, now);
    const accounts = createAccounts(db);

    const [web, areas, dynamodb, keys] = await Promise.all([
      (parts.web ?? (() => builtWeb(say)))(),
      // Imported while the engine starts; their settings are read when they are first called.
      loadAreas(),
      startTables(),
      loadKeys(settings),
    ]);

    async function startTables(): Promise<string> {
      const external = process.env['DYNAMODB_ENDPOINT'];
      const client = (endpoint: string) => new DynamoDBClient({ ...LOCAL_AWS, endpoint });
      if (external) {
        await createTables(client(external), TABLES);
        return external;
      }
      if (!engineBinary()) throw new Error(NO_ENGINE);
      const engine = await superviseEngine(folder, warn);
      undo.push(engine.stop);
      await createTables(client(engine.endpoint), TABLES);
      const checkpoint = readCheckpoint(settings);
      const announced = checkpoint && { tableName: TABLES.schedule, sequenceNumber: checkpoint.sequenceNumber };
      await engine.whileStopped(() => tendStream(folder.file('engine.db'), announced));
      return engine.endpoint;
    }

    const base = new DynamoDBClient({ ...LOCAL_AWS, endpoint: dynamodb });
    const store = createStore({
      tableName: TABLES.schedule,
      privateTableName: TABLES.private,
      client: { ...LOCAL_AWS, endpoint: dynamodb },
    });
    const people = createPeople(store);
    const secret = randomBytes(24).toString('base64url');
    const authenticators = createAuthenticators({ store, factKey: keys.factKey, now });
    const tokens = createTokenMint({
      issuer,
      keys,
      accounts,
      people,
      showFactor: authenticators.show,
      now,
      newId,
    });
    const endpoints = await serveEndpoints({ texts, queue, objects, tokens, secret });
    undo.push(endpoints.close);
    setFunctionsEnv({
      origin,
      dynamodb,
      endpoints: endpoints.url,
      tables: TABLES,
      factKey: keys.factKey,
      identityKey: keys.identityKey,
    });

    const lastOrigin = settings.get('origin');
    if (lastOrigin && lastOrigin !== origin) {
      await relinkPeople({ base, tableName: TABLES.schedule, store, from: lastOrigin, to: origin });
    }
    settings.set('origin', origin);

    // Every time: a first start that was interrupted is taken up again, a finished one is only looked at.
    const residents = options.seed
      ? await parts.seed(store, { now: now(), issuer, subjectFor, factKey: keys.factKey })
      : [];

    let running = { pid: process.pid, consumers: 0, url: origin, endpoints: endpoints.url, secret };
    let withdraw: (() => void) | undefined;
    const consumers = superviseConsumers({
      databasePath: folder.file('local.db'),
      warn,
      onPid: (pid) => {
        running = { ...running, consumers: pid };
        if (withdraw) withdraw = announceRunning(folder.path, options.port, running);
      },
    });
    undo.push(consumers.stop);
    queue.onSend(() => consumers.tell('queued'));

    front.open({
      api: createApi({
        match: createRouter(),
        authorize: createAuthorizer({ issuer, publicJwk: keys.publicJwk, now }),
        areas,
        now,
        onTraffic: consumers.tell,
      }),
      identity: serveIdentity({ origin, keys, db, accounts, snsEndpoint: endpoints.url, now }),
      phone: createPhone({
        texts,
        people: () => residents,
        authenticator: authenticators.codeOf,
        putAside: () => ({ messages: queue.deadCount(), changes: setAside.count() }),
      }),
      site: createSite(web),
      uploads: objects.fromBrowser,
    });
    withdraw = announceRunning(folder.path, options.port, running);
    undo.push(() => withdraw?.());

    if (residents.length > 0)
      say(
        'Numbers to sign in with; their texts are on the phone page (/phone). In brackets: birth date and last four, which a new browser asks for.',
      );
    for (const { phone, name, note, secondFact } of residents) {
      const asked = secondFact ? ` [${secondFact.birthDate}, ${secondFact.lastFour}]` : '';
      say(`  ${phone}  ${name}${asked}  ${note.en}`);
    }
    return { origin, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const NO_ENGINE =
  'the embedded table engine is published for Linux on x64 only. On macOS and Windows, start any DynamoDB-compatible ' +
  'engine (DynamoDB Local, say) and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start. On Linux, if optional ' +
  'packages were left out, run: npm ci --include=optional';
