import { createLocalJWKSet, type JWK, type JWTPayload, jwtVerify } from 'jose';
import { SIGNING_ALG } from '../identity/keys.ts';
import { AUDIENCE } from '../subjects.ts';
import type { Claims } from './event.ts';

const MOST_REMEMBERED = 20_000;

/**
 * What API Gateway's JWT authorizer does: issuer, audience, signature and times. A verified token is remembered until it
 * expires, so that a rush of requests is not spent on signatures.
 */
export function createAuthorizer(options: { issuer: string; publicJwk: JWK; now: () => number }) {
  const keys = createLocalJWKSet({ keys: [options.publicJwk] });
  const verified = new Map<string, { claims: Claims; expiresAt: number }>();

  return async (authorization: string | undefined): Promise<Claims | undefined> => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) return undefined;
    const known = verified.get(token);
    if (known) {
      if (known.expiresAt > options.now()) return known.claims;
      verified.delete(token);
      return undefined;
    }
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys, {
        issuer: options.issuer,
        audience: AUDIENCE,
        algorithms: [SIGNING_ALG],
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(options.now()),
      }));
    } catch {
      return undefined;
    }
    const claims = asText(payload);
    if (verified.size >= MOST_REMEMBERED) verified.clear();
    verified.set(token, { claims, expiresAt: (payload.exp ?? 0) * 1_000 });
    return claims;
  };
}

/** The authorizer hands every claim on as text. */
const asText = (payload: JWTPayload): Claims =>
  Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
