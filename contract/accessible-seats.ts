/*
 * Wheelchair places with the seats of companions beside them. The server holds by these rules, and the page shows by them
 * before the buyer holds any (best-seats.ts does the same for other seats).
 *
 * Two places of a group are beside each other if they are neighbours in a row, or if both are marked (wheelchair or
 * companion) and every place between them is marked too: nobody else sits there. An aisle separates them always. Places
 * that are beside each other in this way are a chain. Each companion of a group is in a chain with a wheelchair place.
 */

export const ordinary = 0;
export const wheelchair = 1;
export const companion = 2;

/** The most places of a group with wheelchairs. With it, a search of 120,000 seats of which half are wheelchair places takes 0.2 s, and of a theatre 0.03 ms. */
export const mostAccessible = 10;
export const mostWithAccessible = 20;

export interface KnownRow {
  zone: string;
  /** From left to right. */
  seats: ArrayLike<number>;
  /** Positions with an aisle after them. */
  gapsAfter: readonly number[];
  /** The rank of the row, the best first. */
  order: number;
  /** By position: ordinary, wheelchair or companion. Left out if all are ordinary. */
  kinds?: ArrayLike<number>;
}

interface Wanted {
  /** Wheelchair places, 1 to mostAccessible. */
  accessible: number;
  /** Seats for companions. No companion gets a wheelchair place. */
  companions: number;
}

/** What there is in place of a group: free wheelchair places, and the companions that fit beside as many as were wanted. */
export interface TooFew {
  accessible: number;
  companions: number;
}

/** A part of a row without an aisle, around its wheelchair places. */
interface Stretch {
  order: number;
  seats: number[];
  kinds: number[];
  isFree: boolean[];
  /** The middle of the whole row, as a position in this part. */
  middle: number;
  /** By the number of wheelchair places taken here: the most companions. */
  most: number[];
}

/**
 * Decision: the best free places for a group, sorted; or what there is, if no such group is free. It prefers one chain in the
 * row nearest to the stage, then few chains in one row, then few rows. It finds a group whenever there is one.
 */
export function bestAccessible(
  plan: { rows: readonly KnownRow[] },
  seats: Uint8Array,
  zone: string,
  wanted: Wanted,
): number[] | TooFew {
  const stretches = plan.rows
    .flatMap((row) => (row.zone === zone && row.kinds ? stretchesOf(row, seats, wanted) : []))
    .sort((a, b) => a.order - b.order);
  const together = inOneStretch(stretches, wanted);
  if (together) return together.sort((a, b) => a - b);
  const shares = shareOut(stretches, wanted);
  if (shares.companions < wanted.companions) {
    const accessible = stretches.reduce(
      (sum, { kinds, isFree }) => sum + kinds.filter((kind, at) => kind === wheelchair && isFree[at]).length,
      0,
    );
    return { accessible, companions: Math.max(0, shares.companions) };
  }
  return shares.taken
    .flatMap(({ stretch, ...share }) => chooseIn(stretch, share)?.seats ?? [])
    .sort((a, b) => a - b);
}

function stretchesOf(row: KnownRow, seats: Uint8Array, { accessible, companions }: Wanted): Stretch[] {
  const { kinds = [] } = row;
  const aisles = new Set(row.gapsAfter);
  const found: Stretch[] = [];
  const count = row.seats.length;
  for (let from = 0; from < count; ) {
    let to = from;
    while (to < count - 1 && !aisles.has(to)) to++;
    let [first, last] = [to + 1, -1];
    for (let at = from; at <= to; at++) {
      if (kinds[at] !== wheelchair || seats[row.seats[at] as number] !== 0) continue;
      first = Math.min(first, at);
      last = at;
    }
    if (last >= 0) {
      // No chain reaches further than its companions and the marked places between them.
      [first, last] = [reach(kinds, first, -1, from, companions), reach(kinds, last, 1, to, companions)];
      const positions = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const part = {
        order: row.order,
        seats: positions.map((at) => row.seats[at] as number),
        kinds: positions.map((at) => kinds[at] ?? ordinary),
        isFree: positions.map((at) => seats[row.seats[at] as number] === 0),
        middle: (count - 1) / 2 - first,
      };
      found.push({ ...part, most: mostCompanions(part, accessible) });
    }
    from = to + 1;
  }
  return found;
}

/** How far a chain with so many companions can lead from a place: marked places may be skipped, others not. */
function reach(
  kinds: ArrayLike<number>,
  from: number,
  step: 1 | -1,
  end: number,
  companions: number,
): number {
  let at = from;
  for (let left = companions; at !== end; at += step) {
    if ((kinds[at + step] ?? ordinary) === ordinary && left-- === 0) break;
  }
  return at;
}

