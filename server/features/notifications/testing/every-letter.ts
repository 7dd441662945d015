import { gapCodes } from '../../../../contract/event-preparation.ts';
import type { Language } from '../../../../contract/languages.ts';
import type { MessageKindName } from '../../../../contract/message-kinds.ts';
import { sale } from '../../inventory/testing/play.ts';
import type { OrderRecord } from '../../orders/orders.ts';
import { soldAsOf } from '../../orders/sold-as.ts';
import type { EventSale } from '../../sale/event-sale.ts';
import { eventTimes, type TicketPage } from '../../tickets/ticket-page.ts';
import type { TransferRow } from '../../transfers/transfer.ts';
import { accountLetter } from '../account-letters.ts';
import { broadcastLetter } from '../broadcast-letter.ts';
import {
  cancelledForWaitingLetter,
  eventCancelledLetter,
  movedForWaitingLetter,
  movedLetter,
  unpaidEventCancelledLetter,
} from '../event-letters.ts';
import { exchangeAskedLetter, exchangeLapsedLetter } from '../exchange-letters.ts';
import { heldLetter } from '../held-letter.ts';
import { invitationLetter } from '../invitation-letter.ts';
import type { Letter } from '../letter.ts';
import {
  cancelledLetter,
  confirmedLetter,
  type OrderMatter,
  orderLinkLetter,
  orderRefundedLetter,
  paymentFailedLetter,
  refundLetter,
  reminderLetter,
  ticketsCancelledLetter,
} from '../order-letters.ts';
import {
  type ResaleMatter,
  resaleEndedLetter,
  resaleOfferedLetter,
  resaleSoldLetter,
} from '../resale-letters.ts';
import { heldSeatsChangedLetter, seatsChangedLetter } from '../seat-letters.ts';
import {
  heldEndedLetter,
  heldMovedLetter,
  heldReminderLetter,
  offerEndedLetter,
  offeredLetter,
  passedOnLetter,
  receivedLetter,
  type TransferMatter,
} from '../transfer-letters.ts';
import { turnLetter } from '../turn-letter.ts';
import { waitlistLetter } from '../waitlist-letter.ts';
import { bankLetters } from './bank-letters.ts';
import { statements } from './statements.ts';
import { webhookOff } from './webhook-off.ts';

const publicUrl = 'https://tickets.example.org';
const secret = 'Zm9yZXZlciBhbmQgYSBkYXkgbGF0ZXI';
const now = new Date('2027-02-20T10:00:00Z');

/** An event with the long names that real ones have. */
const event: EventSale = {
  ...sale,
  title: 'Die Nacht der langen Leitungen: Elektronische Musik im Kesselhaus',
  slug: 'die-nacht',
  doorsAt: new Date('2027-03-01T18:00:00Z'),
  venueName: 'Kesselhaus in der Kulturbrauerei',
  address: 'Knaackstraße 97',
  refundOffers: [{ version: 2, until: new Date('2027-02-27T22:59:00Z') }],
};
const cancelledEvent: EventSale = {
  ...event,
  status: 'cancelled',
  cancellation: { reason: 'The singer is ill, and nobody can sing for her.', refund: 'full' } as never,
};
const refund = { amount: 12_000, currency: 'EUR' as const };

const orderIn = (language: Language): OrderRecord => ({
  id: 'ord_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  number: 'M6QHJDEF',
  eventId: event.eventId,
  holdId: 'hld_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  buyerId: 'usr_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  status: 'confirmed',
  payBy: null,
  origin: 'online',
  buyerName: 'ليلى حداد',
  buyerEmail: 'layla@example.org',
  attendees: null,
  lines: [
    {
      ticketTypeId: 'tty_regular' as never,
      name: 'Regular',
      quantity: 2,
      unitMinor: 6000,
      parts: { netMinor: 4622, taxMinor: 878, feeMinor: 500 },
      pricing: {
        tax: { name: 'MwSt.', ratePercent: 19, included: true },
        fee: { perTicketMinor: 500, perTicketPercent: 0, perOrderMinor: 0, paidBy: 'buyer', tax: null },
      } as never,
      pools: [],
      promo: { code: 'FRIENDS', poolId: 'pol_promo' as never, fullMinor: 7000 },
    },
  ],
  soldAs: soldAsOf(event),
  totalMinor: 12_000,
  refundedMinor: 0,
  disputedMinor: 0,
  hasDisputes: false,
  currency: 'EUR',
  problem: null,
  returnUrl: null,
  language,
  expiresAt: now,
  linkVersion: 1,
  createdAt: now,
  confirmedAt: now,
});

