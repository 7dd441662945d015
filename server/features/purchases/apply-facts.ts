import type { Told } from '../../../contract/messages.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Writes } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import { writeRecipients } from '../accounts/write-recipients.ts';
import { finishTransfers } from '../bank-transfers/finish-transfers.ts';
import { recordAwaited } from '../bank-transfers/record-awaited.ts';
import type { Consequence } from '../inventory/batch.ts';
import { freeOwedJob } from '../inventory/free-owed.ts';
import { type HoldRecord, orderIdOf, type Paid, payBeforeOf } from '../inventory/inventory.ts';
import { owedBy } from '../inventory/other-date.ts';
import type { Facts } from '../inventory/state.ts';
import { tradeInOf } from '../inventory/trade-in.ts';
import { cancelledLineMails, offerMailOf, writeLineMails } from '../notifications/write-line-mails.ts';
import { writeConfirmedJobs } from '../orders/confirmed-jobs.ts';
import { askedMail, lapsedMail } from '../orders/exchange-mails.ts';
import { followLedger } from '../orders/follow-ledger.ts';
import { heldUntilOf } from '../orders/held-until.ts';
import { cancelledMail, unpaidMail, writeOrderMails } from '../orders/order-mails.ts';
import { type Cancellation, causeOf, recordCancellations } from '../orders/record-cancellations.ts';
import { closePayments } from '../payments/close-payments.ts';
import { openRefunds } from '../payments/open-refunds.ts';
import { type Charge, paymentIdOf } from '../payments/payment.ts';
import { recordCharges } from '../payments/record-charges.ts';
import { recordAnswers } from '../questions/record-answers.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { noSplit, splitOfOrder } from '../sale/split.ts';
import { cancelTickets } from '../tickets/cancel-tickets.ts';
import { issueTickets } from '../tickets/issue-tickets.ts';
import { markResales } from '../tickets/mark-resales.ts';
import { noteMovedTickets, notePlacesFreed } from '../tickets/moved-tickets.ts';
import { writeResaleMails } from '../transfers/resale-mails.ts';
import { type TransferMail, writeTransferMails } from '../transfers/transfer-mails.ts';
import { chargesOf, followGiftCards, refundsOf } from './gift-facts.ts';
import { writeImported } from './imported-store.ts';
import { noteVouchers } from './note-vouchers.ts';
import { followsPass, withoutPasses, writeSettlePass } from './pass-facts.ts';

/**
 * Writes the results of a ledger batch for orders, payments and tickets, in the batch's own transaction: places,
 * order, money and tickets change together or not at all. All statements are set-based and have no condition that
 * could fail, because a failure for one order would fail the whole batch.
 */
