import { describe, expect, test } from 'vitest';
import type { Event, TicketType } from '../../../../contract/events.ts';
import { buyState } from './sale.ts';

const nowMs = Date.parse('2026-11-28T12:00:00Z');
const at = (hours: number) => new Date(nowMs + hours * 3_600_000).toISOString();

const type = (id: string, saleStartsAt: string | null = null, saleEndsAt: string | null = null) =>
  ({ id, name: id, zone: null, saleStartsAt, saleEndsAt }) as unknown as TicketType;
const event = (ticketTypes: TicketType[], more: Partial<Event> = {}) =>
  ({
    status: 'published',
    saleStartsAt: null,
    saleEndsAt: null,
    ticketTypes,
    startsAt: at(99),
    ...more,
  }) as Event;

describe('whether tickets can be bought', () => {
  const cases: [string, Event, Record<string, number> | undefined, object][] = [
    ['a type on sale with places', event([type('a')]), { a: 1 }, { kind: 'open' }],
    ['before the first answer about places', event([type('a')]), undefined, { kind: 'open' }],
    ['all sold', event([type('a'), type('b')]), { a: 0, b: 0 }, { kind: 'soldOut' }],
    [
      'the sale of the event begins later',
      event([type('a')], { saleStartsAt: at(5) }),
      { a: 1 },
      { kind: 'soon', at: at(5) },
    ],
    [
      'the sale of the event is over',
      event([type('a')], { saleEndsAt: at(-1) }),
      { a: 1 },
      { kind: 'ended' },
    ],
    ['cancelled', event([type('a')], { status: 'cancelled' }), { a: 1 }, { kind: 'cancelled' }],
    ['over', event([type('a')], { status: 'over' }), { a: 1 }, { kind: 'over' }],
    // An event on sale, none of whose types is.
    [
      'each type begins later',
      event([type('a', at(9)), type('b', at(3))]),
      { a: 1, b: 1 },
      { kind: 'soon', at: at(3) },
    ],
    [
      'each type has ended',
      event([type('a', null, at(-9)), type('b', null, at(-3))]),
      { a: 1, b: 1 },
      { kind: 'ended' },
    ],
    [
      'one sold out, the other begins later',
      event([type('a'), type('b', at(3))]),
      { a: 0, b: 7 },
      { kind: 'soon', at: at(3) },
    ],
    [
      'one sold out, the other has ended',
      event([type('a'), type('b', null, at(-3))]),
      { a: 0, b: 7 },
      { kind: 'soldOut' },
    ],
    [
      'one ended, the other begins later without places',
      event([type('a', null, at(-3)), type('b', at(3))]),
      { a: 5, b: 0 },
      { kind: 'soldOut' },
    ],
    [
      'one on sale, the other begins later',
      event([type('a'), type('b', at(3))]),
      { a: 1, b: 7 },
      { kind: 'open' },
    ],
  ];
  test.each(cases)('%s', (_, of, available, expected) => {
    expect(buyState(of, available, nowMs)).toEqual(expected);
  });
});
