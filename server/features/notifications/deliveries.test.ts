import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../http/signature.ts';
import { days, hours, minutes } from '../../testing/clock.ts';
import { startSmtp, type TestSmtp } from '../../testing/smtp-server.ts';
import {
  createWorld,
  mailWebhookSecret,
  type Person,
  type TestEvent,
  type World,
} from '../../testing/world.ts';
import { allTasks } from '../../work/tasks.ts';
import { runDueJobs } from '../../work/workers.ts';
import { buy } from '../tickets/testing/buy.ts';
import { sendMail } from './send-mail.ts';

let world: World;
let smtp: TestSmtp;
let buyer: Person;
let event: TestEvent;
beforeAll(async () => {
  smtp = await startSmtp();
  world = await createWorld({ SMTP_URL: smtp.url, MAIL_FROM: 'Box office <tickets@admit.example>' });
  buyer = await world.guest();
});
afterAll(async () => {
  await world.close();
  await smtp.close();
});
beforeEach(async () => {
  event = await world.event({ priceMinor: 0 });
  smtp.received.length = 0;
  smtp.refuse = () => null;
  smtp.onMail = async () => {};
});

const order = (email: string) => buy(world, buyer, event, { buyer: { name: 'Ada', email } });
const messages = async (query = '') =>
  (await event.organiser.client.get(`/api/events/${event.id}/messages${query}`)).body;
const resend = (id: string) =>
  event.organiser.client.post(`/api/events/${event.id}/messages/${id}/resends`, {});
const receivedBy = (address: string) => smtp.received.filter(({ to }) => to?.[0]?.address === address);
/** Lets the jobs that wait for their next attempt run now. */
async function retry() {
  await world.app.db.run('update graphile_worker._private_jobs set run_at = now()');
  await runDueJobs(world.app.db, allTasks(world.app));
}
async function report(body: object, secret = mailWebhookSecret) {
  const signature = sign(JSON.stringify(body), secret, world.clock.now());
  return world.client().post('/api/webhooks/mail-bounces', body, { 'admit-signature': signature });
}

describe('one cause, one message', () => {
  test('three jobs for one cause at the same instant, in two processes, send one mail', async () => {
    const { orderId } = await order('once@example.com');
    await world.app.db.run('delete from deliveries where order_id = $1', [orderId]);
    smtp.received.length = 0;
    const other = await world.another();
    // The server has not accepted the first mail while the other jobs try.
    const job = { kind: 'order-confirmed' as const, orderId };
    const gate = Promise.withResolvers<void>();
    smtp.onMail = () => gate.promise;
    const sent = [world.app, world.app, other.app].map((app) => sendMail(app, job));
    const refused = Promise.withResolvers<void>();
    let refusals = 0;
    for (const each of sent)
      each.catch(() => {
        if (++refusals === 2) refused.resolve();
      });
    await refused.promise;
    gate.resolve();
    const outcomes = await Promise.allSettled(sent);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all([sendMail(world.app, job), sendMail(other.app, job)]);
    expect(receivedBy('once@example.com')).toHaveLength(1);
    expect((await messages()).items).toMatchObject([
      {
        kind: 'order-confirmed',
        channel: 'email',
        state: 'sent',
        recipient: 'once@example.com',
        attempts: 1,
      },
    ]);
  });

  test('a job that died with its process leaves the mail to the next one, after the time of its claim', async () => {
    const { orderId } = await order('died@example.com');
    smtp.received.length = 0;
    const until = new Date(world.clock.now().getTime() + minutes(2));
    await world.app.db.run(
      `update deliveries set state = 'waiting', sent_at = null, claimed_until = $2 where order_id = $1`,
      [orderId, until],
    );
    const job = { kind: 'order-confirmed' as const, orderId };
    await expect(sendMail(world.app, job)).rejects.toThrow('another job is sending');
    world.clock.advance(minutes(2) + 1);
    await sendMail(world.app, job);
    expect(receivedBy('died@example.com')).toHaveLength(1);
  });
});

