import { allocate } from '../../../contract/money.ts';
import type { Split } from '../sale/split.ts';
import { type DocumentLine, grossOf, sumOfLines } from './document.ts';

/** For which tickets money goes back: minor units by line of the order. What is missing to the refund is of its fee. */
export type CreditedLines = Map<number, number>;

type Part = 'netMinor' | 'taxMinor';

/**
 * Decision: the lines of the credit note for a refund. `left` are the lines of the receipt or invoice, less the credit
 * notes that it has already. The refund's split says how much tax and how much of the fees goes back; `credited` says for
 * which tickets. No line gets more than is left of it, so all credit notes of an order together take back exactly each line.
 */
export function creditLines(
  left: DocumentLine[],
  split: Split,
  credited: CreditedLines | null,
  bought: DocumentLine[],
): DocumentLine[] {
  const rest = left.map((line) => ({ ...line }));
  const wantedOf = wantedFrom(bought, credited, split);
  /** Takes an amount from one part of some lines, and returns how much they did not have. */
  const take = (amount: number, part: Part, among: (line: DocumentLine) => boolean): number => {
    const open = rest.map((line) => (among(line) ? line[part] : 0));
    const wanted = rest.map((line, i) => Math.min(open[i] ?? 0, wantedOf(line, part)));
    // First what the refund is for, then the rest of the same lines, then the rest of the order.
    const related = open.map((minor, i) => ((wanted[i] ?? 0) > 0 ? minor : 0));
    return [wanted, related, open].reduce(
      (due, weights) => due - takeBy(rest, part, Math.min(due, sum(weights)), weights),
      amount,
    );
  };
  const isTicket = ({ sells }: DocumentLine) => sells === 'ticket';
  const isFee = (line: DocumentLine) => !isTicket(line);
  // A fee that the organiser absorbed is no line of the buyer: it is part of the net price of the tickets.
  const absorbed = take(split.feeTaxMinor, 'taxMinor', isFee) + take(split.feeMinor, 'netMinor', isFee);
  const untaxed = take(split.taxMinor, 'taxMinor', isTicket);
  let due = take(split.organiserMinor + absorbed + untaxed, 'netMinor', isTicket);
  // Only an order that mixes absorbed fees with others gets here.
  for (const part of ['netMinor', 'taxMinor'] as const) due = take(due, part, () => true);
  if (due !== 0) throw new RangeError(`a refund is ${due} more than what is left of its invoice`);
  return left.flatMap((line, i) => creditedLine(line, rest[i] ?? line));
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** Takes `amount` by weights, none of which is more than its line has. Returns the amount. */
function takeBy(rest: DocumentLine[], part: Part, amount: number, weights: number[]): number {
  if (amount === 0) return 0;
  // `weights` was computed before an earlier pass took its share, so each line is asked for what it still has.
  const open = weights.map((weight, i) => Math.min(weight, rest[i]?.[part] ?? 0));
  const taken = Math.min(amount, sum(open));
  if (taken === 0) return 0;
  for (const [i, minor] of allocate(taken, open).entries()) {
    const line = rest[i];
    if (line) line[part] -= minor;
  }
  return taken;
}

/** How much of a line a refund is for, in equal shares of the price that the line had at the sale. */
function wantedFrom(bought: DocumentLine[], credited: CreditedLines | null, split: Split) {
  if (!credited) return (line: DocumentLine, part: Part) => line[part];
  const ofTickets = sum([...credited.values()]);
  const total = split.organiserMinor + split.taxMinor + split.feeMinor + split.feeTaxMinor;
  return ({ sells, orderLine }: DocumentLine, part: Part): number => {
    const original = bought.find((line) => line.sells === sells && line.orderLine === orderLine);
    if (!original) return 0;
    if (orderLine === null) return Math.max(0, total - ofTickets);
    const price = sumOfLines(bought.filter((line) => line.orderLine === orderLine));
    const share = credited.get(orderLine) ?? 0;
    return price === 0
      ? 0
      : Number((BigInt(share) * BigInt(original[part])) / BigInt(price)) + (share > 0 ? 1 : 0);
  };
}

/** What was taken of a line; nothing if that is nothing. The quantity shows only if whole tickets were taken. */
function creditedLine(line: DocumentLine, rest: DocumentLine): DocumentLine[] {
  const netMinor = line.netMinor - rest.netMinor;
  const taxMinor = line.taxMinor - rest.taxMinor;
  const gross = netMinor + taxMinor;
  if (gross === 0) return [];
  return [{ ...line, netMinor, taxMinor, quantity: wholeQuantity(line, gross) }];
}

function wholeQuantity(line: DocumentLine, gross: number): number | null {
  if (line.quantity === null) return null;
  const quantity = (gross * line.quantity) / grossOf(line);
  return Number.isInteger(quantity) ? quantity : null;
}

/** Decision: what is left of a receipt or invoice after these credit notes. Lines that are used up are left out. */
export function leftOfLines(lines: DocumentLine[], credits: DocumentLine[][]): DocumentLine[] {
  return lines.flatMap((line) => {
    const same = credits.map((credit) =>
      credit.find(({ sells, orderLine }) => sells === line.sells && orderLine === line.orderLine),
    );
    const netMinor = line.netMinor - sum(same.map((each) => each?.netMinor ?? 0));
    const taxMinor = line.taxMinor - sum(same.map((each) => each?.taxMinor ?? 0));
    const gross = netMinor + taxMinor;
    if (gross === grossOf(line)) return [line];
    return gross === 0 ? [] : [{ ...line, netMinor, taxMinor, quantity: wholeQuantity(line, gross) }];
  });
}
