import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPushSender } from '../../adapters/push/web-push.ts';
import { audit } from '../../audit/audit.ts';
import { startPushService, type TestPushService } from '../../testing/push-service.ts';
import { createWorld, type Person, secrets, type TestEvent, type World } from '../../testing/world.ts';
import { keepRooms } from '../waiting-room/keep-rooms.ts';
import { nearUpTo } from '../waiting-room/tell-turns.ts';
import { join, keep, leave, mine, steer, withQueue } from '../waiting-room/testing/queue.ts';
import { sendMail } from './send-mail.ts';
import { tellTurns } from './tell-turns.ts';

/* People in a queue are told once that it is nearly their turn, or that it has come. */

let world: World;
let service: TestPushService;
beforeAll(async () => {
  service = await startPushService();
  world = await createWorld();
  world.app.push = createPushSender({
    secret: secrets.session,
    contact: 'mailto:operations@admit.example',
    agent: service.agent,
    mayUse: () => true,
  });
});
afterAll(async () => {
  expect(await audit(world.app.db, { settled: false, now: world.clock.now() })).toEqual([]);
  await world.close();
  await service.close();
});

/** Lets the job run that the keeper enqueued, and what it enqueues. */
async function settle(ms = 20_000): Promise<void> {
  world.clock.advance(ms);
  await world.drain();
}

const mailsTo = async ({ email }: Person): Promise<string[]> => {
  const rows = await world.app.db.query<{ subject: string }>(
    'select subject from messages where recipient = $1 order by id',
    [email],
  );
  return rows.map(({ subject }) => subject);
};

/** An event whose queue lets one person a second in, for these people, who joined in their order. */
async function queued(count: number, fields: { capacity?: number } = {}): Promise<[TestEvent, Person[]]> {
  const event = await withQueue(world, fields);
  await steer(event, { peoplePerMinute: 60 });
  const people = await Promise.all(Array.from({ length: count }, () => world.user()));
  for (const person of people) await join(person, event);
  await keep(world, 0);
  return [event, people];
}

const near = 'Nearly your turn: Night Shift';
const come = 'It is your turn: Night Shift';

test('whoever is near and whoever was let in and is not there gets one mail; who is there and who has left gets none', async () => {
  const [event, [ann, bob, carl, dora]] = (await queued(4)) as [TestEvent, [Person, Person, Person, Person]];
  await keep(world);
  await keep(world);
  // Ann was let in and looks at her place; Bob was let in and is away; Carl waits; Dora leaves.
  await mine(ann, event);
  await leave(dora, event);
  await keep(world, 0);
  await settle();
  expect(await mailsTo(ann)).toEqual([]);
  expect(await mailsTo(bob)).toEqual([come]);
  expect(await mailsTo(carl)).toEqual([near]);
  expect(await mailsTo(dora)).toEqual([]);
  for (let i = 0; i < 2; i++) await keep(world);
  await settle();
  expect((await mine(carl, event)).status).toBe('active');
  expect(await mailsTo(carl)).toEqual([near]);
});

test('at a hot opening nobody beyond the free places is told "nearly", and each of them hears when the turn has come', async () => {
  const [event, people] = await queued(8, { capacity: 3 });
  for (let i = 0; i < 5; i++) await keep(world);
  await settle();
  const [ann, , , dora, eli] = people as [Person, Person, Person, Person, Person];
  const mails = await Promise.all(people.map(mailsTo));
  expect(mails.slice(3)).toEqual([[], [], [], [], []]);
  expect(mails[0]).toEqual([come]);
  await leave(ann, event);
  await keep(world);
  await settle();
  expect([await mailsTo(dora), await mailsTo(eli)]).toEqual([[come], []]);
});

test('whose message fell into a pause hears when the turn has come, at night too, and nothing rings before', async () => {
  const [event, [, bob]] = (await queued(3)) as [TestEvent, [Person, Person]];
  const browser = service.browser();
  await bob.client.put('/api/me/push-subscriptions', browser.subscription);
  const night = { quietHours: { from: '00:00', until: '23:59', timeZone: 'UTC' } };
  const quiet = await bob.client.patch('/api/me/message-choices', night);
  expect(quiet.status, JSON.stringify(quiet.body)).toBe(200);
  await keep(world);
  // Bob is in the range of this step, and the queue is paused before the job of the range runs.
  await steer(event, { paused: true });
  await settle();
  await settle();
  expect([await mailsTo(bob), browser.received]).toEqual([[], []]);
  await steer(event, { paused: false });
  await keep(world);
  await keep(world);
  await settle();
  await settle();
  expect(await mailsTo(bob)).toEqual([come]);
  expect(browser.received).toMatchObject([{ title: come }]);
});

