import type { Db } from './db.ts';

/**
 * Turns a function of many into a function of one: what is asked for while a run is under way goes into the
 * next, and an idle one starts at once. Answers come in the order of the items; a run that fails fails all
 * of its own. A statement that commits and notifies costs the same for one as for hundreds.
 */
export function gather<T, R>(run: (items: T[]) => Promise<R[]>, mostPerRun: number): (item: T) => Promise<R> {
  const waiting: { item: T; answer: PromiseWithResolvers<R> }[] = [];
  let running = false;

  async function start(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostPerRun);
      try {
        const answers = await run(batch.map(({ item }) => item));
        for (const [index, { answer }] of batch.entries()) answer.resolve(answers[index] as R);
      } catch (error) {
        for (const { answer } of batch) answer.reject(error);
      }
    }
    running = false;
  }

  return (item) => {
    const answer = Promise.withResolvers<R>();
    waiting.push({ item, answer });
    if (!running) void start();
    return answer.promise;
  };
}

/** A gathering function for each database, made when it is first needed. */
export function gatherPerDb<T, R>(
  run: (db: Db, items: T[]) => Promise<R[]>,
  mostPerRun: number,
): (db: Db, item: T) => Promise<R> {
  const perDb = new WeakMap<Db, (item: T) => Promise<R>>();
  return (db, item) => {
    let one = perDb.get(db);
    if (!one) {
      one = gather((items: T[]) => run(db, items), mostPerRun);
      perDb.set(db, one);
    }
    return one(item);
  };
}
