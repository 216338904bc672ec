import type { Cold } from './parts/cold.ts';
import type { Comparison } from './parts/compare.ts';
import type { Costs } from './parts/costs.ts';
import type { FilesResult } from './parts/files.ts';
import type { Growth } from './parts/growth.ts';
import type { TextsResult } from './parts/texts.ts';

export type Results = {
  readonly at: string;
  readonly machine: { cpu: string; cores: number; memoryGb: number; node: string };
  readonly repetitions: number;
  readonly people: number;
  comparisons?: Comparison[];
  growth?: Growth[];
  cost?: Costs;
  cold?: Cold[];
  texts?: TextsResult;
  files?: FilesResult;
};

/** The figures as tables in Markdown, as they are printed and as they stand in the docs. */
export function report(results: Results): string {
  const { machine } = results;
  const parts = [
    `Measured ${results.at} on ${machine.cores} × ${machine.cpu}, ${machine.memoryGb.toFixed(0)} GB, Node ${machine.node}; medians of ${results.repetitions}.`,
    ...(results.comparisons ?? []).map(comparison),
    ...(results.growth ? [growth(results.growth)] : []),
    ...(results.cost ? [cost(results.cost)] : []),
    ...(results.cold ? [cold(results.cold)] : []),
    ...(results.texts ? [texts(results.texts)] : []),
    ...(results.files ? [files(results.files)] : []),
  ];
  return parts.join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, n) => Math.max(title.length, 3, ...rows.map((row) => (row[n] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, n) => (n === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const ms = (value: number) => value.toFixed(1);

function comparison({ scenario, sides, ratios }: Comparison): string {
  const head = ['side', 'requests/s', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU s/1000', 'errors', 'overbooked', 'unfilled'];
  const rows = Object.entries(sides).map(([name, it]) => [
    name,
    it.perSecond.toFixed(0),
    ...[it.p50, it.p95, it.p99].map(ms),
    it.cpuPerThousand.toFixed(2),
    ...[it.errors, it.overbooked, it.unfilled].map(String),
  ]);
  const compared = Object.entries(ratios).map(([pair, value]) => `${pair} ${value.toFixed(2)}`);
  return `### ${scenario}\n\n${table(head, rows)}\n\nRequests a second: ${compared.join(', ')}.`;
}

function growth(sizes: readonly Growth[]): string {
  const names = Object.keys(sizes[0]?.operations ?? {});
  const head = [
    'operation',
    ...sizes.map(({ bookings }) => `${bookings.toLocaleString('en')}: read/write, p50, p95 ms`),
  ];
  const rows = names.map((name) => [
    name,
    ...sizes.map(({ operations }) => {
      const it = operations[name];
      return it ? `${it.units.read}/${it.units.write}, ${ms(it.p50)}, ${ms(it.p95)}` : '';
    }),
  ]);
  return `### growth\n\n${table(head, rows)}`;
}

function cost(it: Costs): string {
  const dollars = (value: number) => `$${value.toFixed(2)}`;
  const rows = Object.entries(it.perMillion).map(([name, value]) => [name, dollars(value)]);
  return [
    `### cost`,
    table(['operation', 'a million of them'], rows),
    `A million bookings, each announced and texted: ${dollars(it.perMillionBookings)}. A city's month (${it.city}): ` +
      `${dollars(it.perCityMonth)}. Prices: ${it.region}, ${it.asOf}, ${it.mark}; without the texts themselves.`,
  ].join('\n\n');
}

function cold(functions: readonly Cold[]): string {
  const base = functions[0]?.zippedKb ?? 0;
  const rows = functions.map((it) => [
    it.name,
    it.zippedKb.toFixed(0),
    (it.zippedKb - base).toFixed(0),
    it.importMs.toFixed(0),
    it.ratio.toFixed(2),
    it.cpuRatio.toFixed(2),
  ]);
  const head = ['function', 'zipped KB', 'more KB', 'import ms', 'time ratio', 'CPU ratio'];
  return `### cold\n\n${table(head, rows)}`;
}

const texts = (it: TextsResult): string =>
  `### texts\n\n${it.messages.toLocaleString('en')} due messages: ${it.perSecond.toFixed(0)}/s, ${it.arrived.toLocaleString('en')} texts arrived; ` +
  `peak memory by fifths of the run: ${it.peakMb.map((mb) => mb.toFixed(0)).join(', ')} MB.`;

function files({ rows, steps }: FilesResult): string {
  const lines = steps.map(({ step, seconds, cpuSeconds, engineCpuSeconds, peakMb }) => [
    step,
    (rows / seconds).toFixed(0),
    seconds.toFixed(1),
    ((cpuSeconds * 1_000) / rows).toFixed(2),
    ((engineCpuSeconds * 1_000) / rows).toFixed(2),
    peakMb.toFixed(0),
  ]);
  return `### files\n\n${rows.toLocaleString('en')} rows of past donations.\n\n${table(['step', 'rows/s', 's', 'CPU s/1000', 'engine CPU s/1000', 'peak MB'], lines)}`;
}
