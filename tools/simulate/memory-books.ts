import type { HoldId } from '../../contract/ids.ts';
import type { HoldRecord, RefundCommand } from '../../server/features/inventory/inventory.ts';
import type { Facts } from '../../server/features/inventory/state.ts';
import {
  type DisputedMoney,
  type DisputeRecord,
  disputedMoney,
  keptFeeMinor,
  lostMinor,
  mergeDispute,
  noDisputedMoney,
} from '../../server/features/payments/dispute.ts';
import type { ProviderDispute } from '../../server/features/payments/provider.ts';
import { noSplit, type Split, splitOfOrder, sumOf } from '../../server/features/sale/split.ts';
import { disputedPart, type News } from './disputing.ts';
import type { MemoryStore } from './memory-store.ts';

/** The money of one order: what was booked on which account, and its disputes. */
export interface OrderBooks {
  provider: number;
  parts: Split;
  platform: number;
  refunds: number;
  dispute: number;
  /** Fees of disputes: what the provider took, and the account that bears them. */
  feesTaken: number;
  fees: number;
  disputes: Map<News['ref'], ReturnType<typeof mergeDispute>>;
  booked: DisputedMoney;
}

/** Like the entries that a batch's facts write: a charge, and what each refund takes from each part. */
export function bookFacts(store: MemoryStore, { confirmed, cancelled }: Facts): void {
  for (const { hold } of confirmed)
    store.books.set(hold.id, {
      provider: -hold.totalMinor,
      parts: splitOfOrder(hold.lines),
      platform: 0,
      refunds: 0,
      dispute: 0,
      feesTaken: 0,
      fees: 0,
      disputes: new Map(),
      booked: noDisputedMoney,
    });
  for (const { hold, refundMinor, refundSplit } of cancelled) {
    const books = booksOf(store, hold.id);
    books.refunds += refundMinor;
    for (const name of partNames) books.parts[name] -= refundSplit[name];
  }
}

const partNames = Object.keys(noSplit) as (keyof Split)[];

function booksOf(store: MemoryStore, id: HoldId): OrderBooks {
  const books = store.books.get(id);
  if (!books) throw new Error(`${id} has no charge`);
  return books;
}

/** Like recordDispute: keeps the news and books the money. Returns the command that ends the tickets, or null. */
export function enterNews(
  store: MemoryStore,
  hold: HoldRecord,
  news: News,
  nowMs: number,
): RefundCommand | null {
  const books = booksOf(store, hold.id);
  const known = books.disputes.get(news.ref) ?? null;
  const merged = mergeDispute(known, asSeen(hold, news, nowMs), new Date(nowMs));
  books.disputes.set(news.ref, merged);
  const feeMinor = keptFeeMinor(merged) - (known ? keptFeeMinor(known) : 0);
  books.feesTaken += feeMinor;
  books.fees -= feeMinor;
  return followDisputes(store, hold);
}

const asSeen = (hold: HoldRecord, news: News, nowMs: number): ProviderDispute => ({
  ref: news.ref,
  intentRef: null,
  kind: news.kind,
  status: news.status,
  amountMinor: disputedPart(hold, news),
  currency: hold.currency,
  reason: 'general',
  evidenceDueAt: null,
  openedAt: null,
  isWithdrawn: news.money !== 'stays',
  isReinstated: news.money === 'reinstated',
  seenAt: new Date(nowMs - news.agoMs),
  feeMinor: news.feeMinor,
  feeReturnedMinor: news.feeReturnedMinor,
  feeCurrency: news.feeMinor === 0 && news.feeReturnedMinor === 0 ? null : 'EUR',
});

/** Like followDisputes and bookDisputes: books the difference to what was booked before. */
export function followDisputes(store: MemoryStore, hold: HoldRecord): RefundCommand | null {
  const books = booksOf(store, hold.id);
  const order = store.sold.get(hold.id);
  if (!order || books.disputes.size === 0) return null;
  const disputes = [...books.disputes.values()] as DisputeRecord[];
  const wanted = disputedMoney(disputes, splitOfOrder(hold.lines), order.refunded);
  const { booked } = books;
  for (const name of partNames) books.parts[name] -= wanted.split[name] - booked.split[name];
  books.platform -= wanted.platformMinor - booked.platformMinor;
  books.dispute += sumOf(wanted.split) + wanted.platformMinor - sumOf(booked.split) - booked.platformMinor;
  books.dispute -= wanted.withdrawnMinor - booked.withdrawnMinor;
  books.provider += wanted.withdrawnMinor - booked.withdrawnMinor;
  books.booked = wanted;
  order.disputedMinor = sumOf(wanted.split);
  const lost = disputes.reduce((sum, dispute) => sum + lostMinor(dispute), 0);
  if (lost === 0 || order.refundedMinor + lost < hold.totalMinor) return null;
  return {
    ...refundOf(hold.id),
    amountMinor: 0,
    cause: 'disputed',
    retry: { key: 'disputed', fingerprint: 'disputed' },
  };
}

/** A refund of a whole order that ends its tickets. */
export const refundOf = (holdId: HoldId): RefundCommand => ({
  kind: 'refund',
  holdId,
  tickets: 'all',
  amountMinor: null,
  keepTickets: false,
  cause: 'event_cancelled',
  reason: 'Storm',
  by: { system: 'simulator' },
  cancellationId: `cnl_${holdId.slice(4)}`,
  retry: { key: 'event cancelled', fingerprint: 'event cancelled' },
});
