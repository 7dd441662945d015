/**
 * Shrinks a failing list: removes halves, quarters, … down to single items, while the rest still fails (Zeller and
 * Hildebrandt's delta debugging).
 */
export function shrink<T>(items: T[], fails: (items: T[]) => boolean): T[] {
  let left = items;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < left.length; ) {
      const without = left.toSpliced(from, size);
      if (fails(without)) left = without;
      else from += size;
    }
    // After a removal, other items may become removable.
    if (size === 1) {
      const once = left;
      left = left.filter((_, i) => !fails(once.toSpliced(i, 1)) || once.length === 1);
      if (!fails(left)) left = once;
    }
  }
  return left;
}
