import { createRoute } from '@tanstack/react-router';
import { meQuery, requireMe } from './api/session.ts';
import { eventQuery } from './features/buy/queries.ts';
import { later, optional } from './page.ts';
import { paths } from './paths.ts';
import { at, type Context } from './root-route.ts';

/* The pages of teams and admins beside the list of events and orders; part of the map in routes.tsx. */

/** A page that shows itself also to somebody without an account. */
export const ofMe = {
  loader: ({ context }: { context: Context }) => context.queryClient.ensureQueryData(meQuery),
};

/** A page of an organisation: the one that `org` names, or the person's first. */
const ofTeam = { ...ofMe, validateSearch: optional('org') };

/** A page of an event that the person manages. */
export const ofManagedEvent = {
  loader: async ({ context: { queryClient }, params }: { context: Context; params: { eventId: string } }) => {
    const [{ managedEventQuery }] = await Promise.all([
      import('./features/organise/queries.ts'),
      requireMe(queryClient),
    ]);
    await queryClient.fetchQuery(managedEventQuery(params.eventId));
  },
};

/** The same as `ofManagedEvent`, for an address with a step. */
const ofStep = ofManagedEvent as {
  loader: (given: { context: Context; params: { eventId: string; step: string } }) => Promise<void>;
};
const startEvent = createRoute({ ...at(paths.startEvent), ...ofTeam, component: later('StartPage') });
const editEvent = createRoute({ ...at(paths.editEvent), ...ofStep, component: later('EditorPage') });
const preview = createRoute({ ...at(paths.preview), component: later('PreviewPage') });
export const editorRoutes = [startEvent, editEvent, preview] as const;

export const auditLog = createRoute({
  ...at(paths.auditLog),
  ...ofTeam,
  component: later('AuditLogPage'),
});
export const payouts = createRoute({ ...at(paths.payouts), ...ofTeam, component: later('PayoutsPage') });
export const orderReviews = createRoute({
  ...at(paths.orderReviews),
  ...ofTeam,
  component: later('OrderReviewsPage'),
});
export const teamFigures = createRoute({
  ...at(paths.teamFigures),
  ...ofTeam,
  component: later('TeamFiguresPage'),
});

export const eventFigures = createRoute({
  ...at(paths.eventFigures),
  ...ofManagedEvent,
  component: later('EventFiguresPage'),
});
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
/** Where a link with a code leads (features/codes). It is here because few buyers have a code. */
export const code = createRoute({
  ...at(paths.code),
  validateSearch: optional('code'),
  loader: async ({ context: { queryClient }, params }: { context: Context; params: { slug: string } }) => {
    await queryClient.ensureQueryData(eventQuery(params.slug));
  },
  component: later('CodePage'),
});
export const eventBlocks = createRoute({
  ...at(paths.eventBlocks),
  ...ofManagedEvent,
  component: later('BlocksPage'),
});
export const eventCodes = createRoute({
  ...at(paths.eventCodes),
  ...ofManagedEvent,
  component: later('CodesPage'),
});
export const eventComplimentary = createRoute({
  ...at(paths.eventComplimentary),
  ...ofManagedEvent,
  component: later('ComplimentaryPage'),
});
const eventQuestions = createRoute({
  ...at(paths.eventQuestions),
  ...ofManagedEvent,
  component: later('QuestionsPage'),
});
export const eventSeatPlan = createRoute({
  ...at(paths.eventSeatPlan),
  ...ofManagedEvent,
  component: later('SeatPlanPage'),
});
const eventOnline = createRoute({
  ...at(paths.eventOnline),
  ...ofManagedEvent,
  component: later('OnlinePage'),
});
/** The library of an organisation's seat plans; `plan` is the one on the designer's desk. */
const seatPlans = createRoute({
  ...at(paths.seatPlans),
  ...ofMe,
  validateSearch: (search: Record<string, unknown>) => ({
    ...optional('org')(search),
    ...optional('plan')(search),
  }),
  component: later('LibraryPage'),
});
const eventRepeat = createRoute({
  ...at(paths.eventRepeat),
  ...ofManagedEvent,
  component: later('RepeatPage'),
});
const eventPass = createRoute({ ...at(paths.eventPass), ...ofManagedEvent, component: later('PassPage') });
/** Public, and here because nobody needs it first. */
const series = createRoute({ ...at(paths.series), component: later('SeriesPage') });
const apiKeys = createRoute({ ...at(paths.apiKeys), ...ofTeam, component: later('ApiKeysPage') });
const webhooks = createRoute({ ...at(paths.webhooks), ...ofTeam, component: later('WebhooksPage') });
const webhook = createRoute({ ...at(paths.webhook), ...ofTeam, component: later('WebhookPage') });
const bank = createRoute({ ...at(paths.bank), ...ofTeam, component: later('BankPage') });
/** All pages of the platform's admins (features/moderation/AdminSection.tsx); `q` and `state` are the search of the desk. */
const platformDesk = createRoute({
  ...at(paths.platformDesk),
  ...ofMe,
  validateSearch: (search: Record<string, unknown>) => ({
    ...optional('q')(search),
    ...optional('state')(search),
  }),
  component: later('AdminSection'),
});
/** Reports the event with this slug, or shows the decision with this id. */
const report = createRoute({ ...at(paths.report), component: later('ReportsPage') });
/** Pages that routes.tsx need not name. */
export const laterPages = [
  platformDesk,
  report,
  eventQuestions,
  eventOnline,
  eventPass,
  eventRepeat,
  seatPlans,
  series,
  apiKeys,
  webhooks,
  webhook,
  bank,
] as const;
export const eventDoorSales = createRoute({
  ...at(paths.eventDoorSales),
  ...ofManagedEvent,
  component: later('DoorSalesPage'),
});
export const eventDoor = createRoute({
  ...at(paths.eventDoor),
  ...ofManagedEvent,
  component: later('DoorDeskPage'),
});
export const eventQueue = createRoute({
  ...at(paths.eventQueue),
  ...ofManagedEvent,
  component: later('QueueDeskPage'),
});
export const scheduledExports = createRoute({
  ...at(paths.scheduledExports),
  ...ofManagedEvent,
  component: later('ScheduledExportsPage'),
});
