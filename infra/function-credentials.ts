type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

/**
 * What stands in for the SDK's default chain in a bundle: Lambda gives a function its role's credentials as environment and
 * in no other way. The chain's other links (profiles, single sign-on, instance metadata) are a fifth of what a function would load.
 */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error('the environment holds no credentials');
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
};
