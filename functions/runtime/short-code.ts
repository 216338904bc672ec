const LENGTH = 12;

/** A code in a private link, from an id of chance: 60 bits, its own permission. */
export const shortCode = (id: string): string =>
  id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(-LENGTH);
