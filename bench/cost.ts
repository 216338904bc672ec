import { readFileSync } from 'node:fs';
import type { Units } from './meter.ts';

/** List prices, in dollars; see prices.json for where they come from. */
export type Prices = {
  readonly perMillionReadUnits: number;
  readonly perMillionWriteUnits: number;
  readonly perMillionApiRequests: number;
  readonly perMillionInvocations: number;
  readonly perGbSecond: number;
  readonly perMillionQueueRequests: number;
  readonly perMillionCdnRequests: number;
  readonly perGbStoredMonth: number;
};

/** How one operation is billed beside its table units. */
export type Billed = {
  readonly units: Units;
  /** Calls of the gateway; 0 for what no request starts. */
  readonly requests: number;
  readonly invocations: number;
  /** Milliseconds that a function runs for it, and the function's memory. */
  readonly functionMs: number;
  readonly memoryMb: number;
  readonly queueRequests: number;
};

const MILLION = 1_000_000;

/** Dollars of one operation. */
export function costOf(billed: Billed, prices: Prices): number {
  return (
    (billed.units.read * prices.perMillionReadUnits +
      billed.units.write * prices.perMillionWriteUnits +
      billed.requests * (prices.perMillionApiRequests + prices.perMillionCdnRequests) +
      billed.invocations * prices.perMillionInvocations +
      billed.queueRequests * prices.perMillionQueueRequests) /
      MILLION +
    (billed.functionMs / 1_000) * (billed.memoryMb / 1_024) * prices.perGbSecond
  );
}

/** Dollars of so many of each operation, and of what is stored meanwhile. */
export function costOfMonth(
  month: { readonly times: Readonly<Record<string, number>>; readonly storedGb: number },
  billed: Readonly<Record<string, Billed>>,
  prices: Prices,
): number {
  const operations = Object.entries(month.times).reduce((sum, [name, times]) => {
    const one = billed[name];
    if (!one) throw new Error(`nothing is known of the operation ${name}`);
    return sum + times * costOf(one, prices);
  }, 0);
  return operations + month.storedGb * prices.perGbStoredMonth;
}

export type PriceList = {
  readonly region: string;
  readonly asOf: string;
  readonly mark: string;
  readonly source: string;
  readonly prices: Prices;
  readonly assumed: { readonly functionMs: number; readonly memoryMb: number };
  readonly cityMonth: {
    readonly about: string;
    readonly times: Readonly<Record<string, number>>;
    readonly storedGb: number;
  };
};

export const readPrices = (): PriceList =>
  JSON.parse(readFileSync(new URL('./prices.json', import.meta.url), 'utf8')) as PriceList;
