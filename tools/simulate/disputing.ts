import type { Model, ModelHold } from './model.ts';
import { totalOf } from './money.ts';

/** What a bank says of a dispute at one time. News may arrive in any order. */
export interface News {
  ref: 'a' | 'b';
  kind: 'inquiry' | 'chargeback';
  status: 'needs_response' | 'under_review' | 'closed' | 'lost' | 'won';
  /** Which part of the order's payment is disputed. */
  percent: number;
  /** What the provider has done with the money until then. */
  money: 'stays' | 'withdrawn' | 'reinstated';
  /** What the provider has taken for the dispute until then in fees, and what it has returned of them. */
  feeMinor: number;
  feeReturnedMinor: number;
  /** How long before the present time the bank said it. */
  agoMs: number;
}

/** A dispute in the model: all news of it, with the time and the amount. */
export type ModelDispute = { news: News; atMs: number; minor: number }[];

export const disputedPart = (hold: { lines: ModelHold['lines'] }, { percent }: News): number =>
  Math.max(1, Math.floor((totalOf(hold.lines) * percent) / 100));

/** Adds the news to the model. */
export function hear(hold: ModelHold, news: News, nowMs: number): void {
  const heard = hold.disputes.get(news.ref) ?? [];
  heard.push({ news, atMs: nowMs - news.agoMs, minor: disputedPart(hold, news) });
  hold.disputes.set(news.ref, heard);
  follow(hold);
}

/** Compares again what disputes claim with what is left of the order, after either has changed. */
function follow(hold: ModelHold): void {
  hold.disputedMinor = Math.min(claimed(hold), totalOf(hold.lines) - hold.refundedMinor);
}

const disputesOf = (hold: ModelHold) => [...hold.disputes.values()].map(told);

/** What counts of all the news of a dispute: the latest, and whether the money ever left and ever came back. */
function told(heard: ModelDispute) {
  const rank = ({ atMs, news, minor }: ModelDispute[number]) =>
    [atMs, ['inquiry', 'chargeback'].indexOf(news.kind), furthest.indexOf(news.status), minor] as const;
  const [latest] = [...heard].sort((one, other) => {
    const [left, right] = [rank(other), rank(one)];
    const differs = left.findIndex((value, i) => value !== right[i]);
    return differs === -1 ? 0 : (left[differs] as number) - (right[differs] as number);
  });
  const { news, minor } = latest as ModelDispute[number];
  const left = heard.some((each) => each.news.money !== 'stays');
  const cameBack = heard.some((each) => each.news.money === 'reinstated');
  // Fees only grow.
  const most = (of: (news: News) => number) => Math.max(...heard.map((each) => of(each.news)));
  const fee = most(({ feeMinor }) => feeMinor) - most(({ feeReturnedMinor }) => feeReturnedMinor);
  return { ...news, minor, left, cameBack, fee };
}

const furthest: News['status'][] = ['needs_response', 'under_review', 'closed', 'lost', 'won'];

/** What the buyer may get of a dispute: all of it until the bank has decided, then what the decision says. */
function claimOf({ kind, status, minor, left, cameBack }: ReturnType<typeof told>): number {
  const isGone = left && !cameBack;
  if (kind === 'inquiry') return isGone ? minor : 0;
  if (status === 'needs_response' || status === 'under_review') return minor;
  if (status === 'lost') return cameBack ? 0 : minor;
  return isGone ? minor : 0;
}

const claimed = (hold: ModelHold): number =>
  disputesOf(hold).reduce((sum, dispute) => sum + claimOf(dispute), 0);

/** Whether the buyer has got all of the payment back, and some of it from the bank for good. */
export function isAllGone(hold: ModelHold): boolean {
  const lost = disputesOf(hold)
    .filter(({ status }) => status === 'lost')
    .reduce((sum, dispute) => sum + claimOf(dispute), 0);
  return lost > 0 && hold.refundedMinor + lost >= totalOf(hold.lines);
}

/** The balances of an order by the model. Money that the provider has is negative, money that is owed positive. */
export function balancesOf(
  hold: ModelHold,
): Record<'provider' | 'parts' | 'platform' | 'refunds' | 'dispute' | 'fees' | 'feesTaken', number> {
  const total = totalOf(hold.lines);
  const claims = claimed(hold);
  const taken = disputesOf(hold).reduce(
    (sum, { minor, left, cameBack }) => sum + (left ? minor : 0) - (cameBack ? minor : 0),
    0,
  );
  const fees = disputesOf(hold).reduce((sum, { fee }) => sum + fee, 0);
  return {
    // The provider's account in the currency of the fees, which may be another one than that of the order.
    feesTaken: fees,
    fees: -fees,
    provider: taken - total,
    parts: total - hold.refundedMinor - hold.disputedMinor,
    // What the order can no longer give is the platform's loss.
    platform: hold.disputedMinor - claims,
    refunds: hold.refundedMinor,
    dispute: claims - taken,
  };
}

/** After a batch: refunds outside have left less for the disputes. */
export function followAll(model: Model): void {
  for (const hold of model.holds) {
    if (hold.disputes.size === 0 || !hold.wasRefundedOutside) continue;
    hold.wasRefundedOutside = false;
    follow(hold);
  }
}
