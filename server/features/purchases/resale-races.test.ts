import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { scan } from '../transfers/testing/offer.ts';
import {
  accept,
  entryOf,
  type Owned,
  orderHold,
  orderOf,
  orderOffer,
  own,
  pay,
  resell,
  resellable,
  reserved,
  ticketOf,
  withdraw,
} from './testing/resale.ts';

/* Resales that something comes between: payments that fail or come late, scans, withdrawals, disputes. Over HTTP. */
let world: World;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

type Reserved = Awaited<ReturnType<typeof reserved>>;
const stillTheirs = async ({ buyer, ticket, orderId }: Owned) => {
  expect(await ticketOf(buyer, ticket.id)).toMatchObject({ code: ticket.code });
  expect((await orderOf(buyer, orderId)).refunded.amount).toBe(0);
};
const statusOf = async ({ event, ann, bob }: Reserved) =>
  Promise.all([ann, bob].map(async (person) => (await entryOf(person, event)).status));
/** Moves the clock to two minutes after the end of a person's offer: an ordered one has one minute more to be paid. */
const passOffer = async ({ ann, event }: Reserved) => {
  const { offer } = await entryOf(ann, event);
  world.clock.advance(Date.parse(offer.expiresAt) - world.clock.now().getTime() + minutes(2));
};

describe('the buyer', () => {
  test('whose payment fails buys nothing, and the seller keeps all', async () => {
    const scene = await reserved(world);
    const { event, seller, ann } = scene;
    const ordered = await orderOffer(ann, event);
    await pay(world, ordered, '4000000000000002');
    await stillTheirs(seller);
    // The ticket is theirs to pay until the time is over. Then it goes to the next.
    expect(await statusOf(scene)).toEqual(['offered', 'waiting']);
    await passOffer(scene);
    await sweepHolds(world.app);
    await world.drain();
    expect(await statusOf(scene)).toEqual(['expired', 'offered']);
    await stillTheirs(seller);
    expect(await accept(world, scene.bob, event)).toMatchObject({ status: 'confirmed' });
  });

  test('whose payment comes too late gets it back, and the seller keeps all', async () => {
    const scene = await reserved(world);
    const { event, seller, ann } = scene;
    const ordered = await orderOffer(ann, event);
    await passOffer(scene);
    await pay(world, ordered);
    await sweepHolds(world.app);
    await world.drain();
    const order = await orderOf(ann, ordered.body.order.id);
    expect(order.status).not.toBe('confirmed');
    expect(order.tickets).toEqual([]);
    await stillTheirs(seller);
    expect(await statusOf(scene)).toEqual(['expired', 'offered']);
  });

  test('who pays twice at the same instant gets one ticket', async () => {
    const { event, seller, ann } = await reserved(world);
    const ordered = await orderOffer(ann, event);
    await Promise.all([pay(world, ordered), pay(world, ordered)]);
    expect((await orderOf(ann, ordered.body.order.id)).tickets).toHaveLength(1);
    expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(2500);
  });
});

