/** How long a seat fades to its new state. */
const FADE_MS = 700;
/** With more changes at once than anyone could follow, the picture changes without fading. */
const MOST = 400;

/** Detects seats that somebody else has taken or given back, and fades them from their old state. */
export function createFades() {
  let known: Uint8Array | null = null;
  const startedMs = new Map<number, number>();
  const isStill = matchMedia('(prefers-reduced-motion: reduce)');
  return {
    /** The fading seats, with the visible share of their old state: 1 to 0. */
    step(seats: Uint8Array | null, nowMs: number): ReadonlyMap<number, number> {
      if (seats !== known) {
        const changed = known && seats && !isStill.matches ? changedSeats(known, seats) : [];
        if (changed.length <= MOST) for (const seat of changed) startedMs.set(seat, nowMs);
        known = seats;
      }
      const shares = new Map<number, number>();
      for (const [seat, startMs] of startedMs) {
        const share = 1 - (nowMs - startMs) / FADE_MS;
        if (share > 0) shares.set(seat, Math.min(share, 1));
        else startedMs.delete(seat);
      }
      return shares;
    },
  };
}

/** The seats whose bits differ. */
function changedSeats(before: Uint8Array, after: Uint8Array): number[] {
  const changed: number[] = [];
  for (let byte = 0; byte < after.length; byte++) {
    const bits = (before[byte] ?? 0) ^ (after[byte] ?? 0);
    for (let bit = 0; bits >> bit !== 0; bit++) if ((bits >> bit) & 1) changed.push(byte * 8 + bit);
  }
  return changed;
}
