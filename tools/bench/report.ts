/** Prints the results of a bench, as a table for people and as JSON for programs. */
export interface Target {
  what: string;
  value: number;
  /** The target: at least, or at most, this value. */
  least?: number;
  most?: number;
}

export interface Report {
  bench: string;
  /** Answers, or finished units of work, per second. */
  rate: number;
  emptyRate: number | null;
  ratioToEmpty: number | null;
  singleTxRate: number | null;
  ratioToSingleTx: number | null;
  p50Ms: number;
  p99Ms: number;
  serverRssMb: number;
  /** 'ok', or what is broken. */
  audit: string;
  targets: Target[];
  /** Further figures, by name. */
  more?: Record<string, number | string | null>;
  /** The same figures of several things: `{ event: { performance: 99 } }`. */
  each?: Record<string, Record<string, number>>;
  /** Sentences that explain the figures. */
  notes?: string[];
}

export const reached = ({ value, least, most }: Target): boolean =>
  (least === undefined || value >= least) && (most === undefined || value <= most);

export function toJson({ targets, more, each = {}, ...report }: Report): string {
  const rounded = Object.fromEntries([
    ...Object.entries(each).map(([name, figures]) => [name, roundAll(figures)]),
    ...Object.entries(roundAll({ ...report, ...more })),
  ]);
  const judged = targets.map((target) => ({
    ...target,
    value: round(target.value),
    reached: reached(target),
  }));
  return JSON.stringify({ ...rounded, targets: judged, reached: judged.every((target) => target.reached) });
}

const roundAll = (figures: object): object =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)]));

function round(value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) return null;
  return Number(value.toPrecision(value >= 1000 ? 6 : 4));
}

export function toTable(report: Report): string {
  const { bench, targets, more = {}, each = {}, notes = [], audit } = report;
  const figures: [string, string][] = [
    ['rate', `${show(report.rate)} /s`],
    ['empty route', `${show(report.emptyRate)} /s`],
    ['ratio to it', show(report.ratioToEmpty)],
    ['one transaction each', `${show(report.singleTxRate)} /s`],
    ['ratio to it', show(report.ratioToSingleTx)],
    ['p50', `${show(report.p50Ms)} ms`],
    ['p99', `${show(report.p99Ms)} ms`],
    ['server memory', `${show(report.serverRssMb)} MB`],
    ...Object.entries(more).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : show(value),
    ]),
  ];
  const shown = figures.filter(([, value]) => !value.startsWith('–'));
  const lines = [`\n${bench}`, ...columns(shown), ...columns(grid(each)), '', ...columns(targets.map(judge))];
  lines.push('', `  audit: ${audit}`, ...notes.map((note) => `  ${note}`));
  return lines.join('\n');
}

/** One row per thing, below the names of the figures. */
function grid(each: Record<string, Record<string, number>>): string[][] {
  const [first] = Object.values(each);
  if (!first) return [];
  const rows = Object.entries(each).map(([name, figures]) => [name, ...Object.values(figures).map(show)]);
  return [['', ...Object.keys(first)], ...rows];
}

function judge(target: Target): [string, string, string, string] {
  const bounds = [
    ...(target.least === undefined ? [] : [`at least ${show(target.least)}`]),
    ...(target.most === undefined ? [] : [`at most ${show(target.most)}`]),
  ];
  return [target.what, show(target.value), bounds.join(', '), reached(target) ? 'reached' : 'NOT REACHED'];
}

function show(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-GB');
  return String(Number(value.toPrecision(3)));
}

function columns(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
