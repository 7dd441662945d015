import { createRoute } from '@tanstack/react-router';
import { requireMe } from './api/session.ts';
import { later } from './page.ts';
import { paths } from './paths.ts';
import { at, type Context } from './root-route.ts';

/* The pages of the messages about an event and of its blocked places, complimentary tickets and door sales; part of the map in routes.tsx. */

const ofManagedEvent = {
  loader: async ({ context: { queryClient }, params }: { context: Context; params: { eventId: string } }) => {
    const [{ managedEventQuery }] = await Promise.all([
      import('./features/organise/queries.ts'),
      requireMe(queryClient),
    ]);
    await queryClient.fetchQuery(managedEventQuery(params.eventId));
  },
};

export const eventMessages = createRoute({
  ...at(paths.eventMessages),
  ...ofManagedEvent,
  component: later('MessagesPage'),
});

export const writeToAttendees = createRoute({
  ...at(paths.writeToAttendees),
  ...ofManagedEvent,
  component: later('WritePage'),
});

export const eventBlocks = createRoute({
  ...at(paths.eventBlocks),
  ...ofManagedEvent,
  component: later('BlocksPage'),
});

export const eventComplimentary = createRoute({
  ...at(paths.eventComplimentary),
  ...ofManagedEvent,
  component: later('ComplimentaryPage'),
});

export const eventDoorSales = createRoute({
  ...at(paths.eventDoorSales),
  ...ofManagedEvent,
  component: later('DoorSalesPage'),
});
