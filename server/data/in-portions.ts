/**
 * Repeats a statement that handles a limited number of rows until it finds none. Each portion is its own transaction,
 * so nobody waits long for a lock, and vacuum and replicas keep up. Returns the total number of rows.
 */
export async function inPortions(portion: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await portion();
    if (count === 0) return total;
    total += count;
  }
}
