import { createHmac, hash } from 'node:crypto';
import { networkOf } from '../../http/networks.ts';

/**
 * A number that stands for something that several buyers may have in common: a network, a mailbox, a payment card. It
 * is 48 bits of a keyed hash, so that nothing can be read from it without the server's secret. Two different networks
 * have the same mark once in 10^14 pairs.
 */
export type Mark = number;

export interface Marks {
  /** The network that a request came from. Guests and accounts with a confirmed address have a budget each. */
  ofNetwork(address: string, isVouched: boolean): Mark;
  ofMailbox(email: string): Mark;
  /** `fingerprint` is the provider's name for a card, the same for every payment with it. */
  ofCard(fingerprint: string): Mark;
}

/** Guests' networks have odd marks, so that the ledger can tell whose budget it is without another column. */
export const isGuestNetwork = (mark: Mark): boolean => mark % 2 === 1;

/** A stampede comes from many addresses, and each is hashed once: 1 µs a hold was 3% of its time. */
const maxRemembered = 10_000;

export function createMarks(sessionSecret: string): Marks {
  // A key of its own: what is hashed here can be compared with nothing else that the secret signs.
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
  };
}

/**
 * One spelling for all addresses that reach one mailbox: upper and lower case, Unicode's ways to write a letter, what
 * stands behind a plus, and the dots of Gmail, which ignores them. Where a provider gives `a+b` to somebody else than
 * `a`, the two share a limit; none of the large ones does.
 */
export function mailboxOf(email: string): string {
  const text = email.trim().normalize('NFC').toLowerCase();
  const at = text.lastIndexOf('@');
  const [local = ''] = text.slice(0, at).split('+');
  const domain = text.slice(at + 1).replace(/\.$/, '');
  // `+tag@example.com` has nothing before the plus, and is an address like any other.
  const name = local === '' ? text.slice(0, at) : local;
  if (domain === 'gmail.com' || domain === 'googlemail.com') return `${name.replaceAll('.', '')}@gmail.com`;
  return `${name}@${domain}`;
}
