/** Visits a seat map in a real browser like a person, and measures waiting times and stutter. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../launch-chromium.ts';

/**
 * Chromium without a graphics card: the CPU draws everything. `unlimited` draws the next frame as soon as the last one is
 * done instead of 60 a second, so that the duration of a frame is its cost.
 */
export const openChromium = ({ unlimited = false } = {}): Promise<Browser> =>
  launchChromium(...(unlimited ? ['--disable-frame-rate-limit', '--disable-gpu-vsync'] : []));

/** Chromium's description of its rasteriser and its 2D canvas. */
export async function rendererOf(browser: Browser): Promise<string> {
  const session = await browser.newBrowserCDPSession();
  const { gpu } = (await session.send('SystemInfo.getInfo')) as {
    gpu: { featureStatus?: Record<string, string> };
  };
  const status = gpu.featureStatus ?? {};
  return `Chromium ${browser.version()}, 2D canvas ${status['2d_canvas'] ?? 'unknown'}, compositing ${status.gpu_compositing ?? 'unknown'}`;
}

export interface Visit {
  /** From the start of the navigation until the screen answers a click on the painted seats. */
  interactiveMs: number;
  /** From the start of the navigation until seats are visible. */
  paintedMs: number;
  /** Compressed bytes over the network. */
  mapBytes: number;
  availabilityBytes: number;
  scriptBytes: number;
  /** The duration of each frame with a change, while panning and while zooming. */
  panFramesMs: number[];
  zoomFramesMs: number[];
  /** The average CPU time of the page's thread for each frame. Other work of the machine is not in it. */
  cpuPerFrameMs: number;
}

/** Opens the page with an empty cache. If `seconds` is given, it pans and zooms for so long. */
export async function visit(browser: Browser, url: string, seconds: number): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  try {
    await context.addInitScript(watchInPage);
    const page = await context.newPage();
    const bytes = countBytes(context);
    await page.goto(url, { waitUntil: 'commit' });
    const paintedMs = await figure(page, 'paintedAt');
    const box = await page.getByRole('application').boundingBox();
    if (!box) throw new Error('there is no seat map on the page');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.click(middle.x - box.width * 0.3, middle.y);
    const interactiveMs = await figure(page, 'answeredAt');
    const panFramesMs: number[] = [];
    const zoomFramesMs: number[] = [];
    if (seconds > 0) await wait(1000);
    const cpuMs = await openCpuClock(page);
    const startedMs = await cpuMs();
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      zoomFramesMs.push(...(await framesOf(page, () => zoom(page, middle, -110, 22))));
      panFramesMs.push(...(await framesOf(page, () => pan(page, middle, box.width / 3))));
      zoomFramesMs.push(...(await framesOf(page, () => zoom(page, middle, 70, 20))));
      panFramesMs.push(...(await framesOf(page, () => pan(page, middle, box.width / 4))));
      zoomFramesMs.push(...(await framesOf(page, () => zoom(page, middle, 110, 20))));
      panFramesMs.push(...(await framesOf(page, () => pan(page, middle, box.width / 4))));
    }
    const cpuPerFrameMs = ((await cpuMs()) - startedMs) / (panFramesMs.length + zoomFramesMs.length);
    await bytes.done();
    return { ...bytes.counted, interactiveMs, paintedMs, panFramesMs, zoomFramesMs, cpuPerFrameMs };
  } finally {
    await context.close();
  }
}

type Point = { x: number; y: number };

/** Drags in a circle: in every direction, and back to the start. */
async function pan(page: Page, middle: Point, radius: number): Promise<void> {
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  for (let step = 0; step <= 60; step++) {
    const angle = (step / 60) * 2 * Math.PI;
    await page.mouse.move(
      middle.x + radius * Math.sin(angle),
      middle.y + (radius * (1 - Math.cos(angle))) / 2,
    );
  }
  await page.mouse.up();
}

async function zoom(page: Page, { x, y }: Point, deltaY: number, steps: number): Promise<void> {
  await page.mouse.move(x, y);
  for (let step = 0; step < steps; step++) await page.mouse.wheel(0, deltaY);
}

async function framesOf(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => (window as unknown as InPage).mapWatch.frames.splice(0));
  await act();
  // Work that waits until the hand rests is counted too.
  await wait(250);
  return page.evaluate(() => (window as unknown as InPage).mapWatch.frames.splice(0));
}

async function figure(page: Page, name: 'paintedAt' | 'answeredAt'): Promise<number> {
  const found = await page.waitForFunction((key) => (window as unknown as InPage).mapWatch[key], name, {
    timeout: 60_000,
  });
  return Number(await found.jsonValue());
}

/** The CPU time of the page's thread so far. */
async function openCpuClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}

/** Sizes of response bodies over the network, by kind. */
function countBytes(context: BrowserContext) {
  const counted = { mapBytes: 0, availabilityBytes: 0, scriptBytes: 0 };
  const pending: Promise<void>[] = [];
  context.on('requestfinished', (request) => {
    const { pathname } = new URL(request.url());
    const kind = pathname.endsWith('/seat-map')
      ? 'mapBytes'
      : pathname.endsWith('/availability')
        ? 'availabilityBytes'
        : pathname.endsWith('.js')
          ? 'scriptBytes'
          : null;
    if (kind === null) return;
    pending.push(
      request.sizes().then(({ responseBodySize }) => {
        // A second request for the same thing comes from the cache and has no bytes.
        counted[kind] =
          kind === 'scriptBytes'
            ? counted[kind] + responseBodySize
            : Math.max(counted[kind], responseBodySize);
      }),
    );
  });
  return { counted, done: () => Promise.all(pending) };
}

interface InPage {
  mapWatch: { paintedAt: number | null; answeredAt: number | null; frames: number[] };
}

/**
 * Runs in the page before any of its code. The pixels of the canvas show whether seats are visible and whether they have
 * changed since a click. A frame lasts from its start to the start of the next one. It counts if there was input, or if the
 * picture was still moving because of input.
 */
function watchInPage(): void {
  const watch: InPage['mapWatch'] = { paintedAt: null, answeredAt: null, frames: [] };
  (window as unknown as InPage).mapWatch = watch;
  const small = document.createElement('canvas');
  small.width = small.height = 48;
  const context = small.getContext('2d', { willReadFrequently: true });
  const pictureOf = (canvas: HTMLCanvasElement): string => {
    context?.drawImage(canvas, 0, 0, 48, 48);
    return String(context?.getImageData(0, 0, 48, 48).data);
  };
  let before = '';
  let clicked = false;
  let lastMs = 0;
  let moved = false;
  for (const kind of ['pointermove', 'wheel'])
    addEventListener(kind, () => (moved = true), { capture: true, passive: true });
  addEventListener('pointerup', () => (clicked = true), { capture: true });
  const look = () => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[role="application"]');
    if (!canvas || canvas.width === 0) return;
    const picture = pictureOf(canvas);
    if (watch.paintedAt === null) {
      // A picture of a room has many colours; a background has one.
      if (new Set(picture.match(/\d+,\d+,\d+,255/g)).size > 20) {
        watch.paintedAt = performance.now();
        before = picture;
      }
    } else if (!clicked) before = picture;
    else if (picture !== before) watch.answeredAt = performance.now();
  };
  const tick = () => {
    const nowMs = performance.now();
    if (lastMs > 0) watch.frames.push(nowMs - lastMs);
    lastMs = moved ? nowMs : 0;
    moved = false;
    if (watch.answeredAt === null) look();
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}
