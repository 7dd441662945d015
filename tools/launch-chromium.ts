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

/**
 * Features of Chromium's own window, which nobody sees: its address bar loads its suggestions as two web pages, and each window
 * starts a process for a page of another site. A window with six page loads takes 2 s of CPU without them, and 3.1 s with them.
 */
const uselessFeatures = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'];

/** Playwright's own list. Chromium heeds only the last `--disable-features`, so ours must repeat it. */
const playwrightsFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

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
    // Of the window itself, which nobody sees. Pages keep their animations.
    '--animation-duration-scale=0',
    `--disable-features=${[...playwrightsFeatures, ...uselessFeatures].join(',')}`,
    ...args,
  ],
});
