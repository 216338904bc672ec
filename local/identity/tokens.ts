import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { FactorSession } from '../../shared/store/factors.ts';
import type { People } from '../../shared/store/people.ts';
import { AUDIENCE, CLIENT_ID } from '../subjects.ts';
import { type IdentityKeys, SIGNING_ALG } from './keys.ts';
import { type Accounts, TOKEN_SECONDS } from './provider.ts';
import { parsePhone } from './sign-in.ts';

const MOST = 20_000;
const AT_ONCE = 16;

export type TokenRequest = {
  readonly phone: string;
  readonly count: number;
  /** Leave the profile of those who are made as empty as a first sign-in does. */
  readonly emptyProfile?: boolean;
};

/** A grown-up who may give anything, so that a script need not fill in a profile before it books. */
const READY = { birthDate: '1990-01-01', sex: 'male', weightKg: 65 } as const;

/**
 * Access tokens for consecutive numbers, equal to those of a sign-in, their people made by the code a sign-in uses. Only the
 * local deployment has this, and only for whoever may read its data.
 */
export function createTokenMint(deps: {
  readonly issuer: string;
  readonly keys: IdentityKeys;
  readonly accounts: Accounts;
  readonly people: Pick<People, 'ensurePerson'>;
  /** Notes of somebody with a role that their second factor was shown, as whoever may ask for a token of theirs could. */
  readonly showFactor: (at: FactorSession, personId: string) => Promise<void>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const mint = async (phone: string, emptyProfile: boolean): Promise<string> => {
    const sub = deps.accounts.add(phone);
    const now = new Date(deps.now()).toISOString();
    const personId = await deps.people.ensurePerson({
      iss: deps.issuer,
      sub,
      phone,
      language: 'zh',
      now,
      newId: deps.newId,
      ...(!emptyProfile && { name: `演示${phone.slice(-4)}`, facts: READY }),
    });
    await deps.showFactor({ iss: deps.issuer, sub, device: undefined }, personId);
    return await signAccessToken(sub, deps);
  };

  return async (request: unknown): Promise<{ tokens: string[] } | { error: string }> => {
    const { phone, count, emptyProfile } = (request ?? {}) as Partial<TokenRequest>;
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MOST) {
      return { error: `--count must be from 1 to ${MOST}` };
    }
    const phones = typeof phone === 'string' ? consecutive(phone, count) : undefined;
    if (!phones) return { error: '--phone must be a mobile number in international form, such as +8613900000001' };
    const tokens: string[] = [];
    for (let i = 0; i < phones.length; i += AT_ONCE) {
      tokens.push(...(await Promise.all(phones.slice(i, i + AT_ONCE).map((it) => mint(it, emptyProfile === true)))));
    }
    return { tokens };
  };
}

/** `count` numbers from this one on, or undefined if one of them is none. */
function consecutive(first: string, count: number): string[] | undefined {
  if (!/^\+\d{6,15}$/.test(first)) return undefined;
  const start = BigInt(first.slice(1));
  const phones = Array.from({ length: count }, (_, i) => `+${start + BigInt(i)}`);
  return phones.every((phone) => parsePhone(phone) === phone) ? phones : undefined;
}

/** With the claims of the provider's own access tokens. */
export function signAccessToken(
  sub: string,
  { issuer, keys, now }: { issuer: string; keys: IdentityKeys; now: () => number },
): Promise<string> {
  const iat = Math.floor(now() / 1_000);
  return new SignJWT({ client_id: CLIENT_ID, scope: 'openid phone' })
    .setProtectedHeader({ alg: SIGNING_ALG, kid: keys.publicJwk.kid, typ: 'at+jwt' })
    .setIssuer(issuer)
    .setSubject(sub)
    .setAudience(AUDIENCE)
    .setJti(randomUUID())
    .setIssuedAt(iat)
    .setExpirationTime(iat + TOKEN_SECONDS)
    .sign(keys.privateKey);
}
