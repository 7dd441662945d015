import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, testPassword, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { holdOf, join, mine, release, soldOut } from './testing/sold-out.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const freeOf = async (event: TestEvent): Promise<number> =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;

const order = (person: Person, holdId: string) =>
  person.client.post('/api/orders', { holdId, buyer: { name: 'Ada Osei', email: `${holdId}@example.com` } });

test('who waits is offered what is released, in order, and nobody else gets it', async () => {
  const { event, holder, holdId } = await soldOut(world);
  const [ann, bob, newcomer] = await Promise.all([world.user(), world.user(), world.user()]);
  expect((await join(ann, event, 3)).body).toMatchObject({ position: 1, status: 'waiting' });
  expect((await join(bob, event)).body).toMatchObject({ position: 2, status: 'waiting' });

  await release(holder, holdId);
  expect(await freeOf(event)).toBe(0);
  const refused = await holdOf(newcomer, event, 1);
  expect([refused.status, refused.body.code]).toEqual([409, 'sold_out']);
  const offered = await mine(ann, event);
  expect(offered).toMatchObject({ status: 'offered', position: null, quantity: 3 });
  const hold = await ann.client.get(`/api/holds/${offered.offer.holdId}`);
  expect(hold.body).toMatchObject({ status: 'active', expiresAt: offered.offer.expiresAt });
  expect((await order(ann, offered.offer.holdId)).status).toBe(201);
  expect(await mine(ann, event)).toMatchObject({ status: 'accepted' });
  expect((await ann.client.get('/api/me/waitlist-entries')).body.items).toMatchObject([
    { eventId: event.id, status: 'accepted' },
  ]);
});

