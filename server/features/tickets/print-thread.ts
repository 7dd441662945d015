/** The thread of printer.ts: what draws is loaded here and nowhere else. */
import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { TicketPage } from './ticket-page.ts';
import { ticketsPdf } from './tickets-pdf.ts';

export interface PrintOrder {
  id: number;
  pages: TicketPage[];
  now: Date;
}

export interface PrintAnswer {
  id: number;
  pdf?: Uint8Array<ArrayBuffer>;
  error?: string;
}

// Where cores are scarce the mails wait, and not the buyers. Only Linux has priorities for threads: elsewhere
// this would be the whole process's.
// At 15 a thread gets a thirtieth of what another one gets while both want the core.
if (process.platform === 'linux') setPriority(Math.max(15, getPriority()));

parentPort?.on('message', async ({ id, pages, now }: PrintOrder) => {
  try {
    const pdf = new Uint8Array(await ticketsPdf(pages, now));
    parentPort?.postMessage({ id, pdf } satisfies PrintAnswer, [pdf.buffer]);
  } catch (error) {
    parentPort?.postMessage({ id, error: (error as Error).stack ?? String(error) } satisfies PrintAnswer);
  }
});
