import { subjectOf } from '../auth/claims.ts';

const ALGORITHM = 'AES-GCM';
const NONCE_BYTES = 12;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const textOf = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const keyOf = async (seatKey: string) =>
  await crypto.subtle.importKey('raw', bytesOf(seatKey), ALGORITHM, false, ['encrypt', 'decrypt']);

type Owner = { readonly personId: string; readonly sub: string };
type OfASession = { readonly session: { readonly idToken: string } };
const boundTo = ({ personId, sub }: Owner): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify([personId, sub]));

/**
 * Encrypted for whoever the service tells the key; bound to its owner, so that nobody's can stand in another's place. Undefined: the
 * session is not the owner's, and under their name nothing of it is kept.
 */
export async function sealSeat(kept: OfASession, seatKey: string, owner: Owner): Promise<string | undefined> {
  if (subjectOf(kept.session) !== owner.sub) return undefined;
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(kept));
  const additionalData = boundTo(owner);
  const data = await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData }, await keyOf(seatKey), plain);
  return `${textOf(iv)}.${textOf(new Uint8Array(data))}`;
}

export async function openSeat<Kept extends OfASession>(
  sealed: string,
  seatKey: string,
  owner: Owner,
): Promise<Kept | undefined> {
  const [iv = '', data = ''] = sealed.split('.');
  const additionalData = boundTo(owner);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: ALGORITHM, iv: bytesOf(iv), additionalData },
      await keyOf(seatKey),
      bytesOf(data),
    );
    const kept = JSON.parse(new TextDecoder().decode(plain)) as Kept;
    return subjectOf(kept.session) === owner.sub ? kept : undefined;
  } catch {
    // Of another key, as after the seat was taken anew: there is nothing of theirs to open.
    return undefined;
  }
}
