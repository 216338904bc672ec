/**
 * How a text leaves the house. A sender resolves once the provider has accepted it, and tells two failures apart from the
 * rest by throwing SendError; whatever else it throws (a timeout, a dropped connection, a provider's fault) may have been
 * sent for all we know.
 */
export type SmsSender = (to: string, text: string) => Promise<{ readonly providerId: string }>;

export class SendError extends Error {
  override readonly name = 'SendError';
  /** `refused`: the provider will not take this text. `not-accepted`: it surely has not, and may take it later. */
  readonly kind: 'refused' | 'not-accepted';
  /** A word for staff; never the provider's message, which may quote the number. */
  readonly code: string;

  constructor(kind: SendError['kind'], code: string) {
    super(code);
    this.kind = kind;
    this.code = code;
  }
}

/** Connections that were never made, so nothing was said over them. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The network's word for a connection that was never made, wherever in the chain of causes it stands. */
export function neverConnected(error: unknown): string | undefined {
  for (let it = error; it instanceof Error; it = it.cause) {
    const { code } = it as { code?: string };
    if (code && NEVER_CONNECTED.has(code)) return code;
    const inner = (it as { errors?: unknown[] }).errors?.map(neverConnected);
    if (inner && inner.length > 0 && inner.every((found) => found !== undefined)) return inner[0];
  }
  return undefined;
}

/** Longest a provider may take to answer. A claim's lease is longer, see settings.ts. */
export const PUBLISH_TIMEOUT_MS = 8_000;
