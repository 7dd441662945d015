import type { FastifyInstance } from 'fastify';
import { sandboxRoutes } from '../adapters/payments/sandbox-routes.ts';
import type { App } from '../app.ts';
import { accountsRoutes, unsubscribeRoutes } from '../features/accounts/routes.ts';
import { apiKeysRoutes } from '../features/api-keys/routes.ts';
import { auditLogRoutes } from '../features/audit-log/routes.ts';
import { bankTransfersRoutes } from '../features/bank-transfers/routes.ts';
import { brandingRoutes } from '../features/branding/routes.ts';
import { catalogRoutes } from '../features/catalog/routes.ts';
import { codesRoutes } from '../features/codes/routes.ts';
import { dashboardRoutes } from '../features/dashboard/routes.ts';
import { datePassesRoutes } from '../features/date-passes/routes.ts';
import { documentsRoutes } from '../features/documents/routes.ts';
import { doorRoutes } from '../features/door/routes.ts';
import { doorLinksRoutes } from '../features/door-links/routes.ts';
import { eventChangesRoutes } from '../features/event-changes/routes.ts';
import { eventCopiesRoutes } from '../features/event-copies/routes.ts';
import { exportsRoutes, leaveExportsRoutes } from '../features/exports/routes.ts';
import { failedWorkRoutes } from '../features/failed-work/routes.ts';
import { giftCardRoutes } from '../features/gift-card-desk/routes.ts';
import { importsRoutes } from '../features/imports/routes.ts';
import { inventoryRoutes } from '../features/inventory/routes.ts';
import { meRoutes } from '../features/me/routes.ts';
import { moderationRoutes } from '../features/moderation/routes.ts';
import {
  mailboxRoutes,
  messagesRoutes,
  smsRoutes,
  smsWebhookRoutes,
} from '../features/notifications/routes.ts';
import { orderReviewsRoutes } from '../features/order-reviews/routes.ts';
import { organisationsRoutes } from '../features/organisations/routes.ts';
import { passesRoutes } from '../features/passes/routes.ts';
import { payWaysRoutes } from '../features/pay-ways/routes.ts';
import { paymentsRoutes } from '../features/payments/routes.ts';
import { payoutsRoutes } from '../features/payouts/routes.ts';
import { pictureFileRoutes, uploadRoutes } from '../features/pictures/routes.ts';
import { platformDeskRoutes } from '../features/platform-desk/routes.ts';
import { purchasesRoutes } from '../features/purchases/routes.ts';
import { questionsRoutes } from '../features/questions/routes.ts';
import { rehearsalsRoutes } from '../features/rehearsals/routes.ts';
import { seatPlansRoutes } from '../features/seat-plans/routes.ts';
import { suggestionsRoutes } from '../features/suggestions/routes.ts';
import { ticketsRoutes } from '../features/tickets/routes.ts';
import { transfersRoutes } from '../features/transfers/routes.ts';
import { waitingRoomRoutes } from '../features/waiting-room/routes.ts';
import { waitlistRoutes } from '../features/waitlist/routes.ts';
import { webhooksOutRoutes } from '../features/webhooks-out/routes.ts';
import { healthRoutes } from '../health.ts';
import { startRealtime } from '../live/realtime.ts';
import { type PagesOptions, pagesRoutes } from '../pages/routes.ts';
import { createHttp } from './bind.ts';
import { allowOtherOrigins } from './cors.ts';
import { docsRoutes } from './docs.ts';
import { wellKnownRoutes } from './well-known.ts';

/**
 * Creates the HTTP server. It does not listen yet. The role `api` serves every route and the web app, `realtime` the live channel;
 * both answer monitoring.
 */
export async function createServer(
  app: App,
  pages: Omit<PagesOptions, 'demo'> = {},
): Promise<FastifyInstance> {
  const http = createHttp(app);
  allowOtherOrigins(http, app);
  healthRoutes(http, app);
  if (app.config.roles.includes('api')) await apiRoutes(http, app, pages);
  if (app.config.roles.includes('realtime')) await startRealtime(http, app);
  return http;
}

async function apiRoutes(http: FastifyInstance, app: App, pages: Omit<PagesOptions, 'demo'>): Promise<void> {
  const hasMailbox = app.mailer.kind === 'mailbox' && app.config.env !== 'production';
  wellKnownRoutes(http, app);
  await http.register(async (api) => {
    accountsRoutes(api, app);
    await api.register(async (mails) => {
      unsubscribeRoutes(mails, app);
      leaveExportsRoutes(mails, app);
    });
    meRoutes(api, app);
    organisationsRoutes(api, app);
    auditLogRoutes(api, app);
    apiKeysRoutes(api, app);
    webhooksOutRoutes(api, app);
    brandingRoutes(api, app);
    catalogRoutes(api, app);
    inventoryRoutes(api, app);
    waitlistRoutes(api, app);
    waitingRoomRoutes(api, app);
    payWaysRoutes(api, app);
    bankTransfersRoutes(api, app);
    questionsRoutes(api, app);
    codesRoutes(api, app);
    importsRoutes(api, app);
    giftCardRoutes(api, app);
    datePassesRoutes(api, app);
    suggestionsRoutes(api, app);
    purchasesRoutes(api, app);
    moderationRoutes(api, app);
    platformDeskRoutes(api, app);
    failedWorkRoutes(api, app);
    paymentsRoutes(api, app);
    if (app.payments.name === 'sandbox') sandboxRoutes(api, app);
    ticketsRoutes(api, app);
    passesRoutes(api, app);
    transfersRoutes(api, app);
    documentsRoutes(api, app);
    eventChangesRoutes(api, app);
    eventCopiesRoutes(api, app);
    messagesRoutes(api, app);
    smsRoutes(api, app);
    await api.register(async (webhooks) => smsWebhookRoutes(webhooks, app));
    await api.register(async (uploads) => uploadRoutes(uploads, app));
    doorLinksRoutes(api, app);
    doorRoutes(api, app);
    exportsRoutes(api, app);
    payoutsRoutes(api, app);
    orderReviewsRoutes(api, app);
    rehearsalsRoutes(api, app);
    seatPlansRoutes(api, app);
    dashboardRoutes(api, app);
    if (hasMailbox) mailboxRoutes(api, app);
  });
  pictureFileRoutes(http, app);
  await docsRoutes(http, app);
  await pagesRoutes(http, app, {
    ...pages,
    demo: hasMailbox ? (app.config.demo ? 'events' : 'mailbox') : null,
  });
}
