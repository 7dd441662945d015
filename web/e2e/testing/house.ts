import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { App } from '../../../server/app.ts';
import { systemClock } from '../../../server/clock.ts';
import { createTestDatabase, type TestDatabase } from '../../../server/testing/database.ts';
import { type Browsers, openBrowsers, type Person, type PersonOptions } from './browsers.ts';
import { startWithDemo } from './demo-template.ts';
import { type Post, startPost } from './post.ts';

/** Screenshots of tests that failed. */
const failures = join(import.meta.dirname, '../../../node_modules/.cache/admit-e2e');

/** A whole Admit with its demo, like `npm start`, and a browser for every person. */
export interface House {
  url: string;
  app: App;
  /** The next mail to an address over SMTP; only with `smtp`. */
  mailTo: Post['mailTo'];
  /** Opens a browser window with its own cookies. After the test it is closed and its errors are checked. */
  person(options?: PersonOptions): Promise<Person>;
  /** Moves the server's clock forward. The clocks of sessions and of the job queue stay, so do it last. */
  advance(ms: number): void;
}

interface HouseOptions {
  /** Sends mail over SMTP to a test server instead of the mailbox. */
  smtp?: boolean;
  browserArgs?: string[];
  /** Configuration in addition to the demo's. Such a house makes a demo of its own. */
  env?: () => Record<string, string>;
}

/** One Admit and one browser for a file's tests. After each test, no browser may have reported an error. */
export function setUpHouse(options: HouseOptions = {}): House {
  const house = {} as House;
  let close = async () => {};
  let browsers: Browsers;
  beforeAll(async () => {
    const started = await openHouse(options);
    browsers = started.browsers;
    close = started.close;
    Object.assign(house, started.house);
  });
  afterEach(async ({ task }) => {
    const failed = task.result?.state === 'fail';
    const troubles = await browsers.closeAll(failed ? join(failures, task.name) : null);
    expect(troubles).toEqual([]);
  });
  afterAll(() => close());
  return house;
}

async function openHouse(options: HouseOptions) {
  const closings: (() => unknown)[] = [];
  const close = async () => {
    for (const step of closings.splice(0).reverse()) await step();
  };
  try {
    const dataDir = mkdtempSync(join(tmpdir(), 'admit-e2e-'));
    closings.push(() => rmSync(dataDir, { recursive: true, force: true }));
    // Chromium starts while the server does. It is stopped here if the server does not start.
    const opening = openBrowsers(options.browserArgs);
    closings.push(() =>
      opening.then(
        (browsers) => browsers.stop(),
        () => {},
      ),
    );
    // The demo's sales were made with the sandbox, so another payment provider gets a demo of its own.
    const database = await (options.env ? createTestDatabase() : copyDemo(dataDir));
    closings.push(database.drop);
    const post = options.smtp ? await startPost() : undefined;
    if (post) closings.push(post.close);
    let aheadMs = 0;
    const clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + aheadMs) };
    const env = { ...(post && { SMTP_URL: post.url }), ...options.env?.() };
    const running = await startWithDemo(database.connectionString, dataDir, env, clock);
    closings.push(running.stop);
    const url = running.app.config.publicUrl;
    const browsers = await opening;
    // Before the server, which waits for the connections of pages.
    closings.push(browsers.stop);
    const house: House = {
      url,
      app: running.app,
      mailTo(address) {
        if (!post) throw new Error('this house sends no mail over SMTP');
        return post.mailTo(address);
      },
      person: (personOptions) => browsers.person(url, personOptions),
      advance(ms) {
        aheadMs += ms;
      },
    };
    return { house, browsers, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Creates a database with the run's demo in it, and copies the secrets that belong to it into the data directory. */
function copyDemo(dataDir: string): Promise<TestDatabase> {
  const template = inject('demoTemplate');
  cpSync(template.dataDir, dataDir, { recursive: true });
  return createTestDatabase(template.database);
}
