import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { isOwnPath } from '../../contract/own-address.ts';
import { meQuery, requireMe } from './api/session.ts';
import {
  auditLog,
  code,
  editorRoutes,
  eventBlocks,
  eventCodes,
  eventComplimentary,
  eventDoor,
  eventDoorSales,
  eventFigures,
  eventMessages,
  eventQueue,
  eventSeatPlan,
  laterPages,
  ofManagedEvent,
  ofMe,
  orderReviews,
  payouts,
  scheduledExports,
  teamFigures,
  writeToAttendees,
} from './desk-routes.ts';
import { door, doorGuide, doorLink, doorLinkScan, doorScan } from './door-routes.ts';
import { availabilityQuery } from './features/buy/availability.ts';
import { eventQuery, holdQuery, sandboxPaymentQuery, seatMapQuery } from './features/buy/queries.ts';
import { load as buyWords } from './features/buy/words.ts';
import { load as checkoutWords } from './features/checkout/words.ts';
import type { SearchOfOrders } from './features/desk/order-filters.ts';
import { load as documentWords } from './features/documents/words.ts';
import { ExploreSkeleton } from './features/explore/ExploreSkeleton.tsx';
import { isOpen, readExploreSearch } from './features/explore/search.ts';
import { load as exploreWords } from './features/explore/words.ts';
import { load as formWords } from './features/forms/words.ts';
import { secretOf } from './features/invitation/secret.ts';
import { load as promoWords } from './features/promo/words.ts';
import { load as pushWords } from './features/push/words.ts';
import { load as seatsWords } from './features/seats/words.ts';
import { NotFoundPage } from './features/shell/NotFoundPage.tsx';
import { PagePending } from './features/shell/PagePending.tsx';
import { ProblemPage } from './features/shell/ProblemPage.tsx';
import { load as transferWords } from './features/transfer/words.ts';
import { load as waitlistWords } from './features/waitlist/words.ts';
import { comesFromPayment } from './features/wallet/from-payment.ts';
import { load as walletWords } from './features/wallet/words.ts';
import { mailbox, message } from './mailbox-routes.ts';
import { later, optional, page } from './page.ts';
import { paths } from './paths.ts';
import { queue, queueDraw } from './queue-routes.ts';
import { at, root } from './root-route.ts';
import { ticket, transfer } from './transfer-routes.ts';
import { eventWaitlist, offer } from './waitlist-routes.ts';

/**
 * The map of the app: each page with its address, the data that it needs before it shows, and its file, which is
 * loaded on navigation. A loader has loaded the data before its page renders, so pages need no check for it.
 */

// Only paths on our own site. Otherwise a link could use the sign-in page to lead to another site.
const next = optional('next', isOwnPath);

// Loaded while the session request runs, and not with everybody's first page.
const exploreQueries = () => import('./features/explore/queries.ts');
const walletQueries = () => import('./features/wallet/queries.ts');
const deskQueries = () => import('./features/desk/queries.ts');
const invitationQueries = () => import('./features/invitation/queries.ts');

const explore = createRoute({
  ...at(paths.explore),
  validateSearch: readExploreSearch,
  // While the page is open it handles changes of filters itself, and keeps showing the previous results.
  loader: async ({ context: { queryClient }, cause, location }) => {
    if (cause === 'stay') return;
    const { openingQuery, trendingQuery, recommendedQuery } = await exploreQueries();
    const search = readExploreSearch(location.search);
    // Loaded before the page shows, so that nothing below moves later. The page itself shows failures.
    await Promise.allSettled([
      queryClient.ensureInfiniteQueryData(openingQuery(search)),
      isOpen(search) && queryClient.ensureQueryData(trendingQuery),
      isOpen(search) && queryClient.ensureQueryData(recommendedQuery),
    ]);
  },
  component: page(() => import('./features/explore/ExplorePage.tsx'), 'ExplorePage', exploreWords),
  pendingComponent: ExploreSkeleton,
});