/*
 * Both searches go through the places of a stretch once, with these states of the last chain. `near`: its last place is the one
 * before. `far`: its last place is further away, and only marked places are between.
 */
const closed = 0;
const nearAlone = 1;
const farAlone = 2;
const near = 3;
const far = 4;
const states = 5;

/** The state after this place is left out; -1 if a companion would be without a wheelchair place. */
function afterSkip(state: number, isRun: boolean): number {
  if (state === closed) return closed;
  if (isRun) return state === nearAlone || state === farAlone ? farAlone : far;
  return state === nearAlone || state === farAlone ? -1 : closed;
}

/** The state before this place: a chain ends where the marked places end. */
const before = (state: number, isRun: boolean): number =>
  isRun || state === closed || state === nearAlone || state === near ? state : state === far ? closed : -1;

const afterTake = (state: number, kind: number): number =>
  kind === wheelchair || state === near || state === far ? near : nearAlone;

/** True if this place and the one before are both marked. */
const runsOn = ({ kinds }: Pick<Stretch, 'kinds'>, at: number): boolean =>
  at > 0 && kinds[at] !== ordinary && kinds[at - 1] !== ordinary;

function mostCompanions(stretch: Omit<Stretch, 'most'>, accessible: number): number[] {
  const here = stretch.kinds.filter((kind, at) => kind === wheelchair && stretch.isFree[at]).length;
  const width = Math.min(here, accessible) + 1;
  let most = new Int32Array(states * width).fill(-1);
  most[closed] = 0;
  for (const [at, kind] of stretch.kinds.entries()) {
    const isRun = runsOn(stretch, at);
    const next = new Int32Array(states * width).fill(-1);
    const reachState = (state: number, count: number, value: number) => {
      const slot = count * states + state;
      if (value > (next[slot] as number)) next[slot] = value;
    };
    for (let count = 0; count < width; count++) {
      for (let state = 0; state < states; state++) {
        const value = most[count * states + state] as number;
        if (value < 0) continue;
        const skipped = afterSkip(state, isRun);
        if (skipped >= 0) reachState(skipped, count, value);
        const from = before(state, isRun);
        if (from < 0 || !stretch.isFree[at]) continue;
        if (kind !== wheelchair) reachState(afterTake(from, kind), count, value + 1);
        else if (count < width - 1) reachState(near, count + 1, value);
      }
    }
    most = next;
  }
  return Array.from({ length: width }, (_, count) =>
    Math.max(...[closed, near, far].map((state) => most[count * states + state] as number)),
  );
}

/** No more places are compared, so that a room full of wheelchair places costs little more than a theatre. */
const mostCompared = 4000;

function inOneStretch(stretches: Stretch[], wanted: Wanted): number[] | null {
  let best: Choice | null = null;
  let compared = 0;
  for (const stretch of stretches) {
    if ((stretch.most[wanted.accessible] ?? -1) < wanted.companions) continue;
    const found = chooseIn(stretch, wanted);
    if (found && (!best || found.breaks < best.breaks)) best = found;
    // The stretches come from the best row to the last, so the first chain without a break is the best one.
    compared += stretch.seats.length;
    if (best?.breaks === 0 || compared > mostCompared) break;
  }
  return best?.seats ?? null;
}

interface Shares {
  taken: (Wanted & { stretch: Stretch })[];
  /** How many companions fit, at most as many as are wanted; -1 without enough wheelchair places. */
  companions: number;
}

/** Divides a group over several stretches, with all companions if they fit, and over few stretches. */
function shareOut(stretches: Stretch[], { accessible, companions }: Wanted): Shares {
  // By wheelchair places so far: the companions that fit, and the stretches that are used.
  let best = Array.from({ length: accessible + 1 }, (_, count) => ({ fit: count === 0 ? 0 : -1, parts: 0 }));
  const picks = stretches.map(() => new Uint8Array(accessible + 1));
  for (const [i, { most }] of stretches.entries()) {
    const next = best.slice();
    for (let count = 1; count <= accessible; count++) {
      for (let here = 1; here <= count; here++) {
        const [rest, more] = [best[count - here], most[here]];
        if (!rest || rest.fit < 0 || more === undefined || more < 0) continue;
        const fit = Math.min(companions, rest.fit + more);
        const parts = rest.parts + 1;
        const known = next[count] as { fit: number; parts: number };
        if (fit < known.fit || (fit === known.fit && parts >= known.parts)) continue;
        next[count] = { fit, parts };
        (picks[i] as Uint8Array)[count] = here;
      }
    }
    best = next;
  }
  const taken: Shares['taken'] = [];
  let left = accessible;
  for (let i = stretches.length - 1; i >= 0 && left > 0; i--) {
    const here = picks[i]?.[left] ?? 0;
    if (here > 0) taken.unshift({ stretch: stretches[i] as Stretch, accessible: here, companions: 0 });
    left -= here;
  }
  const { fit = -1 } = best[accessible] ?? {};
  seatCompanions(taken, fit);
  return { taken, companions: fit };
}

