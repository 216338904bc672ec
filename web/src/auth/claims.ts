/** What a token says, as far as its own browser needs to read it: the service verifies, the pages do not. */
export function claimsOf(token: string): unknown {
  const payload = token.split('.')[1] ?? '';
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Whose a session is, as their identity provider names them. */
export const subjectOf = ({ idToken }: { readonly idToken: string }): string =>
  String((claimsOf(idToken) as { sub?: unknown }).sub);
