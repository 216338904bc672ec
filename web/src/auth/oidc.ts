import { OidcClient, type RefreshState, type SigninResponse, WebStorageStateStore } from 'oidc-client-ts';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import { config } from '../lib/config.ts';
import { samePlace } from '../lib/same-place.ts';
import { claimsOf } from './claims.ts';
import type { Session } from './session.ts';

/** The OpenID Connect client (authorization code with PKCE). Loaded only when somebody signs in, out or is renewed. */
async function client(): Promise<OidcClient> {
  const { issuer, clientId } = await config();
  return new OidcClient({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${window.location.origin}/signed-in`,
    response_type: 'code',
    scope: 'openid phone',
    loadUserInfo: false,
    stateStore: new WebStorageStateStore({ store: window.sessionStorage, prefix: 'nuanliu.oidc.' }),
  });
}

/**
 * The way to the provider's page, which comes back to /signed-in and from there to `returnTo`. `anew`: whoever the provider knows in this
 * browser need not be who signs in, who is asked for a number in any case.
 */
export async function leaveToSignIn(returnTo: string, language: Language, anew: boolean): Promise<() => void> {
  const request = await (await client()).createSigninRequest({
    state: { returnTo },
    ui_locales: language === 'zh' ? 'zh-CN' : 'en',
    ...(anew && { prompt: 'login' }),
  });
  return () => window.location.replace(request.url);
}

export async function finishSignIn(url: string): Promise<{ session: Session; returnTo: string }> {
  const response = await (await client()).processSigninResponse(url);
  const state = response.userState as { returnTo?: unknown } | undefined;
  return { session: sessionOf(response), returnTo: samePlace(state?.returnTo) };
}

export async function renewed(before: Session): Promise<Session> {
  const oidc = await client();
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of the OpenID client, not a hook
  const response = await oidc.useRefreshToken({
    state: {
      refresh_token: before.refreshToken ?? '',
      id_token: before.idToken,
      session_state: null,
      profile: claimsOf(before.idToken) as RefreshState['profile'],
    },
  });
  return sessionOf(response, before);
}

/** The address that ends the provider's session too. Cognito and the standard name the parameters differently; both are given. */
export async function signOutAddress(idToken: string): Promise<string> {
  const { signOutUrl, clientId } = await config();
  const home = `${window.location.origin}/`;
  if (!signOutUrl) return home;
  const url = new URL(signOutUrl, home);
  for (const [name, value] of [
    ['client_id', clientId],
    ['logout_uri', home],
    ['post_logout_redirect_uri', home],
    ['id_token_hint', idToken],
  ] as const) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  return url.href;
}

function sessionOf(response: SigninResponse, before?: Session): Session {
  const idToken = response.id_token || before?.idToken;
  if (!response.access_token || !idToken) throw new Error('The identity provider gave no token');
  const refreshToken = response.refresh_token ?? before?.refreshToken;
  return {
    accessToken: response.access_token,
    expiresAt: Date.now() + (response.expires_in ?? 300) * 1000,
    idToken,
    ...(refreshToken && { refreshToken }),
  };
}
