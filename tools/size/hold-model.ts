import { percentile } from '../bench/percentiles.ts';

/**
 * A discrete-event simulation of holds on one event. A request waits for the process's thread, which works on one at a time; then for the
 * ledger, which commits all that wait as one batch; then for the thread again, which writes the answer. docs/scaling.md has what comes of
 * it, and the bench `sizing` compares it with a real run.
 */
export interface HoldCosts {
  /** Time of the process's thread for one hold, in ms: half before the batch and half after. */
  threadMs: number;
  /** A batch takes so long, and so much longer for each hold in it. */
  batchMs: number;
  batchMsPerHold: number;
}

/** The ledger's own bound (inventory/ledger.ts). */
const mostInBatch = 400;

interface HoldResult {
  /** Answers in a second, within the simulated time. */
  rate: number;
  p50Ms: number;
  p99Ms: number;
  meanBatch: number;
  /** When the last request was answered. */
  lastMs: number;
}

/** When a client sends its next request: at the answer to the last one, or by a list of instants. */
type Arrivals = { clients: number; forMs: number } | { atMs: number[] };

export function simulateHolds(costs: HoldCosts, arrivals: Arrivals): HoldResult {
  const events = createHeap();
  const thread = createQueue<{ sentMs: number; step: 'read' | 'answer' }>();
  let threadBusy = false;
  const ledger = createQueue<number>();
  let batch: number[] | null = null;
  const took: number[] = [];
  let answeredInTime = 0;
  let batches = 0;
  let nowMs = 0;
  const endMs = 'forMs' in arrivals ? arrivals.forMs : Number.POSITIVE_INFINITY;

  const arrive = (sentMs: number) => {
    thread.push({ sentMs, step: 'read' });
    work();
  };
  const work = () => {
    const job = threadBusy ? undefined : thread.take(1)[0];
    if (!job) return;
    threadBusy = true;
    events.push(nowMs + costs.threadMs / 2, () => {
      threadBusy = false;
      if (job.step === 'read') {
        ledger.push(job.sentMs);
        commit();
      } else {
        took.push(nowMs - job.sentMs);
        if (nowMs <= endMs) answeredInTime++;
        if ('clients' in arrivals && nowMs < endMs) arrive(nowMs);
      }
      work();
    });
  };
  const commit = () => {
    const next = batch ? [] : ledger.take(mostInBatch);
    if (next.length === 0) return;
    batch = next;
    batches++;
    events.push(nowMs + costs.batchMs + costs.batchMsPerHold * batch.length, () => {
      for (const sentMs of batch ?? []) thread.push({ sentMs, step: 'answer' });
      batch = null;
      commit();
      work();
    });
  };

  const starts = 'clients' in arrivals ? Array<number>(arrivals.clients).fill(0) : arrivals.atMs;
  for (const atMs of starts) events.push(atMs, () => arrive(atMs));
  for (let next = events.pop(); next; next = events.pop()) {
    nowMs = next.atMs;
    next.happen();
  }
  const sorted = took.toSorted((a, b) => a - b);
  const spanMs = Number.isFinite(endMs) ? endMs : nowMs;
  return {
    rate: ((Number.isFinite(endMs) ? answeredInTime : took.length) / spanMs) * 1000,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    meanBatch: took.length / batches,
    lastMs: nowMs,
  };
}

/** A queue that may have a million entries: taking the first does not move the others. */
function createQueue<T>() {
  let items: T[] = [];
  let first = 0;
  return {
    push: (item: T) => void items.push(item),
    take(most: number): T[] {
      const taken = items.slice(first, first + most);
      first += taken.length;
      if (first > 10_000 && first * 2 > items.length) {
        items = items.slice(first);
        first = 0;
      }
      return taken;
    },
  };
}

interface Happening {
  atMs: number;
  order: number;
  happen(): void;
}

/** A binary heap by time. What is due at the same instant happens in the order of its pushes. */
function createHeap() {
  const heap: Happening[] = [];
  let count = 0;
  const isBefore = (a: Happening, b: Happening) => a.atMs - b.atMs || a.order - b.order;
  return {
    push(atMs: number, happen: () => void) {
      let at = heap.push({ atMs, order: count++, happen }) - 1;
      for (
        let above = (at - 1) >> 1;
        at > 0 && isBefore(heap[at]!, heap[above]!) < 0;
        above = (at - 1) >> 1
      ) {
        [heap[at], heap[above]] = [heap[above]!, heap[at]!];
        at = above;
      }
    },
    pop(): Happening | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (!first || !last || first === last) return first;
      heap[0] = last;
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < heap.length && isBefore(heap[left]!, heap[least]!) < 0) least = left;
        if (right < heap.length && isBefore(heap[right]!, heap[least]!) < 0) least = right;
        if (least === at) return first;
        [heap[at], heap[least]] = [heap[least]!, heap[at]!];
        at = least;
      }
    },
  };
}
