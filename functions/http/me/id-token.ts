import { createRemoteJWKSet, jwtVerify } from 'jose';
import { BusyError } from '../../../shared/store/retry.ts';

/** What an ID token proves: whose it is and which phone number the provider has verified (E.164). */
export type Identity = { readonly iss: string; readonly sub: string; readonly phone: string };
/** Undefined for a token that is forged, expired, for someone else’s client, or without a verified number. */
export type VerifyIdToken = (idToken: string) => Promise<Identity | undefined>;

const E164 = /^\+[1-9]\d{6,14}$/;
const CLOCK_TOLERANCE_SECONDS = 5;

/** Verifies against the provider's published keys; `jwksUri` is found through discovery where it is not set. */
export function idTokenVerifier(settings: { issuer: string; clientId: string; jwksUri?: string }): VerifyIdToken {
  let keySet: ReturnType<typeof createRemoteJWKSet> | undefined;
  const keys = async () => {
    keySet ??= createRemoteJWKSet(new URL(settings.jwksUri ?? (await discover(settings.issuer))));
    return keySet;
  };
  return async (idToken) => {
    const verified = await keys()
      .then((getKey) =>
        jwtVerify(idToken, getKey, {
          issuer: settings.issuer,
          audience: settings.clientId,
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
        }),
      )
      .catch((error: unknown) => {
        if (isRejection(error)) return undefined;
        // The provider could not be asked: nothing is wrong with the token, and a moment's wait may cure it.
        throw new BusyError('the identity provider did not answer');
      });
    const { iss, sub, phone_number: phone, phone_number_verified: proven } = verified?.payload ?? {};
    if (typeof iss !== 'string' || typeof sub !== 'string' || typeof phone !== 'string' || !E164.test(phone))
      return undefined;
    // Cognito says it as a string.
    return proven === true || proven === 'true' ? { iss, sub, phone } : undefined;
  };
}

/** Errors that are about the token; one that does not say which of several keys signed it, too. */
const REJECTIONS = /^ERR_(JWT_|JWS_|JOSE_(ALG|NOT)_|JWKS_(NO|MULTIPLE)_)/;
const isRejection = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && REJECTIONS.test(String(error.code));

async function discover(issuer: string): Promise<string> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error('the identity provider did not answer discovery');
  return ((await response.json()) as { jwks_uri: string }).jwks_uri;
}
