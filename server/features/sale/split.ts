import { allocate } from '../../../contract/money.ts';
import { orderFeeParts, type Parts } from '../../../contract/price.ts';
import type { Pricing } from './price-parts.ts';

/** An amount of an order in minor units, by whom it belongs to: one account of the ledger each (docs/money.md). */
export interface Split {
  /** The organiser's price without tax, less a booking fee that the organiser pays. */
  organiserMinor: number;
  /** The tax on the tickets. */
  taxMinor: number;
  /** The booking fee without the tax in it. */
  feeMinor: number;
  feeTaxMinor: number;
}

/** The members of a line that its price follows from. */
export interface PricedLine {
  quantity: number;
  unitMinor: number;
  parts: Parts;
  pricing?: Pricing;
}

export const noSplit: Split = { organiserMinor: 0, taxMinor: 0, feeMinor: 0, feeTaxMinor: 0 };

export const sumOf = ({ organiserMinor, taxMinor, feeMinor, feeTaxMinor }: Split): number =>
  organiserMinor + taxMinor + feeMinor + feeTaxMinor;

/** The price of the tickets alone, without the fee of their order. */
export const ticketsMinorOf = (lines: Pick<PricedLine, 'quantity' | 'unitMinor'>[]): number => {
  let sum = 0;
  for (const line of lines) sum += line.quantity * line.unitMinor;
  return sum;
};

/** Decision: the parts of the fee of an order with these lines. The first line that is not free has the terms. */
export function orderFeeOf(lines: PricedLine[]): Parts {
  const { fee = null } = lines.find(({ unitMinor }) => unitMinor > 0)?.pricing ?? {};
  return orderFeeParts(fee, ticketsMinorOf(lines), fee === null ? 0 : splitOfTickets(lines).organiserMinor);
}

/** What the buyer pays for these lines as one order. */
export const totalOf = (lines: PricedLine[]): number => ticketsMinorOf(lines) + orderFeeOf(lines).feeMinor;

/** Decision: to whom the price of these tickets belongs, without the fee of their order. */
export function splitOfTickets(lines: Pick<PricedLine, 'quantity' | 'parts'>[]): Split {
  const split = { ...noSplit };
  for (const { quantity, parts } of lines) addParts(split, parts, quantity);
  return split;
}

/** Decision: to whom the price with these parts belongs. */
export const splitOfParts = (parts: Parts): Split => splitOfTickets([{ quantity: 1, parts }]);

/** Decision: to whom the payment for an order belongs. */
export function splitOfOrder(lines: PricedLine[]): Split {
  const split = splitOfTickets(lines);
  addParts(split, orderFeeOf(lines), 1);
  return split;
}

function addParts(split: Split, parts: Parts, quantity: number): void {
  const { netMinor, taxMinor, feeMinor, absorbedMinor = 0, feeTaxMinor = 0 } = parts;
  split.organiserMinor += quantity * (netMinor - absorbedMinor);
  split.taxMinor += quantity * taxMinor;
  split.feeMinor += quantity * (feeMinor + absorbedMinor - feeTaxMinor);
  split.feeTaxMinor += quantity * feeTaxMinor;
}

export const plus = (a: Split, b: Split): Split => each((name) => a[name] + b[name]);
export const minus = (a: Split, b: Split): Split => each((name) => a[name] - b[name]);

/**
 * Decision: from whom a refund is taken. `wanted` is the split of what is being cancelled, `left` the split of what the
 * order has not given back yet. The refund takes equal shares of `wanted`, and what is more than that from the rest. It
 * never takes more than is left of a part, so all refunds of an order together give back exactly each part.
 */
export function splitRefund(refundMinor: number, wanted: Split, left: Split): Split {
  // An absorbed fee of the order may be more than what the organiser gets of its last tickets.
  const possible = each((name) => Math.max(0, Math.min(wanted[name], left[name])));
  const first = Math.min(refundMinor, sumOf(possible));
  const split = allocateSplit(first, possible);
  return first === refundMinor ? split : plus(split, allocateSplit(refundMinor - first, minus(left, split)));
}

/** Decision: this amount in equal shares of the parts, none of which gives more than it has. */
export function allocateSplit(amountMinor: number, by: Split): Split {
  if (amountMinor === 0) return noSplit;
  const parts = allocate(
    amountMinor,
    names.map((name) => by[name]),
  );
  return each((_, i) => parts[i] ?? 0);
}

const names = ['organiserMinor', 'taxMinor', 'feeMinor', 'feeTaxMinor'] as const;
const each = (of: (name: keyof Split, i: number) => number): Split =>
  Object.fromEntries(names.map((name, i) => [name, of(name, i)])) as unknown as Split;
