import type { Identity } from '../stacks/identity.ts';
import { type Stage, uploadsOf } from '../stages.ts';

/** config.json, served beside the pages: who signs people in. */
export const pageConfig = (identity: Identity): Record<string, string> => ({
  issuer: identity.issuer,
  clientId: identity.clientId,
  signOutUrl: identity.signOutUrl,
});

/**
 * What the pages may do: their own scripts, their own API, the identity provider, the place for uploads, and nothing else. Styles may be inline,
 * since Mantine sets its variables so.
 */
export const contentSecurityPolicy = (identity: Identity, stage: Stage): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    // A pass kept as a picture is drawn on the page.
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...identity.origins, uploadsOf(stage).origin].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** What CloudFront has no setting for: the desk scans passes with the camera, and no other page may hold ours. */
export const FURTHER_HEADERS = {
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

export const HSTS_SECONDS = 31_536_000;
