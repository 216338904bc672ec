import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SealedText } from './items/index.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key of a deployment's secret for one purpose, of which none for another can be told. */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));

const keyIdOf = (wrap: Buffer): string => createHmac('sha256', wrap).update('id').digest('base64url').slice(0, 8);

/** `bound`: what else must be the same for the text to be opened again, so that none can be put in another's place. */
function encrypt(key: Buffer, plain: Buffer, bound: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(bound));
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), data]).toString('base64url');
}

function decrypt(key: Buffer, text: string, bound: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/** Envelope: the text under a key made for it alone, that key under the deployment's. */
export function sealText(wrap: Buffer, text: string, bound: string): SealedText {
  const own = randomBytes(KEY_BYTES);
  return {
    keyId: keyIdOf(wrap),
    wrapped: encrypt(wrap, own, bound),
    data: encrypt(own, Buffer.from(text), bound),
  };
}

export function openSealed(wrap: Buffer, sealed: SealedText, bound: string): string {
  if (sealed.keyId !== keyIdOf(wrap)) throw new Error('this is sealed under another key');
  return decrypt(decrypt(wrap, sealed.wrapped, bound), sealed.data, bound).toString();
}
