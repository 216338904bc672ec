/** Both tables as data: CDK and the local engine create them from this. */
export const ATTRIBUTES = { pk: 'pk', sk: 'sk', ttl: 'ttl' } as const;
export const INDEXES = ['gsi1', 'gsi2'] as const;
export type IndexName = (typeof INDEXES)[number];

export type TableDefinition = {
  readonly name: 'schedule' | 'private';
  readonly indexes: readonly IndexName[];
  readonly stream: boolean;
};

export const TABLES: readonly TableDefinition[] = [
  { name: 'schedule', indexes: INDEXES, stream: true },
  // Screening answers, deferral reasons, blood groups, identity numbers: no stream, so nothing of it can be announced.
  { name: 'private', indexes: [], stream: false },
];
