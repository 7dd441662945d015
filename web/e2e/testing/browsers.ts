import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchChromiumWithFonts } from '../../../tools/launch-chromium.ts';
import { type Expected, watchPage } from './troubles.ts';

/** Time limit for everything that a test waits for: a busy machine is slow. */
const patienceMs = 30_000;

/** A person at a browser, who finds things by role and name. */
export interface Person {
  /** The active tab. */
  page: Page;
  context: BrowserContext;
  open(path: string): Promise<void>;
  /** Presses a button. */
  press(name: string | RegExp): Promise<void>;
  /** Presses a button twice, as fast as a browser can deliver two presses: like them, the second comes before any timer. */
  pressTwice(name: string | RegExp): Promise<void>;
  /** Follows a link. */
  follow(name: string | RegExp): Promise<void>;
  fill(label: string, value: string): Promise<void>;
  choose(label: string, option: string): Promise<void>;
  /** Waits until an element with this role and name is there, and returns it. */
  sees(role: Role, name?: string | RegExp): Promise<Locator>;
  /** Waits until an element with this role has this text. */
  hears(role: 'status' | 'alert', text: string | RegExp): Promise<Locator>;
  /** Downloads the file behind a link. */
  download(link: string | RegExp): Promise<{ name: string; path: string }>;
  /** Declares a refusal that this test expects. It is no failure, but its absence would be. */
  expects(refusal: Expected): void;
}

type Role = Parameters<Page['getByRole']>[0];

export interface PersonOptions {
  phone?: boolean;
  /** A window as narrow as a phone. A phone zooms out if a page is too wide, and then taps miss their targets. */
  narrow?: boolean;
  dark?: boolean;
  /** What the browser says it is; Chromium on this machine by default. */
  userAgent?: string;
  /** The browser's language; British English by default. */
  locale?: string;
  /** The device's time zone. */
  timeZone?: string;
  permissions?: string[];
  /** A browser with JavaScript switched off. */
  withoutScripts?: boolean;
  /** Starts with the cookies of a signed-in person: the same account on another device. */
  signedInAs?: SignedIn;
}

/** A snapshot of cookies and browser storage. */
export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface Browsers {
  /** Opens a window on the Admit at this address. */
  person(url: string, options?: PersonOptions): Promise<Person>;
  /** Closes every window and returns what went wrong in any of them. If a folder is given, screenshots go there. */
  closeAll(pictureFolder: string | null): Promise<string[]>;
  stop(): Promise<void>;
}

export async function openBrowsers(args: string[] = []): Promise<Browsers> {
  const browser = await launchChromiumWithFonts(join(import.meta.dirname, 'fonts/fonts.conf'), args);
  const open: { person: Person; troubles: () => string[] }[] = [];
  return {
    async person(url, options = {}) {
      const entered = await enter(browser, url, options);
      open.push(entered);
      return entered.person;
    },
    async closeAll(pictureFolder) {
      const troubles: string[] = [];
      for (const [index, { person, troubles: said }] of open.splice(0).entries()) {
        if (pictureFolder) await photograph(person, pictureFolder, index);
        troubles.push(...said());
        await person.context.close();
      }
      return troubles;
    },
    stop: () => browser.close(),
  };
}

async function enter(browser: Browser, url: string, options: PersonOptions) {
  const context = await browser.newContext({
    baseURL: url,
    locale: options.locale ?? 'en-GB',
    timezoneId: options.timeZone ?? 'Europe/London',
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: options.permissions ?? [],
    javaScriptEnabled: !options.withoutScripts,
    ...(options.userAgent && { userAgent: options.userAgent }),
    ...(options.signedInAs && { storageState: options.signedInAs }),
    ...(options.phone
      ? { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true }
      : { viewport: options.narrow ? { width: 320, height: 844 } : { width: 1280, height: 900 } }),
  });
  context.setDefaultTimeout(patienceMs);
  const watch = watchPage(context, options);
  const page = await context.newPage();
  return { person: personAt(page, watch.expects), troubles: watch.troubles };
}

export function personAt(first: Page, expects: Person['expects']): Person {
  const find = (role: Role, name?: string | RegExp) =>
    person.page.getByRole(role, name === undefined ? {} : { name }).first();
  const person: Person = {
    page: first,
    context: first.context(),
    expects,
    async open(path) {
      await person.page.goto(path);
    },
    press: (name) => find('button', name).click(),
    async pressTwice(name) {
      const button = find('button', name);
      // A trial waits until the button can be pressed.
      await button.click({ trial: true });
      await button.evaluate(async (element: HTMLButtonElement) => {
        element.click();
        await scheduler.postTask(() => {}, { priority: 'user-blocking' });
        element.click();
      });
    },
    follow: (name) => find('link', name).click(),
    fill: (label, value) => person.page.getByLabel(label, { exact: true }).fill(value),
    async choose(label, option) {
      await person.page.getByLabel(label, { exact: true }).selectOption({ label: option });
    },
    async sees(role, name) {
      const found = find(role, name);
      await found.waitFor();
      return found;
    },
    async hears(role, text) {
      const found = person.page.getByRole(role).filter({ hasText: text }).first();
      await found.waitFor();
      return found;
    },
    async download(link) {
      const [download] = await Promise.all([person.page.waitForEvent('download'), person.follow(link)]);
      return { name: download.suggestedFilename(), path: await download.path() };
    },
  };
  return person;
}

/** What each window showed when the test failed. */
async function photograph({ page }: Person, folder: string, index: number): Promise<void> {
  const path = join(folder, `${index + 1}.png`);
  await page.screenshot({ path }).catch(() => {});
  console.error(`${page.url()} is shown in ${path}`);
}
