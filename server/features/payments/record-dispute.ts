import type { EventId, HoldId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency, Money } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { writeJobs } from '../../work/jobs.ts';
import { endLostResales } from '../inventory/end-resales.ts';
import { listExchangesWithoutMoney } from '../orders/disputed-exchanges.ts';
import { lockOrderMoney, noteDisputed, type OrderMoney } from '../orders/disputed-orders.ts';
import { orderNumber } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { listMembersWhoMay } from '../organisations/list-members-who-may.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { minus, sumOf } from '../sale/split.ts';
import { type DisputeRecord, disputedMoney, keptFeeMinor, lostMinor, mergeDispute } from './dispute.ts';
import {
  bookDisputedMoney,
  bookDisputeFee,
  saveDispute,
  selectDisputedMoney,
  selectDisputesOf,
} from './dispute-store.ts';
import { type PaymentRecord, paymentIdOf } from './payment.ts';
import type { ProviderDispute } from './provider.ts';
import { reconcilePayment } from './reconcile-payments.ts';
import { recordUnmatched } from './record-unmatched.ts';

/**
 * Records what the provider says of a dispute, an inquiry or a fraud warning (docs/disputes.md). In one transaction with the
 * order's lock it keeps the news, books the money, and writes the audit log. Then it ends the tickets if the buyer has
 * got all of the money back. It may be called in any order of the news, and any number of times.
 */
export async function recordDispute(
  app: App,
  payment: PaymentRecord | null,
  seen: ProviderDispute,
): Promise<string> {
  if (!payment || (payment.currency !== seen.currency && seen.kind !== 'fraud_warning'))
    return listDispute(app, payment, seen);
  // Only taken money can be disputed. So the webhook of the payment is late, and the provider must tell.
  if (payment.status === 'open') await reconcilePayment(app, payment);
  const sale = await readEventSale(app, payment.eventId);
  if (!sale) throw new Error(`the event of ${payment.orderId} is gone`);
  const { record, isNew, isAllLost } = await app.db.transaction((trx) =>
    enterDispute(app, trx, { payment, sale }, seen),
  );
  if (isNew) {
    const { ref, kind, orderId, amountMinor, currency, reason, evidenceDueAt } = record;
    app.log.error(
      { alert: 'dispute', ref, kind, orderId, amountMinor, currency, reason, evidenceDueAt },
      'a buyer disputes a payment, or their bank warns of fraud, and a person must look at it',
    );
  }
  // If this fails, the job `end-resales` ends the offers within a minute.
  await endLostResales(app, payment.eventId);
  if (isAllLost) await endTickets(app, payment, seen.ref);
  else await refundOfCancelledEvent(app, record);
  return `${record.kind}_${record.status}`;
}

/**
 * A cancelled event refunded what no bank had taken. If the bank has returned money since then, refunds that too. The
 * ledger knows what is left, and nothing is left in most cases.
 */
async function refundOfCancelledEvent(app: App, record: DisputeRecord): Promise<void> {
  const { orderId, eventId, ref, status, reinstatedAt } = record;
  const cancellation = (await readEventSale(app, eventId))?.cancellation;
  if (cancellation?.refund !== 'full') return;
  const order = await readOrder(app, orderId);
  if (!order) return;
  const key = `event cancelled, ${status}${reinstatedAt ? ', reinstated' : ''}: ${ref}`;
  await app.ledger.submit(eventId, {
    kind: 'refund',
    holdId: order.holdId,
    tickets: 'all',
    amountMinor: null,
    keepTickets: false,
    cause: 'event_cancelled',
    reason: cancellation.reason,
    by: { provider: app.payments.name },
    cancellationId: app.newId('cancellation'),
    retry: { key, fingerprint: key },
  });
}

/** Books again what the disputes of an order take, after something else of its money has moved. */
export async function followDisputes(
  app: App,
  { orderId, eventId }: { orderId: OrderId; eventId: EventId },
): Promise<void> {
  const order = await readOrder(app, orderId);
  if (!order?.hasDisputes) return;
  const sale = await readEventSale(app, eventId);
  if (!sale) return;
  const { isAllLost, refs } = await app.db.transaction(async (trx) => {
    const money = await lockOrderMoney(trx, orderId, eventId);
    const disputes = await selectDisputesOf(trx, [orderId]);
    await bookDisputes(app, trx, { orderId, eventId, organisationId: sale.organisationId, money }, disputes);
    return { isAllLost: isAllGone(money, disputes), refs: disputes.map(({ ref }) => ref) };
  });
  if (isAllLost) await endTickets(app, { orderId, eventId }, refs.join(' '));
}

