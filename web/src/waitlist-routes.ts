import { createRoute, redirect } from '@tanstack/react-router';
import { ofManagedEvent } from './desk-routes.ts';
import { load as waitlistWords } from './features/waitlist/words.ts';
import { page } from './page.ts';
import { paths } from './paths.ts';
import { at } from './root-route.ts';

/** The link in the mail about an offer of the waitlist. It leads to the checkout, or to the event if the offer is over. */
export const offer = createRoute({
  ...at(paths.offer),
  loader: async ({ context: { queryClient }, params, location }) => {
    const { openOfferOfLink } = await import('./features/buy/open-offer.ts');
    const entry = await openOfferOfLink(queryClient, params.entryId, location.hash.replace(/^#/, '') || '-');
    if (entry.offer)
      throw redirect({ to: paths.checkout, params: { holdId: entry.offer.holdId }, replace: true });
    throw redirect({ to: paths.event, params: { slug: entry.eventId }, replace: true });
  },
});

export const eventWaitlist = createRoute({
  ...at(paths.eventWaitlist),
  ...ofManagedEvent,
  component: page(() => import('./features/waitlist/LinePage.tsx'), 'LinePage', waitlistWords),
});
