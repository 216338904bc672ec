import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createHttpSender } from '../../../shared/notify/http-sms.ts';
import type { SmsSender } from '../../../shared/notify/sms.ts';
import { createSnsSender } from '../../../shared/notify/sns.ts';
import { optionalEnv, requireEnv } from '../../runtime/env.ts';
import { systemClock } from '../../runtime/init.ts';

/**
 * The sender that SMS_SENDER names, and the signature it puts before each text.
 * `sns`: SMS_SENDER_ID where the country has such, SNS_ENDPOINT off AWS.
 * `http`: SMS_HTTP_URL, SMS_SIGNATURE, and the token in SMS_HTTP_TOKEN or in the secret SMS_HTTP_SECRET_ARN.
 */
export function smsFromEnv(): { send: SmsSender; signature: string } {
  const kind = requireEnv('SMS_SENDER');
  if (kind === 'sns') {
    const endpoint = optionalEnv('SNS_ENDPOINT');
    const senderId = optionalEnv('SMS_SENDER_ID');
    return {
      send: createSnsSender({ client: { ...(endpoint && { endpoint }) }, ...(senderId && { senderId }) }),
      signature: '',
    };
  }
  if (kind !== 'http') throw new Error('SMS_SENDER is neither sns nor http');
  const signature = requireEnv('SMS_SIGNATURE');
  return { send: createHttpSender({ url: requireEnv('SMS_HTTP_URL'), token: tokenFromEnv(), signature }), signature };
}

/** A token that was changed is noticed within this time. */
const TOKEN_MS = 5 * 60_000;

function tokenFromEnv(): () => Promise<string> {
  const token = optionalEnv('SMS_HTTP_TOKEN');
  if (token) return async () => token;
  const secret = requireEnv('SMS_HTTP_SECRET_ARN');
  const client = new SecretsManagerClient({});
  let read: { token: string; at: number } | undefined;
  return async () => {
    if (read && systemClock.now() - read.at < TOKEN_MS) return read.token;
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
    if (!SecretString) throw new Error('the secret of the SMS provider is empty');
    read = { token: SecretString, at: systemClock.now() };
    return SecretString;
  };
}
