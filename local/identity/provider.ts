import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import Provider, { interactionPolicy } from 'oidc-provider';
import { languageOf } from '../../functions/runtime/area-handler.ts';
import type { Language } from '../../shared/domain/vocabulary.ts';
import { AUDIENCE, CLIENT_ID, IDENTITY_PATH, issuerFor, subjectFor } from '../subjects.ts';
import { sqliteAdapter } from './adapter.ts';
import type { IdentityKeys } from './keys.ts';
import { gonePage, SUBMIT_SIGN_OUT, signOutPage } from './pages.ts';

/** Seconds an access token holds; what `npm run token` prints holds as long as a session. */
export const TOKEN_SECONDS = 3_600;
const SESSION_SECONDS = 14 * 24 * 3_600;
const RESOURCE = 'urn:nuanliu:api';

/** Numbers that have signed in: the claims of an account are its subject and its verified number. */
export function createAccounts(db: DatabaseSync) {
  db.exec('CREATE TABLE IF NOT EXISTS account (sub TEXT PRIMARY KEY, phone TEXT NOT NULL)');
  return {
    add(phone: string): string {
      const sub = subjectFor(phone);
      db.prepare('INSERT OR IGNORE INTO account (sub, phone) VALUES (?, ?)').run(sub, phone);
      return sub;
    },
    phoneOf(sub: string): string | undefined {
      return db.prepare('SELECT phone FROM account WHERE sub = ?').get(sub)?.['phone'] as string | undefined;
    },
  };
}
export type Accounts = ReturnType<typeof createAccounts>;

/** The embedded OpenID Connect provider: one public client, authorization code with PKCE, JWT access tokens. */
export function createProvider(options: {
  readonly origin: string;
  readonly keys: IdentityKeys;
  readonly db: DatabaseSync;
  readonly accounts: Accounts;
  readonly now: () => number;
}): Provider {
  const { origin, keys, accounts } = options;
  // Whoever signed in with their number has said all there is to consent to: there is one client and it is ours.
  const policy = interactionPolicy.base();
  policy.remove('consent');

  const provider = new Provider(issuerFor(origin), {
    adapter: sqliteAdapter(options.db, options.now),
    clients: [
      {
        client_id: CLIENT_ID,
        client_name: '暖流 Nuanliu',
        application_type: 'web',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [`${origin}/signed-in`],
        post_logout_redirect_uris: [`${origin}/`],
        id_token_signed_response_alg: 'RS256',
      },
    ],
    jwks: { keys: [keys.privateJwk as never] },
    cookies: {
      keys: [keys.cookieSecret],
      names: { session: 'nuanliu_session', interaction: 'nuanliu_interaction', resume: 'nuanliu_resume' },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    claims: { openid: ['sub'], phone: ['phone_number', 'phone_number_verified'] },
    // The number is in the ID token itself, as Cognito's is.
    conformIdTokenClaims: false,
    scopes: ['openid', 'phone', 'offline_access'],
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          const confirmed = Boolean(ctx.oidc.entities.IdTokenHint);
          ctx.set('content-security-policy', PAGE_POLICY);
          ctx.body = signOutPage(languageOf({ headers: headersOf(ctx.headers) } as never), form, confirmed);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => RESOURCE,
        useGrantedResource: async () => true,
        getResourceServerInfo: async () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: TOKEN_SECONDS,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: { policy, url: async (_, interaction) => `${IDENTITY_PATH}/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => true,
    clientBasedCORS: (_, requestOrigin) => requestOrigin === origin,
    loadExistingGrant: async (ctx) => {
      const { session, client } = ctx.oidc;
      const known = session?.grantIdFor(CLIENT_ID);
      const existing = known && (await ctx.oidc.provider.Grant.find(known));
      if (existing) return existing;
      const grant = new ctx.oidc.provider.Grant({
        clientId: client?.clientId ?? CLIENT_ID,
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope('openid phone offline_access');
      await grant.save();
      return grant;
    },
    findAccount: async (_, sub) => {
      const phone = accounts.phoneOf(sub);
      if (!phone) return undefined;
      return { accountId: sub, claims: async () => ({ sub, phone_number: phone, phone_number_verified: true }) };
    },
    renderError: async (ctx) => {
      ctx.type = 'html';
      ctx.set('content-security-policy', PAGE_POLICY);
      ctx.body = gonePage(languageOf({ headers: headersOf(ctx.headers) } as never));
    },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      IdToken: TOKEN_SECONDS,
      Interaction: 3_600,
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
    },
  });
  return provider;
}

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** What the sign-in pages may do: no script but the one that sends the sign-out, nothing from elsewhere, no frames. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src ${hashOf(SUBMIT_SIGN_OUT)}`,
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headersOf = (headers: NodeJS.Dict<string | string[]>): Record<string, string> => ({
  'accept-language': String(headers['accept-language'] ?? ''),
});

/** The language of a sign-in: chosen on the page, else asked for by the client, else the browser's. */
export function signInLanguage(
  chosen: string | null,
  uiLocales: unknown,
  acceptLanguage: string | undefined,
): Language {
  if (chosen === 'zh' || chosen === 'en') return chosen;
  const wanted = typeof uiLocales === 'string' && uiLocales ? uiLocales.replaceAll(' ', ',') : (acceptLanguage ?? '');
  return languageOf({ headers: { 'accept-language': wanted } });
}
