import type { Session } from '../auth/session.ts';
import { seatHere } from '../lib/station-store.ts';
import { seats } from './seats.ts';
import type { Typed } from './typed.ts';

/** What a station keeps of somebody while others use it: who they are to the service, where they were and what they had typed. */
export type KeptSeat = {
  readonly session: Session;
  readonly place?: string;
  readonly tab?: Readonly<Record<string, string>>;
  readonly typed?: readonly Typed[];
};

const ALGORITHM = 'AES-GCM';
const NONCE_BYTES = 12;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const textOf = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const keyOf = async (seatKey: string): Promise<CryptoKey> =>
  await crypto.subtle.importKey('raw', bytesOf(seatKey), ALGORITHM, false, ['encrypt', 'decrypt']);

/** Encrypted for whoever the service tells the key; bound to its owner, so that nobody's can stand in another's place. */
export async function sealSeat(kept: KeptSeat, seatKey: string, personId: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(kept));
  const additionalData = new TextEncoder().encode(personId);
  const data = await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData }, await keyOf(seatKey), plain);
  return `${textOf(iv)}.${textOf(new Uint8Array(data))}`;
}

export async function openSeat(sealed: string, seatKey: string, personId: string): Promise<KeptSeat | undefined> {
  const [iv = '', data = ''] = sealed.split('.');
  const additionalData = new TextEncoder().encode(personId);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: ALGORITHM, iv: bytesOf(iv), additionalData },
      await keyOf(seatKey),
      bytesOf(data),
    );
    return JSON.parse(new TextDecoder().decode(plain)) as KeptSeat;
  } catch {
    // Of another key, as after the seat was taken anew: there is nothing of theirs to open.
    return undefined;
  }
}

let writing: Promise<void> = Promise.resolve();

/** Keeps something of whoever is here, the last that it was told. */
export async function keep(kept: KeptSeat): Promise<void> {
  const here = seatHere.get();
  if (!here) return;
  const { personId, name, seatKey } = here;
  writing = writing.then(async () => seats.put({ personId, name, sealed: await sealSeat(kept, seatKey, personId) }));
  await writing;
}

export const keepSession = async (session: Session): Promise<void> => await keep({ session });
