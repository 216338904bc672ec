/** Reads a required setting of the environment; each function asks only for its own. Throws at start, naming it. */
export function requireEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const optionalEnv = (name: string): string | undefined => process.env[name] || undefined;
