import {
  type HoldId,
  seatId,
  type TicketTypeId,
  type UserId,
  type WaitlistEntryId,
} from '../../contract/ids.ts';
import type { Command } from '../../server/features/inventory/inventory.ts';
import {
  type JoinCommand,
  type LeaveCommand,
  nextOfferId,
  offerIdOf,
} from '../../server/features/inventory/line.ts';
import type { Wants } from '../../server/features/inventory/wants.ts';
import type { EventSale } from '../../server/features/sale/event-sale.ts';
import type { Random } from '../../server/seeded-random.ts';
import {
  randomAfterSale,
  randomCancel,
  randomRefund,
  randomResell,
  randomTransfer,
} from './after-sale-steps.ts';
import { ticketIdOf } from './cancelling.ts';
import type { News } from './disputing.ts';
import { type PlanChange, randomPlanChange } from './plan.ts';
import { type Block, randomRules, randomTeamStep } from './team-steps.ts';
import { promoWords, type SimulatedEvent } from './worlds.ts';

/**
 * One step of a history. Commands wait until a `commit` step makes them a batch; its `fate` says what happens to the batch.
 * Steps name holds by the label of the step that placed them, so that a history stays valid when steps are removed.
 */
export type Step =
  | { do: 'send'; event: number; command: Command }
  | { do: 'commit'; fate: Fate }
  | { do: 'clock'; byMs: number }
  | { do: 'capacity'; event: number; pool: number; capacity: number }
  | {
      do: 'rules';
      event: number;
      rules: Partial<
        Pick<
          EventSale,
          | 'maxPerBuyer'
          | 'placesPerNetwork'
          | 'holdSeconds'
          | 'status'
          | 'refundPolicy'
          | 'waitlist'
          | 'resale'
        >
      > & {
        priceMinor?: number;
        /** In ms after the start of the simulated day. */
        startsInHours?: number;
      };
    }
  /**
   * The organiser cancels the event for good, and all its orders with it. The first choice of the refund counts; a second
   * step is a job that begins again.
   */
  | { do: 'call off'; event: number; refund: 'full' | 'none' }
  /** A bank says something of a dispute about an order. */
  | { do: 'dispute'; event: number; holdId: HoldId; news: News }
  /** The organiser moves the event, and gives everything back to those who cancel in time. */
  | { do: 'offer'; event: number; hours: number }
  /** The organiser makes another version of the seat map current. */
  | { do: 'plan'; event: number; change: PlanChange }
  | { do: 'move'; event: number; from: UserId; to: UserId }
  /** Somebody accepts a ticket from its holder. */
  | { do: 'pass on'; event: number; holdId: HoldId; position: number; n: number }
  /** The door admits a ticket, if there is one. */
  | { do: 'admit'; event: number; holdId: HoldId; position: number };

/**
 * done: committed and answered. lost: the program dies before the commit. unanswered: it dies between the commit
 * and the answers. After lost and unanswered everyone retries in the next batch.
 */
type Fate = 'done' | 'lost' | 'unanswered';

export interface Placed {
  event: number;
  holdId: HoldId;
  /** If it is the offer of a person in the line. */
  entryId?: WaitlistEntryId;
  buyerId: UserId;
  network: number | null;
  wants: Wants;
  /** Whether money was sent for it. */
  paid: boolean;
}

export function randomSteps(random: Random, events: SimulatedEvent[], count: number): Step[] {
  const placed: Placed[] = [];
  const steps: Step[] = [];
  const blocks: Block[] = [];
  const soon: Step[] = [];
  for (let n = 0; n < count; n++) {
    const next = random.chance(50) ? soon.shift() : undefined;
    steps.push(next ?? randomStep(random, events, { placed, blocks, soon }, n));
  }
  steps.push({ do: 'commit', fate: 'done' });
  return steps;
}

/** What earlier steps have asked for. */
interface Made {
  placed: Placed[];
  blocks: Block[];
  soon: Step[];
}

