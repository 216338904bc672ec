import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';

/**
 * The yardstick: what people would write instead. Fastify and PostgreSQL, one SQL transaction a booking, durable commits.
 * Tuned: statements are prepared once a connection, connections are pooled, answers are serialised by schema, and a booking
 * is a single statement, so that the slot's row is locked for no longer than it must be. It decides less than Nuanliu (age,
 * weight, interval, one live booking) and tells nobody.
 */
const BOOK = `
WITH donor AS (
  SELECT id FROM person
   WHERE id = $1 AND weight_kg >= 50
     AND birth_date <= current_date - interval '18 years' AND birth_date > current_date - interval '56 years'
     AND (last_donation IS NULL OR last_donation <= current_date - interval '6 months')
     AND (deferred_until IS NULL OR deferred_until <= current_date)
), place AS (
  UPDATE slot SET free = free - 1
   WHERE id = $2 AND status = 'open' AND free > 0 AND starts_at > now() AND EXISTS (SELECT FROM donor)
  RETURNING id, site_id, procedure, starts_at, ends_at, local_date::text AS date, zone
), booked AS (
  INSERT INTO booking (id, person_id, slot_id, status, idempotency_key)
  SELECT $3, donor.id, place.id, 'booked', $4 FROM donor, place
  RETURNING id
)
SELECT booked.id AS "bookingId", place.id AS "slotId", place.site_id AS "siteId", place.procedure,
       place.starts_at AS "startsAt", place.ends_at AS "endsAt", place.date, place.zone
  FROM booked, place`;
const REPEATED = `
SELECT booking.id AS "bookingId", slot.id AS "slotId", slot.site_id AS "siteId", slot.procedure,
       slot.starts_at AS "startsAt", slot.ends_at AS "endsAt", slot.local_date::text AS date, slot.zone
  FROM booking JOIN slot ON slot.id = booking.slot_id WHERE idempotency_key = $1`;
const WEEK = `
SELECT id AS "slotId", site_id AS "siteId", procedure, starts_at AS "startsAt", ends_at AS "endsAt",
       local_date::text AS date, zone, status, places, free
  FROM slot WHERE site_id = $1 AND local_date BETWEEN $2 AND $3 AND starts_at > now() ORDER BY starts_at`;

const text = { type: 'string' } as const;
const integer = { type: 'integer' } as const;
const BOOKING = {
  type: 'object',
  properties: {
    ...{ bookingId: text, slotId: text, siteId: text, procedure: text, startsAt: text, endsAt: text },
    ...{ date: text, zone: text },
  },
} as const;
const SLOT = {
  type: 'object',
  properties: {
    ...{ slotId: text, siteId: text, procedure: text, startsAt: text, endsAt: text, date: text, zone: text },
    ...{ status: text, places: integer, free: integer },
  },
} as const;

const UNIQUE_VIOLATION = '23505';
const CONNECTIONS = 16;

// Times go out as PostgreSQL writes them in UTC, without a Date made of each.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) => `${value.replace(' ', 'T').replace(/\+00$/, '')}Z`);

const [port = '', connectionString = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: CONNECTIONS, min: CONNECTIONS });
const app = Fastify({ logger: false });

app.post<{ Body: { slotId: string } }>(
  '/api/bookings',
  {
    schema: {
      body: { type: 'object', required: ['slotId'], additionalProperties: false, properties: { slotId: text } },
      response: { 201: BOOKING },
    },
  },
  async (request, reply) => {
    const person = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    const key = request.headers['idempotency-key'];
    if (!person || typeof key !== 'string') return await reply.code(401).send();
    try {
      const { rows } = await pool.query({
        name: 'book',
        text: BOOK,
        values: [person, request.body.slotId, randomUUID(), `${person} ${key}`],
      });
      if (rows[0]) return await reply.code(201).send(rows[0]);
      const { rows: own } = await pool.query({ name: 'repeated', text: REPEATED, values: [`${person} ${key}`] });
      return own[0] ? await reply.code(201).send(own[0]) : await reply.code(409).send({ code: 'refused' });
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      return await reply.code(409).send({ code: 'refused' });
    }
  },
);

app.get<{ Params: { siteId: string }; Querystring: { from: string; to: string } }>(
  '/api/sites/:siteId/slots',
  {
    schema: {
      querystring: { type: 'object', required: ['from', 'to'], properties: { from: text, to: text } },
      response: { 200: { type: 'object', properties: { items: { type: 'array', items: SLOT } } } },
    },
  },
  async ({ params, query }) => {
    const { rows } = await pool.query({ name: 'week', text: WEEK, values: [params.siteId, query.from, query.to] });
    return { items: rows };
  },
);

await app.listen({ host: '127.0.0.1', port: Number(port) });
process.send?.('listening');
process.on('disconnect', () => process.exit(0));
