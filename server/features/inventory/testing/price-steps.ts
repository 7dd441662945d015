import type { PoolId, TicketTypeId, UserId } from '../../../../contract/ids.ts';
import type { EventSale, SaleStep } from '../../sale/event-sale.ts';
import { noSplit } from '../../sale/split.ts';
import { decide } from '../decide.ts';
import type { Command, HoldRecord, Outcome, Pool } from '../inventory.ts';
import type { LedgerState } from '../state.ts';
import { freshState, refundable, saleStart } from './play.ts';

/* Worlds whose floor of ten places, or whose ten seats, are sold in price steps. */

const stepOf = (name: string, listMinor: number, ends: { places?: number; minutes?: number }): SaleStep => ({
  name,
  listMinor,
  until:
    ends.minutes === undefined ? null : new Date(saleStart.getTime() + ends.minutes * 60_000).toISOString(),
  places: ends.places ?? null,
  poolId: `pol_${name}` as PoolId,
});

export const steps = [
  stepOf('first', 1000, { places: 3 }),
  stepOf('second', 2000, { places: 2, minutes: 45 }),
];

export function changed(name: string, more: Partial<EventSale['ticketTypes'][number]>): EventSale {
  const ticketTypes = refundable.ticketTypes.map((type) =>
    type.name === name ? { ...type, ...more } : type,
  );
  return { ...refundable, ticketTypes };
}
export const stepped = changed('regular', { steps });

function stateWithSteps(): LedgerState {
  const state = freshState();
  for (const { poolId, name, places } of steps) {
    const pool: Pool = {
      id: poolId,
      key: `step:${name}`,
      name,
      capacity: places ?? 1000,
      held: 0,
      sold: 0,
      kept: 0,
      blocked: 0,
    };
    state.pools.set(poolId, pool);
  }
  return state;
}

export interface World {
  state: LedgerState;
  terms: EventSale;
  now: Date;
  count: number;
}
export const start = (terms: EventSale): World => ({
  state: stateWithSteps(),
  terms,
  now: saleStart,
  count: 0,
});

export function run(world: World, command: Command): Outcome {
  const { state, terms, now } = world;
  const { outcomes, facts } = decide(terms, state, [command], now);
  for (const { hold } of facts.confirmed)
    state.sold.set(hold.id, {
      soldAs: terms,
      refundedMinor: 0,
      refunded: noSplit,
      disputedMinor: 0,
      tickets: Array.from({ length: hold.places }, (_, position) => ({
        id: `tkt_${hold.id.slice(4)}${position}` as const,
        position,
        status: 'valid' as const,
        refundedMinor: 0,
        transferId: null,
        resaleId: null,
      })),
      cancelledBy: new Map(),
    });
  return outcomes[0] as Outcome;
}

export const idOf = (name: string) => `tty_${name}` as TicketTypeId;
export const wantsOf = (quantity: number, name = 'regular', priceMinor?: number) => ({
  kind: 'items' as const,
  items: [{ ticketTypeId: idOf(name), quantity, ...(priceMinor !== undefined && { priceMinor }) }],
});

export const place = (
  world: World,
  who: string,
  wants: Extract<Command, { kind: 'place' }>['wants'],
): Outcome =>
  run(world, {
    kind: 'place',
    holdId: `hld_${++world.count}`,
    buyerId: `usr_${who}` as UserId,
    wants,
    retry: null,
    network: null,
  });

/** The prices of a hold's places, in order. */
const pricesOf = (hold: HoldRecord): number[] =>
  hold.lines.flatMap(({ quantity, unitMinor }) => Array<number>(quantity).fill(unitMinor));

export function pricesIn(outcome: Outcome): number[] | string {
  if (outcome.kind === 'refused') return outcome.code;
  return 'hold' in outcome ? pricesOf(outcome.hold) : outcome.kind;
}

export const later = (world: World, minutes: number) => {
  world.now = new Date(world.now.getTime() + minutes * 60_000);
};
