import type * as accounts from '../../../contract/accounts.ts';
import type * as auth from '../../../contract/auth.ts';
import type * as door from '../../../contract/check-ins.ts';
import type * as discovery from '../../../contract/discovery.ts';
import type * as events from '../../../contract/events.ts';
import type * as holds from '../../../contract/holds.ts';
import type * as mailbox from '../../../contract/mailbox.ts';
import type * as orders from '../../../contract/orders.ts';
import type * as payments from '../../../contract/payments.ts';
import type * as records from '../../../contract/record-keeping.ts';
import type * as seating from '../../../contract/seating.ts';
import { endpoint } from './request.ts';

/** The operations of the contract that the app uses, under their own names. */
export const signInAnonymous = endpoint<typeof auth.signInAnonymous>('POST', '/api/auth/sign-in/anonymous');
export const getSession = endpoint<typeof auth.getSession>('GET', '/api/auth/get-session');

export const getMe = endpoint<typeof accounts.getMe>('GET', '/api/me');
export const createOrganisation = endpoint<typeof accounts.createOrganisation>('POST', '/api/organisations');
export const listMembers = endpoint<typeof accounts.listMembers>(
  'GET',
  '/api/organisations/{organisationId}/members',
);
export const changeMemberRole = endpoint<typeof accounts.changeMemberRole>(
  'PUT',
  '/api/organisations/{organisationId}/members/{userId}',
);
export const removeMember = endpoint<typeof accounts.removeMember>(
  'DELETE',
  '/api/organisations/{organisationId}/members/{userId}',
);
export const getRecordKeeping = endpoint<typeof records.getRecordKeeping>(
  'GET',
  '/api/organisations/{organisationId}/record-keeping',
);
export const putRecordKeeping = endpoint<typeof records.putRecordKeeping>(
  'PUT',
  '/api/organisations/{organisationId}/record-keeping',
);

export const listEvents = endpoint<typeof events.listEvents>('GET', '/api/events');
export const getEvent = endpoint<typeof events.getEvent>('GET', '/api/events/{eventId}');
export const getEventFilters = endpoint<typeof discovery.getEventFilters>('GET', '/api/event-filters');
export const listTrendingEvents = endpoint<typeof discovery.listTrendingEvents>(
  'GET',
  '/api/trending-events',
);
export const recommendEvents = endpoint<typeof discovery.recommendEvents>('POST', '/api/recommendations');
export const listSimilarEvents = endpoint<typeof discovery.listSimilarEvents>(
  'GET',
  '/api/events/{eventId}/similar',
);
export const noteEventView = endpoint<typeof discovery.noteEventView>('POST', '/api/events/{eventId}/views');
export const getOrganiser = endpoint<typeof discovery.getOrganiser>(
  'GET',
  '/api/organisers/{organisationId}',
);
export const createEvent = endpoint<typeof events.createEvent>('POST', '/api/events');
export const getManagedEvent = endpoint<typeof events.getManagedEvent>(
  'GET',
  '/api/events/{eventId}/management',
);
export const updateEvent = endpoint<typeof events.updateEvent>('PATCH', '/api/events/{eventId}');
export const publishEvent = endpoint<typeof events.publishEvent>('POST', '/api/events/{eventId}/publication');
export const unpublishEvent = endpoint<typeof events.unpublishEvent>(
  'DELETE',
  '/api/events/{eventId}/publication',
);
export const listOrganisationEvents = endpoint<typeof events.listOrganisationEvents>(
  'GET',
  '/api/organisations/{organisationId}/events',
);
export const getSeatMap = endpoint<typeof seating.getSeatMap>('GET', '/api/events/{eventId}/seat-map');

export const getAvailability = endpoint<typeof holds.getAvailability>(
  'GET',
  '/api/events/{eventId}/availability',
);
export const placeHold = endpoint<typeof holds.placeHold>('POST', '/api/events/{eventId}/holds');
export const getHold = endpoint<typeof holds.getHold>('GET', '/api/holds/{holdId}');
export const releaseHold = endpoint<typeof holds.releaseHold>('DELETE', '/api/holds/{holdId}');
const promoCode = '/api/holds/{holdId}/promo-code';
export const redeemPromoCode = endpoint<typeof holds.redeemPromoCode>('PUT', promoCode);
export const removePromoCode = endpoint<typeof holds.removePromoCode>('DELETE', promoCode);

export const placeOrder = endpoint<typeof orders.placeOrder>('POST', '/api/orders');
export const listOrders = endpoint<typeof orders.listOrders>('GET', '/api/orders');
export const getOrder = endpoint<typeof orders.getOrder>('GET', '/api/orders/{orderId}');
export const cancelOrder = endpoint<typeof orders.cancelOrder>('POST', '/api/orders/{orderId}/cancellation');

export const getSandboxPayment = endpoint<typeof payments.getSandboxPayment>(
  'GET',
  '/api/sandbox/payments/{paymentId}',
);
export const confirmSandboxPayment = endpoint<typeof payments.confirmSandboxPayment>(
  'POST',
  '/api/sandbox/payments/{paymentId}/confirmation',
);
export const authenticateSandboxPayment = endpoint<typeof payments.authenticateSandboxPayment>(
  'POST',
  '/api/sandbox/payments/{paymentId}/authentication',
);

export const checkIn = endpoint<typeof door.checkIn>('POST', '/api/events/{eventId}/check-ins');
export const getDoorCounts = endpoint<typeof door.getDoorCounts>(
  'GET',
  '/api/events/{eventId}/check-ins/counts',
);

export const listMailbox = endpoint<typeof mailbox.listMailbox>('GET', '/api/mailbox');
export const getMailboxMessage = endpoint<typeof mailbox.getMailboxMessage>(
  'GET',
  '/api/mailbox/{messageId}',
);