const organiser = createRoute({
  ...at(paths.organiser),
  loader: async ({ context, params }) => {
    const { organiserQuery, organiserEventsQuery } = await exploreQueries();
    const { id } = await context.queryClient.ensureQueryData(organiserQuery(params.organiser));
    await context.queryClient.ensureInfiniteQueryData(organiserEventsQuery(id));
  },
  component: page(() => import('./features/explore/OrganiserPage.tsx'), 'OrganiserPage', exploreWords),
  pendingComponent: ExploreSkeleton,
});

const event = createRoute({
  ...at(paths.event),
  staticData: { page: 'sale' },
  loader: async ({ context, params }) => {
    const found = await context.queryClient.ensureQueryData(eventQuery(params.slug));
    void context.queryClient.prefetchQuery(availabilityQuery(found.id));
  },
  component: page(() => import('./features/buy/EventPage.tsx'), 'EventPage', buyWords),
});

const seats = createRoute({
  ...at(paths.seats),
  staticData: { page: 'task' },
  loader: async ({ context, params }) => {
    const { queryClient } = context;
    const found = queryClient.ensureQueryData(eventQuery(params.slug));
    const [map, { seatMapId }] = await Promise.all([
      queryClient.ensureQueryData(seatMapQuery(params.slug)),
      found.then(({ id }) => queryClient.ensureQueryData(availabilityQuery(id))),
    ]);
    // The browser may have cached a map from before the organiser's last edit.
    if (seatMapId && seatMapId !== map.id)
      await queryClient.ensureQueryData(seatMapQuery(params.slug, seatMapId));
  },
  component: page(() => import('./features/seats/SeatsPage.tsx'), 'SeatsPage', seatsWords, buyWords),
});

const checkout = createRoute({
  ...at(paths.checkout),
  staticData: { page: 'task' },
  loader: async ({ context, params }) => {
    const hold = await context.queryClient.fetchQuery(holdQuery(params.holdId));
    await Promise.all([
      context.queryClient.ensureQueryData(eventQuery(hold.eventId)),
      context.queryClient.ensureQueryData(meQuery),
    ]);
  },
  component: page(
    () => import('./features/buy/CheckoutPage.tsx'),
    'CheckoutPage',
    buyWords,
    checkoutWords,
    documentWords,
    formWords,
    promoWords,
  ),
});

const ofPayment = optional('secret');

const sandboxPayment = createRoute({
  ...at(paths.sandboxPayment),
  staticData: { page: 'task' },
  validateSearch: ofPayment,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(sandboxPaymentQuery(params.paymentId, deps.secret ?? '')),
  component: later('SandboxPage'),
});

const orderProblem = page(
  () => import('./features/wallet/OrderProblem.tsx'),
  'OrderProblem',
  walletWords,
  formWords,
);

const ordersWords = [walletWords, transferWords, waitlistWords];

const orders = createRoute({
  ...at(paths.orders),
  loader: async ({ context: { queryClient } }) => {
    const [{ ordersQuery }] = await Promise.all([walletQueries(), requireMe(queryClient)]);
    await queryClient.ensureInfiniteQueryData(ordersQuery);
  },
  component: page(() => import('./features/wallet/OrdersPage.tsx'), 'OrdersPage', ...ordersWords),
  errorComponent: orderProblem,
});

const orderWords = [walletWords, documentWords, promoWords, formWords, pushWords, transferWords];

