import type { ScoreReason } from '../../../contract/order-reviews.ts';
import { mailboxOf } from '../inventory/marks.ts';

/** What is known of an order after it was bought. A count is of accounts in the same event, with the order's own. */
export interface Seen {
  accountsOfPattern: number;
  accountsOfCard: number;
  accountsOfBrowser: number;
  accountsOfNetwork: number;
  /** Between the hold and the order. */
  secondsToOrder: number;
}

interface Rule {
  signal: ScoreReason['signal'];
  points: number;
  /** The number to show, if the signal is there; null if not. */
  count(seen: Seen, accountsPerNetwork: number): number | null;
}

const from = (least: number, accounts: number): number | null => (accounts >= least ? accounts : null);

/** A person has to read the price and type a name and an address. A program does both in less. */
const handsSeconds = 3;

/**
 * No signal reaches 50 points alone, because each has honest causes: parents pay with one card for grown children, students
 * share a network and a browser, and a company's addresses follow a pattern.
 */
const rules: Rule[] = [
  { signal: 'shared_card', points: 40, count: (seen) => from(3, seen.accountsOfCard) },
  { signal: 'address_pattern', points: 30, count: (seen) => from(4, seen.accountsOfPattern) },
  {
    signal: 'fast_order',
    points: 25,
    count: ({ secondsToOrder }) => (secondsToOrder < handsSeconds ? Math.floor(secondsToOrder) : null),
  },
  { signal: 'shared_browser', points: 15, count: (seen) => from(4, seen.accountsOfBrowser) },
  {
    signal: 'shared_network',
    points: 20,
    count: (seen, most) => from(most + 1, seen.accountsOfNetwork),
  },
];

/** Decision: how much an order looks like one of many of the same person or program, from 0 to 100, and why. */
export function scoreOrder(
  seen: Seen,
  accountsPerNetwork: number,
): { score: number; reasons: ScoreReason[] } {
  const reasons = rules.flatMap(({ signal, points, count }) => {
    const found = count(seen, accountsPerNetwork);
    return found === null ? [] : [{ signal, points, count: found }];
  });
  return {
    score: Math.min(
      100,
      reasons.reduce((sum, { points }) => sum + points, 0),
    ),
    reasons,
  };
}

/**
 * The pattern of an address: its mailbox with `#` for each number. `ann.b1@…` and `ann.b27@…` follow one pattern. Null without a
 * number, because then a pattern would be a mailbox, and each mailbox has a limit already.
 */
export function patternOf(email: string): string | null {
  const mailbox = mailboxOf(email);
  const at = mailbox.lastIndexOf('@');
  const local = mailbox.slice(0, at).replaceAll(/\d+/g, '#');
  return local.includes('#') ? local + mailbox.slice(at) : null;
}