export const applyFacts =
  (app: () => App): Consequence =>
  (trx, facts, sale, now) => {
    const { confirmed, refundDue, ended, cancelled } = facts;
    writeRecipients(
      trx,
      facts.issued.flatMap(({ hold, command }) => (command.ofPass ? [] : hold.buyerId)),
      now,
    );
    followLedger(trx, facts, sale, now);
    recordAnswers(trx, facts, sale, now);
    recordAwaited(trx, facts, sale, now);
    followGiftCards(trx, facts, now);
    const whole = (hold: HoldRecord, late: boolean) => ({
      eventId: hold.eventId,
      orderId: orderIdOf(hold.id),
      organisationId: sale.organisationId,
      currency: hold.currency,
      split: late ? noSplit : splitOfOrder(hold.lines),
      late,
    });
    const paidBy = ({ paymentId, amountMinor, cardLast4, door, byTransfer }: Paid) => ({
      paymentId,
      amountMinor,
      cardLast4: cardLast4 ?? null,
      door: door ?? null,
      byTransfer: byTransfer ?? false,
    });
    const charges = [
      ...confirmed.flatMap(({ hold, paid }) =>
        chargesOf(hold.lines, whole(hold, false), paid && paidBy(paid)),
      ),
      ...refundDue.map(({ hold, paid }) => ({ ...whole(hold, true), ...paidBy(paid) })),
    ];
    recordCharges(app(), trx, charges, now);
    finishTransfers(trx, charges, now);
    const refunds = refundDue.map(({ hold, paid, cause }) => ({
      ...whole(hold, true),
      ...paidBy(paid),
      split: null,
      reason: cause,
      cancellationId: null,
      providerRef: null,
    }));
    openRefunds(app(), trx, refunds, now);
    const endedOrders = ended.map(({ hold }) => orderIdOf(hold.id));
    closePayments(app(), trx, endedOrders, now);
    const cancellations = cancelled.map((each) => ({
      ...each,
      id: each.command.kind === 'refund' ? each.command.cancellationId : app().newId('cancellation'),
    }));
    const { replaced = [], ended: endedTickets = [] } = Object.groupBy(cancellations, ({ command }) =>
      command.kind === 'of-exchange' && (command.cause === 'exchanged' || command.cause === 'resold')
        ? 'replaced'
        : 'ended',
    );
    // Before new tickets are issued, because the new ticket may have the seat of the old one.
    applyCancellations(app(), trx, replaced, sale, now);
    noteOwed(trx, facts, sale);
    const heldUntil = heldUntilOf(sale, now);
    const byTeam = new Set(facts.issued.map(({ hold }) => hold));
    const bought = confirmed.map((each) => ({
      ...each,
      heldUntil: byTeam.has(each.hold) || tradeInOf(each.hold) ? null : heldUntil,
    }));
    const issued = bought.map(({ hold, heldUntil }) => ({
      orderId: orderIdOf(hold.id),
      eventId: hold.eventId,
      lines: hold.lines,
      heldUntil,
    }));
    issueTickets(app(), trx, issued, now);
    writeConfirmedJobs(trx, sale.eventId, withoutPasses(bought, facts));
    writeSettlePass(trx, sale, facts);
    writeLineMails(trx, sale.eventId, [
      ...facts.offered.map(({ entry }) => offerMailOf(entry)),
      ...cancelledLineMails(sale.eventId, facts.waitedInVain),
    ]);
    applyCancellations(app(), trx, endedTickets, sale, now);
    writeOrderMails(trx, sale.eventId, [
      ...ended.flatMap(unpaidMail(sale)),
      ...facts.swapped.flatMap(askedMail),
      ...ended.flatMap(lapsedMail(sale)),
    ]);
    markResales(trx, facts.resales);
    writeResaleMails(trx, facts.resales);
    noteExchanges(app(), trx, facts, sale);
    noteBlocks(app(), trx, facts.blocks, sale);
    noteVouchers(app(), trx, facts.vouchers, sale);
    noteIssued(app(), trx, facts.issued, sale);
    writeImported(trx, facts.issued, now);
    return [
      ...tellPayments(charges, facts),
      ...tellOrders(facts),
      ...cancellations.flatMap(tellCancelled),
      ...facts.offered.map(tellOffered),
    ];
  };

/** Tickets of another date end here, and a job has the ledger of that date free their places. */
function noteOwed(trx: Writes, facts: Facts, sale: EventSale): void {
  const of = ({ hold, positions }: Facts['freed'][number]) => ({
    orderId: orderIdOf(hold.id),
    eventId: hold.eventId,
    positions,
  });
  const owed = owedBy(facts.cancelled, sale);
  noteMovedTickets(trx, owed.map(of), sale.eventId);
  notePlacesFreed(trx, facts.freed.map(of));
  writeJobs(
    trx,
    owed.map(({ hold }) => freeOwedJob(hold)),
  );
}

/** Runs after the tickets are issued, because one batch may pay and cancel the same order. */
function applyCancellations(
  app: App,
  trx: Writes,
  cancellations: Cancellation[],
  { eventId, organisationId, title }: EventSale,
  now: Date,
): void {
  if (cancellations.length === 0) return;
  recordCancellations(trx, cancellations, now);
  const changed = cancellations.map(({ id, hold, positions, shares }) => ({
    cancellationId: id,
    eventId: hold.eventId,
    orderId: orderIdOf(hold.id),
    positions,
    shares,
  }));
  cancelTickets(trx, changed, now);
  const refunds = cancellations.flatMap(({ id, hold, command, refundMinor, refundSplit, giftBackMinor }) =>
    refundsOf(
      {
        eventId: hold.eventId,
        orderId: orderIdOf(hold.id),
        paymentId: null,
        organisationId,
        amountMinor: refundMinor,
        split: refundSplit,
        currency: hold.currency,
        reason: causeOf({ command }),
        cancellationId: id,
        providerRef: (command.kind === 'refund' && command.sentAs) || null,
      },
      giftBackMinor,
    ),
  );
  openRefunds(
    app,
    trx,
    refunds.filter(({ amountMinor }) => amountMinor > 0),
    now,
  );
  // The mail with the new ticket, or about it, tells of an exchange. The mail about the refund follows when it is sent.
  const told = cancellations.filter((each) => each.command.kind !== 'of-exchange' && !followsPass(each));
  writeOrderMails(trx, eventId, told.map(cancelledMail));
  writeTransferMails(trx, told.flatMap(tellHolders));
  noteRefunds(app, trx, cancellations, { eventId, organisationId, title });
}