const order = createRoute({
  ...at(paths.order),
  validateSearch: (given): { paid?: 1 } => (comesFromPayment(given) ? { paid: 1 } : {}),
  loader: async ({ context: { queryClient }, params, location }) => {
    // The secret of the mail's link leaves the address at once, before anything else could read it there.
    if (location.hash) {
      const { openFromLink } = await import('./features/wallet/open-link.ts');
      if (await openFromLink(queryClient, params.orderId, location.hash.replace(/^#/, '')))
        throw redirect({ to: paths.order, params, replace: true });
    }
    const [{ loadOrder }] = await Promise.all([walletQueries(), requireMe(queryClient)]);
    await loadOrder(queryClient, params.orderId);
  },
  component: page(() => import('./features/wallet/OrderPage.tsx'), 'OrderPage', ...orderWords),
  errorComponent: orderProblem,
});

const signIn = createRoute({
  ...at(paths.signIn),
  validateSearch: next,
  component: later('SignInPage'),
});

const signUp = createRoute({
  ...at(paths.signUp),
  validateSearch: next,
  component: later('SignUpPage'),
});

const verify = createRoute({
  ...at(paths.verify),
  validateSearch: (search: Record<string, unknown>) => ({
    ...optional('error')(search),
    ...optional('token')(search),
    ...next(search),
  }),
  component: later('VerifyPage'),
});

const forgotPassword = createRoute({
  ...at(paths.forgotPassword),
  component: later('ForgotPasswordPage'),
});

const resetPassword = createRoute({
  ...at(paths.resetPassword),
  validateSearch: optional('token'),
  component: later('ResetPasswordPage'),
});

const account = createRoute({
  ...at(paths.account),
  ...ofMe,
  component: later('AccountPage'),
});

/** `q` is what somebody searches among the orders. */
const ofOrganisation = {
  ...ofMe,
  validateSearch: (search: Record<string, unknown>) => ({
    ...optional('org')(search),
    ...optional('q')(search),
  }),
};

const organise = createRoute({
  ...at(paths.organise),
  ...ofOrganisation,
  component: later('OrganisePage'),
});

const newEvent = createRoute({
  ...at(paths.newEvent),
  ...ofOrganisation,
  component: later('NewEventPage'),
});

const team = createRoute({
  ...at(paths.team),
  ...ofOrganisation,
  component: later('TeamPage'),
});

/** With the filters of the list. An order leads back to the list that it was found in. */
const ofOrders = {
  ...ofOrganisation,
  validateSearch: (search: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(search).map(([name, value]) => [name, String(value)]),
    ) as SearchOfOrders,
};

const soldOrders = createRoute({
  ...at(paths.soldOrders),
  ...ofOrders,
  component: later('SoldOrdersPage'),
});

const soldOrder = createRoute({
  ...at(paths.soldOrder),
  validateSearch: ofOrders.validateSearch,
  loader: async ({ context: { queryClient }, params }) => {
    const [{ soldOrderQuery }] = await Promise.all([deskQueries(), requireMe(queryClient)]);
    await queryClient.fetchQuery(soldOrderQuery(params.orderId));
  },
  component: later('SoldOrderPage'),
});

const books = createRoute({
  ...at(paths.books),
  ...ofOrganisation,
  component: later('BooksPage'),
});

const managedEvent = createRoute({
  ...at(paths.managedEvent),
  ...ofManagedEvent,
  component: later('ManagedEventPage'),
});

const invitation = createRoute({
  ...at(paths.invitation),
  loader: async ({ context: { queryClient }, params: { invitationId }, location }) => {
    const secret = secretOf(invitationId, location.hash);
    const { invitationQuery } = await invitationQueries();
    await Promise.all([
      queryClient.fetchQuery(invitationQuery(invitationId, secret)),
      queryClient.fetchQuery({ ...meQuery, staleTime: 0 }),
    ]);
    return secret;
  },
  component: later('InvitationPage'),
});

const routeTree = root.addChildren([
  explore,
  organiser,
  event,
  seats,
  code,
  queue,
  queueDraw,
  checkout,
  offer,
  sandboxPayment,
  orders,
  order,
  ticket,
  transfer,
  signIn,
  signUp,
  verify,
  forgotPassword,
  resetPassword,
  account,
  organise,
  teamFigures,
  eventFigures,
  auditLog,
  soldOrders,
  soldOrder,
  books,
  payouts,
  orderReviews,
  newEvent,
  ...editorRoutes,
  team,
  invitation,
  managedEvent,
  eventMessages,
  writeToAttendees,
  eventWaitlist,
  eventQueue,
  eventBlocks,
  eventCodes,
  eventDoor,
  eventComplimentary,
  eventDoorSales,
  ...laterPages,
  eventSeatPlan,
  scheduledExports,
  door,
  doorScan,
  doorLink,
  doorGuide,
  doorLinkScan,
  mailbox,
  message,
]);

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    basepath: document.documentElement.dataset.base as string, // Set by public/embed.js, else the default.
    context: { queryClient },
    defaultPreload: 'intent',
    // The query cache knows what is fresh, and the router asks it every time.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingMs: 250,
    defaultPendingMinMs: 300,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: ProblemPage,
    defaultNotFoundComponent: NotFoundPage,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
