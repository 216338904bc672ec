import { randomBytes, type webcrypto } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Settings } from '../settings.ts';

/** What signs tokens and cookies: made at the first start, kept with the data, so that sessions outlive a restart. */
export type IdentityKeys = {
  readonly privateJwk: JWK & { kid: string };
  readonly publicJwk: JWK & { kid: string };
  readonly privateKey: webcrypto.CryptoKey;
  readonly cookieSecret: string;
  readonly codeSecret: string;
  /** Of the digests of second facts: kept with them. */
  readonly factKey: string;
  /** Of identity numbers: kept with them. */
  readonly identityKey: string;
};

/** RS256, as API Gateway's JWT authorizer takes no other kind. */
export const SIGNING_ALG = 'RS256';

export async function loadKeys(settings: Settings): Promise<IdentityKeys> {
  const stored = settings.get('identity.key');
  const privateJwk = stored ? (JSON.parse(stored) as IdentityKeys['privateJwk']) : await newKey();
  if (!stored) settings.set('identity.key', JSON.stringify(privateJwk));
  const { d, p, q, dp, dq, qi, ...publicJwk } = privateJwk;
  return {
    privateJwk,
    publicJwk,
    privateKey: (await importJWK(privateJwk, SIGNING_ALG)) as webcrypto.CryptoKey,
    cookieSecret: settings.once('identity.cookies', newSecret),
    codeSecret: settings.once('identity.codes', newSecret),
    factKey: settings.once('identity.facts', newSecret),
    identityKey: settings.once('identity.documents', newSecret),
  };
}

const newSecret = (): string => randomBytes(32).toString('base64url');

async function newKey(): Promise<IdentityKeys['privateJwk']> {
  const { privateKey } = await generateKeyPair(SIGNING_ALG, { extractable: true });
  const kid = randomBytes(8).toString('hex');
  return { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: SIGNING_ALG };
}