describe('what became of a message', () => {
  test('a mail server that is down for an hour gets the mails when it is back, each once', async () => {
    await smtp.close();
    await order('down@example.com');
    const listed = await messages('?state=waiting');
    expect(listed).toMatchObject({
      items: [{ state: 'waiting', recipient: 'down@example.com', sentAt: null, canBeResent: false }],
      counts: { waiting: 1, sent: 0 },
      queued: 1,
    });
    expect(listed.items[0].error).toMatch(/ECONNREFUSED/);
    world.clock.advance(hours(1));
    await retry();
    const [tried] = (await messages()).items;
    expect(tried.state).toBe('waiting');
    expect(tried.attempts).toBeGreaterThan(1);
    const port = Number(new URL(smtp.url).port);
    smtp = await startSmtp(port);
    await retry();
    await retry();
    expect(receivedBy('down@example.com')).toHaveLength(1);
    const { items, counts, queued } = await messages();
    expect(items).toMatchObject([{ state: 'sent', error: null, sentAt: world.clock.now().toISOString() }]);
    expect([counts, queued]).toEqual([{ waiting: 0, withheld: 0, sent: 1, failed: 0, bounced: 0 }, 0]);
  });

  test('a recipient that is refused for good fails at once; the others of the job arrive', async () => {
    smtp.refuse = (address) => (address === 'gone@example.com' ? 550 : null);
    await order('gone@example.com');
    await order('here@example.com');
    const { items, counts } = await messages();
    expect(counts).toEqual({ waiting: 0, withheld: 0, sent: 1, failed: 1, bounced: 0 });
    const failed = items.find(({ state }: { state: string }) => state === 'failed');
    expect(failed).toMatchObject({ recipient: 'gone@example.com', attempts: 1, canBeResent: true });
    expect(failed.error).toContain('550');
    await retry();
    expect((await messages('?state=failed')).items).toMatchObject([{ attempts: 1 }]);

    smtp.refuse = () => null;
    expect((await resend(failed.id)).body).toMatchObject({ state: 'waiting', error: null });
    expect((await resend(failed.id)).body).toMatchObject({ code: 'message_not_failed' });
    await world.drain();
    expect(receivedBy('gone@example.com')).toHaveLength(1);
    expect((await resend(failed.id)).body).toMatchObject({ code: 'message_not_failed' });
    expect((await messages('?state=failed')).items).toEqual([]);
  });

  test('a refusal for now is tried again, for three days', async () => {
    smtp.refuse = () => 451;
    await order('full@example.com');
    world.clock.advance(days(2));
    await retry();
    expect((await messages()).items).toMatchObject([{ state: 'waiting' }]);
    world.clock.advance(days(1));
    await retry();
    expect((await messages()).items).toMatchObject([{ state: 'failed' }]);
    smtp.refuse = () => null;
    await retry();
    expect(receivedBy('full@example.com')).toEqual([]);
  });

  test('a mail that comes back is shown as bounced; only a signed report counts', async () => {
    await order('bounce@example.com');
    const [mail] = receivedBy('bounce@example.com');
    const body = { recipient: 'Bounce@example.com', messageId: mail?.messageId, reason: '550 5.1.1 unknown' };
    expect((await report(body, 'another-secret-0123')).body.code).toBe('webhook_signature_invalid');
    expect((await messages()).items).toMatchObject([{ state: 'sent' }]);
    const wrong = { ...body, messageId: '<0123@admit.example>' };
    expect((await report(wrong)).body).toEqual({ bounced: 0 });
    expect((await report(body)).body).toEqual({ bounced: 1 });
    expect((await report(body)).body).toEqual({ bounced: 0 });
    const [shown] = (await messages()).items;
    expect(shown).toMatchObject({ state: 'bounced', error: '550 5.1.1 unknown', canBeResent: true });
    await resend(shown.id);
    await world.drain();
    expect(receivedBy('bounce@example.com')).toHaveLength(2);
  });

  test('the list has pages, and shows no event of another organisation', async () => {
    for (const name of ['one', 'two', 'three']) {
      world.clock.advance(1);
      await order(`${name}@example.com`);
    }
    const first = await messages('?limit=2');
    const second = await messages(`?limit=2&cursor=${first.nextCursor}`);
    expect(
      [...first.items, ...second.items].map(({ recipient }: { recipient: string }) => recipient),
    ).toEqual(['three@example.com', 'two@example.com', 'one@example.com']);
    expect(second.nextCursor).toBeNull();
    const stranger = await world.organiser();
    expect((await stranger.client.get(`/api/events/${event.id}/messages`)).status).toBe(404);
    const [shown] = first.items;
    const theirs = await world.event({ organiser: stranger, priceMinor: 0 });
    const path = `/api/events/${theirs.id}/messages/${shown.id}/resends`;
    expect((await stranger.client.post(path, {})).status).toBe(404);
  });
});

test('the export lists the messages about a person; an erased buyer leaves no address', async () => {
  const person = await world.user();
  await buy(world, person, event, { buyer: { name: 'Ada', email: 'export@example.com' } });
  const exported = (await person.client.get('/api/me/export')).body.messages;
  expect(exported).toMatchObject([
    { kind: 'order-confirmed', channel: 'email', state: 'sent', recipient: 'export@example.com' },
  ]);
});
