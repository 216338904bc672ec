import type * as z from 'zod';
import type { Contract } from '../../../shared/contract/index.ts';

type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;
type Routes = Intersection<Contract[keyof Contract]['routes']>;

/** `METHOD /api/path`, as the contract declares it. */
export type CallKey = keyof Routes & string;
export type QueryKey = Extract<CallKey, `GET ${string}`>;
export type ActionKey = Exclude<CallKey, QueryKey>;

type Schema<K extends CallKey, Part extends string> = Routes[K] extends {
  readonly [P in Part]: infer S extends z.ZodType;
}
  ? z.input<S>
  : never;
type Given<K extends CallKey, Part extends string> = [Schema<K, Part>] extends [never]
  ? { readonly [P in Part]?: undefined }
  : Record<string, never> extends Schema<K, Part>
    ? { readonly [P in Part]?: Schema<K, Part> }
    : { readonly [P in Part]: Schema<K, Part> };

/** What a route takes: only the parts its contract names. */
export type CallInput<K extends CallKey> = Given<K, 'params'> & Given<K, 'query'> & Given<K, 'body'>;
/** What a route answers. */
export type CallOutput<K extends CallKey> = Routes[K] extends { readonly output: infer S extends z.ZodType }
  ? z.output<S>
  : never;

export type Person = CallOutput<'GET /api/me'>;
export type Site = CallOutput<'GET /api/sites'>['items'][number];
export type SiteInFull = CallOutput<'GET /api/sites/{siteId}'>;
export type DonationSlot = CallOutput<'GET /api/sites/{siteId}/slots'>['items'][number];
export type DayOffer = CallOutput<'GET /api/sites/{siteId}/days'>['items'][number];
export type NextFree = CallOutput<'GET /api/next-free'>['items'][number];
export type Booking = CallOutput<'GET /api/bookings/{bookingId}'>;
export type Wait = CallOutput<'GET /api/waiting'>['items'][number];
export type Eligibility = CallOutput<'GET /api/me/eligibility'>;
export type Verdict = Eligibility['procedures'][number];
export type Reason = Verdict['reasons'][number];
export type Donations = CallOutput<'GET /api/me/donations'>;
export type Donation = Donations['items'][number];
export type Message = CallOutput<'GET /api/me/messages'>['items'][number];
export type EventView = CallOutput<'GET /api/events/{eventId}'>;
export type Shift = EventView['shifts'][number];
export type RosterEntry = CallOutput<'POST /api/donations/check-in'>;
export type Chain = CallOutput<'GET /api/units/{din}'>;
export type Unit = Chain['units'][number];
