const endings = new Set<() => void>();

/** Runs when the bench is told to end in the middle; answers with what takes that back. */
export function whenInterrupted(end: () => void): () => void {
  endings.add(end);
  return () => void endings.delete(end);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const end of [...endings].reverse()) end();
    process.exit(1);
  });
}
