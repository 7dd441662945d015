import type { Mutation } from './mutation.ts';

const otherDate = 'features/inventory/other-date.ts';
const facts = 'features/purchases/apply-facts.ts';

/** Ways to break the exchange of a ticket for another date. */
export const dateMutations: Mutation[] = [
  {
    name: 'a ticket is exchanged for any event',
    in: otherDate,
    find: 'one.run === other.run &&',
    put: '',
  },
  {
    name: 'a ticket is exchanged for the event of somebody else',
    in: otherDate,
    find: 'one.organisationId === other.organisationId &&',
    put: '',
  },
  {
    name: 'the other date has no limit per buyer',
    in: otherDate,
    find: 'if (isOverLimit(batch, mailbox, 1))',
    put: 'if (!mailbox)',
  },
  {
    name: 'the place of the old date stays sold',
    in: facts,
    find: 'owed.map(({ hold }) => freeOwedJob(hold)),',
    put: '[],',
  },
  {
    name: 'the place of the old date is freed again and again',
    in: facts,
    find: 'notePlacesFreed(trx, facts.freed.map(of));',
    put: '',
  },
  {
    name: 'the old date gives back what the new ticket is for',
    in: 'features/inventory/refund-order.ts',
    find: 'tickets.filter(({ movedTo }) => !movedTo)',
    put: 'tickets',
  },
  {
    name: 'the start of the new date decides about money of the old one',
    in: 'features/inventory/credits.ts',
    find: 'const isOtherDate = hold.eventId !== sale.eventId;',
    put: 'const isOtherDate = hold.eventId === null;',
  },
  {
    name: 'a late payment takes a ticket that is on resale at its own date',
    in: 'features/inventory/swap.ts',
    find: 'if (ticket?.resaleId && tradeIn.eventId) return false;',
    put: '',
  },
  {
    name: 'the new date says whether its ticket may be exchanged',
    in: 'features/inventory/swap.ts',
    find: 'whyNotExchange(ticket, command.from ?? sale, command, now)',
    put: 'whyNotExchange(ticket, sale, command, now)',
  },
  {
    name: 'a seat of the new date with the number of the old one is not taken',
    in: 'features/inventory/swap.ts',
    find: 'const keepsSeat = !command.from &&',
    put: 'const keepsSeat =',
  },
];
