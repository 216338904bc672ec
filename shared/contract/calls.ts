import * as z from 'zod';
import { CALL_BOUNDS, type CallSettings as Settings } from '../domain/calls.ts';
import { ABO_GROUPS, CALL_STATUSES, RHD_TYPES } from '../domain/vocabulary.ts';
import { DateInput, Instant, LocalDate, Procedure, SiteId, Zone } from './common.ts';
import { area } from './define.ts';

const n = z.number().int();
const CallId = z
  .string()
  .regex(/^k[a-f0-9]+$/)
  .max(40);
const Time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const bounded = (name: keyof Settings) => n.min(CALL_BOUNDS[name][0]).max(CALL_BOUNDS[name][1]);

const settings = {
  waveSize: bounded('waveSize').meta({ description: 'People asked at once' }),
  pauseMinutes: bounded('pauseMinutes').meta({
    description: 'How long their answer is waited for before the next are',
  }),
  restDays: bounded('restDays').meta({ description: 'Nobody is called twice within so many days, by whichever site' }),
  centsPerSegment: bounded('centsPerSegment')
    .optional()
    .meta({ description: 'What a segment of a text costs, in hundredths of the currency unit; absent: not known' }),
};
export const CallSettings = z.object({ siteId: SiteId, ...settings, version: n });

/** The places that a call is to fill. */
const called = {
  siteId: SiteId,
  procedure: Procedure,
  from: DateInput,
  to: DateInput,
  fromTime: Time.optional().meta({ description: 'Wall clock at the site; absent: from the beginning of the day' }),
  toTime: Time.optional(),
  abo: z.enum(ABO_GROUPS).optional().meta({ description: 'Only donors whose group is on record here as this' }),
  rhd: z.enum(RHD_TYPES).optional(),
};

export const CallPreview = z.object({
  free: n.meta({ description: 'Places free in what it would fill' }),
  days: z.array(z.object({ date: LocalDate, free: n, places: n })),
  people: n.meta({ description: 'Who agreed to be called by the site, may give then and holds no place' }),
  resting: n.meta({ description: 'As many more were called lately and are left in peace' }),
  more: z.boolean().meta({ description: 'There are more than were counted' }),
  segments: n.meta({ description: 'Of the texts, were all of them asked' }),
  cents: n.optional().meta({ description: 'What those cost at the most, where the site’s price is known' }),
  waves: n,
  minutes: n.meta({ description: 'From the first wave to the last, quiet hours not counted' }),
  text: z.object({ zh: z.string(), en: z.string() }),
  settings: CallSettings,
});

export const Call = z.object({
  callId: CallId,
  siteId: SiteId,
  zone: Zone,
  procedure: Procedure,
  from: LocalDate,
  to: LocalDate,
  fromTime: z.string().optional(),
  toTime: z.string().optional(),
  abo: z.enum(ABO_GROUPS).optional(),
  rhd: z.enum(RHD_TYPES).optional(),
  status: z.enum(CALL_STATUSES),
  freeAtStart: n,
  asked: n,
  wave: n,
  nextAt: Instant.meta({ description: 'When the next are asked, outside the quiet hours' }),
  createdAt: Instant,
  endedAt: Instant.optional(),
  settings: z.object(settings),
});

export const CallProgress = Call.extend({
  free: n.meta({ description: 'Places free now' }),
  booked: n.meta({ description: 'Of those asked, how many have booked one of its days since' }),
  given: n.meta({ description: 'And of those, how many have given' }),
  texts: z.object({ sent: n, waiting: n, notSent: n }),
  segments: n.meta({ description: 'Sent so far' }),
  cents: n.optional(),
});

/** A day of a site and what is free on it, for one procedure. */
export const ShortDay = z.object({
  date: LocalDate,
  procedure: Procedure,
  places: n,
  free: n,
  calling: z.boolean().meta({ description: 'A call for it is under way' }),
});

const one = { params: z.strictObject({ callId: CallId }) };

export const calls = area('calls', {
  'GET /api/calls': {
    roles: ['staff'],
    summary: 'The calls for donors of a site, the latest first',
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: z.object({ items: z.array(Call) }),
  },
  'GET /api/calls/days': {
    roles: ['staff'],
    summary: 'Places and how many of them are free, on a site’s coming days and by procedure',
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: z.object({ items: z.array(ShortDay) }),
  },
  'GET /api/calls/preview': {
    roles: ['staff'],
    summary: 'How many people a call would ask, in what time, and what that costs; nothing is sent',
    query: z.strictObject(called),
    status: 200,
    output: CallPreview,
  },
  'POST /api/calls': {
    roles: ['staff'],
    summary: 'Call donors: texts go out in waves to who agreed to it and may give, until the places are taken; audited',
    body: z.strictObject(called),
    status: 201,
    output: Call,
  },
  'GET /api/calls/{callId}': {
    roles: ['staff'],
    summary: 'How a call stands: asked, booked since, places left, what it has cost; whom it asked is not said',
    ...one,
    query: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: CallProgress,
  },
  'POST /api/calls/{callId}/stop': {
    roles: ['staff'],
    summary: 'End a call: nobody more is asked, and texts that were not sent yet are not; audited',
    ...one,
    body: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: Call,
  },
  'GET /api/calls/settings/{siteId}': {
    roles: ['staff'],
    summary: 'How a site calls donors: how many at once, how often, and what a text costs',
    params: z.strictObject({ siteId: SiteId }),
    status: 200,
    output: CallSettings,
  },
  'PUT /api/calls/settings/{siteId}': {
    roles: ['staff'],
    summary: 'Change how a site calls donors, for calls that begin from then on; audited',
    params: z.strictObject({ siteId: SiteId }),
    body: z.strictObject({ version: n, ...settings }),
    status: 200,
    output: CallSettings,
  },
  'GET /api/calls/open/{code}': {
    roles: ['public'],
    summary: 'Where the short address in a call’s text leads: the site, and the first of its days with something free',
    params: z.strictObject({ code: z.string().regex(/^[a-z0-9]{4,12}$/) }),
    status: 200,
    output: z.object({ siteId: SiteId, procedure: Procedure, date: LocalDate }),
  },
});