test('a person waits once for a ticket type, also from two devices at the same instant', async () => {
  const { event } = await soldOut(world);
  const person = await world.user();
  const answers = await Promise.all(Array.from({ length: 5 }, () => join(person, event)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  const first = answers.find(({ status }) => status === 201)?.body.id;
  for (const { status, body } of answers)
    if (status === 409) expect(body).toMatchObject({ code: 'already_waiting', entryId: first });
});

test('a retry with the same key finds the same entry', async () => {
  const { event } = await soldOut(world);
  const person = await world.user();
  const body = { ticketTypeId: event.ticketTypeId, quantity: 2 };
  const once = () =>
    person.client.post(`/api/events/${event.id}/waitlist`, body, { 'idempotency-key': 'one-join' });
  const [first, second] = [await once(), await once()];
  expect(second.status).toBe(201);
  expect(second.body).toEqual(first.body);
});

test('nobody waits while places are on sale, for an unknown type, or where the waitlist is off', async () => {
  const person = await world.user();
  const open = await world.event({ capacity: 2 });
  expect((await join(person, open)).body).toMatchObject({ code: 'places_available', available: 2 });
  const off = { enabled: false, offerMinutes: 30, partiesUntilHours: 24 };
  const { event } = await soldOut(world, 2, { fields: { waitlist: off } });
  expect((await world.client().get(`/api/events/${event.id}`)).body.waitlist).toEqual(off);
  expect((await join(person, event)).body.code).toBe('waitlist_off');
  const { event: small } = await soldOut(world, 2);
  expect((await join(person, small, 3)).body).toMatchObject({ code: 'party_too_large', limit: 2 });
  expect((await join(await world.guest(), small)).status).toBe(201);
  expect((await world.client().post(`/api/events/${small.id}/waitlist`, {})).status).toBe(401);
});

test('leaving during an offer, or releasing its hold, passes it on at once', async () => {
  const { event, holder, holdId } = await soldOut(world, 2);
  const people = await Promise.all([world.user(), world.user(), world.user()]);
  for (const person of people) await join(person, event, 2);
  await release(holder, holdId);
  const [ann, bob, cat] = people as [Person, Person, Person];
  const entry = await mine(ann, event);
  expect((await bob.client.delete(`/api/waitlist-entries/${entry.id}`)).status).toBe(404);
  expect((await ann.client.delete(`/api/waitlist-entries/${entry.id}`)).status).toBe(204);
  expect((await ann.client.delete(`/api/waitlist-entries/${entry.id}`)).status).toBe(204);
  expect(await mine(ann, event)).toMatchObject({ status: 'declined' });
  const second = await mine(bob, event);
  expect(second.status).toBe('offered');
  await release(bob, second.offer.holdId);
  expect(await mine(bob, event)).toMatchObject({ status: 'declined' });
  expect(await mine(cat, event)).toMatchObject({ status: 'offered' });
});

test('an offer that expires at the instant of paying is one of the two, and the place has one owner', async () => {
  const { event, holder, holdId } = await soldOut(world, 1);
  const [ann, bob] = await Promise.all([world.user(), world.user()]);
  await join(ann, event);
  await join(bob, event);
  await release(holder, holdId);
  const { offer } = await mine(ann, event);
  world.clock.set(new Date(offer.expiresAt));
  const [placed] = await Promise.all([order(ann, offer.holdId), sweepHolds(world.app)]);
  expect([placed.status, placed.body.code]).toEqual([409, 'hold_expired']);
  expect(await mine(ann, event)).toMatchObject({ status: 'expired' });
  const next = await mine(bob, event);
  expect(next.status).toBe('offered');
  expect((await order(bob, next.offer.holdId)).status).toBe(201);
});

describe('capacity', () => {
  const setCapacity = async ({ id, organiser }: TestEvent, capacity: number) => {
    const { body } = await organiser.client.get(`/api/events/${id}/management`);
    const pools = body.pools.map((pool: { key: string; name: string }) => ({
      key: pool.key,
      name: pool.name,
      capacity,
    }));
    return organiser.client.patch(`/api/events/${id}`, { pools }, { 'if-match': String(body.version) });
  };

  test('new places go to the line, and what is left is on sale', async () => {
    const { event } = await soldOut(world, 2);
    const ann = await world.user();
    await join(ann, event);
    expect((await setCapacity(event, 6)).status).toBe(200);
    // Until the ledger has offered them, nobody sees them as free.
    expect(await freeOf(event)).toBe(0);
    const newcomer = await holdOf(await world.user(), event, 4);
    expect(newcomer.body.code).toBe('sold_out');
    expect(await mine(ann, event)).toMatchObject({ status: 'offered' });
    expect(await freeOf(event)).toBe(3);
  });

  test('the sweep offers them if nobody calls', async () => {
    const { event } = await soldOut(world, 2);
    const ann = await world.user();
    await join(ann, event);
    await setCapacity(event, 3);
    await sweepHolds(world.app);
    expect(await mine(ann, event)).toMatchObject({ status: 'offered' });
  });

  test('a party for which the event has become too small keeps nothing from the next in line', async () => {
    const event = await world.event({ capacity: 5, priceMinor: 0 });
    const [holder, other, party, bob] = await Promise.all(Array.from({ length: 4 }, () => world.user()));
    if (!holder || !other || !party || !bob) throw new Error('nobody came');
    expect((await holdOf(holder, event, 3)).status).toBe(201);
    const hold = await holdOf(other, event, 2);
    await join(party, event, 5);
    await join(bob, event, 1);
    await release(other, hold.body.id);
    expect(await mine(bob, event)).toMatchObject({ status: 'waiting', position: 2 });
    expect((await setCapacity(event, 4)).status).toBe(200);
    await sweepHolds(world.app);
    expect(await mine(party, event)).toMatchObject({ status: 'waiting' });
    expect(await mine(bob, event)).toMatchObject({ status: 'offered' });
  });

  test('lowered capacity takes kept places, but none that is held', async () => {
    const { event, holder } = await soldOut(world, 3);
    const spare = await world.user();
    await setCapacity(event, 4);
    expect((await holdOf(spare, event, 1)).status).toBe(201);
    const party = await world.user();
    await join(party, event, 2);
    await setCapacity(event, 5);
    await sweepHolds(world.app);
    expect(await mine(party, event)).toMatchObject({ status: 'waiting' });
    expect((await holdOf(holder, event, 1)).body).toMatchObject({ code: 'sold_out', kept: 1 });
    expect((await setCapacity(event, 4)).status).toBe(200);
    expect((await setCapacity(event, 3)).body.code).toBe('capacity_below_taken');
  });
});

test('a party of four gets four, after places have gathered; the couple behind it waits', async () => {
  const event = await world.event({ capacity: 4, priceMinor: 0 });
  const holders = await Promise.all([world.user(), world.user()]);
  const holds: string[] = [];
  for (const holder of holders) holds.push((await holdOf(holder, event, 2)).body.id);
  const [party, couple] = await Promise.all([world.user(), world.user()]);
  await join(party, event, 4);
  await join(couple, event, 2);
  await release(holders[0] as Person, holds[0] as string);
  expect(await mine(party, event)).toMatchObject({ status: 'waiting', position: 1 });
  expect(await mine(couple, event)).toMatchObject({ status: 'waiting', position: 2 });
  expect(await freeOf(event)).toBe(0);
  await release(holders[1] as Person, holds[1] as string);
  expect(await mine(party, event)).toMatchObject({ status: 'offered' });
  expect(await mine(couple, event)).toMatchObject({ status: 'waiting', position: 1 });
});

test('a second process serves the same line', async () => {
  const { event, holder, holdId } = await soldOut(world, 2);
  const other = await world.another();
  const [ann, bob] = await Promise.all([world.user(), world.user()]);
  await join(ann, event);
  await other.app.ledger.submit(event.id, { kind: 'expire' });
  await join(bob, event);
  await other.app.ledger.submit(event.id, {
    kind: 'release',
    holdId: holdId as `hld_${string}`,
    buyerId: holder.userId,
  });
  expect(await mine(ann, event)).toMatchObject({ status: 'offered' });
  expect(await mine(bob, event)).toMatchObject({ status: 'offered' });
  await ann.client.delete(`/api/waitlist-entries/${(await mine(ann, event)).id}`);
  expect(await freeOf(event)).toBe(1);
});

test('a process reads only the entries that changed since its last batch', async () => {
  const { event, holder, holdId } = await soldOut(world, 1);
  const ann = await world.user();
  const { id } = (await join(ann, event)).body;
  // No batch of the ledger writes an entry without its version, so a process with the line in memory does not see this.
  await world.app.db.run('update waitlist_entries set quantity = 2 where id = $1', [id]);
  await release(holder, holdId);
  await world.app.db.run('update waitlist_entries set quantity = 1 where id = $1', [id]);
  expect(await mine(ann, event)).toMatchObject({ status: 'offered' });
});

test('the account that takes over a guest takes over the place in line; of two for one type the earlier stays', async () => {
  const { event, holder, holdId } = await soldOut(world, 2);
  const account = await world.user();
  const other = await world.user();
  const guest = await world.guest();
  expect((await join(guest, event, 1, { email: 'guest@example.com' })).body.position).toBe(1);
  expect((await join(other, event)).body.position).toBe(2);
  expect((await join(account, event)).body.position).toBe(3);
  const signIn = { email: account.email, password: testPassword };
  expect((await guest.client.post('/api/auth/sign-in/email', signIn)).status).toBe(200);
  const entries = (await account.client.get(`/api/events/${event.id}/waitlist/mine`)).body.items;
  expect(
    entries.map(({ status, position }: { status: string; position: number }) => [status, position]),
  ).toEqual([
    ['left', null],
    ['waiting', 1],
  ]);
  await release(holder, holdId);
  const offered = (await account.client.get(`/api/events/${event.id}/waitlist/mine`)).body.items[1];
  expect(offered.status).toBe('offered');
  expect(await mine(other, event)).toMatchObject({ status: 'offered' });
  const [ledger] = await world.app.db.query('select line from ledgers where event_id = $1', [event.id]);
  expect(ledger).toEqual({ line: 2 });
});

describe('the mail about an offer', () => {
  const mails = (to: string) =>
    world.app.db.query<{ subject: string; text: string }>(
      `select subject, body_text as text from messages where recipient = $1 and key like 'waitlist-offer:%'`,
      [to],
    );
  const linkIn = (text: string) => {
    const [, entryId, secret] = /\/offers\/(wle_\w+)#([\w-]+)/.exec(text) ?? [];
    return { entryId, secret };
  };

  test('is sent once, in the language of joining, and its link opens the offer on another device', async () => {
    const { event, holder, holdId } = await soldOut(world, 2);
    const guest = await world.guest();
    const email = 'waits@example.com';
    const joined = await guest.client.post(
      `/api/events/${event.id}/waitlist`,
      { ticketTypeId: event.ticketTypeId, quantity: 2, email },
      { 'accept-language': 'de' },
    );
    await release(holder, holdId);
    await world.drain();
    const [mail, ...more] = await mails(email);
    expect(more).toEqual([]);
    expect(mail?.subject).toMatch(/^Plätze für dich: /);
    const { entryId, secret } = linkIn(mail?.text ?? '');
    expect(entryId).toBe(joined.body.id);

    const phone = await world.guest();
    const open = (given: unknown) =>
      phone.client.post(`/api/waitlist-entries/${entryId}/openings`, { secret: given });
    expect((await open('x'.repeat(32))).body.code).toBe('offer_link_invalid');
    const opened = await open(secret);
    expect(opened.body).toMatchObject({ id: entryId, status: 'offered' });
    expect((await open(secret)).body).toEqual(opened.body);
    expect((await order(phone, opened.body.offer.holdId)).status).toBe(201);
    expect(await mine(phone, event)).toMatchObject({ status: 'accepted' });
    // The offer is bought, so its link gives it to nobody else, and the address is erased.
    const late = await (await world.guest()).client.post(`/api/waitlist-entries/${entryId}/openings`, {
      secret,
    });
    expect(late.body.code).toBe('offer_link_invalid');
    const [row] = await world.app.db.query('select email, network from waitlist_entries where id = $1', [
      entryId,
    ]);
    expect(row).toEqual({ email: null, network: null });
  });

  test('does not give an offer that somebody has ordered and not yet paid to whoever opens its link', async () => {
    const { event, holder, holdId } = await soldOut(world, 1, { priceMinor: 2500 });
    const ann = await world.user();
    await join(ann, event);
    await release(holder, holdId);
    await world.drain();
    const { entryId, secret } = linkIn((await mails(ann.email))[0]?.text ?? '');
    const { offer } = await mine(ann, event);
    expect((await order(ann, offer.holdId)).status).toBe(201);
    const stranger = await world.guest();
    const opened = await stranger.client.post(`/api/waitlist-entries/${entryId}/openings`, { secret });
    expect(opened.body.code).toBe('offer_link_invalid');
    expect(await mine(ann, event)).toMatchObject({ id: entryId, status: 'offered' });
  });

  test('goes to the address of an account; not at all to a guest without one, or when the offer is over', async () => {
    const { event, holder, holdId } = await soldOut(world, 3);
    const [ann, bob] = await Promise.all([world.user(), world.user()]);
    const guest = await world.guest();
    await join(ann, event);
    await join(bob, event);
    await join(guest, event);
    await release(holder, holdId);
    await bob.client.delete(`/api/waitlist-entries/${(await mine(bob, event)).id}`);
    await world.drain();
    expect(await mails(ann.email)).toHaveLength(1);
    expect(await mails(bob.email)).toHaveLength(0);
    expect(await mine(guest, event)).toMatchObject({ status: 'offered' });
  });
});

test('a deleted account leaves the line, and its offer goes on', async () => {
  const { event, holder, holdId } = await soldOut(world, 1);
  const [ann, bob] = await Promise.all([world.user(), world.user()]);
  await join(ann, event);
  await join(bob, event);
  await release(holder, holdId);
  const exported = await ann.client.get('/api/me/export');
  expect(exported.body.waitlist).toMatchObject([{ eventId: event.id, status: 'offered' }]);
  expect((await ann.client.post('/api/me/deletion', { password: testPassword })).status).toBe(204);
  expect(await mine(bob, event)).toMatchObject({ status: 'offered' });
});

test('the team sees the line in its order, page by page; nobody else does', async () => {
  const { event } = await soldOut(world, 2);
  const people = await Promise.all(Array.from({ length: 3 }, () => world.user()));
  for (const person of people) await join(person, event);
  const { client } = event.organiser;
  const first = (await client.get(`/api/events/${event.id}/waitlist?limit=2`)).body;
  expect(first.items.map(({ email }: { email: string }) => email)).toEqual(
    people.slice(0, 2).map(({ email }) => email),
  );
  const second = (await client.get(`/api/events/${event.id}/waitlist?limit=2&cursor=${first.nextCursor}`))
    .body;
  expect(second.items).toMatchObject([{ email: people[2]?.email, position: 3 }]);
  expect(second.nextCursor).toBeNull();
  expect((await (people[0] as Person).client.get(`/api/events/${event.id}/waitlist`)).status).toBe(404);
});

test('when the sale ends, who waits is told that it is over', async () => {
  const { event } = await soldOut(world, 1);
  const ann = await world.user();
  await join(ann, event);
  const { body } = await event.organiser.client.get(`/api/events/${event.id}/management`);
  const now = world.clock.now();
  await event.organiser.client.patch(
    `/api/events/${event.id}`,
    { saleEndsAt: new Date(now.getTime() + minutes(5)).toISOString() },
    { 'if-match': String(body.version) },
  );
  await sweepHolds(world.app);
  expect(await mine(ann, event)).toMatchObject({ status: 'waiting' });
  world.clock.advance(minutes(6));
  await sweepHolds(world.app);
  expect(await mine(ann, event)).toMatchObject({ status: 'ended' });
  const [ledger] = await world.app.db.query('select line, line_due_at from ledgers where event_id = $1', [
    event.id,
  ]);
  expect(ledger).toEqual({ line: 0, line_due_at: null });
});