const pagesIn = (language: Language): TicketPage[] =>
  [0, 1].map((index) => ({
    language,
    title: event.title,
    ...eventTimes(event, language),
    venueName: event.venueName,
    address: event.address,
    place: index === 0 ? { section: 'Parkett links', row: 'C', seat: '12' } : null,
    ticketTypeName: 'Regular',
    shortNumber: '7K3QA-9XW2M',
    price: '60,00 €',
    attendeeName: index === 0 ? 'Ada Osei-Bonsu' : null,
    buyerName: 'ليلى حداد',
    orderNumber: 'M6QHJDEF',
    number: index + 1,
    count: 2,
    ticketId: 'tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF',
    code: 'ADMIT1.x',
  }));

const transferIn = (language: Language): TransferRow => ({
  id: 'ttr_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  groupId: null,
  eventId: event.eventId,
  ticketId: 'tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  orderId: 'ord_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  fromTransferId: null,
  fromUserId: 'usr_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  fromName: 'Ada Osei-Bonsu',
  fromEmail: 'ada@example.org',
  fromLanguage: language,
  toEmail: 'layla.haddad.with.a.long.address@example.org',
  toLanguage: language,
  toUserId: null,
  toName: 'ليلى حداد',
  message: 'I am in Lisbon that week.\nHave fun!',
  createdAt: now,
  expiresAt: new Date('2027-02-27T10:00:00Z'),
  endedAt: null,
  endedAs: null,
  ticketStatus: 'valid',
  heldBy: null,
  resaleId: null,
});

