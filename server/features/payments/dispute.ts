import type { EventId, Id, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import { minus, noSplit, type Split, splitRefund, sumOf } from '../sale/split.ts';
import type { PaymentProvider, ProviderDispute } from './provider.ts';

export type DisputeId = Id<'dispute'>;

/** A dispute in our tables. */
export interface DisputeRecord {
  id: DisputeId;
  provider: PaymentProvider['name'];
  ref: string;
  kind: 'inquiry' | 'chargeback' | 'fraud_warning';
  status: 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed';
  eventId: EventId;
  orderId: OrderId;
  organisationId: OrganisationId;
  amountMinor: number;
  currency: Currency;
  reason: string;
  evidenceDueAt: Date | null;
  openedAt: Date;
  withdrawnAt: Date | null;
  reinstatedAt: Date | null;
  /** What the provider took in fees for it, and what it returned of them. */
  feeMinor: number;
  feeReturnedMinor: number;
  feeCurrency: Currency | null;
  seenAt: Date;
}

/** The members of a dispute that change. */
type DisputeState = Pick<
  DisputeRecord,
  | 'kind'
  | 'status'
  | 'amountMinor'
  | 'reason'
  | 'evidenceDueAt'
  | 'withdrawnAt'
  | 'reinstatedAt'
  | 'feeMinor'
  | 'feeReturnedMinor'
  | 'feeCurrency'
  | 'seenAt'
>;

/**
 * Decision: what is known of a dispute after the provider has said `seen`. The latest news counts, and of two from the same
 * second the one that is further on. That the money was taken or returned is never forgotten, and fees only grow. So the
 * result is the same for every order of the news, and for news that come twice.
 */
export function mergeDispute(known: DisputeState | null, seen: ProviderDispute, now: Date): DisputeState {
  const withdrawnAt = known?.withdrawnAt ?? (seen.isWithdrawn ? now : null);
  const reinstatedAt = known?.reinstatedAt ?? (seen.isReinstated ? now : null);
  const { kind, status, amountMinor, reason, evidenceDueAt, seenAt } =
    known && isLater(known, seen) ? known : seen;
  const fees = {
    feeMinor: Math.max(known?.feeMinor ?? 0, seen.feeMinor),
    feeReturnedMinor: Math.max(known?.feeReturnedMinor ?? 0, seen.feeReturnedMinor),
    feeCurrency: known?.feeCurrency ?? seen.feeCurrency,
  };
  return { kind, status, amountMinor, reason, evidenceDueAt, seenAt, withdrawnAt, reinstatedAt, ...fees };
}

type News = Pick<DisputeState, 'kind' | 'status' | 'amountMinor' | 'reason' | 'evidenceDueAt' | 'seenAt'>;

function isLater(a: News, b: News): boolean {
  const [left, right] = [orderOf(a), orderOf(b)];
  for (const [i, value] of left.entries()) {
    const other = right[i] ?? '';
    if (value !== other) return value > other;
  }
  return true;
}

/** Total: two news that differ are never equal. An inquiry may become a chargeback, and a lost one may still be won. */
const orderOf = ({ kind, status, amountMinor, reason, evidenceDueAt, seenAt }: News): (number | string)[] => [
  seenAt.getTime(),
  ['fraud_warning', 'inquiry', 'chargeback'].indexOf(kind),
  ['needs_response', 'under_review', 'closed', 'lost', 'won'].indexOf(status),
  amountMinor,
  reason,
  evidenceDueAt?.getTime() ?? 0,
];

/**
 * Decision: how much of a dispute is set aside, in minor units. While the bank decides, all of it. A lost dispute keeps
 * it, unless the provider returned the money all the same. A dispute that was won or withdrawn keeps it only until the
 * provider has returned the money. An inquiry and a fraud warning move no money.
 */
function heldMinor(dispute: DisputeState): number {
  const { kind, status, amountMinor, withdrawnAt, reinstatedAt } = dispute;
  const isTaken = withdrawnAt !== null && reinstatedAt === null;
  if (kind !== 'chargeback' || status === 'won' || status === 'closed') return isTaken ? amountMinor : 0;
  if (status === 'lost') return reinstatedAt === null ? amountMinor : 0;
  return amountMinor;
}

/** Decision: how much of a dispute the buyer has got for good. */
export const lostMinor = (dispute: DisputeState): number =>
  dispute.status === 'lost' ? heldMinor(dispute) : 0;

/** Decision: what the provider took for a dispute, less what it returned. */
const withdrawnMinor = ({ amountMinor, withdrawnAt, reinstatedAt }: DisputeState): number =>
  (withdrawnAt ? amountMinor : 0) - (reinstatedAt ? amountMinor : 0);

/** Decision: what the provider took in fees for a dispute, less what it returned. */
export const keptFeeMinor = ({ feeMinor, feeReturnedMinor }: DisputeState): number =>
  feeMinor - feeReturnedMinor;

/** What the disputes of an order have taken, by whom it was taken from. */
export interface DisputedMoney {
  split: Split;
  /** More than is left of the order. The platform bears it. */
  platformMinor: number;
  /** What the provider took, less what it returned. */
  withdrawnMinor: number;
}

export const noDisputedMoney: DisputedMoney = { split: noSplit, platformMinor: 0, withdrawnMinor: 0 };

/**
 * Decision: from whom the disputes of an order take money. `paid` is the split of what was paid, `refunded` of what went
 * back. It depends only on what is known now, so the caller books the difference to what it booked before.
 */
export function disputedMoney(disputes: DisputeState[], paid: Split, refunded: Split): DisputedMoney {
  const held = disputes.reduce((sum, dispute) => sum + heldMinor(dispute), 0);
  const left = minus(paid, refunded);
  const minor = Math.min(held, sumOf(left));
  return {
    split: minor === 0 ? noSplit : splitRefund(minor, left, left),
    platformMinor: held - minor,
    withdrawnMinor: disputes.reduce((sum, dispute) => sum + withdrawnMinor(dispute), 0),
  };
}