function randomStep(
  random: Random,
  events: SimulatedEvent[],
  { placed, blocks, soon }: Made,
  n: number,
): Step {
  const roll = random.below(100);
  if (roll < 28) return { do: 'commit', fate: roll < 22 ? 'done' : roll < 25 ? 'lost' : 'unanswered' };
  if (roll < 34) return { do: 'clock', byMs: randomJump(random) };
  const event = random.below(events.length);
  const { sale, pools } = events[event] as SimulatedEvent;
  if (roll < 36) {
    const pool = random.below(pools.length);
    return { do: 'capacity', event, pool, capacity: random.between(0, 9) };
  }
  if (roll < 37 && random.chance(40)) return randomOfTeam(random, events, { placed, blocks, soon }, n);
  if (roll < 37 && random.chance(12)) return { do: 'call off', event, refund: random.pick(['full', 'none']) };
  if (roll < 37 && random.chance(30)) return { do: 'offer', event, hours: random.pick([0.1, 1, 12]) };
  if (roll < 37) return { do: 'rules', event, rules: randomRules(random) };
  if (roll < 38) return { do: 'move', event, from: randomBuyer(random), to: randomBuyer(random) };
  if (roll < 39 && sale.seats)
    return { do: 'plan', event, change: randomPlanChange(random, sale.seats.seatCount) };
  const bought = placed.filter(({ paid }) => paid).slice(-3);
  if (roll < 48 && bought.length > 0) {
    const chosen = random.pick(bought);
    if (!events[chosen.event]?.isWaitedFor || random.chance(50)) return randomAfterSale(random, chosen);
    return { do: 'send', event: chosen.event, command: randomResell(random, chosen, n) };
  }
  const waiting = placed.filter((other) => other.event === event && other.entryId !== undefined).slice(-6);
  if (roll < 52 && waiting.length > 0) {
    const chosen = random.pick(waiting);
    if (random.chance(70)) {
      // Some have a second offer, because a seller has kept a ticket.
      if (random.chance(10)) chosen.holdId = nextOfferId(chosen.holdId);
      const command = randomCommand(random, chosen.holdId, chosen.buyerId);
      if (command.kind === 'confirm') chosen.paid = true;
      return { do: 'send', event, command };
    }
    return { do: 'send', event, command: randomLeave(random, chosen) };
  }
  if (roll < 59 && events[event]?.isWaitedFor) {
    const wanted = placed
      .filter((other) => other.event === event)
      .flatMap(({ wants }) => typesIn(wants, sale));
    const command = randomJoin(random, sale, wanted.slice(-4), n);
    const { entryId, buyerId, network, ticketTypeId, quantity } = command;
    const holdId = offerIdOf({ id: entryId, holdId: null });
    const items = [{ ticketTypeId, quantity }];
    placed.push({ event, holdId, entryId, buyerId, network, wants: { kind: 'items', items }, paid: false });
    return { do: 'send', event, command };
  }
  if (roll < 67 || placed.length === 0) {
    const command = randomPlace(random, sale, n);
    const { holdId, buyerId, network, wants } = command;
    const mine = { event, holdId, buyerId, network, wants, paid: false };
    placed.push(mine);
    if (events[event]?.isWaitedFor && soon.length === 0 && random.chance(40))
      soon.push(...randomBuyOut(random, sale, placed, mine, n));
    return { do: 'send', event, command };
  }
  return randomFollowUp(random, events, placed);
}

/** A hold is bought, a ticket of it is offered for resale, and somebody waits for it and pays. Few histories get this far by chance. */
function randomBuyOut(random: Random, sale: EventSale, placed: Placed[], seller: Placed, n: number): Step[] {
  const { event, wants } = seller;
  const command = { ...randomJoin(random, sale, typesIn(wants, sale), n), quantity: random.pick([1, 1, 2]) };
  const { entryId, buyerId, network } = command;
  const holdId = offerIdOf({ id: entryId, holdId: null });
  const buyer = { event, holdId, entryId, buyerId, network, wants, paid: true };
  placed.push(buyer);
  seller.paid = true;
  const send = (each: Command): Step => ({ do: 'send', event, command: each });
  const bought = (by: Placed) => [
    send({
      kind: 'order',
      holdId: by.holdId,
      buyerId: by.buyerId,
      order: { ...order, mailbox: random.between(20, 27) },
    }),
    send({
      kind: 'confirm',
      holdId: by.holdId,
      paid: { ...paid, card: random.chance(90) ? random.between(30, 33) : null },
    }),
  ];
  const offer = send(randomResell(random, seller, n));
  const [ordered, paying] = bought(buyer) as [Step, Step];
  // Before the buyer pays, the seller may take the ticket back or use it.
  const [ticketId, roll] = [ticketIdOf(seller.holdId, 0), random.below(100)];
  const between: Step[] = [];
  if (roll < 22) {
    const transferId = randomTransfer(random, seller.holdId, 0);
    between.push(send({ kind: 'withdraw-resale', holdId: seller.holdId, ticketId, transferId }));
  } else if (roll < 32) between.push({ do: 'admit', event, holdId: seller.holdId, position: 0 });
  return [
    ...bought(seller),
    { do: 'commit', fate: 'done' },
    offer,
    send(command),
    ordered,
    ...between,
    paying,
  ];
}