describe('the seller', () => {
  test('who takes the ticket back leaves the person first in line', async () => {
    const scene = await reserved(world);
    const { event, seller, ann } = scene;
    const before = (await entryOf(ann, event)).offer.holdId;
    expect((await withdraw(seller)).status).toBe(204);
    expect(await entryOf(ann, event)).toMatchObject({ status: 'waiting', position: 1 });
    const gone = await ann.client.post('/api/orders', {
      holdId: before,
      buyer: { name: 'Ann', email: 'ann@example.com' },
    });
    expect(gone.body.code).toBe('hold_ended');
    // Offered again, it is ann's turn again, with another hold. She can decline that one too.
    await resell(seller);
    const again = await entryOf(ann, event);
    expect(again.status).toBe('offered');
    expect(again.offer.holdId).not.toBe(before);
    expect((await ann.client.delete(`/api/waitlist-entries/${again.id}`)).status).toBe(204);
    expect(await statusOf(scene)).toEqual(['declined', 'offered']);
  });

  test('cannot take the ticket back while somebody is paying for it', async () => {
    const { event, seller, ann } = await reserved(world);
    const ordered = await orderOffer(ann, event);
    const refused = await withdraw(seller);
    expect([refused.status, refused.body.code]).toEqual([409, 'resale_in_payment']);
    expect(Date.parse(refused.body.until)).toBeGreaterThan(world.clock.now().getTime());
    await pay(world, ordered);
    expect((await withdraw(seller)).body.code).toBe('ticket_cancelled');
  });

  test('who withdraws at the instant of paying either keeps the ticket or is paid, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const { event, seller, ann } = await reserved(world);
      const { holdId } = (await entryOf(ann, event)).offer;
      const [ordered, withdrawn] = await Promise.all([orderHold(ann, holdId), withdraw(seller)]);
      if (ordered.status === 201) await pay(world, ordered);
      const isSold = ordered.status === 201;
      expect(isSold ? [409, 404] : [204]).toContain(withdrawn.status);
      const { refunded, tickets } = await orderOf(seller.buyer, seller.orderId);
      expect([refunded.amount, tickets[0].status]).toEqual(isSold ? [2500, 'cancelled'] : [0, 'valid']);
    }
  });

  test('who goes in while the buyer pays keeps the place, and the buyer gets the money back', async () => {
    const scene = await reserved(world);
    const { event, seller, ann } = scene;
    const ordered = await orderOffer(ann, event);
    expect((await scan(event, seller.ticket.code)).status).toBe(201);
    await pay(world, ordered);
    const order = await orderOf(ann, ordered.body.order.id);
    expect(order.tickets).toEqual([]);
    expect(order.status).not.toBe('confirmed');
    expect(await ticketOf(seller.buyer, seller.ticket.id)).toMatchObject({ status: 'used', resale: null });
    expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(0);
    expect(await statusOf(scene)).toEqual(['waiting', 'waiting']);
    const seen = await event.organiser.client.get(`/api/orders/${seller.orderId}/resales`);
    expect(seen.body.items).toMatchObject([{ status: 'ended', endedBecause: 'used' }]);
  });

  test('who goes in at the instant of the payment is either in or paid, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const { event, seller, ann } = await reserved(world);
      const ordered = await orderOffer(ann, event);
      const [scanned] = await Promise.all([scan(event, seller.ticket.code), pay(world, ordered)]);
      await world.drain();
      const { refunded, tickets } = await orderOf(seller.buyer, seller.orderId);
      const bought = await orderOf(ann, ordered.body.order.id);
      const isIn = scanned.status === 201;
      expect([refunded.amount, tickets[0].status]).toEqual(isIn ? [0, 'used'] : [2500, 'cancelled']);
      expect(bought.tickets).toHaveLength(isIn ? 0 : 1);
    }
  });

  test('who offers twice at the same instant offers once', async () => {
    const event = await resellable(world);
    const seller = await own(world, event);
    const answers = await Promise.all([resell(seller), resell(seller), resell(seller)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const seen = await seller.buyer.client.get(`/api/orders/${seller.orderId}/resales`);
    expect(seen.body.items).toHaveLength(1);
  });
});

test('a refund by the organiser while the buyer pays ends the offer, and the buyer waits again', async () => {
  const scene = await reserved(world);
  const { event, seller, ann } = scene;
  const ordered = await orderOffer(ann, event);
  await event.organiser.client.post(`/api/orders/${seller.orderId}/refunds`, { reason: 'x' });
  await pay(world, ordered);
  expect((await orderOf(ann, ordered.body.order.id)).tickets).toEqual([]);
  // The place of the ended ticket is free, so ann is offered that one.
  expect(await statusOf(scene)).toEqual(['offered', 'waiting']);
  expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(2500);
  expect(await accept(world, ann, event)).toMatchObject({ status: 'confirmed', total: { amount: 2500 } });
});

test('one batch takes an offer back and its person out of the line', async () => {
  const { event, seller, ann, bob } = await reserved(world);
  const { id } = await entryOf(ann, event);
  const eventId = event.id as `evt_${string}`;
  const versionOf = async () =>
    (
      await world.app.db.query<{ version: number }>('select version from ledgers where event_id = $1', [
        eventId,
      ])
    )[0]?.version ?? 0;
  const before = await versionOf();
  let done: Promise<unknown[]> = Promise.resolve([]);
  await world.app.db.transaction(async (trx) => {
    await trx.query('select from ledgers where event_id = $1 for update', [eventId]);
    // The first command waits for the lock, and the others queue behind it.
    const first = world.app.ledger.submit(eventId, { kind: 'expire' });
    const tickets = [seller.ticket.id as `tkt_${string}`];
    const both = [
      world.app.ledger.submit(eventId, { kind: 'end-resales', tickets, because: 'disputed' }),
      world.app.ledger.submit(eventId, { kind: 'leave', entryId: id, buyerId: ann.userId }),
    ];
    done = Promise.all([first, ...both]);
  });
  expect(await done).toMatchObject([{ kind: 'expired' }, { kind: 'resale_over' }, { kind: 'left' }]);
  expect((await entryOf(ann, event)).status).toBe('left');
  expect((await entryOf(bob, event)).status).toBe('waiting');
  // The batch of both was not run again command by command.
  expect((await versionOf()) - before).toBe(1);
});