async function enterDispute(
  app: App,
  trx: Transaction,
  of: { payment: PaymentRecord; sale: EventSale },
  seen: ProviderDispute,
): Promise<{ record: DisputeRecord; isNew: boolean; isAllLost: boolean }> {
  const { payment, sale } = of;
  const { organisationId, title } = sale;
  const { orderId, eventId, currency } = payment;
  const now = app.clock.now();
  const money = await lockOrderMoney(trx, orderId, eventId);
  const earlier = await selectDisputesOf(trx, [orderId]);
  const known = earlier.find(({ ref }) => ref === seen.ref) ?? null;
  const news = seen.kind === 'fraud_warning' ? { ...seen, amountMinor: payment.amountMinor } : seen;
  const record: DisputeRecord = {
    id: known?.id ?? app.newId('dispute'),
    provider: app.payments.name,
    ref: seen.ref,
    eventId,
    orderId,
    organisationId,
    currency,
    openedAt: known?.openedAt ?? seen.openedAt ?? now,
    ...mergeDispute(known, news, now),
  };
  saveDispute(trx, record);
  const disputes = [...earlier.filter(({ ref }) => ref !== seen.ref), record];
  await bookDisputes(app, trx, { orderId, eventId, organisationId, money }, disputes);
  const feeMinor = keptFeeMinor(record) - (known ? keptFeeMinor(known) : 0);
  if (feeMinor !== 0) bookDisputeFee(trx, app.newId('transfer'), record, feeMinor, now);
  noteAct(
    app,
    trx,
    { provider: record.provider },
    {
      act: 'dispute.changed',
      organisationId,
      subject: { type: 'order', id: orderId, title },
      before: known && stateOf(known),
      after: stateOf(record),
    },
  );
  tellMoved(app, trx, known, record);
  const isNew = !known || (known.kind === 'inquiry' && record.kind === 'chargeback');
  if (isNew) mailOperators(app, trx, record, title);
  const told = newsOf(known, record, isNew);
  if (told) await mailTeam(app, trx, { record, sale, news: told });
  return { record, isNew, isAllLost: isAllGone(money, disputes) };
}

/** What the audit log shows of a dispute. */
const stateOf = (dispute: DisputeRecord) => ({
  [dispute.ref]: {
    kind: dispute.kind,
    status: dispute.status,
    amount: { amount: dispute.amountMinor, currency: dispute.currency },
    isWithdrawn: dispute.withdrawnAt !== null,
    isReinstated: dispute.reinstatedAt !== null,
    ...(dispute.feeCurrency && {
      fee: { amount: keptFeeMinor(dispute), currency: dispute.feeCurrency },
    }),
  },
});

/** Books the difference between what the disputes of a locked order take and what was booked for them before. */
async function bookDisputes(
  app: App,
  trx: Transaction,
  of: { orderId: OrderId; eventId: EventId; organisationId: OrganisationId; money: OrderMoney },
  disputes: DisputeRecord[],
): Promise<void> {
  const { orderId, eventId, organisationId, money } = of;
  const booked = await selectDisputedMoney(trx, orderId, eventId);
  const wanted = disputedMoney(disputes, money.paid, money.refunded);
  const difference = {
    split: minus(wanted.split, booked.split),
    platformMinor: wanted.platformMinor - booked.platformMinor,
    withdrawnMinor: wanted.withdrawnMinor - booked.withdrawnMinor,
  };
  const { currency } = money;
  const account = { orderId, eventId, organisationId, currency, provider: app.payments.name };
  bookDisputedMoney(trx, { ...account, transferId: app.newId('transfer') }, difference, app.clock.now());
  const setAsideMinor = sumOf(wanted.split);
  noteDisputed(trx, orderId, eventId, setAsideMinor);
  // Whose money it is may change while the amount stays, and the organiser's figures count their part.
  const { split } = difference;
  const isMoved = [split.organiserMinor, split.taxMinor, split.feeMinor, split.feeTaxMinor].some(Boolean);
  if (isMoved) tellOf(app, trx, of, [{ outcome: 'set_aside', amount: { amount: setAsideMinor, currency } }]);
}

/** Decision: true if all of the payment has gone back, and some of it by a lost dispute. */
function isAllGone({ totalMinor, refundedMinor }: OrderMoney, disputes: DisputeRecord[]): boolean {
  const lost = disputes.reduce((sum, dispute) => sum + lostMinor(dispute), 0);
  return lost > 0 && refundedMinor + lost >= totalMinor;
}

/**
 * Ends the valid tickets of an order whose money is gone, and frees their places. Tickets for which they were exchanged end too,
 * if no other money was paid for them.
 */
async function endTickets(
  app: App,
  { orderId, eventId }: { orderId: OrderId; eventId: EventId },
  ref: string,
): Promise<void> {
  const order = await readOrder(app, orderId);
  const exchanges = await listExchangesWithoutMoney(app, orderId);
  const holds = order?.status === 'confirmed' ? [{ holdId: order.holdId, eventId }, ...exchanges] : exchanges;
  for (const hold of holds) await endTicketsOf(app, hold, ref);
}

