import { randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { LOCAL_AWS } from '../aws.ts';
import { IDENTITY_PATH } from '../subjects.ts';
import { type CodeLimits, createCodes } from './codes.ts';
import type { IdentityKeys } from './keys.ts';
import { type Accounts, createProvider } from './provider.ts';
import { handleSignIn, isSignInPath } from './sign-in.ts';

/** Everything under /identity: the provider's own endpoints and the pages that ask for a number and its code. */
export function serveIdentity(options: {
  readonly origin: string;
  readonly keys: IdentityKeys;
  readonly db: DatabaseSync;
  readonly accounts: Accounts;
  readonly snsEndpoint: string;
  readonly now: () => number;
  readonly codeLimits?: Partial<CodeLimits>;
}) {
  const provider = createProvider(options);
  const serveProvider = provider.callback();
  const sns = new SNSClient({ ...LOCAL_AWS, endpoint: options.snsEndpoint, maxAttempts: 1 });
  const codes = createCodes(options.db, {
    secret: options.keys.codeSecret,
    now: options.now,
    sixDigits: () => String(randomInt(1_000_000)).padStart(6, '0'),
    ...(options.codeLimits && { limits: options.codeLimits }),
  });
  const text = async (phone: string, body: string): Promise<void> => {
    const attributes = { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } };
    await sns.send(new PublishCommand({ PhoneNumber: phone, Message: body, MessageAttributes: attributes }));
  };

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = req.url ?? '/';
    if (isSignInPath(url.split('?', 1)[0] ?? '')) {
      await handleSignIn(req, res, { provider, origin: options.origin, codes, accounts: options.accounts, text });
      return;
    }
    // Mounted as a router would: the provider finds its own prefix by comparing the two.
    Object.assign(req, { originalUrl: url });
    req.url = url.slice(IDENTITY_PATH.length) || '/';
    await serveProvider(req, res);
  };
}
