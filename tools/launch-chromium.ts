import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { chromiumPath } from './chromium.ts';

/** The system's Chromium without a window and without a graphics card, which asks nobody on the Internet for anything. */
export const launchChromium = (...args: string[]): Promise<Browser> => chromium.launch(optionsWith(args));

/**
 * The same, where Chromium finds only the fonts that a fontconfig file names, and none of the machine's. Only
 * Linux has fontconfig: elsewhere Chromium keeps the machine's fonts.
 */
export const launchChromiumWithFonts = (fontconfigFile: string, args: string[] = []): Promise<Browser> =>
  chromium.launch({ ...optionsWith(args), env: { ...process.env, FONTCONFIG_FILE: fontconfigFile } });

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
