import { type Billed, costOf, costOfMonth, type PriceList } from '../cost.ts';
import type { Operations } from './operations.ts';

export type Costs = {
  readonly region: string;
  readonly asOf: string;
  readonly mark: string;
  /** Dollars for a million of each operation. */
  readonly perMillion: Readonly<Record<string, number>>;
  /** A million bookings with what follows each: the text announced and sent. */
  readonly perMillionBookings: number;
  readonly perCityMonth: number;
  readonly city: string;
};

/** What starts an operation, beside a request: the stream starts the announcer, the queue the sender. */
const EVENTS: Readonly<Record<string, { queueRequests: number }>> = {
  announce: { queueRequests: 1 },
  // Received and deleted; batches make it less.
  'send a text': { queueRequests: 2 },
};

/** Dollars at list prices, from the units measured. */
export function costs(operations: Operations, list: PriceList): Costs {
  const billed = Object.fromEntries(
    Object.entries(operations).map(([name, { units }]): [string, Billed] => {
      const event = EVENTS[name];
      const how = { requests: event ? 0 : 1, invocations: 1, queueRequests: event?.queueRequests ?? 0 };
      return [name, { units, ...how, ...list.assumed }];
    }),
  );
  const each = (name: string) => {
    const one = billed[name];
    if (!one) throw new Error(`${name} was not measured`);
    return costOf(one, list.prices) * 1_000_000;
  };
  return {
    region: list.region,
    asOf: list.asOf,
    mark: list.mark,
    perMillion: Object.fromEntries(Object.keys(billed).map((name) => [name, each(name)])),
    perMillionBookings: each('book') + each('announce') + each('send a text'),
    perCityMonth: costOfMonth(list.cityMonth, billed, list.prices),
    city: list.cityMonth.about,
  };
}
