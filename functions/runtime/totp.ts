import { Secret, TOTP } from 'otpauth';
import { CODE_SECONDS, CODE_WINDOW, stepTaken } from '../../shared/domain/factor.ts';

/** What every authenticator understands: six digits of SHA-1, anew each half minute. */
const FORM = { algorithm: 'SHA1', digits: 6, period: CODE_SECONDS } as const;
/** As RFC 4226 asks for. */
const SECRET_BYTES = 20;

/** A new secret, in base32 as authenticators take it. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ ...FORM, issuer: 'Nuanliu', label, secret: Secret.fromBase32(secret) });

/** What an authenticator reads from a QR code. */
export const totpUri = (secret: string, label: string): string => totpOf(secret, label).toString();

/** The step whose code somebody has shown, or undefined where it is wrong, too old, or not after the last one taken. */
export const totpStep = (secret: string, code: string, now: number, lastStep: number | undefined): number | undefined =>
  stepTaken(totpOf(secret).validate({ token: code, timestamp: now, window: CODE_WINDOW }), now, lastStep);

/** The code that an authenticator shows now. */
export const totpCode = (secret: string, now: number): string => totpOf(secret).generate({ timestamp: now });
