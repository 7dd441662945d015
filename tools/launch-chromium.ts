import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { chromiumPath } from './chromium.ts';

/** Starts the system's Chromium without a window or a graphics card. It sends no requests of its own to the Internet. */
export const launchChromium = (...args: string[]): Promise<Browser> => chromium.launch(optionsWith(args));

/**
 * The same, but Chromium finds only the fonts in a fontconfig file and none of the machine's. Only Linux has
 * fontconfig; elsewhere Chromium uses the machine's fonts.
 */
export const launchChromiumWithFonts = (fontconfigFile: string, args: string[] = []): Promise<Browser> =>
  chromium.launch({ ...optionsWith(args), env: { ...process.env, FONTCONFIG_FILE: fontconfigFile } });

/** The same for a program that speaks to Chromium itself. `process()` is Chromium's process. */
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
