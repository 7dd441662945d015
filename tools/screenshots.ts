/**
 * Takes screenshots of every page, on a phone and a desktop, in light and dark, from its own server with the demo's
 * events. The README's pictures are among them.
 *
 *   npm run screenshots                     everything, into screenshots/
 *   npm run screenshots -- buying phone     one journey, one device
 *   npm run screenshots -- --docs           also renews docs/images
 *   npm run screenshots -- --guide          renews the pictures of docs/guide.md, and takes no others
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeEmbeddedPostgres } from '../server/adapters/postgres/embedded.ts';
import { systemClock } from '../server/clock.ts';
import { readConfig } from '../server/config.ts';
import { startAdmit } from '../server/start.ts';
import { freePort } from '../server/testing/free-port.ts';
import { launchChromium } from './launch-chromium.ts';
import { type Device, devices, enter } from './screenshots/camera.ts';
import { writeDocsImages } from './screenshots/docs-images.ts';
import { writeGuideImages } from './screenshots/guide-images.ts';
import { type Journey, journeys } from './screenshots/journeys.ts';
import { buildWeb, isWebBuilt, serveWeb } from './web.ts';

const folder = join(import.meta.dirname, '../screenshots');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { docs: { type: 'boolean', default: false }, guide: { type: 'boolean', default: false } },
});
const deviceNames = Object.keys(devices) as Device[];
const unknown = positionals.find((name) => !(name in journeys) && !(name in devices));
if (unknown !== undefined) {
  console.error(
    `There is no "${unknown}"; there are ${[...Object.keys(journeys), ...deviceNames].join(', ')}.`,
  );
  process.exit(2);
}
const named = <Name extends string>(names: Name[]) => {
  const chosen = names.filter((name) => positionals.includes(name));
  return chosen.length > 0 ? chosen : names;
};

if (!isWebBuilt()) await buildWeb();
const dataDir = mkdtempSync(join(tmpdir(), 'admit-screenshots-'));
let aheadMs = 0;
const clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + aheadMs) };
const config = readConfig({
  PORT: String(await freePort()),
  DATA_DIR: dataDir,
  LOG_LEVEL: 'error',
  // All visitors come from one address.
  RATE_LIMIT_FACTOR: '1000',
});
const { app, stop } = await startAdmit(config, { clock });
const galleryPort = await freePort();
serveWeb(app.config.publicUrl, galleryPort);
const browser = await launchChromium();
try {
  if (values.guide) {
    await writeGuideImages(browser, app.config.publicUrl);
  } else {
    for (const device of named(deviceNames)) {
      for (const name of named(Object.keys(journeys))) await travel(device, name, journeys[name] as Journey);
    }
    console.log(`They are in ${folder}`);
  }
  if (values.docs) await writeDocsImages(browser, app.config.publicUrl);
} finally {
  await browser.close();
  await stop();
  await removeEmbeddedPostgres(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}
// Vite ends with the process.
process.exit();

/** A journey that fails loses only its own pictures. */
async function travel(device: Device, name: string, journey: Journey): Promise<void> {
  const into = join(folder, device);
  mkdirSync(into, { recursive: true });
  const visitor = await enter(browser, app.config.publicUrl, device, { into, locale: journey.locale });
  try {
    await journey.go(visitor, {
      galleryUrl: `http://localhost:${galleryPort}/ui`,
      advance(ms) {
        aheadMs += ms;
      },
    });
    console.log(`${device}: ${name}`);
  } catch (error) {
    process.exitCode = 1;
    await visitor.shoot(`${name}-astray`);
    console.error(`${device}: ${name} went astray: ${(error as Error).message}`);
  } finally {
    await visitor.person.context.close();
  }
}
