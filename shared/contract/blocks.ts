import * as z from 'zod';
import { MOST_BLOCKED_TIMES } from '../domain/blocks.ts';
import { Instant, Invite, Line, LocalDate, Localized, Procedure, SiteId, SlotId, Zone } from './common.ts';
import { area } from './define.ts';

const BlockId = z.string().regex(/^b[a-z0-9]{1,40}$/);

/** How many of the places of one time are taken: heads, and never whose. */
export const BlockCount = z.object({
  date: LocalDate,
  startsAt: Instant,
  endsAt: Instant,
  procedure: Procedure,
  reserved: z.number().int(),
  booked: z.number().int(),
});

/** Places that are kept for a work unit until an instant. */
export const Block = z.object({
  blockId: BlockId,
  siteId: SiteId,
  zone: Zone,
  unit: z.string(),
  code: z.string().meta({ description: 'By which its members book' }),
  headcountCode: z.string().meta({ description: 'By which its contact counts heads, and sees nothing else' }),
  until: Instant,
  ended: z.boolean().meta({ description: 'What nobody took is everybody’s' }),
  times: z.array(BlockCount),
  by: z.string().optional().meta({ description: 'The name of whoever made it' }),
  createdAt: Instant,
  version: z.number().int(),
});

/** What a member of the unit sees: the times, and where there is room. */
export const Invitation = z.object({
  code: z.string(),
  unit: z.string(),
  siteId: SiteId,
  site: Localized,
  address: Localized,
  zone: Zone,
  until: Instant,
  ended: z.boolean(),
  times: z.array(
    z.object({
      slotId: SlotId,
      date: LocalDate,
      startsAt: Instant,
      endsAt: Instant,
      procedure: Procedure,
      places: z.number().int(),
      free: z.number().int(),
    }),
  ),
});

export const blocks = area('blocks', {
  'GET /api/blocks': {
    roles: ['staff'],
    summary: 'The places that a site keeps for work units, with how many are taken; never by whom',
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: z.object({ items: z.array(Block) }),
  },
  'POST /api/blocks': {
    roles: ['staff'],
    summary:
      'Keep free places of some times for a work unit, whose members book them with a code; all of them or none. Audited',
    body: z.strictObject({
      siteId: SiteId,
      unit: Line(60),
      until: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
        .meta({
          description:
            'Local time at the site at which what nobody has taken is everybody’s; at the latest as the last time begins',
        }),
      slots: z
        .array(z.strictObject({ slotId: SlotId, places: z.number().int().min(1).max(500) }))
        .min(1)
        .max(MOST_BLOCKED_TIMES),
    }),
    status: 201,
    output: Block,
  },
  'POST /api/blocks/{blockId}/release': {
    roles: ['staff'],
    summary: 'Give what nobody has taken to everybody now; bookings stay. Audited',
    params: z.strictObject({ blockId: BlockId }),
    body: z.strictObject({ siteId: SiteId, version: z.number().int() }),
    status: 200,
    output: Block,
  },
  'GET /api/invitations/{code}': {
    roles: ['public'],
    summary: 'The times that a work unit’s code opens; one that is unknown is not found',
    params: z.strictObject({ code: Invite }),
    status: 200,
    output: Invitation,
  },
  'GET /api/headcounts/{code}': {
    roles: ['public'],
    summary:
      'For the contact of a work unit, by their own code: heads per time, and nothing of who that is or who could not give',
    params: z.strictObject({ code: z.string().regex(/^[a-z0-9]{1,40}$/) }),
    status: 200,
    output: z.object({
      unit: z.string(),
      site: Localized,
      zone: Zone,
      until: Instant,
      ended: z.boolean(),
      times: z.array(BlockCount),
    }),
  },
});
