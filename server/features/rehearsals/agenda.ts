/** What comes next in virtual time: instants and numbers. What was added first comes first at the same instant. */
interface Agenda {
  add(atMs: number, n: number): void;
  /** The next number, or -1 at the end. */
  take(): number;
  /** When it comes. */
  nextMs(): number;
  size(): number;
}

interface Item {
  atMs: number;
  order: number;
  n: number;
}

/** Items that come within so much time lie together. */
const spanMs = 500;

/**
 * Keeps far items unsorted by their span of time, and only those of the present span in a heap. So adding a far item costs the same
 * however many there are, and the heap stays in the processor's caches: one heap of a million people's items took most
 * of the time of a simulation.
 */
export function createAgenda(): Agenda {
  const spans = new Map<number, Item[]>();
  /** The span whose items are in the heap, with everything that came too late for it. */
  let present = -1;
  let last = -1;
  let heap: Item[] = [];
  let order = 0;
  let size = 0;

  function fill(): void {
    while (heap.length === 0 && present < last) {
      const items = spans.get(++present);
      if (!items) continue;
      spans.delete(present);
      // A sorted list is a heap.
      heap = items.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    }
  }

  function rise(from: number, item: Item): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(item, heap[above] as Item)) break;
      heap[at] = heap[above] as Item;
      at = above;
    }
    heap[at] = item;
  }

  function sink(item: Item): void {
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Item, heap[below] as Item)) below++;
      if (!isBefore(heap[below] as Item, item)) break;
      heap[at] = heap[below] as Item;
      at = below;
    }
    heap[at] = item;
  }

  return {
    add(atMs, n) {
      const item = { atMs, order: order++, n };
      const span = Math.floor(atMs / spanMs);
      size++;
      if (span <= present) {
        heap.push(item);
        rise(heap.length - 1, item);
        return;
      }
      if (span > last) last = span;
      const items = spans.get(span);
      if (items) items.push(item);
      else spans.set(span, [item]);
    },
    take() {
      fill();
      const first = heap[0];
      if (!first) return -1;
      size--;
      const end = heap.pop() as Item;
      if (heap.length > 0) sink(end);
      return first.n;
    },
    nextMs() {
      fill();
      return heap[0]?.atMs ?? Number.POSITIVE_INFINITY;
    },
    size: () => size,
  };
}

const isBefore = (a: Item, b: Item): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
