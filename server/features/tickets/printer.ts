import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Refused } from '../../../contract/errors.ts';
import type { Log } from '../../log.ts';
import type { CodeSheet } from './draw-code-sheet.ts';
import type { PaperPage } from './paper-page.ts';
import type { PrintAnswer, PrintOrder } from './print-thread.ts';
import type { TicketPage } from './ticket-page.ts';

/** Makes PDFs of tickets, of codes and of business documents in separate threads, so that buyers do not wait for drawing. */
export interface TicketPrinter {
  /** Prints each ticket on one A4 page. Throws Refused('unavailable') if the thread died; the caller may retry. */
  print(pages: TicketPage[], now: Date): Promise<Buffer>;
  /** Prints a receipt, invoice or credit note. The same page and time always give the same bytes. */
  printDocument(paper: PaperPage, issuedAt: Date): Promise<Buffer>;
  /** Prints cards with codes. */
  printCodes(sheet: CodeSheet, now: Date): Promise<Buffer>;
  /** Ends the threads. Unfinished drawings are refused. */
  close(): Promise<void>;
}

export interface PrinterOptions {
  log: Log;
  /** The thread takes about 50 MB and starts within 0.3 s, so it ends after this much idle time. */
  idleMs?: number;
  /** A drawing that takes longer will never end. A page takes 1 ms, and up to a hundred times that under load. */
  stuckMs?: number;
  /** How many threads may draw at once; by default one for each core but one, and four at most. */
  threads?: number;
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

/** With so many drawings waiting for it, a thread gets help from another one. */
const busyAt = 4;
const mostThreads = 4;

/**
 * A thread starts with the first order, and again after it has ended for any reason. More of them start when drawings wait,
 * as in the burst of mails after a rush.
 */
export function createTicketPrinter(options: PrinterOptions): TicketPrinter {
  const { log, idleMs = 30_000, stuckMs = 120_000, maxHeapMb = 256 } = options;
  const { threads = Math.max(1, Math.min(mostThreads, availableParallelism() - 1)) } = options;
  const running = new Set<Thread>();
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
    running.add(thread);
    return thread;
  }

  function over(thread: Thread): void {
    running.delete(thread);
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

  function choose(): Thread {
    let free: Thread | null = null;
    for (const thread of running) if (!free || thread.waiting.size < free.waiting.size) free = thread;
    return free && (free.waiting.size < busyAt || running.size >= threads) ? free : start();
  }

  function draw(order: PrintOrder): Promise<Buffer> {
    if (closed) return Promise.reject(new Refused('unavailable'));
    const thread = choose();
    const answer = Promise.withResolvers<Buffer>();
    thread.waiting.set(order.id, answer);
    thread.worker.postMessage(order);
    if (thread.waiting.size === 1) watch(thread);
    return answer.promise;
  }

  return {
    print: (pages, now) => draw({ id: ++count, pages, now }),
    printCodes: (sheet, now) => draw({ id: ++count, sheet, now }),
    printDocument: (paper, issuedAt) => draw({ id: ++count, paper, now: issuedAt }),
    async close() {
      closed = true;
      await Promise.all([...running].map(end));
    },
  };
}
