import type { Mutation } from './mutation.ts';

const resell = 'features/inventory/resell.ts';
const resale = 'features/inventory/resale.ts';
const endResale = 'features/inventory/end-resale.ts';
const endResales = 'features/inventory/end-resales.ts';
const serveLine = 'features/inventory/serve-line.ts';
const decide = 'features/inventory/decide.ts';

/** Ways to break resale: the rules of docs/transfers.md. */
export const resaleMutations: Mutation[] = [
  {
    name: 'a ticket that was resold admits',
    in: resell,
    find: 'const dead = credit.ticket === ticket ? [ticket] : [];',
    put: 'const dead: (typeof ticket)[] = [];',
  },
  {
    name: 'a seller is paid the whole price',
    in: resell,
    find: 'let left = resale.backMinor;',
    put: 'let left = resale.priceMinor;',
  },
  {
    name: 'a ticket that came by an exchange is resold for the difference only',
    in: resell,
    find: 'const credits = [creditOf(batch, hold, ticket), ...creditsOf(batch, hold)];',
    put: 'const credits = [creditOf(batch, hold, ticket)];',
  },
  {
    name: 'a ticket is offered for resale while a bank has its money',
    in: resell,
    find: 'if (disputed) return disputed;',
    put: '',
  },
  {
    name: 'a ticket is sold that its seller has used',
    in: resell,
    find: "return ticket?.status === 'valid' && ticket.transferId === resale.transferId && !isDisputed;",
    put: 'return ticket?.transferId === resale.transferId && !isDisputed;',
  },
  {
    name: 'a ticket is sold whose payment a bank disputes',
    in: resell,
    find: 'ticket.transferId === resale.transferId && !isDisputed;',
    put: 'ticket.transferId === resale.transferId;',
  },
  {
    name: 'a seller takes a ticket back that somebody is paying for',
    in: resell,
    find: "buyer.status === 'active' && buyer.ordered",
    put: "buyer.status !== 'active' && buyer.ordered",
  },
  {
    name: 'the end of resale takes an offer from somebody who may buy',
    in: resell,
    find: "if (buyerHoldId && state.holds.get(buyerHoldId)?.status === 'active') continue;",
    put: '',
  },
  {
    name: 'what the organiser keeps is rounded up',
    in: resale,
    find: 'Math.floor(kept / step) * step',
    put: 'Math.ceil(kept / step) * step',
  },
  {
    name: 'the price of a resale forgets refunds',
    in: resale,
    find: 'const priceMinor = paid.reduce((sum, { lines, ticket }) => sum + leftOfTicket(lines, ticket), 0);',
    put: 'const priceMinor = wholeMinor;',
  },
  {
    name: 'a ticket is offered although resale is off',
    in: resale,
    find: "if (!sale.resale.allowed || !type || type.product) return 'off';",
    put: "if (!type || type.product) return 'off';",
  },
  {
    name: 'a ticket is offered after the end of resale',
    in: resale,
    find: "return resaleEndOf(sale, ticketTypeId) <= now ? 'unsold' : null;",
    put: 'return null;',
  },
  {
    name: 'whoever has an offer loses it without waiting again',
    in: endResale,
    find: "if (hold && hold.status === 'active') takeOfferBack(batch, hold);",
    put: '',
  },
  {
    name: 'a second offer has the hold of the first',
    in: endResale,
    find: 'entry.holdId = nextOfferId(offerIdOf(entry));',
    put: '',
  },
  {
    name: 'places stay kept together with a ticket that is not on resale any more',
    in: endResale,
    find: 'batch.freed = true;',
    put: '',
  },
  {
    name: 'somebody whose payment comes for a used ticket does not wait again',
    in: decide,
    find: "if (hold.status === 'active') waitAgain(batch, hold);",
    put: '',
  },
  {
    name: 'the places of a resale change before it is paid',
    in: decide,
    find: "if (hasResale(hold)) return refuse('places_fixed');",
    put: '',
  },
  {
    name: 'a seller is offered their own ticket',
    in: serveLine,
    find: 'resales.filter(({ sellerId }) => sellerId !== entry.buyerId)',
    put: 'resales.filter(({ sellerId }) => sellerId !== null)',
  },
  {
    name: 'the newest ticket on resale goes first',
    in: serveLine,
    find: 'a.offeredAt.getTime() - b.offeredAt.getTime()',
    put: 'b.offeredAt.getTime() - a.offeredAt.getTime()',
  },
  {
    name: 'free places go before tickets on resale',
    in: serveLine,
    find: 'const fresh = Math.max(0, Math.min(...type.poolIds.map((id) => left.get(id) ?? 0)));\n    const resales = onResale.get(type.id) ?? [];',
    put: 'const fresh = Math.max(0, Math.min(...type.poolIds.map((id) => left.get(id) ?? 0)));\n    const resales = fresh > 0 ? [] : (onResale.get(type.id) ?? []);',
  },
  {
    name: 'tickets of an event that is off sale are offered',
    in: serveLine,
    find: '    return;\n  }\n  walk(batch, line);',
    put: "    if (closed.code !== 'event_not_on_sale') return;\n  }\n  walk(batch, line);",
  },
  {
    name: 'no job ends the offers of used and disputed tickets',
    in: endResales,
    find: '  await endLostResales(app, null);\n',
    put: '',
  },
  {
    name: 'a dispute of an order before an exchange ends no offer',
    in: 'features/inventory/resale-store.ts',
    find: '(paid.id = tickets.order_id or paid.id = any(array(',
    put: '(paid.id = tickets.order_id or false and paid.id = any(array(',
  },
  {
    name: "a guest's offers stay with the guest who signs in",
    in: 'features/inventory/resale-store.ts',
    find: 'update resales set seller_id = $2 where seller_id = $1',
    put: 'update resales set seller_id = $2 where seller_id = $1 and false',
  },
  {
    name: 'an offer ends as declined because the event is cancelled',
    in: 'features/inventory/transitions.ts',
    find: "batch.sale.status === 'cancelled' ? 'ended' : 'declined'",
    put: "batch.sale.status === 'draft' ? 'ended' : 'declined'",
  },
];
