/** What comes next in virtual time: a heap of instants and numbers. What was added first comes first at the same instant. */
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

export function createAgenda(): Agenda {
  const heap: Item[] = [];
  let order = 0;
  const isBefore = (a: Item, b: Item) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

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
      heap.push(item);
      rise(heap.length - 1, item);
    },
    take() {
      const first = heap[0];
      if (!first) return -1;
      const last = heap.pop() as Item;
      if (heap.length > 0) sink(last);
      return first.n;
    },
    nextMs: () => heap[0]?.atMs ?? Number.POSITIVE_INFINITY,
    size: () => heap.length,
  };
}
