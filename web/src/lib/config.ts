/** Settings of the deployment, served beside the pages. */
export type Config = {
  readonly issuer: string;
  readonly clientId: string;
  readonly signOutUrl?: string;
  /** Where a demonstration shows the phones' texts; absent in a real deployment. */
  readonly phonePage?: string;
};

let loading: Promise<Config> | undefined;

/** Loaded once; a failure is forgotten, so that the next call asks again. */
export function config(): Promise<Config> {
  loading ??= fetch('/config.json', { headers: { accept: 'application/json' } })
    .then((response) => {
      if (!response.ok) throw new Error(`config.json: ${response.status}`);
      return response.json() as Promise<Config>;
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}
