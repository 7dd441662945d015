import { createHmac, hash } from 'node:crypto';
import type { EventId } from '../../../contract/ids.ts';
import { networkOf } from '../../http/networks.ts';

/**
 * A number that stands for something several buyers may share: a network, a mailbox, a payment card. It is 48 bits of
 * a keyed hash, so that nobody can read anything from it without the server's secret. Two different networks have the
 * same mark once in 10^14 pairs.
 */
export type Mark = number;

export interface Marks {
  /**
   * The mark of the network that a request came from. Guests and accounts with a confirmed address have separate
   * budgets.
   */
  ofNetwork(address: string, isVouched: boolean): Mark;
  ofMailbox(email: string): Mark;
  /** The mark of a card. `fingerprint` is the provider's name for the card, the same for every payment with it. */
  ofCard(fingerprint: string): Mark;
  /** The mark of something within one event. It matches nothing of another event. */
  ofEvent(eventId: EventId, kind: string, value: string): Mark;
}

/** Marks of guests' networks are odd, so that the ledger knows whose budget a mark is without another column. */
export const isGuestNetwork = (mark: Mark): boolean => mark % 2 === 1;

/**
 * Size of the cache of hashes. A stampede has many addresses and uses each often, and 1 µs of hashing per hold was 3%
 * of its time.
 */
const maxRemembered = 10_000;

export function createMarks(sessionSecret: string): Marks {
  // A key derived for marks alone, so that these hashes match nothing else that the secret signs.
  const key = createHmac('sha256', sessionSecret).update('admit marks 1').digest('hex');
  const mark = (kind: string, value: string): Mark =>
    hash('sha3-256', `${key}${kind}\0${value}`, 'buffer').readUIntBE(0, 6);
  let networks = new Map<string, Mark>();

  return {
    ofNetwork(address, isVouched) {
      let even = networks.get(address);
      if (even === undefined) {
        const found = mark('network', networkOf(address));
        even = found - (found % 2);
        if (networks.size >= maxRemembered) networks = new Map();
        networks.set(address, even);
      }
      return isVouched ? even : even + 1;
    },
    ofMailbox: (email) => mark('mailbox', mailboxOf(email)),
    ofCard: (fingerprint) => mark('card', fingerprint),
    ofEvent: (eventId, kind, value) => mark(`event ${eventId} ${kind}`, value),
  };
}

/**
 * Gives one spelling to all addresses of one mailbox. It unifies upper and lower case and Unicode forms, and removes
 * the part after a plus and Gmail's dots, which Gmail ignores. If a provider gives `a+b` and `a` to different people,
 * they share a limit. None of the large providers does.
 */
export function mailboxOf(email: string): string {
  const text = email.trim().normalize('NFC').toLowerCase();
  const at = text.lastIndexOf('@');
  const [local = ''] = text.slice(0, at).split('+');
  const domain = text.slice(at + 1).replace(/\.$/, '');
  // `+tag@example.com` has nothing before the plus and counts as an ordinary address.
  const name = local === '' ? text.slice(0, at) : local;
  if (domain === 'gmail.com' || domain === 'googlemail.com') return `${name.replaceAll('.', '')}@gmail.com`;
  return `${name}@${domain}`;
}
