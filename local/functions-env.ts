import { LOCAL_AWS_ENV } from './aws.ts';
import { SEALS_BUCKET, UPLOADS_BUCKET } from './endpoints/objects.ts';
import { CLIENT_ID, issuerFor } from './subjects.ts';
import type { TableNames } from './tables.ts';

/** What a developer's shell may hold that would send a client elsewhere. */
const FOREIGN =
  /^AWS_(PROFILE|SESSION_TOKEN|ENDPOINT_URL.*|DEFAULT_REGION|CONFIG_FILE|SHARED_CREDENTIALS_FILE|WEB_.*|ROLE_ARN)$/;

/** Settings of the functions, as CDK gives them in the cloud. Those a shell may set as well are kept as it set them. */
export function setFunctionsEnv(options: {
  readonly origin: string;
  readonly dynamodb: string;
  readonly endpoints: string;
  readonly tables: TableNames;
  readonly factKey: string;
  readonly identityKey: string;
}): void {
  for (const name of Object.keys(process.env)) if (FOREIGN.test(name)) delete process.env[name];
  const issuer = issuerFor(options.origin);
  Object.assign(process.env, {
    ...LOCAL_AWS_ENV,
    TABLE_NAME: options.tables.schedule,
    PRIVATE_TABLE_NAME: options.tables.private,
    DYNAMODB_ENDPOINT: options.dynamodb,
    SEND_QUEUE_URL: `${options.endpoints}/000000000000/send`,
    SQS_ENDPOINT: options.endpoints,
    SMS_SENDER: 'sns',
    SNS_ENDPOINT: options.endpoints,
    UPLOADS_BUCKET,
    UPLOADS_ENDPOINT: options.endpoints,
    UPLOADS_PUBLIC_ENDPOINT: options.origin,
    AUDIT_BUCKET: SEALS_BUCKET,
    AUDIT_ENDPOINT: options.endpoints,
    ISSUER: issuer,
    CLIENT_ID,
    JWKS_URI: `${issuer}/jwks`,
    PUBLIC_URL: options.origin,
    FACT_KEY: options.factKey,
    IDENTITY_KEY: options.identityKey,
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  const defaults = {
    // A demonstration is watched: "used" comes in seconds, at any hour.
    USED_HOLD_SECONDS: '5',
    QUIET_HOURS: 'off',
    DAILY_TEXTS: '1000',
    LOG_LEVEL: 'WARN',
  };
  for (const [name, value] of Object.entries(defaults)) process.env[name] ||= value;
}
