/** Pages and rules sort copies of lists, which the oldest web views cannot: they get it here, as it is meant. */
const lists = Array.prototype as { toSorted?: unknown; toReversed?: unknown };
const give = (name: 'toSorted' | 'toReversed', make: (this: unknown[], compare?: never) => unknown[]): void => {
  if (lists[name] === undefined) Object.defineProperty(Array.prototype, name, { value: make, writable: true });
};
give('toSorted', function (compare) {
  return [...this].sort(compare);
});
give('toReversed', function () {
  return [...this].reverse();
});
