import type { OrderId } from '../../../contract/ids.ts';
import type { DocumentLine } from '../documents/document.ts';
import type { Taxed } from '../documents/taxed.ts';
import type { BookEntryRow } from '../payments/read-books.ts';

/** What happened to the money of an event on one day. All amounts are whole minor units. */
interface SettledDay {
  day: string;
  soldMinor: number;
  refundedMinor: number;
  disputedMinor: number;
  /** Movements of none of these kinds, so that the day is always what the books have. */
  otherMinor: number;
  /** Booking fees with their tax, after refunds and disputes. They are the platform's. */
  feesMinor: number;
  /** What the organiser has earned, with the tax on tickets. */
  netMinor: number;
}

/** What was sold or refunded of one ticket type, or of the booking fees, at one tax rate. */
export interface SettledLine extends Pick<DocumentLine, 'sells' | 'name' | 'tax' | 'netMinor' | 'taxMinor'> {
  kind: Taxed['kind'];
  quantity: number;
}

/** How money came, and how it went back. The team has what it took itself. */
type Hand = 'provider' | 'till';

export interface Settlement {
  days: Map<string, SettledDay>;
  lines: Map<string, SettledLine>;
  hands: Record<Hand, { takenMinor: number; returnedMinor: number }>;
  discountMinor: number;
}

export const emptySettlement = (): Settlement => ({
  days: new Map(),
  lines: new Map(),
  hands: { provider: { takenMinor: 0, returnedMinor: 0 }, till: { takenMinor: 0, returnedMinor: 0 } },
  discountMinor: 0,
});

/** What is known of some orders, and which days count. */
interface SettledMatter {
  entries: BookEntryRow[];
  taxed: Taxed[];
  /** What promo codes took off each order. */
  discounts: ReadonlyMap<OrderId, number>;
  /** The day of an instant in the time zone of the event; null if the settlement does not have that day. */
  dayOf: (at: Date) => string | null;
}

/**
 * Decision: adds some orders to a settlement. Days and hands come from the entries of the books, and lines from what was sold, by
 * the rules of receipts and credit notes. So both ways lead to the same sum, less refunds that came back (see `unsentMinor`).
 */
export function addToSettlement(
  settlement: Settlement,
  { entries, taxed, discounts, dayOf }: SettledMatter,
): void {
  for (const entry of entries) {
    const day = dayOf(entry.at);
    if (day === null) continue;
    addToDay(dayIn(settlement, day), entry);
    addToHand(settlement, entry);
  }
  for (const { orderId, kind, at, lines } of taxed) {
    if (dayOf(at) === null) continue;
    for (const line of lines) addToLine(settlement, kind, line);
    if (kind === 'sale') settlement.discountMinor += discounts.get(orderId) ?? 0;
  }
}

function dayIn({ days }: Settlement, day: string): SettledDay {
  const known = days.get(day);
  if (known) return known;
  const empty = {
    soldMinor: 0,
    refundedMinor: 0,
    disputedMinor: 0,
    otherMinor: 0,
    feesMinor: 0,
    netMinor: 0,
  };
  const added = { day, ...empty };
  days.set(day, added);
  return added;
}

const isOrganisers = (account: string) => account === 'organiser' || account === 'tax';
const isPlatforms = (account: string) => account === 'fee' || account === 'platform_tax';
const isShare = (account: string) => isOrganisers(account) || isPlatforms(account);

function addToDay(day: SettledDay, { kind, from, to, amountMinor }: BookEntryRow): void {
  const gained = (isOf: (account: string) => boolean) =>
    (Number(isOf(to)) - Number(isOf(from))) * amountMinor;
  const minor = gained(isShare);
  day.netMinor += gained(isOrganisers);
  day.feesMinor += gained(isPlatforms);
  if (kind === 'charge') day.soldMinor += minor;
  else if (kind.startsWith('refund')) day.refundedMinor -= minor;
  else if (kind.startsWith('dispute')) day.disputedMinor -= minor;
  else day.otherMinor += minor;
}

function addToHand({ hands }: Settlement, { kind, from, to, amountMinor }: BookEntryRow): void {
  if ((from === 'provider' || from === 'till') && kind === 'charge') hands[from].takenMinor += amountMinor;
  if ((to === 'provider' || to === 'till') && from === 'refunds') hands[to].returnedMinor += amountMinor;
}

function addToLine({ lines }: Settlement, kind: SettledLine['kind'], line: DocumentLine): void {
  const { sells, tax } = line;
  // The name of a fee is its kind.
  const name = sells === 'ticket' ? line.name : '';
  const key = JSON.stringify([kind, sells, name, tax?.name, tax?.ratePercent]);
  const sum = lines.get(key) ?? { kind, sells, name, tax, quantity: 0, netMinor: 0, taxMinor: 0 };
  lines.set(key, {
    ...sum,
    quantity: sum.quantity + (line.quantity ?? 0),
    netMinor: sum.netMinor + line.netMinor,
    taxMinor: sum.taxMinor + line.taxMinor,
  });
}

/** The sums of a settlement. */
interface SettledTotals extends Omit<SettledDay, 'day'> {
  /** Refunds that the provider could not send, so that the buyer still waits for the money. */
  unsentMinor: number;
  /** What the team has itself. */
  tillMinor: number;
  /** What the platform owes the organiser for these days; below 0 if the organiser owes. */
  owedMinor: number;
}

/** Decision: the sums of all days. */
export function totalsOf({ days, lines, hands }: Settlement): SettledTotals {
  const sum = (name: keyof Omit<SettledDay, 'day'>) =>
    [...days.values()].reduce((total, day) => total + day[name], 0);
  const refundedMinor = sum('refundedMinor');
  const netMinor = sum('netMinor');
  const tillMinor = hands.till.takenMinor - hands.till.returnedMinor;
  const ofLines = [...lines.values()].reduce(
    (total, { kind, netMinor: net, taxMinor }) => total + (kind === 'refund' ? net + taxMinor : 0),
    0,
  );
  return {
    soldMinor: sum('soldMinor'),
    refundedMinor,
    disputedMinor: sum('disputedMinor'),
    otherMinor: sum('otherMinor'),
    feesMinor: sum('feesMinor'),
    netMinor,
    unsentMinor: ofLines - refundedMinor,
    tillMinor,
    owedMinor: netMinor - tillMinor,
  };
}