/** Writes to the holders of cancelled tickets that were passed on. The mail about the order goes only to its buyer. */
const tellHolders = ({ command, transfers }: Cancellation): TransferMail[] =>
  transfers.map((transferId) => ({
    kind: 'held-ticket-ended',
    transferId,
    by: command.kind !== 'refund' ? 'holder' : command.cause === 'event_cancelled' ? 'event' : 'organiser',
  }));

/** Writes the audit log's entry of each exchange that a manager has made or withdrawn, in its transaction. */
function noteExchanges(
  app: App,
  trx: Writes,
  { swapped, ended }: Facts,
  { organisationId, title }: EventSale,
): void {
  const money = ({ totalMinor, currency }: HoldRecord) => ({ amount: totalMinor, currency });
  for (const { hold, command } of swapped) {
    if (command.actor === null) continue;
    const asked = tradeInOf(hold)?.asked && {
      amount: money(hold),
      expiresAt: payBeforeOf(hold).toISOString(),
    };
    noteAct(app, trx, command.actor, {
      act: 'ticket.exchanged',
      organisationId,
      subject: { type: 'ticket', id: command.ticketId, title },
      before: { order: orderIdOf(command.holdId) },
      after: { order: orderIdOf(hold.id), ...asked },
    });
  }
  for (const { hold, withdrawnBy } of ended) {
    const tradeIn = tradeInOf(hold);
    if (!withdrawnBy || !tradeIn) continue;
    noteAct(app, trx, withdrawnBy, {
      act: 'ticket.exchange_withdrawn',
      organisationId,
      subject: { type: 'ticket', id: tradeIn.ticketId, title },
      before: { order: orderIdOf(hold.id), amount: money(hold) },
      after: null,
    });
  }
}

/** Writes the audit log's entry of each block that began or ended, in its transaction. */
function noteBlocks(
  app: App,
  trx: Writes,
  blocks: Facts['blocks'],
  { eventId, organisationId, title }: EventSale,
): void {
  for (const { hold, command } of blocks) {
    const block = { reason: command.label, places: hold.places };
    const isNew = command.kind === 'block';
    noteAct(app, trx, command.actor, {
      act: isNew ? 'places.blocked' : 'places.unblocked',
      organisationId,
      subject: { type: 'event', id: eventId, title },
      before: isNew ? null : block,
      after: isNew ? block : null,
    });
  }
}

/** Writes the audit log's entry of each order that the team has issued, in its transaction. */
function noteIssued(
  app: App,
  trx: Writes,
  issued: Facts['issued'],
  { organisationId, title }: EventSale,
): void {
  for (const { hold, command } of issued)
    if (command.actor)
      noteAct(app, trx, command.actor, {
        act: issuedActs[command.origin],
        organisationId,
        subject: { type: 'order', id: orderIdOf(hold.id), title },
        before: null,
        after: { places: hold.places, ...paidAtDoor(command.paid) },
      });
}

const issuedActs = {
  complimentary: 'order.issued',
  pass: 'order.issued',
  imported: 'order.imported',
  box_office: 'order.sold_at_door',
} as const;

const paidAtDoor = (paid: Paid | null) =>
  paid && {
    amount: { amount: paid.amountMinor, currency: paid.currency },
    method: paid.door?.method,
  };

const actOf = {
  refunded_by_organiser: 'order.refunded',
  refunded_outside: 'order.refunded_outside',
  disputed: 'order.ended_by_dispute',
} as const;