/** One after the other, so that no part of the group is alone while another has room for its companions. */
function seatCompanions(taken: Shares['taken'], companions: number): void {
  let left = companions;
  for (let wasSeated = true; left > 0 && wasSeated; ) {
    wasSeated = false;
    for (const share of taken) {
      if (left === 0 || share.companions === share.stretch.most[share.accessible]) continue;
      share.companions++;
      left--;
      wasSeated = true;
    }
  }
}

/** What makes a choice worse: another chain, a marked place of others inside of it, a seat without a mark. Then comes the distance from the row's middle. */
const costOf = { chain: 10_000_000, gap: 300_000, unmarked: 10_000 } as const;

interface Choice {
  seats: number[];
  /** Chains after the first one, and places of others inside of chains. */
  breaks: number;
}

/** The best places of a stretch for a group; null if they are not there. */
function chooseIn(stretch: Stretch, wanted: Wanted): Choice | null {
  const { accessible, companions } = wanted;
  const slots = states * (accessible + 1) * (companions + 1);
  const slotOf = (state: number, wheels: number, mates: number) =>
    (wheels * (companions + 1) + mates) * states + state;
  let costs = new Int32Array(slots).fill(-1);
  costs[slotOf(closed, 0, 0)] = 0;
  // By place and slot: the slot before, with the sign that says whether the place is taken.
  const came: Int32Array[] = [];
  for (const [at, kind] of stretch.kinds.entries()) {
    const isRun = runsOn(stretch, at);
    const next = new Int32Array(slots).fill(-1);
    const from = new Int32Array(slots);
    const arrive = (slot: number, cost: number, origin: number) => {
      if (next[slot] !== -1 && cost >= (next[slot] as number)) return;
      next[slot] = cost;
      from[slot] = origin;
    };
    const distance = Math.round(Math.abs(at - stretch.middle));
    for (let slot = 0; slot < slots; slot++) {
      const cost = costs[slot] as number;
      if (cost < 0) continue;
      const state = slot % states;
      const mates = Math.floor(slot / states) % (companions + 1);
      const wheels = Math.floor(slot / states / (companions + 1));
      const skipped = afterSkip(state, isRun);
      const gap = skipped === far || skipped === farAlone ? costOf.gap : 0;
      if (skipped >= 0) arrive(slotOf(skipped, wheels, mates), cost + gap, slot);
      const open = before(state, isRun);
      if (open < 0 || !stretch.isFree[at]) continue;
      const taken =
        cost + distance + (open === closed ? costOf.chain : 0) + (kind === ordinary ? costOf.unmarked : 0);
      if (kind !== wheelchair) {
        if (mates < companions) arrive(slotOf(afterTake(open, kind), wheels, mates + 1), taken, -slot - 1);
      } else if (wheels < accessible) arrive(slotOf(near, wheels + 1, mates), taken, -slot - 1);
    }
    costs = next;
    came.push(from);
  }
  const ends = [closed, near, far]
    .map((state) => slotOf(state, accessible, companions))
    .filter((slot) => (costs[slot] as number) >= 0)
    .sort((a, b) => (costs[a] as number) - (costs[b] as number));
  const [end] = ends;
  if (end === undefined) return null;
  const seats: number[] = [];
  let breaks = -1;
  let slot = end;
  for (let at = came.length - 1; at >= 0; at--) {
    const origin = came[at]?.[slot] as number;
    const state = slot % states;
    slot = origin < 0 ? -origin - 1 : origin;
    if (origin >= 0) {
      // Marked places after the end of a chain are no break.
      if (seats.length > 0 && (state === far || state === farAlone)) breaks++;
      continue;
    }
    seats.push(stretch.seats[at] as number);
    if (before(slot % states, runsOn(stretch, at)) === closed) breaks++;
  }
  return { seats, breaks };
}
