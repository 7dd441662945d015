import { createRoute } from '@tanstack/react-router';
import type { EventId } from '../../contract/ids.ts';
import { meQuery } from './api/session.ts';
import { later } from './page.ts';
import { paths } from './paths.ts';
import { at } from './root-route.ts';

/* The pages of the door; part of the map in routes.tsx. */

export const door = createRoute({
  ...at(paths.door),
  loader: async ({ context: { queryClient } }) => {
    const [{ doorEventsQuery }, me] = await Promise.all([
      import('./features/door/queries.ts'),
      queryClient.ensureQueryData(meQuery),
    ]);
    if (me) await queryClient.ensureQueryData(doorEventsQuery(me));
  },
  component: later('DoorPage'),
});

export const doorScan = createRoute({
  ...at(paths.doorScan),
  staticData: { page: 'task' },
  loader: async ({ context: { queryClient }, params }) => {
    const { memberGate } = await import('./features/door/offline/member-gate.ts');
    return { gate: await memberGate(queryClient, params.eventId as EventId) };
  },
  component: later('ScanPage'),
});

/** A door link. Its secret is in the fragment, which no server sees, and leaves the address before anybody could copy it. */
export const doorLink = createRoute({
  ...at(paths.doorLink),
  staticData: { page: 'task' },
  loader: async ({ location }) => {
    const { ownRegistration } = await import('./features/door/offline/device-gate.ts');
    const secret = location.hash.replace(/^#/, '');
    if (secret) history.replaceState(history.state, '', location.pathname);
    return { secret, registration: await ownRegistration(secret) };
  },
  component: later('LinkPage'),
});

export const doorLinkScan = createRoute({
  ...at(paths.doorLinkScan),
  staticData: { page: 'task' },
  loader: async ({ params }) => {
    const { deviceGate } = await import('./features/door/offline/device-gate.ts');
    return deviceGate(params.eventId as EventId);
  },
  component: later('LinkScanPage'),
});

/** What a steward must know, on one sheet of paper. */
export const doorGuide = createRoute({ ...at(paths.doorGuide), component: later('GuidePage') });
