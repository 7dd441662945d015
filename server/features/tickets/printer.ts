import { Worker } from 'node:worker_threads';
import { Refused } from '../../../contract/errors.ts';
import type { Log } from '../../log.ts';
import type { PrintAnswer, PrintOrder } from './print-thread.ts';
import type { TicketPage } from './ticket-page.ts';

/** Makes PDFs of tickets in a thread of its own, so that nobody who buys waits for drawing. */
export interface TicketPrinter {
  /** One A4 page to a ticket. Throws Refused('unavailable') where the thread died over it: try again. */
  print(pages: TicketPage[], now: Date): Promise<Buffer>;
  /** Ends the thread; what was still being drawn is refused. */
  close(): Promise<void>;
}

export interface PrinterOptions {
  log: Log;
  /** The thread takes some 80 MB and starts within 0.3 s, so it is kept for a while and not for ever. */
  idleMs?: number;
  /** A drawing that takes longer will never end: a page takes 5 ms, under load a hundred times that. */
  stuckMs?: number;
  /** Of the thread. Opening the largest fonts takes 60. */
  maxHeapMb?: number;
}

interface Thread {
  worker: Worker;
  waiting: Map<number, PromiseWithResolvers<Buffer>>;
  /** Ends it when it is idle or stuck, whichever it is waiting for. */
  timer: NodeJS.Timeout;
}

/** The thread starts with the first order, and again after it has ended, for whatever reason. */
export function createTicketPrinter(options: PrinterOptions): TicketPrinter {
  const { log, idleMs = 30_000, stuckMs = 120_000, maxHeapMb = 256 } = options;
  let running: Thread | null = null;
  let closed = false;
  let count = 0;

  function start(): Thread {
    const worker = new Worker(new URL('print-thread.ts', import.meta.url), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 16 },
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
    // Whoever waits for a drawing keeps the process alive; the thread alone does not.
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
