import { expect, test } from 'vitest';
import { decide } from '../../server/features/inventory/decide.ts';
import { describe, simulate } from './run.ts';
import { shrink } from './shrink.ts';

type Decide = typeof decide;

test('half a million random steps break no promise, and every kind of outcome occurs', {
  timeout: 300_000,
}, () => {
  const met = new Map<string, number>();
  const counting: Decide = (...given) => {
    const decision = decide(...given);
    for (const outcome of decision.outcomes) {
      const late = outcome.kind === 'confirmed' && outcome.late ? ' late' : '';
      const again = 'replayed' in outcome && outcome.replayed ? ' again' : '';
      const name = outcome.kind === 'refused' ? outcome.code : `${outcome.kind}${late}${again}`;
      const names = [name];
      if ('resumed' in outcome && outcome.resumed) names.push(`${outcome.kind} resumed`);
      if (outcome.kind === 'refund_due' && outcome.cause === 'card_limit') names.push('card_limit');
      if (outcome.kind === 'refund_due' && outcome.cause === 'ticket_gone') names.push('ticket_gone');
      if (decision.facts.offered.length > 0) names.push('offered');
      for (const { status, endedBecause } of decision.facts.resales)
        names.push(`resale ${endedBecause ?? status}`);
      for (const each of names) met.set(each, (met.get(each) ?? 0) + 1);
    }
    return decision;
  };
  // Near this history every kind of outcome occurs often enough.
  const { failure } = simulate(7_000, 500_000, counting);
  expect(failure && describe(failure)).toBeNull();
  // An exchange rarely takes a seat that the buyer gave back a moment before, and few cards pay more than one order.
  const rarest = [
    'exchanged resumed',
    'card_limit',
    'ticket_gone',
    'ticket_used',
    'resale off',
    'resale unsold',
  ];
  const leastOf = (name: string) => (rarest.includes(name) ? 3 : 10);
  const rare = everything.filter((name) => (met.get(name) ?? 0) < leastOf(name));
  expect(rare).toEqual([]);
});

const everything = [
  ...[
    'held',
    'held again',
    'released',
    'redeemed',
    'exchanged',
    'ordered',
    'ordered again',
    'confirmed',
    'confirmed again',
    'confirmed late',
  ],
  ...[
    'refund_due',
    'refund_due again',
    'dropped',
    'dropped again',
    'cancelled',
    'cancelled again',
    'refunded',
    'refunded again',
    'expired',
    'blocked',
  ],
  ...[
    'ticket_not_of_order',
    'ticket_not_cancellable',
    'refund_not_allowed',
    'order_not_refundable',
    'refund_exceeds_paid',
    'order_disputed',
  ],
  ...[
    'sold_out',
    'seats_taken',
    'limit_reached',
    'event_not_on_sale',
    'sale_not_started',
    'sale_ended',
    'not_found',
  ],
  ...['hold_expired', 'hold_ended', 'order_not_cancellable', 'idempotency_key_reused', 'invalid_request'],
  ...['unknown_ticket_type', 'unknown_seat', 'seat_not_of_ticket_type', 'seat_choice_required'],
  ...['network_limit', 'hold_again_later', 'email_limit_reached', 'card_limit', 'held resumed'],
  'exchanged resumed',
  ...['joined', 'joined again', 'left', 'offered', 'already_waiting', 'places_available'],
  ...['party_too_large', 'waitlist_network_limit', 'waitlist_off'],
  ...['resale', 'resale again', 'resale_over', 'resale sold', 'resale withdrawn', 'resale used'],
  ...['resale disputed', 'resale unsold', 'resale off', 'resale cancelled', 'resale refunded'],
  ...['resale_pending', 'resale_in_payment', 'resales_off', 'resales_ended'],
  ...['ticket_used', 'ticket_cancelled', 'ticket_gone', 'places_fixed', 'ticket_transferred'],
  ...['seat_map_changed', 'unknown_promo_code', 'promo_code_ended', 'promo_code_used_up', 'already_ordered'],
];

test('shrinking keeps only what is needed to fail', () => {
  const items = Array.from({ length: 97 }, (_, i) => i);
  expect(shrink(items, (left) => left.includes(13) && left.includes(14) && left.includes(90))).toEqual([
    13, 14, 90,
  ]);
  expect(shrink(items, (left) => left.length > 0)).toHaveLength(1);
});
