import type { Mutation } from './mutation.ts';

const refund = 'features/inventory/refund.ts';
const policy = '../contract/refund-policy.ts';
const steps = '../contract/refund-steps.ts';
const price = '../contract/price.ts';
const split = 'features/sale/split.ts';

/** Ways to break prices, refund policies and the accounts that refunds are taken from. */
export const moneyMutations: Mutation[] = [
  {
    name: 'a move of the event shortens the time to cancel',
    in: refund,
    find: 'Math.max(soldAs.startsAt.getTime(), startsAt.getTime())',
    put: 'startsAt.getTime()',
  },
  {
    name: 'tickets are cancelled after the event has begun',
    in: refund,
    find: 'if (now > startsAt) return null;',
    put: '',
  },
  {
    name: 'a quote holds beyond the start',
    in: refund,
    find: 'Math.min(endOfStep(step, startMs), startsAt.getTime())',
    put: 'endOfStep(step, startMs)',
  },
  {
    name: 'the amount that the organiser keeps goes back',
    in: refund,
    find: 'add(ticket, portion.feePerTicketMinor)',
    put: 'add(ticket, 0)',
  },
  {
    name: 'a ticket gives back more than is left of it',
    in: refund,
    find: 'refund.refundMinor += Math.min(minor, leftMinor);',
    put: 'refund.refundMinor += minor;',
  },
  {
    name: 'the percentage that the organiser keeps goes back',
    in: steps,
    find: 'refundPercent - feePercent',
    put: 'refundPercent - 0 * feePercent',
  },
  { name: 'the last open step of a policy counts', in: steps, find: 'steps.find(', put: 'steps.findLast(' },
  {
    name: 'a later step of a policy may give back more',
    in: policy,
    find: 'if (refundPercent >= before.refundPercent)',
    put: 'if (refundPercent > 100)',
  },
  {
    name: 'less goes back than the buyer agreed to',
    in: 'features/inventory/cancel.ts',
    find: 'if (allBackOf(cancellation) < leastRefundMinor)',
    put: 'if (refundMinor < 0)',
  },
  {
    name: 'a tax in the price is taken as if it came on top',
    in: price,
    find: 'share(minor, rate, million + rate, 1)',
    put: 'share(minor, rate, million, 1)',
  },
  {
    name: 'half a unit of tax is rounded down',
    in: price,
    find: '2 * minor * numerator + denominator * step',
    put: '2 * minor * numerator',
  },
  { name: 'a free ticket has a fee', in: price, find: 'if (listMinor === 0 || ', put: 'if (' },
  {
    name: 'an absorbed fee is more than the price',
    in: price,
    find: 'absorbed ? Math.min(wantedMinor, mostMinor) : wantedMinor',
    put: 'wantedMinor',
  },
  {
    name: 'the buyer pays a fee that the organiser absorbs',
    in: price,
    find: 'feeMinor: absorbed ? 0 : minor,',
    put: 'feeMinor: minor,',
  },
  {
    name: 'the percentage of a fee leaves out the tax',
    in: price,
    find: 'share(netMinor + taxMinor, millionths',
    put: 'share(netMinor, millionths',
  },
  {
    name: 'a free order has a fee',
    in: price,
    find: 'fee.perOrderMinor === 0 || totalMinor === 0',
    put: 'fee.perOrderMinor === 0',
  },
  {
    name: 'a refund takes more from a part than is left of it',
    in: split,
    find: 'Math.min(wanted[name], left[name])',
    put: 'wanted[name]',
  },
  {
    name: 'a refund takes a negative part',
    in: split,
    find: 'Math.max(0, Math.min(wanted[name], left[name]))',
    put: 'Math.min(wanted[name], left[name])',
  },
  {
    name: 'the tax in a booking fee is booked as earned',
    in: split,
    find: '(feeMinor + absorbedMinor - feeTaxMinor)',
    put: '(feeMinor + absorbedMinor)',
  },
  {
    name: 'an absorbed fee is not taken from the organiser',
    in: split,
    find: '(netMinor - absorbedMinor)',
    put: 'netMinor',
  },
  {
    name: 'units that rounding leaves over are lost',
    in: '../contract/money.ts',
    find: 'parts[index] = (parts[index] ?? 0) + 1;',
    put: '',
  },
];
