import { createRoute } from '@tanstack/react-router';
import { later } from './page.ts';
import { paths } from './paths.ts';
import { at } from './root-route.ts';

/* The pages of the door; part of the map in routes.tsx. */

/** By later-pages.ts, because each file that this one names costs every page a little. */
const loaders = async () => (await import('./later-pages.ts')).doorLoaders();
const task = { staticData: { page: 'task' } } as const;

export const door = createRoute({
  ...at(paths.door),
  loader: async (given) => (await loaders()).door(given),
  component: later('DoorPage'),
});

export const doorScan = createRoute({
  ...at(paths.doorScan),
  ...task,
  loader: async (given) => (await loaders()).doorScan(given),
  component: later('ScanPage'),
});

/** A door link. Its secret is in the fragment, which no server sees. */
export const doorLink = createRoute({
  ...at(paths.doorLink),
  ...task,
  loader: async (given) => (await loaders()).doorLink(given),
  component: later('LinkPage'),
});

export const doorLinkScan = createRoute({
  ...at(paths.doorLinkScan),
  ...task,
  loader: async (given) => (await loaders()).doorLinkScan(given),
  component: later('LinkScanPage'),
});

/** What a steward must know, on one sheet of paper. */
export const doorGuide = createRoute({ ...at(paths.doorGuide), component: later('GuidePage') });
