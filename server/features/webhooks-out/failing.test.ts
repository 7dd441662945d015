import { describe, expect, test } from 'vitest';
import type { WebhookEndpoint } from '../../../contract/webhooks.ts';
import { createWebhookSender } from '../../adapters/webhooks/sender.ts';
import { systemClock } from '../../clock.ts';
import { days, hours } from '../../testing/clock.ts';
import { lettersTo } from '../transfers/testing/offer.ts';
import { claimDue, failPending } from './delivery-store.ts';
import { createDispatcher } from './dispatch.ts';
import { lockEndpoint, updateEndpoint } from './endpoint-store.ts';
import { endpointsOf, setUpHooks } from './testing/hooks.ts';
import { openReceiver, type Receiver } from './testing/receiver.ts';

const hooks = setUpHooks();

describe('a receiver that fails', () => {
  async function withFailure(behave: Receiver['behave']) {
    const house = await hooks.world.organiser();
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    const { endpoint } = await hooks.makeEndpoint(house, { types: ['order.confirmed'] });
    hooks.receiver.behave = behave;
    await hooks.buy(event);
    await hooks.sendDue();
    return { house, endpoint };
  }

  test('gets the same webhook again for three days, then is switched off with a mail', async () => {
    const { house, endpoint } = await withFailure((response) => response.writeHead(500).end('broken'));
    const began = hooks.world.clock.now().getTime();
    for (let round = 0; round < 20; round++) {
      const [delivery] = await hooks.logOf(house, endpoint);
      if (!delivery?.nextAt) break;
      hooks.world.clock.advance(Date.parse(delivery.nextAt) - hooks.world.clock.now().getTime());
      await hooks.sendDue();
    }
    expect(hooks.world.clock.now().getTime() - began).toBe(days(3));
    const [delivery] = await hooks.logOf(house, endpoint);
    expect(delivery).toMatchObject({ status: 'failed', attempts: 12, lastStatus: 500, nextAt: null });
    expect(hooks.receiver.received).toHaveLength(12);
    expect(new Set(hooks.receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([delivery?.messageId]),
    );
    expect(await hooks.readEndpoint(house, endpoint)).toMatchObject({ disabled: { reason: 'failures' } });
    const [mail] = await lettersTo(hooks.world, house.email);
    expect(mail?.subject).toContain(`127.0.0.1:${hooks.receiver.port}`);
    const log = await house.client.get(`/api/organisations/${house.organisationId}/audit-log`);
    expect(log.body.items[0]).toMatchObject({
      act: 'webhook_endpoint.changed',
      actor: { kind: 'system' },
      after: { enabled: false, reason: 'failures' },
    });
  });

  test('is not switched off while other webhooks arrive', async () => {
    const { house, endpoint } = await withFailure((response, { body }) =>
      response.writeHead(body.includes('order.confirmed') ? 500 : 200).end(),
    );
    for (let round = 0; round < 20; round++) {
      const [delivery] = await hooks.logOf(house, endpoint, '?status=pending');
      if (!delivery?.nextAt) break;
      hooks.world.clock.advance(Date.parse(delivery.nextAt) - hooks.world.clock.now().getTime());
      await house.client.post(`${endpointsOf(house)}/${endpoint.id}/tests`, {});
      await hooks.sendDue();
    }
    expect(await hooks.logOf(house, endpoint, '?status=failed')).toHaveLength(1);
    expect(await hooks.readEndpoint(house, endpoint)).toMatchObject({ disabled: null });
  });

  test('is switched off at once if it answers 410', async () => {
    const { house, endpoint } = await withFailure((response) => response.writeHead(410).end());
    expect(await hooks.readEndpoint(house, endpoint)).toMatchObject({ disabled: { reason: 'gone' } });
    const [mail] = await lettersTo(hooks.world, house.email);
    expect(mail?.subject).toContain(`127.0.0.1:${hooks.receiver.port}`);
    // What happens meanwhile can be sent later.
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    await hooks.buy(event);
    await hooks.sendDue();
    expect(hooks.receiver.received).toHaveLength(1);
    const path = `${endpointsOf(house)}/${endpoint.id}`;
    const replays = (since: Date) => house.client.post(`${path}/replays`, { since: since.toISOString() });
    const since = new Date(hooks.world.clock.now().getTime() - hours(1));
    expect((await replays(since)).body).toMatchObject({ code: 'webhook_endpoint_disabled' });
    const { version } = await hooks.readEndpoint(house, endpoint);
    const on = await house.client.patch(path, { enabled: true }, { 'if-match': `"${version}"` });
    expect(on.body).toMatchObject({ disabled: null });
    hooks.receiver.behave = (response) => response.end();
    hooks.receiver.received = [];
    expect((await replays(since)).body).toEqual({ count: 2 });
    await hooks.sendDue();
    expect(hooks.receiver.received).toHaveLength(2);
    expect((await hooks.logOf(house, endpoint)).map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
    ]);
    const [first] = await hooks.logOf(house, endpoint);
    const before = (await hooks.oneOf(house, endpoint, first?.id)).log.length;
    expect((await house.client.post(`${path}/deliveries/${first?.id}/replays`, {})).status).toBe(202);
    await hooks.sendDue();
    expect(hooks.receiver.received).toHaveLength(3);
    expect((await hooks.oneOf(house, endpoint, first?.id)).log).toHaveLength(before + 1);
  });

  test('has nothing left waiting if it is switched off while its webhook is noted', async () => {
    const { app } = hooks.world;
    const house = await hooks.world.organiser();
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    const { endpoint } = await hooks.makeEndpoint(house, { types: ['order.confirmed'] });
    await hooks.buy(event);
    // The purchase is told once more, by another process.
    await app.relay.drain();
    await app.db.run('delete from webhook_messages');
    await app.db.run(`update outbox_cursors set id = 0 where sink = 'webhooks'`);
    const { relay } = (await hooks.world.another()).app;
    let noted: Promise<unknown> | undefined;
    await app.db.transaction(async (trx) => {
      const row = await lockEndpoint(trx, house.organisationId, endpoint.id);
      if (!row) throw new Error('there is no endpoint');
      const now = hooks.world.clock.now();
      await updateEndpoint(trx, { ...row, disabledAt: now, disabledFor: 'person' }, false);
      await failPending(trx, endpoint.id, now);
      let isNoted = false;
      noted = relay.drain().then(() => {
        isNoted = true;
      });
      await expect.poll(async () => isNoted || (await waitsForLock()), { timeout: 10_000 }).toBe(true);
    });
    await noted;
    expect(await hooks.logOf(house, endpoint)).toMatchObject([{ status: 'failed', nextAt: null }]);
  });
  const waitsForLock = async () =>
    (
      await hooks.world.app.db.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
          and query like '%webhook%'`,
      )
    ).length > 0;

  test('says with Retry-After when to come back', async () => {
    const { house, endpoint } = await withFailure((response) =>
      response.writeHead(503, { 'retry-after': '3600' }).end(),
    );
    const [delivery] = await hooks.logOf(house, endpoint);
    expect(Date.parse(delivery?.nextAt ?? '') - hooks.world.clock.now().getTime()).toBe(hours(1));
  });

  test('holds up no other receiver while it hangs', async () => {
    const house = await hooks.world.organiser();
    const hanging = await openReceiver();
    hanging.behave = () => {};
    const slow = createWebhookSender({
      clock: systemClock,
      privateHosts: [hanging.host, hooks.receiver.host],
      withinMs: 2000,
    });
    const { app } = hooks.world;
    const makes = app.webhookSender;
    app.webhookSender = slow;
    try {
      const stuck = await hooks.makeEndpoint(house, { url: hanging.url });
      const fine = await hooks.makeEndpoint(house);
      const path = (of: WebhookEndpoint) => `${endpointsOf(house)}/${of.id}/tests`;
      for (let i = 0; i < 8; i++) await house.client.post(path(stuck.endpoint), {});
      await house.client.post(path(fine.endpoint), {});
      const own = createDispatcher(app);
      await own.step();
      // The other one has its webhook while the first ones still wait, of which only five are on their way.
      await expect.poll(() => hooks.logOf(house, fine.endpoint)).toMatchObject([{ status: 'delivered' }]);
      await expect.poll(() => hanging.received.length).toBe(5);
      expect((await hooks.logOf(house, stuck.endpoint)).every(({ status }) => status === 'pending')).toBe(
        true,
      );
      await expect
        .poll(
          async () => (await hooks.logOf(house, stuck.endpoint)).filter(({ lastError }) => lastError).length,
          {
            timeout: 10_000,
          },
        )
        .toBeGreaterThanOrEqual(5);
      expect((await hooks.logOf(house, stuck.endpoint)).at(-1)?.lastError).toContain('no answer within 2 s');
      own.end();
      await own.rest();
    } finally {
      app.webhookSender = makes;
      await hanging.close();
    }
  });

  /** A receiver that answers nobody until it is told to. */
  async function openHolding() {
    const receiver = await openReceiver();
    const held: (() => void)[] = [];
    receiver.behave = (response) => held.push(() => response.end('ok'));
    return { receiver, held, release: () => held.splice(0).map((answer) => answer()) };
  }
  const withSender = async (hosts: string[], work: () => Promise<void>) => {
    const { app } = hooks.world;
    const before = app.webhookSender;
    app.webhookSender = createWebhookSender({ clock: systemClock, privateHosts: hosts, withinMs: 60_000 });
    try {
      await work();
    } finally {
      app.webhookSender = before;
    }
  };

  test('leaves half of the slots to those that work, however many fail', async () => {
    const house = await hooks.world.organiser();
    const holding = await openHolding();
    await withSender([holding.receiver.host, hooks.receiver.host], async () => {
      const test = async ({ id }: WebhookEndpoint) =>
        house.client.post(`${endpointsOf(house)}/${id}/tests`, {});
      const failing = [];
      for (let i = 0; i < 6; i++)
        failing.push(await hooks.makeEndpoint(house, { url: holding.receiver.url }));
      const answers = holding.receiver.behave;
      holding.receiver.behave = (response) => response.writeHead(500).end();
      for (const { endpoint } of failing) await test(endpoint);
      await hooks.sendDue();
      holding.receiver.behave = answers;
      for (const { endpoint } of failing) await test(endpoint);
      hooks.world.clock.advance(1000);
      const fine = await hooks.makeEndpoint(house);
      await test(fine.endpoint);
      holding.receiver.received = [];
      const own = createDispatcher(hooks.world.app, 4);
      await own.step();
      await expect.poll(() => hooks.logOf(house, fine.endpoint)).toMatchObject([{ status: 'delivered' }]);
      await expect.poll(() => holding.held.length).toBe(2);
      own.end();
      holding.release();
      await own.rest();
    });
    await holding.receiver.close();
  });

  test('gives the next free slot to the next endpoint', async () => {
    const house = await hooks.world.organiser();
    const holding = await openHolding();
    await withSender([holding.receiver.host, hooks.receiver.host], async () => {
      const slow = await hooks.makeEndpoint(house, { url: holding.receiver.url });
      // Endpoints are in the order of their ids, which begin with the time.
      hooks.world.clock.advance(1000);
      const young = await hooks.makeEndpoint(house);
      const test = async ({ id }: WebhookEndpoint) =>
        house.client.post(`${endpointsOf(house)}/${id}/tests`, {});
      for (let i = 0; i < 8; i++) await test(slow.endpoint);
      await test(young.endpoint);
      const own = createDispatcher(hooks.world.app, 3);
      await own.step();
      await expect.poll(() => holding.held.length).toBe(3);
      expect(hooks.receiver.received).toEqual([]);
      holding.held.shift()?.();
      await expect.poll(() => hooks.receiver.received.length).toBe(1);
      own.end();
      holding.release();
      await own.rest();
    });
    await holding.receiver.close();
  });

  test('costs no more if many webhooks wait for it', async () => {
    const { app, clock } = hooks.world;
    const house = await hooks.world.organiser();
    const { endpoint } = await hooks.makeEndpoint(house);
    const many = 20_000;
    await app.db.run(
      `insert into webhook_messages (id, organisation_id, type, payload, created_at)
      select 'msg_many' || n, $1, 'webhook.test', '{"text":""}', $2 from generate_series(1, $3::int) n`,
      [house.organisationId, clock.now(), many],
    );
    await app.db.run(
      `insert into webhook_deliveries (id, endpoint_id, message_id, status, since, next_at)
      select 'del_many' || n, $1, 'msg_many' || n, 'pending', $2, $2::timestamptz - n * interval '1 second'
      from generate_series(1, $3::int) n`,
      [endpoint.id, clock.now(), many],
    );
    await app.db.run('analyze webhook_deliveries');
    const now = clock.now();
    const claim = { now, until: new Date(now.getTime() + 60_000), limit: 3, after: '', isFailing: false };
    const claimed = await app.db.transaction((trx) => claimDue(trx, claim));
    expect(claimed).toHaveLength(3);
    const [second, read] = await app.db.transaction(async (trx) => [
      await claimDue(trx, { ...claim, limit: 200 }),
      await trx.query<{ rows: number }>(
        `select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables
        where relname = 'webhook_deliveries'`,
      ),
    ]);
    // Five at once, of which three are on their way.
    expect(second).toHaveLength(2);
    expect(read[0]?.rows).toBeGreaterThan(5);
    expect(read[0]?.rows).toBeLessThan(500);
  });
});
