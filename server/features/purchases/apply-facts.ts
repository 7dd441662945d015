import type { App } from '../../app.ts';
import type { Effect } from '../../data/outbox.ts';
import { type HoldRecord, orderIdOf } from '../inventory/inventory.ts';
import type { Consequence } from '../inventory/ledger.ts';
import { followLedger } from '../orders/follow-ledger.ts';
import { confirmedMail, writeOrderMails } from '../orders/order-mails.ts';
import { closePayments } from '../payments/close-payments.ts';
import { openRefunds } from '../payments/open-refunds.ts';
import { recordCharges } from '../payments/record-charges.ts';
import { issueTickets } from '../tickets/issue-tickets.ts';

/**
 * What a batch of the inventory ledger means for orders, written in the batch's own transaction: places,
 * order, money and tickets change together or not at all. Everything is set-based and conditional on
 * nothing that could fail, because one order's trouble would be the whole batch's.
 */
export const applyFacts =
  (app: () => App): Consequence =>
  (trx, facts, sale, now) => {
    const { confirmed, refundDue, ended } = facts;
    followLedger(trx, facts, sale, now);
    const charge = (
      hold: HoldRecord,
      paid: NonNullable<(typeof confirmed)[number]['paid']>,
      late: boolean,
    ) => ({
      eventId: hold.eventId,
      orderId: orderIdOf(hold.id),
      organisationId: sale.organisationId,
      paymentId: paid.paymentId,
      amountMinor: paid.amountMinor,
      currency: paid.currency,
      late,
    });
    const charges = [
      ...confirmed.flatMap(({ hold, paid }) => (paid ? [charge(hold, paid, false)] : [])),
      ...refundDue.map(({ hold, paid }) => charge(hold, paid, true)),
    ];
    recordCharges(app(), trx, charges, now);
    const refunds = refundDue.map(({ hold, paid, cause }) => ({
      ...charge(hold, paid, true),
      reason: cause,
    }));
    openRefunds(app(), trx, refunds, now);
    const endedOrders = ended.map(({ hold }) => orderIdOf(hold.id));
    closePayments(app(), trx, endedOrders, now);
    const issued = confirmed.map(({ hold: { id, eventId, lines } }) => ({
      orderId: orderIdOf(id),
      eventId,
      lines,
    }));
    issueTickets(app(), trx, issued, now);
    writeOrderMails(
      trx,
      issued.map(({ orderId }) => confirmedMail(orderId)),
    );
    return [
      ...confirmed.map(({ hold, late }) => orderEffect('order.confirmed', hold, { late })),
      ...ended.map(({ hold, as }) => orderEffect(`order.${as}`, hold, {})),
    ];
  };

const orderEffect = (type: string, hold: HoldRecord, more: Record<string, unknown>): Effect => ({
  topic: 'order_events',
  type,
  eventId: hold.eventId,
  payload: {
    orderId: orderIdOf(hold.id),
    buyerId: hold.buyerId,
    totalMinor: hold.totalMinor,
    currency: hold.currency,
    ...more,
  },
});
