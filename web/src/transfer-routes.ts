import { createRoute } from '@tanstack/react-router';
import { requireMe } from './api/session.ts';
import { load as formWords } from './features/forms/words.ts';
import { load as transferWords } from './features/transfer/words.ts';
import { load as walletWords } from './features/wallet/words.ts';
import { page } from './page.ts';
import { paths } from './paths.ts';
import { at } from './root-route.ts';

export const transfer = createRoute({
  ...at(paths.transfer),
  loader: async ({ context: { queryClient }, params, location }) =>
    (await import('./features/transfer/load-offer.ts')).loadOffer(queryClient, params, location.hash),
  component: page(() => import('./features/transfer/OfferPage.tsx'), 'OfferPage', transferWords, formWords),
});

export const ticket = createRoute({
  ...at(paths.ticket),
  loader: async ({ context: { queryClient }, params }) => {
    const [{ loadTicket }] = await Promise.all([
      import('./features/transfer/queries.ts'),
      requireMe(queryClient),
    ]);
    await loadTicket(queryClient, params.ticketId);
  },
  component: page(
    () => import('./features/transfer/TicketPage.tsx'),
    'TicketPage',
    walletWords,
    formWords,
    transferWords,
  ),
});
