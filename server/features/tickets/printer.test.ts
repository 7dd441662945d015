import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../log.ts';
import { createTicketPrinter, type PrinterOptions, type TicketPrinter } from './printer.ts';
import { readPdfText } from './testing/read-pdf.ts';
import type { TicketPage } from './ticket-page.ts';

const page: TicketPage = {
  language: 'en',
  title: 'Midnight Current',
  date: 'Thursday, 1 January 2099',
  time: '22:30 – 04:00 CET',
  doors: null,
  venueName: 'Kesselhaus',
  address: 'Knaackstraße 97, Berlin',
  place: null,
  ticketTypeName: 'Regular',
  price: '€25.00',
  attendeeName: 'Zoë Łukasiewicz',
  buyerName: 'Ada Osei',
  orderNumber: '7KQ2M4XA',
  number: 1,
  count: 1,
  ticketId: 'tkt_01k9z8q7e2m4x6w8r0t2v4b6n8',
  shortNumber: '7K3QA-9XW2M',
  code: `ADMIT1.${'7KQ2M4XA'.repeat(20)}`,
};
const now = new Date('2098-12-01T12:00:00Z');
const log = createLog({ logLevel: 'fatal' });
const onLinux = process.platform === 'linux';

let printer: TicketPrinter;
const open = (options: Partial<PrinterOptions> = {}) => {
  printer = createTicketPrinter({ log, ...options });
  return printer;
};
afterEach(() => printer.close());

/** Counts the threads of this process with a priority 15 below its own: the 19th field of `stat`. */
const drawing = () =>
  readdirSync('/proc/self/task').filter((id) => {
    const stat = readFileSync(`/proc/self/task/${id}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]) === Math.min(19, getPriority() + 15);
  }).length;
/** Waits as long as the test may take, because a thread starts slowly on a busy machine. */
const untilDrawing = (threads: number) =>
  vi.waitFor(() => expect(drawing()).toBe(threads), { timeout: 600_000 });
// Threads of other files in this process end by themselves.
beforeEach(async () => {
  if (onLinux) await untilDrawing(0);
});
const refused = { code: 'unavailable' };

test('orders that come together are drawn one by one, each answered with its own', async () => {
  const { print } = open();
  const numbers = ['AAAA2222', 'BBBB3333', 'CCCC4444'];
  const pdfs = await Promise.all(numbers.map((orderNumber) => print([{ ...page, orderNumber }], now)));
  for (const [i, pdf] of pdfs.entries()) expect(readPdfText(pdf)).toContain(numbers[i]);
});

test('while a thousand tickets are drawn, this thread has its turn', async () => {
  const { print } = open();
  await print([page], now);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await print(
    Array.from({ length: 1000 }, () => page),
    now,
  );
  clearInterval(timer);
  // Drawing them takes about 500 ms, during which this thread would otherwise get no turn.
  expect(turns).toBeGreaterThan(10);
});

test('a drawing that fails says so, and the next one is drawn', async () => {
  const { print } = open();
  const broken = { ...page, code: null as unknown as string };
  await expect(print([broken], now)).rejects.toThrow('could not be drawn');
  await expect(print([page], now)).resolves.toBeInstanceOf(Buffer);
});

test('a thread that dies refuses what it had and takes nothing else with it', async () => {
  const { print } = open({ maxHeapMb: 96 });
  const enormous = { ...page, title: 'x '.repeat(20_000_000) };
  const both = [print([enormous], now), print([page], now)];
  expect(await Promise.allSettled(both)).toMatchObject([
    { status: 'rejected', reason: refused },
    { status: 'rejected', reason: refused },
  ]);
  await expect(print([page], now)).resolves.toBeInstanceOf(Buffer);
});

test('a drawing that does not end is ended', async () => {
  const { print } = open({ stuckMs: 20 });
  const pages = Array.from({ length: 1000 }, () => page);
  await expect(print(pages, now)).rejects.toMatchObject(refused);
});

test.runIf(onLinux)(
  'the thread comes after all others, ends when there is nothing to draw, and comes back',
  async () => {
    const { print } = open({ idleMs: 50 });
    await print([page], now);
    expect(drawing()).toBe(1);
    await untilDrawing(0);
    await print([page], now);
  },
);

test.runIf(onLinux)(
  'threads share a burst, and one order after the other needs only one of them',
  async () => {
    const { print } = open({ threads: 3 });
    for (let i = 0; i < 6; i++) await print([page], now);
    expect(drawing()).toBe(1);
    const numbers = Array.from({ length: 24 }, (_, i) => `AAAA22${String(i).padStart(2, '0')}`);
    const burst = Promise.all(numbers.map((orderNumber) => print([{ ...page, orderNumber }], now)));
    await untilDrawing(3);
    for (const [i, pdf] of (await burst).entries()) expect(readPdfText(pdf)).toContain(numbers[i]);
    await printer.close();
    await untilDrawing(0);
  },
);

test.runIf(onLinux)('closing ends the thread, and nothing is drawn any more', async () => {
  const { print, close } = open();
  const drawn = print(
    Array.from({ length: 1000 }, () => page),
    now,
  );
  const settled = expect(drawn).rejects.toMatchObject(refused);
  await wait(10);
  await close();
  await settled;
  await untilDrawing(0);
  await expect(print([page], now)).rejects.toMatchObject(refused);
});
