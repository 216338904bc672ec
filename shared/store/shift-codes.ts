import { createHash, createHmac } from 'node:crypto';
import { CODES_AHEAD, codesHolding, codeWindow, SEEN_MINUTES } from '../domain/shift-codes.ts';
import { isConditionFailure, type Store } from './client.ts';
import type { ShiftCodeItem } from './items/index.ts';
import { keys } from './keys.ts';
import { isSame } from './same.ts';
import { forgetAfter } from './ttl.ts';

/** A seed is of no use once its shift is long over. */
const KEPT_DAYS = 3;
const ID_LENGTH = 8;
const CODE_LENGTH = 10;
/** All in the alphabet that QR codes pack tightest. */
const SYMBOLS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const symbols = (bytes: Buffer, length: number): string =>
  [...bytes.subarray(0, length)].map((byte) => SYMBOLS.charAt(byte & 31)).join('');

const mac = ({ seed }: ShiftCodeItem, what: string): Buffer => createHmac('sha256', seed).update(what).digest();
const codeOf = (item: ShiftCodeItem, window: number): string => symbols(mac(item, `code ${window}`), CODE_LENGTH);

/** One organiser's codes of one shift have one name, so that asking twice is asking for the same. */
const codeIdOf = (shiftId: string, by: string): string =>
  symbols(createHash('sha256').update(`${shiftId} ${by}`).digest(), ID_LENGTH);

/**
 * Rotating codes of a shift. They are made from a seed that one organiser's first request for that shift makes and that never
 * leaves the table: their page gets the codes of the coming hour, and nothing from which others could be made.
 */
export function createShiftCodes(store: Store) {
  const get = async (eventId: string, codeId: string): Promise<ShiftCodeItem | undefined> =>
    await store.get<ShiftCodeItem>(keys.shiftCode(eventId, codeId), { consistent: true });
  return {
    /** An organiser's seed of a shift, made where there is none. */
    async open(input: Omit<ShiftCodeItem, 'kind' | 'codeId'> & { endsAt: string }): Promise<ShiftCodeItem> {
      const { endsAt, ...made } = input;
      const codeId = codeIdOf(made.shiftId, made.by);
      const item: ShiftCodeItem = { kind: 'shift-code', codeId, ...made };
      try {
        await store.put({
          Item: { ...keys.shiftCode(made.eventId, codeId), ...item, ...forgetAfter(endsAt, KEPT_DAYS) },
          ConditionExpression: 'attribute_not_exists(pk)',
        });
        return item;
      } catch (error) {
        const there = isConditionFailure(error) ? await get(made.eventId, codeId) : undefined;
        if (there) return there;
        throw error;
      }
    },

    /** The codes from an instant on, for an hour; `from`: the number of the first one's stretch. */
    ahead(item: ShiftCodeItem, now: number): { from: number; codes: string[] } {
      const from = codeWindow(now);
      return {
        from,
        codes: Array.from({ length: CODES_AHEAD }, (_, n) => item.codeId + codeOf(item, from + n)),
      };
    },

    /** Whose codes a scanned one is among, and whether it is one that holds at that instant. */
    async read(
      eventId: string,
      scanned: string,
      now: number,
    ): Promise<{ item: ShiftCodeItem; holds: boolean } | undefined> {
      const item = await get(eventId, scanned.slice(0, ID_LENGTH));
      const code = scanned.slice(ID_LENGTH);
      return item && { item, holds: codesHolding(now).some((window) => isSame(codeOf(item, window), code)) };
    },

    /** That a code was scanned just now, for whoever still has to sign in: good for some minutes, and for this shift alone. */
    seen: (item: ShiftCodeItem, now: number): string =>
      `${item.codeId}.${now.toString(36)}.${symbols(mac(item, `seen ${now.toString(36)}`), 2 * CODE_LENGTH)}`,

    /** When a code was scanned, as `seen` says; undefined for what says nothing of the kind, or too late. */
    async readSeen(
      eventId: string,
      seen: string,
      now: number,
    ): Promise<{ item: ShiftCodeItem; at: number } | undefined> {
      const [codeId = '', when = '', proof = ''] = seen.split('.');
      const item = codeId ? await get(eventId, codeId) : undefined;
      if (!item || !isSame(symbols(mac(item, `seen ${when}`), 2 * CODE_LENGTH), proof)) return undefined;
      const at = Number.parseInt(when, 36);
      return at <= now && now - at <= SEEN_MINUTES * 60_000 ? { item, at } : undefined;
    },
  };
}
