import type { HoldId, UserId } from '../../contract/ids.ts';
import type { OrderDraft } from '../../server/features/inventory/order-command.ts';
import type { Wants } from '../../server/features/inventory/wants.ts';
import type { Random } from '../../server/seeded-random.ts';
import type { Step } from './steps.ts';
import { randomPolicy, randomResale, randomWaitlist } from './worlds.ts';

/** A block that a step has asked for. */
export interface Block {
  event: number;
  holdId: HoldId;
  wants: Exclude<Wants, { kind: 'best' }>;
}

interface Asked {
  event: number;
  buyerId: UserId;
  wants: Block['wants'];
  order: OrderDraft;
}

const actor = { system: 'simulator' };

/** The team blocks places, releases one of the last blocks, or issues complimentary tickets or those of a door sale, some of them out of a block. */
export function randomTeamStep(
  random: Random,
  asked: Asked,
  blocks: Block[],
  n: number,
): Extract<Step, { do: 'send' }> {
  const { event, buyerId, wants } = asked;
  const [known] = blocks.slice(-random.between(1, 4));
  if (known && random.chance(25)) {
    const command = { kind: 'unblock' as const, holdId: known.holdId, label: 'House', actor };
    return { do: 'send', event: known.event, command };
  }
  // Holds have the same keys.
  const key = `k${random.below(20)}`;
  if (random.chance(45)) {
    const from = known && random.chance(70) ? known : null;
    const issued = from && random.chance(75) ? partOf(random, from.wants) : wants;
    const fingerprint = `issue ${from?.holdId} ${JSON.stringify(issued)}`;
    return {
      do: 'send',
      event: from?.event ?? event,
      command: {
        kind: 'issue',
        holdId: `hld_g${n}`,
        buyerId: `usr_given${random.below(3)}`,
        wants: issued,
        blockHoldId: from?.holdId ?? null,
        order: asked.order,
        note: null,
        actor,
        // What was taken follows from the prices when the command is sent (payAtDoor).
        origin: n % 2 === 0 ? 'complimentary' : 'box_office',
        paid: null,
        retry: random.chance(50) ? { key, fingerprint } : null,
      },
    };
  }
  const retry = random.chance(50) ? { key, fingerprint: `block ${JSON.stringify(wants)}` } : null;
  const holdId: HoldId = `hld_b${n}`;
  blocks.push({ event, holdId, wants });
  return {
    do: 'send',
    event,
    command: { kind: 'block', holdId, buyerId, wants, label: 'House', actor, retry },
  };
}

function partOf(random: Random, wants: Block['wants']): Block['wants'] {
  if (wants.kind === 'seats')
    return { ...wants, seats: wants.seats.slice(0, random.between(1, wants.seats.length)) };
  return {
    ...wants,
    items: wants.items.map((item) => ({ ...item, quantity: random.between(1, item.quantity) })),
  };
}

/** A change of the terms, the state or the start of an event. */
export function randomRules(random: Random): Extract<Step, { do: 'rules' }>['rules'] {
  return random.pick([
    { maxPerBuyer: random.between(1, 8) },
    { placesPerNetwork: random.between(0, 6) },
    { holdSeconds: random.pick([60, 600]) },
    { status: 'draft' as const },
    { status: 'published' as const },
    { priceMinor: random.between(0, 3) * 100 },
    { refundPolicy: randomPolicy(random) },
    { waitlist: randomWaitlist(random) },
    { resale: randomResale(random) },
    { startsInHours: random.pick([3, 24, 25, 26, 1200]) },
  ]);
}
