import { announceDeps } from '../functions/events/announce/deps.ts';
import { announceHandler } from '../functions/events/announce/handler.ts';
import { senderDeps } from '../functions/events/sender/deps.ts';
import { senderHandler } from '../functions/events/sender/handler.ts';
import { bookingsDeps } from '../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../functions/http/bookings/index.ts';
import { donationsDeps } from '../functions/http/donations/deps.ts';
import { donationsRoutes } from '../functions/http/donations/index.ts';
import { meDeps } from '../functions/http/me/deps.ts';
import { meRoutes } from '../functions/http/me/index.ts';
import { sitesDeps } from '../functions/http/sites/deps.ts';
import { sitesRoutes } from '../functions/http/sites/index.ts';
import { areaHandler } from '../functions/runtime/area-handler.ts';
import type { World } from '../functions/runtime/common-deps.ts';
import { newId, systemClock, systemRandom } from '../functions/runtime/init.ts';
import { toEvent } from '../local/gateway/event.ts';
import { createRouter } from '../local/gateway/router.ts';
import { type LambdaHandler, lambdaContext } from '../local/lambda.ts';
import { bookings } from '../shared/contract/bookings.ts';
import { donations } from '../shared/contract/donations.ts';
import { me } from '../shared/contract/me.ts';
import { sites } from '../shared/contract/sites.ts';
import { TEXT_SETTINGS } from '../shared/notify/settings.ts';
import type { Store } from '../shared/store/client.ts';
import type { Key } from '../shared/store/keys.ts';
import type { MessageRef } from '../shared/store/messages.ts';

export const ISSUER = 'https://bench.test';
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const world: World = { clock: systemClock, random: systemRandom, newId, log: silent };

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** The handlers on a store of the bench's own, called as the gateway calls them, one request at a time. */
export function house(store: Store) {
  const deps = {
    bookings: bookingsDeps(store, world),
    donations: donationsDeps(store, world, async () => 'a key of the bench'),
    me: meDeps(
      store,
      world,
      async () => undefined,
      async () => 'bench',
    ),
    sites: sitesDeps(store, world),
  };
  const areas: Record<string, unknown> = {
    bookings: areaHandler(bookings, async () => deps.bookings, bookingsRoutes),
    donations: areaHandler(donations, async () => deps.donations, donationsRoutes),
    me: areaHandler(me, async () => deps.me, meRoutes),
    sites: areaHandler(sites, async () => deps.sites, sitesRoutes),
  };
  const match = createRouter();
  const announce = announceHandler(async () =>
    announceDeps(store, world, {
      queue: async () => {},
      publicUrl: 'https://nuanliu.example',
      usedHoldSeconds: 0,
      quiet: undefined,
    }),
  );
  const sender = senderHandler(async () =>
    senderDeps(store, world, {
      send: async () => ({ providerId: 'bench' }),
      signature: '',
      settings: { ...TEXT_SETTINGS, quiet: undefined, dailyCap: 1_000_000, monthlySegments: 1_000_000_000 },
    }),
  );

  return {
    /** The sites function as it is after a moment: with no slots in memory. */
    forget(): void {
      deps.sites = sitesDeps(store, world);
    },
    /** Answers a request of the person whose subject this is. */
    async call(method: string, url: string, call: { as?: string; body?: unknown } = {}): Promise<Answer> {
      const [path = '', rawQuery = ''] = url.split('?');
      const matched = match(method, path);
      const handler = matched && (areas[matched.area] as LambdaHandler | undefined);
      if (!handler) throw new Error(`no route ${method} ${path}`);
      const body = call.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(call.body));
      const rawHeaders = ['content-type', 'application/json', 'idempotency-key', newId()];
      const event = toEvent(
        { method, path, rawQuery, rawHeaders, body, sourceIp: '127.0.0.1', protocol: 'HTTP/1.1' },
        matched,
        call.as === undefined ? undefined : { iss: ISSUER, sub: call.as },
        { requestId: newId(), now: Date.now() },
      );
      const result = (await handler(event, lambdaContext(matched.area, 10_000))) as {
        statusCode: number;
        body: string;
      };
      return { status: result.statusCode, body: JSON.parse(result.body) as Record<string, unknown> };
    },
    /** Hands the stream's consumer a record of a changed item. */
    async changed({ pk, sk }: Key): Promise<void> {
      const record = { dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, SequenceNumber: '1' }, eventID: '1' };
      await announce({ Records: [record] } as never);
    },
    /** Hands the sender what was queued. */
    async send(refs: readonly MessageRef[]): Promise<void> {
      const Records = refs.map((ref, n) => ({ messageId: String(n), body: JSON.stringify(ref) }));
      await sender({ Records } as never);
    },
  };
}