/** Writes the audit log's entry of each refund that somebody has decided, in the refund's own transaction. */
function noteRefunds(
  app: App,
  trx: Writes,
  cancellations: Cancellation[],
  { organisationId, title }: Pick<EventSale, 'eventId' | 'organisationId' | 'title'>,
): void {
  for (const { hold, command, positions, refundMinor, refundedBefore } of cancellations) {
    if (command.kind !== 'refund' || command.cause === 'event_cancelled' || command.followsPass) continue;
    const { currency, returned, places } = hold;
    const refunded = (amount: number) => ({ amount, currency });
    noteAct(app, trx, command.by, {
      act: actOf[command.cause],
      organisationId,
      subject: { type: 'order', id: orderIdOf(hold.id), title },
      before: { refunded: refunded(refundedBefore), ticketsLeft: places - returned + positions.length },
      after: { refunded: refunded(refundedBefore + refundMinor), ticketsLeft: places - returned },
    });
  }
}

/**
 * The message that an order is cancelled goes out once, with its last ticket. Before that, each message names single
 * tickets.
 */
function tellCancelled({ hold, positions, tickets, refundMinor, isLast }: Cancellation): Told[] {
  // Money alone is told when the provider has sent it.
  if (positions.length === 0) return [];
  const { eventId, currency } = hold;
  const data = { ...orderOf(hold), refund: { amount: refundMinor, currency } };
  if (isLast) return [{ type: 'admit.order.cancelled.v1', eventId, data }];
  return [{ type: 'admit.order.tickets_cancelled.v1', eventId, data: { ...data, tickets } }];
}

/** A live connection of the person who waited shows the offer at once. */
const tellOffered = ({ entry, hold }: Facts['offered'][number]): Told => ({
  type: 'admit.waitlist.offered.v1',
  eventId: hold.eventId,
  data: {
    entryId: entry.id,
    buyerId: entry.buyerId,
    holdId: hold.id,
    ticketTypeId: entry.ticketTypeId,
    quantity: entry.quantity,
    expiresAt: hold.expiresAt.toISOString(),
  },
});

function tellPayments(charges: Charge[], { ended, refundDue }: Facts): Told[] {
  const paid = new Set(refundDue.map(({ hold }) => hold));
  // An order can also fail because its payment can't buy anything. Then no payment has failed.
  const unpaid = ended.filter(({ hold, as }) => as === 'failed' && !paid.has(hold));
  // One message for each paid order. What gift cards paid besides is in the order.
  const byOther = new Set(charges.filter(({ byGiftCard }) => !byGiftCard).map(({ orderId }) => orderId));
  const told = charges.filter(({ byGiftCard, orderId }) => !byGiftCard || !byOther.has(orderId));
  return [
    ...told.map(({ eventId, orderId, paymentId, amountMinor: amount, currency, late }) => {
      const data = { orderId, paymentId, amount: { amount, currency }, late };
      return { type: 'admit.payment.succeeded.v1' as const, eventId, data };
    }),
    ...unpaid.map(({ hold: { id, eventId } }) => {
      const orderId = orderIdOf(id);
      return {
        type: 'admit.payment.failed.v1' as const,
        eventId,
        data: { orderId, paymentId: paymentIdOf(orderId), reason: 'cancelled' as const },
      };
    }),
  ];
}

function tellOrders({ confirmed, ended }: Facts): Told[] {
  return [
    ...confirmed.map(({ hold, late }) => ({
      type: 'admit.order.confirmed.v1' as const,
      eventId: hold.eventId,
      data: { ...orderOf(hold), late },
    })),
    ...ended.map(({ hold, as }): Told => {
      const { eventId, currency } = hold;
      const data = orderOf(hold);
      if (as !== 'cancelled') return { type: `admit.order.${as}.v1`, eventId, data };
      const refund = { amount: 0, currency };
      return { type: 'admit.order.cancelled.v1', eventId, data: { ...data, refund } };
    }),
  ];
}

const orderOf = ({ id, buyerId, totalMinor, currency }: HoldRecord) => ({
  orderId: orderIdOf(id),
  buyerId,
  total: { amount: totalMinor, currency },
});