/** A command on a hold, most often on one of the last few and by its own buyer. */
function randomFollowUp(random: Random, events: SimulatedEvent[], placed: Placed[]): Step {
  const recent = random.chance(85) ? Math.max(0, placed.length - 8) : 0;
  const chosen = placed[random.between(recent, placed.length - 1)] as Placed;
  const { event, holdId, buyerId } = chosen;
  const who = random.chance(95) ? buyerId : randomBuyer(random);
  const command = random.chance(18)
    ? randomExchange(random, events, placed, { ...chosen, buyerId: who })
    : randomCommand(random, holdId, who);
  if (command.kind === 'confirm') chosen.paid = true;
  return { do: 'send', event, command };
}

function randomCommand(random: Random, holdId: HoldId, buyerId: UserId): Command {
  const roll = random.below(100);
  if (roll < 12) return { kind: 'redeem', holdId, buyerId, code: random.pick([...promoWords, 'NONE', null]) };
  if (roll < 40)
    return { kind: 'order', holdId, buyerId, order: { ...order, mailbox: random.between(20, 27) } };
  if (roll < 70)
    return {
      kind: 'confirm',
      holdId,
      paid: { ...paid, card: random.chance(90) ? 30 : null },
    };
  if (roll < 80) return { kind: 'release', holdId, buyerId };
  if (roll < 84) return { kind: 'drop', holdId };
  if (roll < 94) return randomCancel(random, holdId);
  if (roll < 97) return randomRefund(random, holdId);
  return { kind: 'expire' };
}

/** Often to places that the buyer or somebody else has wanted lately. */
function randomExchange(
  random: Random,
  events: SimulatedEvent[],
  placed: Placed[],
  { event, holdId, buyerId, network }: Placed,
): Command {
  const { sale } = events[event] as SimulatedEvent;
  const lately = placed.filter((other) => other.event === event).slice(-12);
  const mine = lately.filter((other) => other.buyerId === buyerId);
  const wants = random.chance(85)
    ? random.pick(mine.length > 1 ? mine : lately).wants
    : randomWants(random, sale);
  if (wants.kind === 'items') return { kind: 'exchange', holdId, buyerId, network, wants };
  const seats = wants.kind === 'seats' ? wants.seats : randomSeats(random, sale);
  const items = random.chance(20) ? randomItems(random, sale) : undefined;
  return { kind: 'exchange', holdId, buyerId, network, wants: { kind: 'seats', seats, items } };
}

function randomPlace(random: Random, sale: EventSale, n: number): Extract<Command, { kind: 'place' }> {
  const wants = randomWants(random, sale);
  // There are few keys, so that some are reused, for the same request or another one.
  const retry = random.chance(50)
    ? { key: `k${random.below(20)}`, fingerprint: JSON.stringify(wants) }
    : null;
  const buyerId = randomBuyer(random);
  return { kind: 'place', holdId: `hld_${n}`, buyerId, wants, retry, network: randomNetwork(random) };
}

function randomOfTeam(random: Random, events: SimulatedEvent[], made: Made, n: number): Step {
  const event = random.below(events.length);
  const { sale } = events[event] as SimulatedEvent;
  const wants =
    sale.seats && random.chance(60)
      ? { kind: 'seats' as const, seats: randomSeats(random, sale) }
      : { kind: 'items' as const, items: randomItems(random, sale) };
  const step = randomTeamStep(
    random,
    { event, wants, buyerId: randomBuyer(random), order: { ...order, mailbox: 20 } },
    made.blocks,
    n,
  );
  const { command } = step;
  if (command.kind === 'issue')
    made.placed.push({
      event: step.event,
      holdId: command.holdId,
      buyerId: command.buyerId,
      network: null,
      wants,
      paid: true,
    });
  return step;
}

