import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Plan } from './plan.ts';
import type { Figures } from './rehearsals.ts';

/** 20,000 people take some seconds. Whatever takes longer than this has gone wrong. */
const longestMs = 120_000;
const maxHeapMb = 512;

/** Plays a plan in a thread, because its decisions would keep the process from its other work for seconds. */
export async function playInThread(plan: Plan): Promise<Figures> {
  const cache = getCompileCacheDir();
  // The thread gets no secrets, only the compile cache.
  const worker = new Worker(new URL('play-thread.ts', import.meta.url), {
    workerData: plan,
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  const answer = Promise.withResolvers<Figures>();
  const timer = setTimeout(() => answer.reject(new Error('the rehearsal does not end')), longestMs);
  worker.once('message', answer.resolve);
  worker.once('error', answer.reject);
  worker.once('exit', () => answer.reject(new Error('the thread of the rehearsal has ended')));
  try {
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
