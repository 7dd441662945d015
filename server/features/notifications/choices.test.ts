import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days } from '../../testing/clock.ts';
import { createWorld, testPassword, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { remindBuyers, remindOfEvents } from './remind-of-events.ts';

describe('mails that may be switched off', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  const subjectsTo = async (address: string) => {
    await world.drain();
    const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(address)}`)).body;
    return items.map((mail: { subject: string }) => mail.subject);
  };

  test('a reminder comes once, the day before, to those who want it and still have their order', async () => {
    const event = await world.event({ priceMinor: 0 });
    const order = async (email: string) => {
      const buyer = await world.user();
      return { buyer, ...(await buy(world, buyer, event, { buyer: { name: 'Ada', email } })) };
    };
    await order('wants@example.com');
    const silent = await order('silent@example.com');
    await silent.buyer.client.patch('/api/me/profile', { mails: { reminders: false } });
    const gone = await order('gone@example.com');
    await gone.buyer.client.post(`/api/orders/${gone.orderId}/cancellation`, {});

    await remindOfEvents(world.app);
    expect(await subjectsTo('wants@example.com')).toEqual(['Your tickets: Night Shift']);
    world.clock.advance(days(29) + 1);
    await Promise.all([remindOfEvents(world.app), remindOfEvents(world.app)]);
    await remindOfEvents(world.app);
    expect(await subjectsTo('wants@example.com')).toEqual(['Soon: Night Shift', 'Your tickets: Night Shift']);
    // Mails about one's own order arrive all the same.
    expect(await subjectsTo('silent@example.com')).toEqual(['Your tickets: Night Shift']);
    expect(await subjectsTo('gone@example.com')).not.toContain('Soon: Night Shift');
  });

  test('reminders go on after the last portion that committed, each order once', async () => {
    const event = await world.event({ priceMinor: 0, capacity: 50 });
    const addresses = Array.from({ length: 5 }, (_, i) => `portion${i}@example.com`);
    for (const email of addresses)
      await buy(world, await world.user(), event, { buyer: { name: 'Ada', email } });
    const { app } = world;
    const { starts_at: startsAt } = (
      await app.db.query<{ starts_at: Date }>('select starts_at from events where id = $1', [event.id])
    )[0]!;
    world.clock.advance(startsAt.getTime() - app.clock.now().getTime() - days(0.5));
    await remindOfEvents(app);
    await app.db.run(`delete from graphile_worker._private_jobs where payload::jsonb = $1::jsonb`, [
      JSON.stringify({ eventId: event.id, hoursAhead: 24 }),
    ]);

    let transactions = 0;
    const db: typeof app.db = {
      ...app.db,
      transaction: (work) => {
        if (++transactions === 2) throw new Error('the process is gone');
        return app.db.transaction(work);
      },
    };
    await expect(remindBuyers({ ...app, db }, { eventId: event.id, hoursAhead: 24 }, 2)).rejects.toThrow(
      'the process is gone',
    );
    expect(await enqueuedReminders()).toBe(2);
    await Promise.all([1, 2, 3].map(() => remindBuyers(app, { eventId: event.id, hoursAhead: 24 }, 2)));
    expect(await enqueuedReminders()).toBe(5);
    for (const email of addresses)
      expect((await subjectsTo(email)).filter((each: string) => each.startsWith('Soon:'))).toHaveLength(1);
  });

  const enqueuedReminders = async () =>
    Number(
      (
        await world.app.db.query<{ count: string }>(`
          select count(*) from graphile_worker._private_jobs job, json_array_elements(job.payload) mail
          where json_typeof(job.payload) = 'array' and mail->>'kind' = 'event-reminder'`)
      )[0]!.count,
    );

  test('a browser that is new to the account is told of, unless nobody wants to know', async () => {
    const person = await world.user();
    const signIn = async (agent: string) => {
      const answer = await world
        .client()
        .post(
          '/api/auth/sign-in/email',
          { email: person.email, password: testPassword },
          { 'user-agent': agent },
        );
      expect(answer.status).toBe(200);
    };
    await signIn('Mozilla/5.0 (Windows NT 10.0) Firefox/140.0');
    await signIn('Mozilla/5.0 (Windows NT 10.0) Firefox/141.0');
    expect(await subjectsTo(person.email)).toEqual([]);
    await signIn('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/605.1');
    expect(await subjectsTo(person.email)).toEqual(['New sign-in to your account']);
    await person.client.patch('/api/me/profile', { mails: { signIns: false } });
    await signIn('Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0');
    expect(await subjectsTo(person.email)).toEqual(['New sign-in to your account']);
  });
});