test('guests and unverified accounts get no mail, and nobody is told twice, however often a job runs', async () => {
  const event = await withQueue(world);
  await steer(event, { peoplePerMinute: 60 });
  const [guest, unverified, ann] = [
    await world.guest(),
    await world.user({ verified: false }),
    await world.user(),
  ];
  const places = [];
  for (const person of [guest, unverified, ann]) places.push(await join(person, event));
  await keep(world, 0);
  await keep(world);
  await settle();
  const job = { eventId: event.id, after: 0, upTo: 3, letIn: false };
  await Promise.all([tellTurns(world.app, job), tellTurns(world.app, job)]);
  await settle();
  const again = { kind: 'queue-turn' as const, eventId: event.id, queueEntryId: places[2]!.id };
  await Promise.allSettled([1, 2, 3].map(() => sendMail(world.app, again)));
  expect(await mailsTo(ann)).toEqual([near]);
  expect(await mailsTo(unverified)).toEqual([]);
});

test('a step that fails tells nobody, and the next one tells everybody once', async () => {
  const [event, [ann]] = (await queued(1)) as [TestEvent, [Person]];
  world.clock.advance(1000);
  await world.app.db.run(
    `create function no_jobs() returns trigger language plpgsql as $$ begin raise 'out of space'; end $$`,
  );
  await world.app.db.run(
    `create trigger no_jobs before insert on graphile_worker._private_jobs for each row execute function no_jobs()`,
  );
  await expect(keepRooms(world.app)).rejects.toThrow(/out of space/);
  await world.app.db.run('drop trigger no_jobs on graphile_worker._private_jobs');
  expect((await mine(ann, event)).status).toBe('waiting');
  await keep(world);
  await settle();
  expect(await mailsTo(ann)).toEqual([come]);
});

test('a crowd is told in portions, each person once, in few jobs', async () => {
  const event = await withQueue(world, { capacity: 2000 });
  const ids = Array.from({ length: 520 }, () => world.app.newId('user'));
  await world.app.db.run(
    `insert into users (id, name, email, email_verified, role, created_at, updated_at)
     select id, 'Buyer', lower(id) || '@example.com', true, 'user', $2, $2 from unnest($1::text[]) as id`,
    [ids, world.clock.now()],
  );
  await world.app.db.query(
    `select count(*) from join_queue($1, $2, (select array_agg('que_' || substr(u, 5)) from unnest($2::text[]) as u),
       array_fill('${'0'.repeat(32)}'::text, array[520]), $3)`,
    [event.id, ids, world.clock.now()],
  );
  const jobs = async () => {
    const rows = await world.app.db.query<{ task: string; items: number }>(
      `select task.identifier as task, json_array_length(payload) as items
       from graphile_worker._private_jobs as job join graphile_worker._private_tasks as task on task.id = job.task_id
       where task.identifier = 'send-order-mails'`,
    );
    return rows.map(({ items }) => items);
  };
  await keep(world, 0);
  await tellTurns(world.app, { eventId: event.id, after: 0, upTo: 520, letIn: false });
  expect(await jobs()).toEqual(Array(25).fill(20));
  await world.drain();
  const [sent] = await world.app.db.query(
    `select count(*)::int as mails, count(distinct recipient)::int as people from messages where subject = $1 and recipient = any($2)`,
    [near, ids.map((id) => `${id.toLowerCase()}@example.com`)],
  );
  expect(sent).toEqual({ mails: 520, people: 520 });
});

test('browsers show it too, once, unless the person switched it off', async () => {
  const [event, [ann, bob]] = (await queued(2)) as [TestEvent, [Person, Person]];
  const browsers = [service.browser(), service.browser()];
  for (const [i, person] of [ann, bob].entries()) {
    const put = await person.client.put('/api/me/push-subscriptions', browsers[i]?.subscription);
    expect(put.status).toBe(204);
  }
  const off = await bob.client.patch('/api/me/message-choices', {
    choices: [{ kind: 'queue-turn', channel: 'push', wanted: false }],
  });
  expect(off.status, JSON.stringify(off.body)).toBe(200);
  await keep(world);
  await settle();
  await settle();
  expect(browsers[0]?.received).toMatchObject([
    { title: come, path: `/e/${event.slug}/queue`, tag: expect.stringMatching(/^queue-turn:que_/) },
  ]);
  expect(browsers[1]?.received).toEqual([]);
  expect(await mailsTo(bob)).toEqual([near]);
});

test('as a decision: those whose turn came are always told, nobody beyond the last place, and never less than before', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.nat(1000),
      fc.nat(1000),
      fc.record({
        perMinute: fc.option(fc.double({ min: 0, max: 60_000, noNaN: true })),
        isHalted: fc.boolean(),
        vacancies: fc.nat(1000),
        isSteady: fc.boolean(),
      }),
      (last, served, before, step) => {
        const serving = Math.min(served, last);
        const told_up_to = Math.min(before, last);
        const upTo = nearUpTo({ told_up_to, next_position: last + 1 }, { serving, ...step });
        expect(upTo).toBeGreaterThanOrEqual(Math.max(serving, told_up_to));
        expect(upTo).toBeLessThanOrEqual(last);
        const reach = step.isHalted ? serving : step.isSteady ? last : serving + step.vacancies;
        expect(upTo).toBeLessThanOrEqual(Math.max(told_up_to, reach));
      },
    ),
  );
});
