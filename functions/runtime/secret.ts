import { optionalEnv, requireEnv } from './env.ts';
import { systemClock } from './init.ts';

/** A secret that was changed is noticed within this time. */
const KEPT_MS = 5 * 60_000;

/** The secret in the setting `name`, or in the secret of Secrets Manager that `arn` names: read when first asked for, then now and again. */
export function secretFromEnv(name: string, arn = `${name}_SECRET_ARN`): () => Promise<string> {
  const value = optionalEnv(name);
  if (value) return async () => value;
  const SecretId = requireEnv(arn);
  let read: { secret: string; at: number } | undefined;
  return async () => {
    if (read && systemClock.now() - read.at < KEPT_MS) return read.secret;
    const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId }));
    if (!SecretString) throw new Error(`the secret of ${name} is empty`);
    read = { secret: SecretString, at: systemClock.now() };
    return SecretString;
  };
}
