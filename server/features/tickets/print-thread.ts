/** The thread of printer.ts. Only this thread loads the code that draws. */
import { flushCompileCache } from 'node:module';
import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { once } from '../../memo.ts';
import { type CodeSheet, codeSheetPdf } from './draw-code-sheet.ts';
import { paperPdf } from './draw-paper.ts';
import type { PaperPage } from './paper-page.ts';
import type { TicketPage } from './ticket-page.ts';
import { ticketsPdf } from './tickets-pdf.ts';

/** Tickets, one business document or cards with codes. `now` is the time in the file. */
export type PrintOrder = { id: number; now: Date } & (
  | { pages: TicketPage[] }
  | { paper: PaperPage }
  | { sheet: CodeSheet }
);

export interface PrintAnswer {
  id: number;
  pdf?: Uint8Array<ArrayBuffer>;
  error?: string;
}

// Lowers the thread's priority below the process's own, so that under load mails wait and buyers do not. At 15 below, it
// gets a thirtieth of another thread's share while both want the core. Only Linux has priorities per thread; elsewhere
// this would change the whole process.
if (process.platform === 'linux') setPriority(Math.min(19, getPriority() + 15));

/**
 * After the first drawing everything is loaded. V8 does not know yet how much memory is in use, and would let as much
 * garbage pile up again: 20 MB. The process allows this collection (server/process.ts).
 */
const settle = once(async () => {
  flushCompileCache();
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
});

parentPort?.on('message', async (order: PrintOrder) => {
  const { id, now } = order;
  try {
    const pdf = draw(order, now);
    parentPort?.postMessage({ id, pdf } satisfies PrintAnswer, [pdf.buffer]);
    await settle();
  } catch (error) {
    parentPort?.postMessage({ id, error: (error as Error).stack ?? String(error) } satisfies PrintAnswer);
  }
});

function draw(order: PrintOrder, now: Date): Buffer<ArrayBuffer> {
  if ('paper' in order) return paperPdf(order.paper, now);
  return 'sheet' in order ? codeSheetPdf(order.sheet, now) : ticketsPdf(order.pages, now);
}
