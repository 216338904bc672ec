import * as z from 'zod';
import { COMPONENTS } from '../domain/vocabulary.ts';
import { Din, Instant, LocalDate, Procedure, page, pageQuery, SiteId } from './common.ts';
import { area } from './define.ts';

/** Something of a held donation that is no longer at the station. */
const Out = z.object({
  unitId: z.string(),
  component: z.enum(COMPONENTS),
  stage: z.enum(['issued', 'used']),
  hospital: z.string().optional(),
});

/** A donation to be kept back, of which a hospital has something. Who asked, and why, is not in it. */
export const Hold = z.object({
  din: Din,
  dinPrinted: z.string(),
  date: LocalDate,
  procedure: Procedure,
  askedAt: Instant,
  out: z.array(Out),
  /** Who has seen to it, and when. */
  acknowledgedBy: z.string().optional(),
  acknowledgedAt: Instant.optional(),
});

const Held = z.object({ din: Din, dinPrinted: z.string(), held: z.boolean() });

export const holds = area('holds', {
  'POST /api/me/donations/{din}/do-not-use': {
    roles: ['person'],
    summary: '“Please do not use my blood”, no reason asked; the answer says nothing of what has become of it',
    params: z.strictObject({ din: Din }),
    body: z.strictObject({}),
    status: 200,
    output: z.object({ received: z.literal(true) }),
  },
  'POST /api/holds': {
    roles: ['staff'],
    summary: 'Keep a donation back, as its donor asked by phone: what is not yet issued is quarantined at once',
    body: z.strictObject({ din: Din }),
    status: 200,
    output: Held,
  },
  'GET /api/holds': {
    roles: ['staff'],
    summary: 'Donations on hold of which a hospital has something; the read is audited',
    query: z.strictObject({ siteId: SiteId, done: z.enum(['true', 'false']).optional(), ...pageQuery }),
    status: 200,
    output: page(Hold),
  },
  'POST /api/holds/{din}/acknowledge': {
    roles: ['staff'],
    summary: 'The hospitals that have something of it have been called',
    params: z.strictObject({ din: Din }),
    body: z.strictObject({}),
    status: 200,
    output: Hold,
  },
  'POST /api/holds/{din}/lift': {
    roles: ['staff'],
    summary: 'Lift the hold: what was put aside stays in quarantine until somebody takes it out',
    params: z.strictObject({ din: Din }),
    body: z.strictObject({}),
    status: 200,
    output: Held,
  },
});
