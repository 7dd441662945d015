import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from './chromium.ts';

/** The system's Chromium without a window and without a graphics card, which asks nobody on the Internet for anything. */
export const launchChromium = (...args: string[]): Promise<Browser> =>
  chromium.launch({
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
