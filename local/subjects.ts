import { createHash } from 'node:crypto';

/** Where the embedded identity lives on a deployment. */
export const IDENTITY_PATH = '/identity';
export const CLIENT_ID = 'nuanliu-web';
export const AUDIENCE = 'nuanliu';

/** The issuer of a local deployment's tokens, from its origin (`http://127.0.0.1:3000`). */
export const issuerFor = (origin: string): string => `${origin}${IDENTITY_PATH}`;

/** The subject of a phone number (E.164) at the embedded identity: always the same, so that people can be linked before they sign in. */
export function subjectFor(phone: string): string {
  const hex = createHash('sha256').update(`nuanliu local subject ${phone}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
