/** An item as it goes over the wire, or undefined where there is none. */
export type Image = Record<string, { S?: string }> | undefined;
export type WireKey = { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };

export const idOf = (table: string, key: Record<string, { S?: string }>): string =>
  JSON.stringify([table, key['pk']?.S, key['sk']?.S]);

export const keyOf = (item: Record<string, { S?: string }>): WireKey => ({
  pk: { S: item['pk']?.S ?? '' },
  sk: { S: item['sk']?.S ?? '' },
});

type Change = { readonly id: string; readonly table: string; readonly at: number; readonly before: Image };

/**
 * What items were before their latest changes, for as long as a read may lag. A change is noted just before it is made, so
 * an image that is served from here has been the item's state at some moment within the lag, never another.
 */
export function createPast(keepMs: number) {
  const changes: Change[] = [];
  let first = 0;
  const prune = (now: number) => {
    while (first < changes.length && (changes[first] as Change).at < now - keepMs) first += 1;
    if (first > 1_000) changes.splice(0, first);
    if (first > 1_000) first = 0;
  };
  return {
    /** Answers with what takes the note back: the change was not made. */
    note(id: string, table: string, before: Image, at: number): () => void {
      prune(at);
      const change: Change = { id, table, at, before };
      changes.push(change);
      return () => {
        const index = changes.indexOf(change, first);
        if (index >= 0) changes.splice(index, 1);
      };
    },
    /** Items of a table that have changed since a moment, each with what it was then. */
    since(table: string, moment: number): Map<string, { key: WireKey; image: Image }> {
      const then = new Map<string, { key: WireKey; image: Image }>();
      for (let n = first; n < changes.length; n += 1) {
        const { id, table: of, at, before } = changes[n] as Change;
        if (of !== table || at <= moment || then.has(id)) continue;
        const [, pk, sk] = JSON.parse(id) as string[];
        then.set(id, { key: { pk: { S: pk ?? '' }, sk: { S: sk ?? '' } }, image: before });
      }
      return then;
    },
  };
}
export type Past = ReturnType<typeof createPast>;

export type QueryInput = {
  TableName: string;
  IndexName?: string;
  KeyConditionExpression?: string;
  FilterExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, { S?: string }>;
  ScanIndexForward?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Record<string, { S?: string }>;
};
type Item = Record<string, { S?: string }>;
export type QueryOutput = {
  Items?: Item[];
  Count?: number;
  ScannedCount?: number;
  LastEvaluatedKey?: Item;
};

const CONDITION =
  /^(#?\w+) = (:\w+)(?: AND (?:begins_with\((?:#?\w+), (:\w+)\)|(?:#?\w+) BETWEEN (:\w+) AND (:\w+)))?$/;

/** A query's answer as it would have been at an earlier moment; undefined for a query of a form that is not known here. */
export function asOf(input: QueryInput, output: QueryOutput, then: ReturnType<Past['since']>): QueryOutput | undefined {
  const parsed = CONDITION.exec(input.KeyConditionExpression ?? '');
  if (!parsed || input.FilterExpression) return undefined;
  const value = (name: string | undefined) => (name ? input.ExpressionAttributeValues?.[name]?.S : undefined);
  const [, pkToken = '', pkValue, prefix, from, to] = parsed;
  const pkName = input.ExpressionAttributeNames?.[pkToken] ?? pkToken;
  const skName = pkName.replace(/pk$/, 'sk');
  const matches = (item: Item): boolean => {
    const sk = item[skName]?.S;
    if (item[pkName]?.S !== value(pkValue) || sk === undefined) return false;
    if (prefix) return sk.startsWith(value(prefix) ?? '');
    if (from) return sk >= (value(from) ?? '') && sk <= (value(to) ?? '');
    return true;
  };
  // Within an index, entries of one sort key go by the table's own key.
  const place = (item: Item): string => [item[skName]?.S, item['pk']?.S, item['sk']?.S].join('\0');
  const backwards = input.ScanIndexForward === false;
  const before = (a: string, b: string): boolean => (backwards ? a > b : a < b);
  const { ExclusiveStartKey: start } = input;
  const { LastEvaluatedKey: last } = output;
  /** Within what this page covers of the whole answer. */
  const inPage = (item: Item): boolean =>
    (!start || before(place(start), place(item))) && (!last || !before(place(last), place(item)));

  const items = (output.Items ?? []).filter((item) => !then.has(idOf(input.TableName, item)));
  for (const { image } of then.values()) if (image && matches(image) && inPage(image)) items.push(image as Item);
  items.sort((a, b) => (before(place(a), place(b)) ? -1 : 1));
  const limit = input.Limit ?? Number.POSITIVE_INFINITY;
  const shown = items.slice(0, limit);
  const end = shown.at(-1);
  const cut = items.length > limit && end;
  return {
    ...output,
    Items: shown,
    Count: shown.length,
    ScannedCount: shown.length,
    ...(cut && {
      LastEvaluatedKey: Object.fromEntries(
        ['pk', 'sk', pkName, skName].map((name) => [name, end[name] ?? { S: '' }]),
      ) as Item,
    }),
  };
}
