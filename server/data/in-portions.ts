/**
 * Repeats a statement that deals with a limited number of rows until it finds none. Each portion is a transaction of
 * its own, so nobody waits long for a lock, and vacuum and replicas keep up. Answers how many rows it were.
 */
export async function inPortions(portion: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await portion();
    if (count === 0) return total;
    total += count;
  }
}
