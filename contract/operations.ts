import * as accounts from './accounts.ts';
import * as apiKeys from './api-keys.ts';
import * as auditLog from './audit-log.ts';
import * as auth from './auth.ts';
import * as bankStatements from './bank-statements.ts';
import * as blocks from './blocks.ts';
import * as broadcasts from './broadcasts.ts';
import * as checkIns from './check-ins.ts';
import * as complimentary from './complimentary.ts';
import * as credentials from './credentials.ts';
import * as dashboard from './dashboard.ts';
import * as deletion from './deletion.ts';
import * as discovery from './discovery.ts';
import * as disputes from './disputes.ts';
import * as documents from './documents.ts';
import * as doorConflicts from './door-conflicts.ts';
import * as doorLinks from './door-links.ts';
import * as doorManifests from './door-manifests.ts';
import * as doorSales from './door-sales.ts';
import * as doorSettings from './door-settings.ts';
import * as doorTickets from './door-tickets.ts';
import * as eventCancellations from './event-cancellations.ts';
import * as eventDates from './event-dates.ts';
import * as eventDesk from './event-desk.ts';
import * as eventMessages from './event-messages.ts';
import * as events from './events.ts';
import * as exchanges from './exchanges.ts';
import * as exportSchedules from './export-schedules.ts';
import * as exports from './exports.ts';
import * as failedWork from './failed-work.ts';
import * as giftCards from './gift-cards.ts';
import * as holds from './holds.ts';
import * as imports from './imports.ts';
import * as invitations from './invitations.ts';
import * as mailbox from './mailbox.ts';
import * as messageChoices from './message-choices.ts';
import * as moderation from './moderation.ts';
import * as moneyReviews from './money-reviews.ts';
import * as online from './online.ts';
import type { Operation } from './operation.ts';
import * as orderDesk from './order-desk.ts';
import * as orderLinks from './order-links.ts';
import * as orderReviews from './order-reviews.ts';
import * as orderViews from './order-views.ts';
import * as orders from './orders.ts';
import * as organisationEvents from './organisation-events.ts';
import * as organisationFeeds from './organisation-feeds.ts';
import * as organisationPage from './organisation-page.ts';
import * as organiserOrders from './organiser-orders.ts';
import * as passes from './passes.ts';
import * as payWays from './pay-ways.ts';
import * as payments from './payments.ts';
import * as payouts from './payouts.ts';
import * as pictures from './pictures.ts';
import * as platformDesk from './platform-desk.ts';
import * as push from './push.ts';
import * as questions from './questions.ts';
import * as recordKeeping from './record-keeping.ts';
import * as refunds from './refunds.ts';
import * as rehearsals from './rehearsals.ts';
import * as resales from './resales.ts';
import * as seatPlans from './seat-plans.ts';
import * as seating from './seating.ts';
import * as series from './series.ts';
import * as settlements from './settlements.ts';
import * as sms from './sms.ts';
import * as suggestions from './suggestions.ts';
import * as ticketScans from './ticket-scans.ts';
import * as tickets from './tickets.ts';
import * as transfers from './transfers.ts';
import * as unsubscriptions from './unsubscriptions.ts';
import * as vouchers from './vouchers.ts';
import * as waitingRoom from './waiting-room.ts';
import * as waitlist from './waitlist.ts';
import * as walletPasses from './wallet-passes.ts';
import * as webhooks from './webhooks.ts';

/** Every operation of the API. The list is collected from the modules, so that a new operation cannot be forgotten. */
export const operations: Operation[] = [
  events,
  eventDesk,
  eventDates,
  organisationEvents,
  eventCancellations,
  discovery,
  seating,
  holds,
  blocks,
  vouchers,
  giftCards,
  complimentary,
  imports,
  doorManifests,
  doorSales,
  waitlist,
  waitingRoom,
  rehearsals,
  orders,
  questions,
  online,
  orderLinks,
  documents,
  payments,
  payWays,
  bankStatements,
  refunds,
  organiserOrders,
  orderDesk,
  orderViews,
  exports,
  exportSchedules,
  dashboard,
  failedWork,
  moderation,
  platformDesk,
  moneyReviews,
  payouts,
  pictures,
  seatPlans,
  suggestions,
  series,
  passes,
  orderReviews,
  disputes,
  tickets,
  walletPasses,
  ticketScans,
  transfers,
  exchanges,
  resales,
  checkIns,
  doorLinks,
  doorConflicts,
  doorSettings,
  doorTickets,
  auth,
  credentials,
  deletion,
  invitations,
  accounts,
  mailbox,
  eventMessages,
  broadcasts,
  push,
  sms,
  settlements,
  unsubscriptions,
  messageChoices,
  recordKeeping,
  organisationPage,
  organisationFeeds,
  auditLog,
  apiKeys,
  webhooks,
]
  .flatMap((module) => Object.values(module) as unknown[])
  .filter(
    (value): value is Operation =>
      typeof value === 'object' && value !== null && 'method' in value && 'path' in value,
  );
