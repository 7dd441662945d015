import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { chromiumPath } from './chromium.ts';

/** The system's Chromium without a window and without a graphics card, which asks nobody on the Internet for anything. */
export const launchChromium = (...args: string[]): Promise<Browser> => chromium.launch(optionsWith(args));

/** The same for a program that brings its own way of talking to it; `process()` is Chromium's. */
export const launchChromiumServer = (...args: string[]): Promise<BrowserServer> =>
  chromium.launchServer(optionsWith(args));

const optionsWith = (args: string[]): LaunchOptions => ({
  executablePath: chromiumPath(),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    ...args,
  ],
});
