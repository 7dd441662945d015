import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { buildWeb, isWebBuilt } from '../../web.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { auditOf } from '../comparison.ts';
import { openChromium, rendererOf } from '../map-visit.ts';
import { median, percentile } from '../percentiles.ts';
import { rssMb } from '../process-stats.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { stadiumLayout } from '../stadium-layout.ts';
import { openStage } from '../stage.ts';

const seatCount = 100_000;

/** What a hand does in the designer. Each is a real gesture of a pointer over the drawing. */
const gestures = [
  'pan',
  'zoom',
  'drag a section',
  'select a hundred thousand seats',
  'drag everything',
] as const;

/** The seat-map designer with a stadium of 100,000 seats, in a browser without a graphics card: the time of each frame. */
export async function designer(options: BenchOptions): Promise<Report> {
  if (!isWebBuilt()) await buildWeb();
  const stage = await openStage({ ...options, profile: false });
  // Frames follow each other as fast as they are drawn, so that the duration of a frame is its cost.
  const browser = await openChromium({ unlimited: true });
  try {
    const organiser = await openOrganiser(stage);
    const seatLayout = stadiumLayout(seatCount);
    const event = await publishEvent(stage, organiser, {
      title: 'Stadium',
      seatLayout,
      pools: [],
      ticketTypes: seatLayout.zones.map((zone) => ({ name: zone.name, priceMinor: 4000, zone: zone.key })),
    });
    const context = await browser.newContext({
      baseURL: stage.server.url,
      locale: 'en-GB',
      viewport: { width: 1280, height: 900 },
    });
    const cookie = /^([^=]+)=([^;]*)/.exec(organiser.cookie);
    await context.addCookies([{ name: cookie?.[1] ?? '', value: cookie?.[2] ?? '', url: stage.server.url }]);
    const page = await context.newPage();
    const startedMs = performance.now();
    await page.goto(`/organise/events/${event.id}/seat-plan`);
    const canvas = page.getByRole('application');
    await canvas.waitFor({ timeout: 120_000 });
    const openMs = performance.now() - startedMs;
    await wait(2_000);
    const frames: Record<string, number[]> = {};
    for (const gesture of gestures) {
      await canvas.focus();
      await page.keyboard.press('Escape');
      frames[gesture] = (await framesOf(page, () => perform(page, gesture))).toSorted((a, b) => a - b);
    }
    const all = Object.values(frames)
      .flat()
      .toSorted((a, b) => a - b);
    return {
      bench: 'designer',
      rate: 1000 / median(all),
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: median(all),
      p99Ms: percentile(all, 0.99),
      serverRssMb: rssMb(stage.server.pid),
      audit: await auditOf(stage, {}),
      targets: gestures.map((gesture) => ({
        what: `${gesture}: median frame, ms`,
        value: median(frames[gesture] ?? []),
        most: 16.7,
      })),
      more: {
        renderer: await rendererOf(browser),
        openMs,
        ...Object.fromEntries(
          gestures.flatMap((gesture) => [
            [`${gesture}: frames`, frames[gesture]?.length ?? 0],
            [`${gesture}: p95Ms`, percentile(frames[gesture] ?? [], 0.95)],
          ]),
        ),
      },
      notes: [`${seatCount} seats in 120 sections. Frames do not wait for a display.`],
    };
  } finally {
    await browser.close();
    await stage.close();
  }
}

async function perform(page: Page, gesture: (typeof gestures)[number]): Promise<void> {
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('there is no drawing');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  // Where the lower tier is, whatever is chosen.
  const stand = { x: middle.x, y: box.y + box.height * 0.2 };
  if (gesture === 'pan') {
    await page.keyboard.press('h');
    return circle(page, middle, box.width / 4);
  }
  if (gesture === 'zoom') {
    await page.mouse.move(middle.x, middle.y);
    for (let step = 0; step < 60; step++) await page.mouse.wheel(0, step < 30 ? -60 : 60);
    return;
  }
  if (gesture === 'select a hundred thousand seats') {
    await page.keyboard.press('s');
    await page.mouse.move(box.x + 2, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4, { steps: 60 });
    return page.mouse.up();
  }
  await page.keyboard.press('v');
  await page.mouse.click(stand.x, stand.y);
  if (gesture === 'drag everything') await page.keyboard.press('Control+a');
  return circle(page, stand, box.width / 8);
}

/** Drags in a circle, back to the start. */
async function circle(page: Page, { x, y }: { x: number; y: number }, radius: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step <= 60; step++) {
    const angle = (step / 60) * 2 * Math.PI;
    await page.mouse.move(x + radius * Math.sin(angle), y + (radius * (1 - Math.cos(angle))) / 2);
  }
  await page.mouse.up();
}

/** The durations of the frames with input, in ms. */
async function framesOf(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    let lastMs = 0;
    let moved = false;
    for (const kind of ['pointermove', 'wheel'])
      addEventListener(kind, () => (moved = true), { capture: true, passive: true });
    const tick = () => {
      const nowMs = performance.now();
      if (lastMs > 0) frames.push(nowMs - lastMs);
      lastMs = moved ? nowMs : 0;
      moved = false;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  await wait(250);
  return page.evaluate(() => (window as unknown as { frames: number[] }).frames);
}
