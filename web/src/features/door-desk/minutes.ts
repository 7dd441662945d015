/** What was scanned at a gate in one minute. */
interface Minute {
  at: string;
  gate: string | null;
  entries: number;
  exits: number;
}

export interface Bar {
  atMs: number;
  entries: number;
  exits: number;
}

const minuteMs = 60_000;
const mostBars = 60;

/**
 * The last hour before the latest scan, minute by minute; also minutes in which nobody came. `gate` undefined: all gates. Empty if
 * nothing was scanned.
 */
export function barsOf(minutes: readonly Minute[], gate?: string | null): Bar[] {
  const latest = minutes.at(-1);
  const first = minutes[0];
  if (!latest || !first) return [];
  const endMs = Date.parse(latest.at);
  const beginMs = Math.max(Date.parse(first.at), endMs - (mostBars - 1) * minuteMs);
  const bars = Array.from({ length: Math.floor((endMs - beginMs) / minuteMs) + 1 }, (_, i) => ({
    atMs: beginMs + i * minuteMs,
    entries: 0,
    exits: 0,
  }));
  for (const each of minutes) {
    const bar = bars[(Date.parse(each.at) - beginMs) / minuteMs];
    if (!bar || (gate !== undefined && each.gate !== gate)) continue;
    bar.entries += each.entries;
    bar.exits += each.exits;
  }
  return bars;
}
