import type { Mutation } from './mutation.ts';

const dispute = 'features/payments/dispute.ts';
const cancellation = 'features/inventory/cancellation.ts';
const decide = 'features/inventory/decide.ts';
const refund = 'features/inventory/refund.ts';
const refundOrder = 'features/inventory/refund-order.ts';

/** Ways to break disputes, and cancelled and moved events. */
export const afterSaleMutations: Mutation[] = [
  {
    name: 'a dispute forgets that money was withdrawn',
    in: dispute,
    find: 'known?.withdrawnAt ?? (seen.isWithdrawn ? now : null)',
    put: '(seen.isWithdrawn ? now : null)',
  },
  {
    name: 'a dispute forgets that money was returned',
    in: dispute,
    find: 'known?.reinstatedAt ?? (seen.isReinstated ? now : null)',
    put: '(seen.isReinstated ? now : null)',
  },
  {
    name: 'a dispute forgets a fee of its provider',
    in: dispute,
    find: 'feeMinor: Math.max(known?.feeMinor ?? 0, seen.feeMinor),',
    put: 'feeMinor: seen.feeMinor,',
  },
  {
    name: 'the last news of a dispute to arrive count, not the latest',
    in: dispute,
    find: 'known && isLater(known, seen) ? known : seen',
    put: 'seen',
  },
  {
    name: 'an open dispute sets nothing aside',
    in: dispute,
    find: 'return reinstatedAt === null ? amountMinor : 0;\n  return amountMinor;',
    put: 'return reinstatedAt === null ? amountMinor : 0;\n  return 0;',
  },
  {
    name: 'a lost dispute keeps money that was returned',
    in: dispute,
    find: "if (status === 'lost') return reinstatedAt === null ? amountMinor : 0;",
    put: "if (status === 'lost') return amountMinor;",
  },
  {
    name: 'a won dispute releases money that the provider still has',
    in: dispute,
    find: "status === 'closed') return isTaken ? amountMinor : 0;",
    put: "status === 'closed') return 0;",
  },
  {
    name: 'an inquiry sets money aside',
    in: dispute,
    find: "if (kind !== 'chargeback' || status === 'won'",
    put: "if (status === 'won'",
  },
  {
    name: 'a dispute takes more than is left of the order',
    in: dispute,
    find: 'Math.min(held, sumOf(left))',
    put: 'held',
  },
  {
    name: 'nobody bears what an order can no longer give',
    in: dispute,
    find: 'platformMinor: held - minor,',
    put: 'platformMinor: 0,',
  },
  {
    name: 'money that came back from a dispute is not booked',
    in: dispute,
    find: '(withdrawnAt ? amountMinor : 0) - (reinstatedAt ? amountMinor : 0)',
    put: '(withdrawnAt ? amountMinor : 0)',
  },
  {
    name: 'a lost dispute ends no tickets',
    in: 'features/payments/record-dispute.ts',
    find: 'if (isAllLost) await endTickets(app, payment, seen.ref);',
    put: '',
  },
  {
    name: 'a buyer cancels a disputed order',
    in: cancellation,
    find: 'if (disputed) return disputed;',
    put: '',
  },
  {
    name: 'an organiser refunds a disputed order',
    in: refundOrder,
    find: "command.cause === 'refunded_by_organiser' && refundMinor > 0",
    put: 'refundMinor < 0',
  },
  {
    name: 'a refund at the provider is not booked while a bank disputes the order',
    in: refundOrder,
    find: "command.cause === 'refunded_by_organiser' && refundMinor > 0",
    put: 'refundMinor > 0',
  },
  {
    name: 'a cancelled event gives back money that a bank disputes',
    in: refundOrder,
    find: "if (cause !== 'event_cancelled' || disputedMinor === 0) return leftMinor;",
    put: 'if (cause) return leftMinor;',
  },
  {
    name: 'a buyer of a cancelled event gets only what the policy says',
    in: cancellation,
    find: "if (status === 'cancelled') return refuse",
    put: "if (status === 'draft') return refuse",
  },
  {
    name: 'a payment for a cancelled event buys',
    in: decide,
    find: "if (batch.sale.status === 'cancelled')\n    return forfeit",
    put: "if (batch.sale.status === 'draft')\n    return forfeit",
  },
  {
    name: 'the holds of a cancelled event stay',
    in: decide,
    find: "if (!isDue && batch.sale.status !== 'cancelled') continue;",
    put: 'if (!isDue) continue;',
  },
  {
    name: 'an event that is cancelled without refunds refunds',
    in: 'features/event-changes/cancel-orders.ts',
    find: "amountMinor: refund === 'full' ? null : 0,",
    put: 'amountMinor: null,',
  },
  {
    name: 'an offer is for orders from after the move too',
    in: refund,
    find: 'offer.version > version && offer.until > now',
    put: 'offer.until > now',
  },
  {
    name: 'an offer of a moved event never ends',
    in: refund,
    find: 'offer.version > version && offer.until > now',
    put: 'offer.version > version',
  },
  {
    name: 'the policy counts although an offer is open',
    in: refund,
    find: 'if (offeredUntil !== null) return whole(offeredUntil);',
    put: '',
  },
];