const typesIn = (wants: Wants, { ticketTypes }: EventSale): TicketTypeId[] =>
  wants.kind === 'items'
    ? wants.items.map(({ ticketTypeId }) => ticketTypeId)
    : wants.kind === 'best'
      ? [wants.ticketTypeId]
      : ticketTypes.filter(({ zone }) => zone).map(({ id }) => id);

/** Often for a ticket type that somebody has wanted lately. */
function randomJoin(random: Random, sale: EventSale, wanted: TicketTypeId[], n: number): JoinCommand {
  const ticketTypeId = wanted.length > 0 && random.chance(80) ? random.pick(wanted) : someType(random, sale);
  const quantity = random.chance(95) ? random.pick([1, 1, 1, 2, 2, 3]) : random.between(4, 9);
  const retry = random.chance(50)
    ? { key: `w${random.below(6)}`, fingerprint: `${quantity} of ${ticketTypeId}` }
    : null;
  return {
    kind: 'join',
    // The ids of later offers count in the last four letters.
    entryId: `wle_${n}x0000`,
    buyerId: randomBuyer(random),
    ticketTypeId,
    quantity,
    network: randomNetwork(random),
    email: random.chance(50) ? 'guest@example.com' : null,
    language: 'en',
    retry,
  };
}

const randomLeave = (random: Random, { entryId, buyerId }: Placed): LeaveCommand => ({
  kind: 'leave',
  entryId: entryId as WaitlistEntryId,
  buyerId: random.chance(90) ? buyerId : randomBuyer(random),
});

/** Two networks: one of guests (odd) and one of accounts (even). */
const randomNetwork = (random: Random): number | null => (random.chance(85) ? random.between(10, 13) : null);

function randomWants(random: Random, sale: EventSale): Wants {
  // The version of the seat map that the buyer's page shows.
  const shown = random.chance(10) ? { seatMapId: `map_${random.between(1, 2)}` as const } : {};
  if (sale.seats && random.chance(50)) return { kind: 'seats', seats: randomSeats(random, sale), ...shown };
  if (sale.seats && random.chance(60))
    return { kind: 'best', ticketTypeId: someType(random, sale), quantity: random.between(1, 5), ...shown };
  return { kind: 'items', items: randomItems(random, sale) };
}

const someType = (random: Random, { ticketTypes }: EventSale): TicketTypeId =>
  random.chance(98) ? random.pick(ticketTypes).id : 'tty_none';

function randomSeats(random: Random, sale: EventSale): Extract<Wants, { kind: 'seats' }>['seats'] {
  const seatCount = sale.seats?.seatCount ?? 0;
  const at = random.below(seatCount);
  return Array.from({ length: random.between(1, 3) }, (_, i) => ({
    seatId: seatId(
      random.chance(99) ? sale.eventId : 'evt_other',
      random.chance(80) ? (at + i) % seatCount : random.below(seatCount + 4),
    ),
    ...(random.chance(20) && { ticketTypeId: someType(random, sale) }),
  }));
}

const randomItems = (random: Random, sale: EventSale): Extract<Wants, { kind: 'items' }>['items'] =>
  Array.from({ length: random.chance(80) ? 1 : 2 }, () => ({
    ticketTypeId: someType(random, sale),
    quantity: random.between(1, 4),
  }));

const randomBuyer = (random: Random): UserId => `usr_${random.below(5)}`;

/** Mostly forward, by about the length of a hold; sometimes back, like a clock that is set. */
function randomJump(random: Random): number {
  if (random.chance(10)) return -random.between(1, 900) * 1000;
  return random.pick([1, 1000, 30_000, 60_000, 299_000, 300_000, 600_000, 3_600_000]);
}

const order = {
  buyerName: 'A',
  buyerEmail: 'a@example.com',
  attendees: null,
  returnUrl: null,
  language: 'en' as const,
};
const paid = { paymentId: 'pay_1' as const, intentRef: 'pi_1', amountMinor: 1, currency: 'EUR' as const };
