import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Refused } from '../../../contract/errors.ts';
import type { Log } from '../../log.ts';
import type { PrintAnswer, PrintOrder } from './print-thread.ts';
import type { TicketPage } from './ticket-page.ts';

/** Makes PDFs of tickets in a separate thread, so that buyers do not wait for drawing. */
export interface TicketPrinter {
  /** Prints each ticket on one A4 page. Throws Refused('unavailable') if the thread died; the caller may retry. */
  print(pages: TicketPage[], now: Date): Promise<Buffer>;
  /** Ends the thread. Unfinished drawings are refused. */
  close(): Promise<void>;
}

export interface PrinterOptions {
  log: Log;
  /** The thread takes about 80 MB and starts within 0.3 s, so it ends after this much idle time. */
  idleMs?: number;
  /** A drawing that takes longer will never end. A page takes 5 ms, and up to a hundred times that under load. */
  stuckMs?: number;
  /** The thread's heap limit. Opening the largest fonts takes 60 MB. */
  maxHeapMb?: number;
}

interface Thread {
  worker: Worker;
  waiting: Map<number, PromiseWithResolvers<Buffer>>;
  /** Ends the thread when it is idle or stuck. */
  timer: NodeJS.Timeout;
}

/**
 * The thread gets no secrets, only the compile cache, if the process has one: to strip types by itself would take 15 MB.
 */
function threadEnv(): Record<string, string> {
  const directory = getCompileCacheDir();
  // The variable names the directory above the one of this version of Node.
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: dirname(directory) };
}

/** The thread starts with the first order, and again after it has ended for any reason. */
export function createTicketPrinter(options: PrinterOptions): TicketPrinter {
  const { log, idleMs = 30_000, stuckMs = 120_000, maxHeapMb = 256 } = options;
  let running: Thread | null = null;
  let closed = false;
  let count = 0;

  function start(): Thread {
    const worker = new Worker(new URL('print-thread.ts', import.meta.url), {
      env: threadEnv(),
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 8 },
    });
    const thread: Thread = { worker, waiting: new Map(), timer: setTimeout(() => {}, 0) };
    worker.on('message', ({ id, pdf, error }: PrintAnswer) => {
      const answer = thread.waiting.get(id);
      thread.waiting.delete(id);
      watch(thread);
      if (pdf) answer?.resolve(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
      else answer?.reject(new Error(`the tickets could not be drawn: ${error}`));
    });
    worker.on('error', (error) => log.warn({ err: error }, 'the thread that draws tickets has died'));
    worker.on('exit', () => over(thread));
    return thread;
  }

  function over(thread: Thread): void {
    if (running === thread) running = null;
    clearTimeout(thread.timer);
    for (const answer of thread.waiting.values()) answer.reject(new Refused('unavailable'));
    thread.waiting.clear();
  }

  function watch(thread: Thread): void {
    clearTimeout(thread.timer);
    const isIdle = thread.waiting.size === 0;
    // A process with unfinished drawings stays alive. An idle thread does not keep it alive.
    if (isIdle) thread.worker.unref();
    else thread.worker.ref();
    thread.timer = setTimeout(
      () => {
        if (!isIdle) log.warn({ waiting: thread.waiting.size }, 'a drawing of tickets does not end');
        void end(thread);
      },
      isIdle ? idleMs : stuckMs,
    ).unref();
  }

  async function end(thread: Thread): Promise<void> {
    over(thread);
    await thread.worker.terminate();
  }

  return {
    print(pages, now) {
      if (closed) return Promise.reject(new Refused('unavailable'));
      running ??= start();
      const order: PrintOrder = { id: ++count, pages, now };
      const answer = Promise.withResolvers<Buffer>();
      running.waiting.set(order.id, answer);
      running.worker.postMessage(order);
      if (running.waiting.size === 1) watch(running);
      return answer.promise;
    },
    async close() {
      closed = true;
      if (running) await end(running);
    },
  };
}
