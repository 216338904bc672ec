import { createHttpSender } from '../../../shared/notify/http-sms.ts';
import type { SmsSender } from '../../../shared/notify/sms.ts';
import { createSnsSender } from '../../../shared/notify/sns.ts';
import { optionalEnv, requireEnv } from '../../runtime/env.ts';
import { secretFromEnv } from '../../runtime/secret.ts';

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
  return {
    send: createHttpSender({
      url: requireEnv('SMS_HTTP_URL'),
      token: secretFromEnv('SMS_HTTP_TOKEN', 'SMS_HTTP_SECRET_ARN'),
      signature,
    }),
    signature,
  };
}