/** A mail of every kind in a language, as the code that sends it writes it. */
export function everyLetter(language: Language): Record<Exclude<MessageKindName, 'number-code'>, Letter[]> {
  const order = orderIn(language);
  const matter: OrderMatter = { order, event, publicUrl, secret };
  const cancelled = { ...matter, event: cancelledEvent };
  const { id: orderId } = order;
  const hand: TransferMatter = {
    transfer: transferIn(language),
    event,
    places: ['Parkett links, row C, seat 12'],
    url: `${publicUrl}/t/ttr_01K9ZC4V7R8W3T5XN2M6QHJDEF#${secret}`,
    senderUrl: `${publicUrl}/orders/${orderId}#${secret}`,
  };
  const resold: ResaleMatter = {
    resale: { priceMinor: 12_000, backMinor: 11_400, currency: 'EUR', endedBecause: 'over' } as never,
    event,
    place: 'Parkett links, row C, seat 12',
    name: 'ليلى حداد',
    language,
    isPayer: true,
    until: new Date('2027-02-27T10:00:00Z'),
    url: hand.url,
  };
  const queued = { event, language, name: 'Ada Osei-Bonsu', url: `${publicUrl}/e/${event.slug}/queue` };
  const transferId = hand.transfer.id;
  const account = { to: 'ada@example.org', name: 'Ada Osei-Bonsu', language };
  const link = `${publicUrl}/verify?token=${secret}${secret}${secret}`;
  const operators = { to: 'operations@example.org', name: '', url: `${publicUrl}/metrics` };
  const words = {
    language,
    subject: 'The doors open an hour earlier',
    text: 'Dear guests,\n\nthe doors open at 18:00 and not at 19:00.\nPlease come early.',
  };
  const reader = { name: 'Ada Osei-Bonsu', language, url: `${publicUrl}/orders/${orderId}#${secret}` };
  const seat = (row: string, number: string) => ({ section: 'Stalls', row, seat: number });
  const seatChanges = [
    { before: seat('A', '4'), after: seat('B', '4') },
    { before: seat('A', '5'), after: seat('A', '5') },
  ];
  const waiting = { language, name: 'Ada Osei-Bonsu', url: `${publicUrl}/e/${event.slug}` };
  const was = {
    startsAt: '2027-02-27T19:00:00Z',
    endsAt: '2027-02-27T23:00:00Z',
    timeZone: 'Europe/Berlin',
    venueName: 'Alte Kantine',
    address: 'Knaackstraße 97',
    city: 'Berlin',
  };
  const notice = {
    ...account,
    kind: 'dispute-notice' as const,
    url: `${publicUrl}/organise/orders/${orderId}`,
    reference: 'dp_1',
    event: event.title,
    timeZone: event.timeZone,
    order: order.number,
    amount: refund,
    evidenceDueAt: '2027-03-09T22:59:00Z',
  };
  const refunded = {
    kind: 'order-refunded' as const,
    orderId,
    cancellationId: 'cnl_1',
    cause: 'refunded_by_organiser' as const,
    reason: 'The view from these seats is worse than we said.',
    refund,
  };
  return {
    'order-confirmed': [confirmedLetter(matter, pagesIn(language), ['apple', 'google'])],
    'order-held': [heldLetter(matter, new Date('2027-02-25T16:00:00Z'))],
    'exchange-asked': [exchangeAskedLetter(matter)],
    'exchange-lapsed': [exchangeLapsedLetter(matter)],
    ...bankLetters(matter),
    'tickets-again': [confirmedLetter(matter, pagesIn(language))],
    'order-link': [orderLinkLetter(matter)],
    'event-reminder': [reminderLetter(matter)],
    'event-moved': [
      movedLetter(
        { ...matter, order: { ...order, soldAs: { ...order.soldAs, version: 1 } } },
        { version: 2, was },
        now,
      ),
      movedForWaitingLetter(event, { version: 2, was }, waiting),
    ],
    'seats-changed': [seatsChangedLetter(matter, seatChanges)],
    'event-cancelled': [
      eventCancelledLetter(cancelled, refund),
      unpaidEventCancelledLetter(cancelled),
      eventCancelledLetter(cancelled, { ...refund, amount: 0 }),
      cancelledForWaitingLetter(cancelledEvent, waiting),
    ],
    'tickets-cancelled': [ticketsCancelledLetter(matter, 1, refund)],
    'payment-failed': [paymentFailedLetter(matter)],
    'order-cancelled': [cancelledLetter(matter, refund)],
    'order-refunded': [
      orderRefundedLetter(matter, { ...refunded, ended: [0, 1], refunded: [0, 1], isLast: true }),
      orderRefundedLetter(matter, { ...refunded, ended: [], refunded: [1], isLast: false }),
    ],
    'refund-sent': [refundLetter(matter, refund, 'cancelled_by_buyer')],
    'late-refund-sent': [refundLetter(matter, refund, 'places_gone')],
    'ticket-offered': [offeredLetter(hand)],
    'ticket-passed-on': [passedOnLetter(hand)],
    'ticket-received': [receivedLetter(hand, ['apple', 'google'])],
    'ticket-offer-ended': (['declined', 'expired', 'withdrawn'] as const).map((as) =>
      offerEndedLetter(hand, { kind: 'ticket-offer-ended', transferId, as }),
    ),
    'held-ticket-ended': [
      heldEndedLetter(
        { ...hand, event: cancelledEvent },
        { kind: 'held-ticket-ended', transferId, by: 'event' },
      ),
    ],
    'held-ticket-reminder': [heldReminderLetter(hand)],
    'held-seats-changed': [heldSeatsChangedLetter(hand, seatChanges.slice(0, 1))],
    'held-ticket-moved': [heldMovedLetter(hand)],
    'waitlist-offer': [
      waitlistLetter({
        entry: {
          language,
          quantity: 2,
          ticket_type_id: event.ticketTypes[0]?.id,
          offer_ends_at: new Date('2027-02-20T10:30:00Z'),
        } as never,
        event,
        url: `${publicUrl}/offers/wle_01K9ZC4V7R8W3T5XN2M6QHJDEF#${secret}`,
        name: 'Ada Osei-Bonsu',
        resalePrice: refund,
      }),
    ],
    'queue-turn': [
      ...[60, 280].map((inSeconds) => turnLetter({ ...queued, turn: { when: { inSeconds } } })),
      turnLetter({ ...queued, turn: { when: { until: new Date('2027-02-20T10:30:00Z') } } }),
    ],
    'resale-offered': [resaleOfferedLetter(resold)],
    'resale-sold': [resaleSoldLetter(resold), resaleSoldLetter({ ...resold, isPayer: false })],
    'resale-ended': [
      resaleEndedLetter(resold),
      resaleEndedLetter({ ...resold, resale: { ...resold.resale, endedBecause: 'disputed' } }),
    ],
    broadcast: [broadcastLetter(event, 'event', words, reader)],
    'event-news': [broadcastLetter(event, 'news', words, reader)],
    'broadcast-test': [broadcastLetter(event, 'event', words, reader)],
    'verify-email': [accountLetter({ ...account, kind: 'verify-email', url: link })],
    'reset-password': [accountLetter({ ...account, kind: 'reset-password', url: link })],
    'new-sign-in': [
      accountLetter({
        ...account,
        kind: 'new-sign-in',
        url: `${publicUrl}/account`,
        browser: 'Firefox, Windows',
      }),
    ],
    'team-invitation': [
      invitationLetter({
        ...account,
        kind: 'team-invitation',
        url: `${publicUrl}/invitations/inv_1#${secret}`,
        organisation: 'Kesselhaus Konzerte GmbH & Co. KG',
        inviter: 'Grace Müller-Lüdenscheidt',
        role: 'finance',
        events: [event.title],
        days: 7,
      }),
    ],
    'dispute-notice': [
      ...(['chargeback', 'inquiry', 'fraud_warning'] as const).map((dispute) =>
        accountLetter({ ...notice, dispute, news: 'opened' }),
      ),
      ...(['won', 'lost'] as const).map((news) => accountLetter({ ...notice, dispute: 'chargeback', news })),
    ],
    'review-notice': [
      accountLetter({
        ...account,
        kind: 'review-notice',
        url: `${publicUrl}/organise/order-reviews`,
        event: event.title,
        timeZone: event.timeZone,
        count: 3,
        until: '2027-02-25T16:00:00Z',
        cause: 'evt_1',
      }),
    ],
    'publication-failed': [
      accountLetter({
        ...account,
        kind: 'publication-failed',
        url: `${publicUrl}/organise/events/${event.eventId}/edit/publish`,
        event: event.title,
        timeZone: event.timeZone,
        at: '2027-02-20T08:00:00Z',
        gaps: gapCodes,
        cause: 'evt_1',
      }),
    ],
    'webhook-off': [webhookOff(account)],
    ...statements(account),
    'export-ready': [
      accountLetter({
        ...account,
        kind: 'export-ready',
        url: `${publicUrl}/organise/events/${event.eventId}/exports`,
        userId: 'usr_1',
        fileId: 'xfl_1',
        table: 'check-ins',
        format: 'xlsx',
        event: event.title,
        timeZone: event.timeZone,
        dueAt: '2027-02-20T05:00:00Z',
        endsAt: '2027-02-27T05:00:00Z',
      }),
    ],
    'money-review': [
      accountLetter({
        ...operators,
        kind: 'money-review',
        reason: 'unknown_payment',
        reference: 'pi_1',
        amount: '12000 EUR',
      }),
    ],
    dispute: [
      accountLetter({
        ...operators,
        kind: 'dispute',
        dispute: 'chargeback',
        reason: 'fraudulent',
        reference: 'dp_1',
        event: event.title,
        order: order.number,
        amount: '12000 EUR',
        evidenceDueAt: '2027-03-09T22:59:00Z',
      }),
    ],
    audit: [accountLetter({ ...operators, kind: 'audit', findings: ['sold is 3, tickets are 2'], count: 1 })],
  };
}
