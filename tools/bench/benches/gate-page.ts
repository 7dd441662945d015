import type { Page } from 'playwright-core';
import type { TicketId } from '../../../contract/ids.ts';
import { createTicketSigner } from '../../../server/features/tickets/signer.ts';
import { launchChromium } from '../../launch-chromium.ts';
import { buildWeb, isWebBuilt } from '../../web.ts';
import { fillOrders } from '../bulk-orders.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { percentile } from '../percentiles.ts';
import { rssMb } from '../process-stats.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';

const ticketCount = 60_000;
const slowdown = 6;
/** A scan each 10 ms would be a hundred a second. */
const scansAtOnce = 500;

/**
 * The page of a gate in flight mode, on a processor six times as slow as this one: how long a scan takes from the last key of a
 * hand scanner to the result on the screen, with the scan on the disk.
 */
export async function gatePage(options: BenchOptions): Promise<Report> {
  if (!isWebBuilt()) await buildWeb();
  const stage = await openStage({ ...options, profile: false });
  const browser = await launchChromium();
  try {
    const organiser = await openOrganiser(stage);
    const event = await publishEvent(stage, organiser);
    await fillOrders(stage, [event], 0, ticketCount / 2);
    const ids = await stage.db.query<{ id: TicketId }>('select id from tickets where event_id = $1', [
      event.id,
    ]);
    const signer = createTicketSigner(stage.env.TICKET_SIGNING_KEY as string);
    const codes = ids.map(({ id }) => signer.sign({ eventId: event.id, ticketId: id, issue: 1 }));

    const context = await browser.newContext({ baseURL: stage.server.url, locale: 'en-GB' });
    const cookie = /^([^=]+)=([^;]*)/.exec(organiser.cookie);
    await context.addCookies([{ name: cookie?.[1] ?? '', value: cookie?.[2] ?? '', url: stage.server.url }]);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const startedMs = performance.now();
    await page.goto(`/door/${event.id}`);
    await page.getByText(`60,000 tickets, as of`).waitFor({ timeout: 120_000 });
    const firstMs = performance.now() - startedMs;
    await context.setOffline(true);
    await page.getByText('Without network').waitFor({ timeout: 60_000 });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const run = await scanAll(page, codes.slice(0, options.seconds * scansAtOnce));
    const sorted = run.scanMs.toSorted((a, b) => a - b);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await context.setOffline(false);
    await page.getByText('not handed in').waitFor({ state: 'hidden', timeout: 120_000 });
    const [row] = await stage.db.query<{ admitted: number }>(
      "select count(*)::int as admitted from tickets where event_id = $1 and status = 'used'",
      [event.id],
    );
    return {
      bench: 'gate-page',
      rate: 1000 / mean(run.scanMs),
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      serverRssMb: rssMb(stage.server.pid),
      audit: 'not made: the tickets were written past the books',
      targets: [
        { what: 'offline scans a second', value: 1000 / mean(run.scanMs), least: 100 },
        { what: 'p95 of a scan, ms', value: percentile(sorted, 0.95), most: 100 },
        { what: 'scans that did not admit', value: run.others.length, most: 0 },
        { what: 'scans that were lost', value: run.scanMs.length - (row?.admitted ?? 0), most: 0 },
      ],
      more: {
        tickets: ticketCount,
        slowdown,
        pageWithManifestMs: firstMs,
        others: run.others.slice(0, 3).join(' | '),
      },
      notes: [
        'Each scan waits for the result of the one before it, as at a gate. Its time counts from Enter: the keys before it arrive while the scanner reads.',
      ],
    };
  } finally {
    await browser.close();
    await stage.close();
  }
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Types codes as a hand scanner does, each after the result of the one before. The times are those of the page. */
const scanAll = (page: Page, codes: string[]): Promise<{ scanMs: number[]; others: string[] }> =>
  page.evaluate(async (texts) => {
    const results = document.querySelector('[role=status][aria-live=assertive]') as Element;
    const scanMs: number[] = [];
    const others: string[] = [];
    for (const text of texts) {
      // Keys of a real scanner carry the time at which they were pressed, however late a slow page hears of them.
      const pressedAt = performance.now();
      const key = (name: string) => {
        const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
        document.body.dispatchEvent(Object.defineProperty(event, 'timeStamp', { value: pressedAt }));
      };
      for (const letter of text) key(letter);
      const sent = performance.now();
      const shown = new Promise<void>((done) => {
        const look = () => {
          if (!results.querySelector('p.mt-2.text-lg, p.text-2xl, p')?.textContent?.trim()) return;
          if (!/Admitted|Refused|No answer/.test(results.textContent ?? '')) return;
          observer.disconnect();
          done();
        };
        const observer = new MutationObserver(look);
        observer.observe(results, { childList: true, subtree: true, characterData: true });
      });
      key('Enter');
      await shown;
      scanMs.push(performance.now() - sent);
      if (!results.textContent?.includes('Admitted')) others.push(results.textContent ?? '');
    }
    return { scanMs, others };
  }, codes);
