import type { Mutation } from './mutation.ts';

const swap = 'features/inventory/swap.ts';
const tradeIn = 'features/inventory/trade-in.ts';
const credits = 'features/inventory/credits.ts';
const decide = 'features/inventory/decide.ts';

/** Ways to break the exchange of a sold ticket. */
export const exchangeMutations: Mutation[] = [
  {
    name: 'a payment exchanges a ticket that was used, cancelled or passed on',
    in: decide,
    find: "if (isSwap && !isStillTheirs(batch, hold)) return forfeit(batch, hold, command.paid, 'ticket_gone');",
    put: '',
  },
  {
    name: 'a payment exchanges the ticket of somebody else',
    in: swap,
    find: "ticket?.status === 'valid' && ticket.transferId === tradeIn.transferId",
    put: "ticket?.status === 'valid'",
  },
  {
    name: 'two exchanges of one ticket wait for payments',
    in: swap,
    find: "if (isUnderWay(batch, ticket)) return refuse('exchange_pending');",
    put: '',
  },
  {
    name: 'a full pool refuses an exchange within it',
    in: swap,
    find: 'pools.set(id, { ...pool, sold: pool.sold - 1 })',
    put: 'pools.set(id, pool)',
  },
  {
    name: 'a place in a shared pool counts twice while it is exchanged',
    in: swap,
    find: 'unseated.pools.filter((id) => !place.line.pools.includes(id))',
    put: 'unseated.pools',
  },
  {
    name: 'a cheaper place gives back more than the policy',
    in: swap,
    find: 'if (backMinor <= mostMinor) return null;',
    put: 'if (backMinor >= 0) return null;',
  },
  {
    name: 'an exchange costs the whole price',
    in: tradeIn,
    find: 'const differenceMinor = newMinor - paidMinor;',
    put: 'const differenceMinor = newMinor;',
  },
  {
    name: 'a return after an exchange gives back by the first price',
    in: credits,
    find: 'parts: partsOfAmount(leftMinor, whole), leftMinor',
    put: 'parts: whole, leftMinor',
  },
];
