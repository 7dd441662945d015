import { isDatabaseUnavailable, isOverdue } from './data/database-trouble.ts';
import type { Db } from './data/db.ts';

/**
 * Turns a function of many items into a function of one item. Items that arrive while a batch is running become the
 * next batch, and an idle gatherer starts at once. Answers come in the order of the items. A statement that commits
 * and notifies costs the same for one item as for hundreds.
 *
 * A failed batch is retried in halves, so that an item that can't be written fails alone. So a failed batch must have
 * changed nothing: it is one statement or one transaction. A batch may also answer an item with a promise, which
 * fails alone.
 *
 * If more items are waiting, the next batch starts before this one is answered. PostgreSQL works on it while the
 * answers are written.
 */
export function gather<T, R>(
  run: (items: T[]) => Promise<(R | PromiseLike<R>)[]>,
  mostPerRun: number,
): (item: T) => Promise<R> {
  const waiting: { item: T; answer: PromiseWithResolvers<R> }[] = [];
  let running = false;

  async function start(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      await settle(waiting.splice(0, mostPerRun));
    }
    running = false;
  }

  async function settle(batch: typeof waiting): Promise<void> {
    try {
      const answers = await run(batch.map(({ item }) => item));
      // A promise that is rejected before it is returned must not count as unhandled.
      for (const answer of answers) if (answer instanceof Promise) answer.catch(() => {});
      const give = () => {
        for (const [index, { answer }] of batch.entries())
          answer.resolve(answers[index] as R | PromiseLike<R>);
      };
      if (waiting.length > 0) setImmediate(give);
      else give();
    } catch (error) {
      if (batch.length > 1 && !isDatabaseUnavailable(error)) {
        const middle = Math.ceil(batch.length / 2);
        await settle(batch.slice(0, middle));
        return settle(batch.slice(middle));
      }
      // If the database does not answer, the queued items fail at once instead of each waiting as long again.
      const failed = isOverdue(error) ? [...batch, ...waiting.splice(0)] : batch;
      for (const { answer } of failed) answer.reject(error);
    }
  }

  return (item) => {
    const answer = Promise.withResolvers<R>();
    waiting.push({ item, answer });
    if (!running) void start();
    return answer.promise;
  };
}

/** Makes one gathering function for each database, or for whatever else the items have in common, on first use. */
export function gatherPer<K extends object, T, R>(
  run: (key: K, items: T[]) => Promise<(R | PromiseLike<R>)[]>,
  mostPerRun: number,
): (key: K, item: T) => Promise<R> {
  const perKey = new WeakMap<K, (item: T) => Promise<R>>();
  return (key, item) => {
    let one = perKey.get(key);
    if (!one) {
      one = gather((items: T[]) => run(key, items), mostPerRun);
      perKey.set(key, one);
    }
    return one(item);
  };
}

export const gatherPerDb = <T, R>(
  run: (db: Db, items: T[]) => Promise<(R | PromiseLike<R>)[]>,
  mostPerRun: number,
): ((db: Db, item: T) => Promise<R>) => gatherPer(run, mostPerRun);