async function endTicketsOf(
  app: App,
  { holdId, eventId }: { holdId: HoldId; eventId: EventId },
  ref: string,
): Promise<void> {
  // It is refused if no ticket is valid any more, and then nothing is left to do.
  await app.ledger.submit(eventId, {
    kind: 'refund',
    holdId,
    tickets: 'all',
    amountMinor: 0,
    keepTickets: false,
    cause: 'disputed',
    reason: null,
    by: { provider: app.payments.name },
    cancellationId: app.newId('cancellation'),
    // No Idempotency-Key of a request has a space.
    retry: { key: `disputed ${ref}`, fingerprint: ref },
  });
}

/** Sends a message if the provider has taken money, or returned it. */
function tellMoved(app: App, trx: Transaction, before: DisputeRecord | null, after: DisputeRecord): void {
  const amount = { amount: after.amountMinor, currency: after.currency };
  tellOf(app, trx, after, [
    ...(after.withdrawnAt && !before?.withdrawnAt ? [{ outcome: 'withdrawn' as const, amount }] : []),
    ...(after.reinstatedAt && !before?.reinstatedAt ? [{ outcome: 'reinstated' as const, amount }] : []),
  ]);
}

function tellOf(
  app: App,
  trx: Transaction,
  { orderId, eventId }: { orderId: OrderId; eventId: EventId },
  news: { outcome: 'withdrawn' | 'reinstated' | 'set_aside'; amount: Money }[],
): void {
  const of = { orderId, paymentId: paymentIdOf(orderId) };
  enqueueEffects(
    trx,
    news.map((each) => ({ type: 'admit.payment.disputed.v1', eventId, data: { ...of, ...each } })),
    app.clock.now(),
  );
}

function mailOperators(app: App, trx: Transaction, record: DisputeRecord, title: string): void {
  const { operationsEmail, publicUrl } = app.config;
  if (!operationsEmail) return;
  const { kind, reason, ref, amountMinor, currency, evidenceDueAt, orderId } = record;
  const payload = {
    kind: 'dispute',
    to: operationsEmail,
    name: '',
    // Kind and id make the address unique, so that each alarm is its own mail.
    url: `${publicUrl}/orders/${orderId}#${kind}-${record.id}`,
    dispute: kind,
    reason,
    reference: ref,
    event: title,
    order: orderNumber(orderId),
    amount: `${amountMinor} ${currency}`,
    evidenceDueAt: evidenceDueAt?.toISOString() ?? null,
  };
  writeJobs(trx, [{ task: 'send-mail', payload }]);
}

/** Decision: what the team must know: that there is a dispute, or how the bank has decided. */
function newsOf(
  before: DisputeRecord | null,
  { kind, status }: DisputeRecord,
  isNew: boolean,
): 'opened' | 'won' | 'lost' | null {
  if (kind === 'chargeback' && (status === 'won' || status === 'lost'))
    return before?.kind === kind && before.status === status ? null : status;
  return isNew ? 'opened' : null;
}

/** Enqueues a mail to everybody who may refund the order, in the language of their account. */
async function mailTeam(
  app: App,
  trx: Transaction,
  of: { record: DisputeRecord; sale: EventSale; news: 'opened' | 'won' | 'lost' },
): Promise<void> {
  const { record, sale, news } = of;
  const { kind, ref, orderId, amountMinor, currency, evidenceDueAt } = record;
  const people = await listMembersWhoMay(trx, 'orders.refund', sale.organisationId, sale.eventId);
  writeJobs(
    trx,
    people.map(({ name, email, language }) => ({
      task: 'send-mail',
      payload: {
        kind: 'dispute-notice',
        to: email,
        name,
        url: `${app.config.publicUrl}/organise/orders/${orderId}`,
        language: language ?? 'en',
        news,
        dispute: kind,
        reference: ref,
        event: sale.title,
        timeZone: sale.timeZone,
        order: orderNumber(orderId),
        amount: { amount: amountMinor, currency },
        evidenceDueAt: evidenceDueAt?.toISOString() ?? null,
      },
    })),
  );
}

/** A dispute of money that belongs to no order of ours is for a person, as far as money has moved. */
async function listDispute(app: App, payment: PaymentRecord | null, seen: ProviderDispute): Promise<string> {
  const { ref, intentRef, amountMinor, currency } = seen;
  const { orderId = null, eventId = null } = payment ?? {};
  const moved = { intentRef, orderId, eventId, amountMinor, currency: currency as Currency };
  const list = (reason: 'disputed' | 'dispute_reinstated', direction: 'in' | 'out') =>
    recordUnmatched(app, { ...moved, reason, direction, reference: `${ref}:${reason}` });
  if (seen.isWithdrawn) await list('disputed', 'out');
  if (seen.isReinstated) await list('dispute_reinstated', 'in');
  if (seen.isReinstated) return 'dispute_reinstated';
  return seen.isWithdrawn ? 'disputed' : 'unknown_payment';
}
